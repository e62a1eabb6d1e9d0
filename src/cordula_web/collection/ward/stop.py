"""Stop collecting: always one tap away, one of five reasons, and never counted against anybody."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from cordula.events.collection import CollectionStopped
from cordula.vocabulary.cardiac import stop_reasons
from cordula_web.collection.kit import Stage
from cordula_web.collection.ward.forms import StopForm
from cordula_web.collection.ward.screen import Screen, page_of, screen
from cordula_web.people.acting import ActingRequest
from cordula_web.people.areas import Area
from cordula_web.people.permissions import area
from cordula_web.records.sending import send


@area(Area.WARD, methods=("GET", "POST"), records=("CollectionStopped",))
def stop(request: ActingRequest, din: str) -> HttpResponse:
    at = screen(request, din)
    if at.kit.stage is Stage.STOPPED:
        return _stopped(at)
    if at.kit.stage is not Stage.EXPECTED:
        return at.again(page_of(at.kit) or "/ward")
    form = StopForm(request.POST if request.method == "POST" else None, seen=at.kit.versions)
    if request.method == "POST" and form.is_valid() and _record(at, form):
        at.begun.clear()
        return at.again()
    if form.errors:
        form.show_anew(seen=at.kit.versions)
    reasons = [(key, term.label) for key, term in stop_reasons().items()]
    page = {"form": form, "reasons": reasons, "may": at.may("CollectionStopped"), "may_stop": False}
    status = form.status if form.errors else 200
    return at.drawn("collection/stop.html", _("Stop collecting"), 3, page, status=status)


def _record(at: Screen, form: StopForm) -> bool:
    assert at.kit.unit.id is not None  # noqa: S101  a kit that was found was set aside
    assert at.kit.infant.id is not None  # noqa: S101
    event = CollectionStopped(
        unit=at.kit.unit.id,
        infant=at.kit.infant.id,
        reason=form.cleaned_data["reason"],
        by=at.by,
        at=at.now,
    )
    return send(form, event, site=at.site, now=at.now)


def _stopped(at: Screen) -> HttpResponse:
    stopped = at.kit.unit.latest(CollectionStopped)
    assert stopped is not None  # noqa: S101  so its state says
    reason = stop_reasons()[stopped.reason].label if stopped.reason in stop_reasons() else ""
    sentence = _("Nothing is collected from this kit. Care for mother and baby goes on.")
    page = {"sentence": sentence, "reason": reason, "at": stopped.at}
    return at.drawn("collection/done.html", _("Collecting was stopped"), 4, page)
