"""Stop, do not give: always one tap away, with a reason, and with what had been given by then."""

from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from cordula.events.sealed import Sealing
from cordula.events.theatre import AdministrationStopped, Prepared
from cordula.vocabulary.choices import giving_stop_reasons
from cordula_web.clinic.theatre.at_work import AtWork, at_work, both
from cordula_web.clinic.theatre.doses import NONE, Doses
from cordula_web.clinic.theatre.forms import StopForm
from cordula_web.clinic.theatre.steps import would_be_refused
from cordula_web.frame.addresses import address
from cordula_web.frame.begun import Begun
from cordula_web.people.acting import ActingRequest
from cordula_web.people.areas import Area
from cordula_web.people.permissions import area
from cordula_web.records.sending import send


@area(Area.THEATRE, methods=("GET", "POST"), records=("AdministrationStopped",))
def stop(request: ActingRequest, din: str) -> HttpResponse:
    work = at_work(request, din, "stop")
    form = StopForm(
        request.POST if request.method == "POST" else None,
        seen=work.versions,
        initial={"given": _given_so_far(work)},
    )
    if request.method == "POST" and form.is_valid() and _record(work, form):
        _doses_of(work).clear()
        return redirect("clinic:administer", din=work.seen.din)
    status = form.status if form.errors else 200
    return work.drawn(
        "clinic/theatre_stop.html", _("Stop, do not give"), _page(work, form), status=status
    )


def _record(work: AtWork, form: StopForm) -> bool:
    sealing = Sealing()
    if work.seen.infant is None:
        form.refuse([_("No child is known for this unit.")])
        return False
    event = form.to_event(work.seen, work.by, work.now, sealing)
    return send(form, event, site=work.site, now=work.now, sealing=sealing)


def _page(work: AtWork, form: StopForm) -> dict[str, Any]:
    if form.errors:
        form.show_anew(seen=work.versions)
    return {
        "form": form,
        "reasons": list(giving_stop_reasons().items()),
        "refusals": _refusals(work),
        "may": work.may("AdministrationStopped"),
        "back": address("clinic:administer", {"din": work.seen.din}),
    }


def _refusals(work: AtWork) -> tuple[str, ...]:
    if work.seen.infant is None:
        return (_("No child is known for this unit."),)
    event = AdministrationStopped(**both(work.seen), reason="other", by=work.by, at=work.now)
    return would_be_refused(work.seen, event)


def _doses_of(work: AtWork) -> Begun:
    """What was begun on the page of giving."""
    return Begun(work.request.session, f"administer {work.seen.din}", work.now)


def _given_so_far(work: AtWork) -> Decimal | None:
    prepared = work.seen.unit.latest(Prepared)
    doses = Doses(_doses_of(work), prepared.volume if prepared else NONE)
    return doses.given.value if doses.spoken else None
