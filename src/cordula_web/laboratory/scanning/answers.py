"""What is said to a scan, and what to do? What is expected is accepted, anything else is answered and never taken."""

from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from cordula.vocabulary.identifiers import DinNumber, NotAnIdentifier, PlaceId
from cordula_web.frame.addresses import address
from cordula_web.frame.parts import LastScan
from cordula_web.laboratory.scanning.meaning import Heard
from cordula_web.laboratory.scanning.second_person import colleague
from cordula_web.laboratory.seen import Seen
from cordula_web.laboratory.shelf_map import path
from cordula_web.people.accounts import Account
from cordula_web.people.acting import Acting
from cordula_web.records import lists, queries
from cordula_web.records.refusals import NotHere

MET, NOT_MET, UNKNOWN = "met", "not_met", "unknown"


@dataclass(frozen=True, slots=True)
class Answer:
    """The words, where to go, and who is the second person now. `outcome` is for the log."""

    last: LastScan
    outcome: str
    goto: str = ""
    second: Account | None = field(default=None)


def answer(
    heard: Heard,
    acting: Acting,
    expected: Seen | None,
    now: datetime,
    *,
    page: str = "",
    place: str = "",
) -> Answer:
    """`expected` is the unit on the page; where there is none, a bag opens its page. `place` is the one shown."""
    match heard.kind:
        case "badge":
            return _badge(heard, acting, expected, now)
        case "bag":
            return (
                _bag(heard, expected, now) if expected else _start(heard, acting, now, page, place)
            )
        case "place":
            return _place(heard, acting, expected, now, page)
        case "preview":
            return _said(NOT_MET, _("This is a preview on a screen. Scan the bag."), "preview", now)
        case "command":
            return _said(UNKNOWN, _("That square does not belong to this page."), "stray", now)
        case "other":
            told = _("That is: {what}. Scan the bag.").format(what=heard.name)
            return _said(UNKNOWN, told, "other", now)
    told = _("Not known here.")
    return _said(UNKNOWN, f"{told} {heard.why}" if heard.why else told, "unknown", now)


def _badge(heard: Heard, acting: Acting, expected: Seen | None, now: datetime) -> Answer:
    somebody = colleague(acting, heard.name)
    if somebody is None:
        return _said(UNKNOWN, _("This badge is not known here."), "unknown", now)
    if somebody.account_id == acting.account_id:
        told = _("This is your own badge. A second person is somebody else.")
        return _said(NOT_MET, told, "own", now)
    if expected is None:
        return _said(UNKNOWN, _("That is a badge. Scan the bag first."), "early", now)
    told = _("{name} stands by.").format(name=somebody.printed_name)
    return Answer(LastScan(MET, told, at=now), "second", second=somebody)


def _bag(heard: Heard, expected: Seen, now: datetime) -> Answer:
    if heard.din != expected.din:
        return Answer(LastScan(NOT_MET, _("Wrong bag. Stop."), heard.din, now), "wrong")
    if heard.product is not None and expected.unit.product(heard.product) is None:
        told = _("This unit has no such product: {product}.")
        name = f"{heard.product.product_code} {heard.product.division}"
        return Answer(LastScan(NOT_MET, told.format(product=name), heard.din, now), "wrong")
    return Answer(LastScan(MET, _("Bag matches this run."), heard.din, now), "expected")


def _start(heard: Heard, acting: Acting, now: datetime, page: str, place: str) -> Answer:
    try:
        queries.unit_by_din(DinNumber(heard.din), site=acting.site.site_id)
    except (NotHere, NotAnIdentifier):
        told = _("No unit of this number is known here.")
        return Answer(LastScan(UNKNOWN, told, heard.din, now), "unknown")
    leads_to = "laboratory:labels" if page == "every_label" else "laboratory:count"
    url = _storing(heard.din, place) if place else address(leads_to, {"din": heard.din})
    return Answer(LastScan(MET, _("Bag found."), heard.din, now), "found", url)


def _storing(din: str, place: str) -> str:
    """Where a unit is put away, the place chosen already."""
    return f"{address('laboratory:storage', {'din': din})}?{urlencode({'place': place})}"


def _place(heard: Heard, acting: Acting, expected: Seen | None, now: datetime, page: str) -> Answer:
    card = None
    try:
        place = PlaceId(heard.name)
        card = lists.places(acting.site.site_id).filter(place=str(place)).first()
    except NotAnIdentifier:
        pass
    if card is None:
        return _said(UNKNOWN, _("This place is not known here."), "unknown", now)
    if expected is None:
        url = address("laboratory:place", {"place": card.place})
        return Answer(LastScan(MET, path(card), at=now), "place", url)
    if page == "storage":
        return Answer(
            LastScan(MET, path(card), at=now), "place", _storing(expected.din, card.place)
        )
    told = _("That is a place: {place}. Scan the bag first.").format(place=path(card))
    return _said(UNKNOWN, told, "place", now)


def _said(status: str, message: str, outcome: str, now: datetime) -> Answer:
    return Answer(LastScan(status, message, at=now), outcome)
