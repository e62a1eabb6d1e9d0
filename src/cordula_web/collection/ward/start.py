"""Which kits are on this ward, and which one was scanned?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from cordula.units.life import State
from cordula.vocabulary.identifiers import MotherId
from cordula_web.collection.kit import Stage, kit
from cordula_web.collection.ward.screen import page_of
from cordula_web.frame.begun import Begun
from cordula_web.people.acting import Acting, ActingRequest
from cordula_web.people.areas import Area
from cordula_web.people.hands import Hands
from cordula_web.people.identities import identities_of
from cordula_web.people.permissions import area
from cordula_web.records import lists
from cordula_web.records.models import InfantCard, UnitCard
from cordula_web.records.page import standing
from cordula_web.records.scanned import read

WAITING = (State.EXPECTED.value, State.CONSENTED.value)


@dataclass(frozen=True, slots=True)
class OnTheWard:
    """One kit of the list: whose, when, and whether parents agreed to a collection."""

    din: str
    mother: str
    which: str
    due: date | None
    born: datetime | None
    url: str
    word: str
    status: str


@area(Area.WARD, methods=("GET", "POST"), post_only_reads=True)
def ward(request: ActingRequest) -> HttpResponse:
    now = timezone.now().astimezone(request.acting.site.zone)
    hands = Hands(request, Begun(request.session, "ward", now))
    if request.method == "POST":
        return _scanned(hands, request.POST.get("scan", ""))
    page: dict[str, Any] = {
        "kits": tuple(_expected(request.acting, now)),
        "to_hand_over": tuple(_to_hand_over(request.acting, now)),
        "scan": hands.scan_field(_("Any kit")),
        "phone": request.acting.site.phone,
        "may_collect": request.acting.may_record("Collected"),
    }
    return render(request, "collection/ward.html", page | standing(request, now))


def _scanned(hands: Hands, text: str) -> HttpResponse:
    """Any kit may be scanned: its own screen is gone to at once."""
    scanned = read(text)
    if scanned.din is None:
        hands.told("unknown", scanned.problem or _("Not known here. Scan the number on the kit."))
        return hands.again()
    found = kit(hands.request.acting, scanned.din, hands.now)
    if found is None:
        told = _("This kit is set aside for no child here. Do not use it. Call the cell lab.")
        hands.told("not_met", told, scanned.din)
        return hands.again()
    if not (url := page_of(found)):
        hands.told("met", _("This unit is at the cell lab already."), scanned.din)
        return hands.again()
    hands.begun.drop("last")
    # The scan that led there is the scan of the bag, if it is still to be collected.
    if found.stage is Stage.EXPECTED:
        Begun(hands.request.session, f"ward {found.din}", hands.now).put("bag", found.din)
    return hands.again(url)


# --- The lists ------------------------------------------------------------------------------------


def _expected(acting: Acting, now: datetime) -> Iterator[OnTheWard]:
    units = list(lists.units(acting.site.site_id, WAITING))
    rows = _rows(acting, units, now)
    yield from sorted(rows, key=lambda row: (row.due is None, row.due or date.max, row.din))


def _to_hand_over(acting: Acting, now: datetime) -> Iterator[OnTheWard]:
    units = lists.units(acting.site.site_id, (State.COLLECTED.value,))
    for row in _rows(acting, list(units), now):
        found = kit(acting, row.din, now)
        if found is not None and found.stage is Stage.COLLECTED:
            yield row


def _rows(acting: Acting, units: Iterable[UnitCard], now: datetime) -> Iterator[OnTheWard]:
    known = [unit for unit in units if unit.din and unit.infant]
    children = lists.infants(acting.site.site_id).in_bulk([str(unit.infant) for unit in known])
    names = identities_of(MotherId(unit.mother) for unit in known if unit.mother)
    for unit in known:
        child = children.get(str(unit.infant))
        found = kit(acting, str(unit.din), now)
        if child is None or found is None:
            continue
        mother = names[MotherId(unit.mother)].printed if unit.mother else ""
        yield _row(unit, child, mother, page_of(found))


def _row(unit: UnitCard, child: InfantCard, mother: str, url: str) -> OnTheWard:
    collected = unit.state == State.COLLECTED.value
    agreed = "collect" in child.consented
    word = _("Parents agreed") if agreed else _("No consent to collect yet")
    return OnTheWard(
        din=str(unit.din),
        mother=mother,
        which=child.birth_order if child.children > 1 else "",
        due=child.due_date,
        born=child.born_at,
        url=url,
        word=_("Collected, hand it over") if collected else word,
        status="waiting_result" if collected else "met" if agreed else "not_met",
    )
