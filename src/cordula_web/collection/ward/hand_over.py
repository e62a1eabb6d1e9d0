"""Hand the bag over: courier, box, seal, logger. Then the page can be closed."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from cordula.events.collection import Collected, HandedOver
from cordula_web.collection.kit import Stage
from cordula_web.collection.ward.forms import HandOverForm
from cordula_web.collection.ward.screen import Screen, page_of, screen
from cordula_web.people.acting import ActingRequest
from cordula_web.people.areas import Area
from cordula_web.people.permissions import area
from cordula_web.records.sending import send

# Who hands it over: the ward itself, for the person stands in the entry.
WARD = "ward"


@area(Area.WARD, methods=("GET", "POST"), records=("HandedOver",))
def hand_over(request: ActingRequest, din: str) -> HttpResponse:
    at = screen(request, din)
    if at.kit.stage is Stage.HANDED_OVER:
        return _handed_over(at)
    if at.kit.stage is not Stage.COLLECTED:
        return at.again(page_of(at.kit) or "/ward")
    form = HandOverForm(request.POST if request.method == "POST" else None, seen=at.kit.versions)
    if request.method == "POST" and form.is_valid() and _record(at, form):
        at.begun.clear()
        return at.again()
    if form.errors:
        form.show_anew(seen=at.kit.versions)
    page = {
        "form": form,
        "collected": at.kit.unit.latest(Collected),
        "unmatched": at.kit.matched is None,
        "match_url": at.url("match"),
        "may": at.may("HandedOver"),
    }
    status = form.status if form.errors else 200
    return at.drawn("collection/hand_over.html", _("Hand it over"), 4, page, status=status)


def _record(at: Screen, form: HandOverForm) -> bool:
    assert at.kit.unit.id is not None  # noqa: S101  a kit that was found was set aside
    chosen = form.cleaned_data
    event = HandedOver(
        unit=at.kit.unit.id,
        sender=WARD,
        receiver=chosen["courier"],
        container=chosen["container"],
        seal=chosen["seal"] or None,
        logger=chosen["logger"] or None,
        by=at.by,
        at=at.now,
    )
    return send(form, event, site=at.site, now=at.now)


def _handed_over(at: Screen) -> HttpResponse:
    handed, collected = at.kit.unit.latest(HandedOver), at.kit.unit.latest(Collected)
    assert handed is not None  # noqa: S101  so its stage says
    page = {
        "sentence": _("The bag is handed over and recorded."),
        "handed": handed,
        "collected": collected,
        "at": handed.at,
    }
    return at.drawn("collection/done.html", _("Handed over"), 4, page)
