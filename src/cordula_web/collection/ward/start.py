"""Which kits are on this ward, and which one was scanned?"""

from collections.abc import Iterable
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
from cordula_web.collection.ward.screen import PAGES, page_of
from cordula_web.frame.addresses import address
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

# A list longer than this is not read to its end: the kit in hand is scanned.
SHOWN_MAX = 100
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
        "kits": _kits(request.acting, WAITING),
        "to_hand_over": _kits(request.acting, (State.COLLECTED.value,)),
        "shown_max": SHOWN_MAX,
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


def _kits(acting: Acting, states: Iterable[str]) -> tuple[OnTheWard, ...]:
    """The first of them by cards alone: a ward waits for no history to be read."""
    units = list(lists.on_the_ward(acting.site.site_id, states)[:SHOWN_MAX])
    children = lists.infants(acting.site.site_id).in_bulk([str(unit.infant) for unit in units])
    names = identities_of(MotherId(unit.mother) for unit in units if unit.mother)
    return tuple(
        _row(
            unit,
            children[str(unit.infant)],
            names[MotherId(unit.mother)].printed if unit.mother else "",
        )
        for unit in units
        if str(unit.infant) in children
    )


def _row(unit: UnitCard, child: InfantCard, mother: str) -> OnTheWard:
    collected = unit.state == State.COLLECTED.value
    agreed = "collect" in child.consented
    word = _("Parents agreed") if agreed else _("No consent to collect yet")
    stage = Stage.COLLECTED if collected else Stage.EXPECTED
    return OnTheWard(
        din=str(unit.din),
        mother=mother,
        which=child.birth_order if child.children > 1 else "",
        due=child.due_date,
        born=child.born_at,
        url=address(PAGES[stage], {"din": str(unit.din)}),
        word=_("Collected, hand it over") if collected else word,
        status="waiting_result" if collected else "met" if agreed else "not_met",
    )
