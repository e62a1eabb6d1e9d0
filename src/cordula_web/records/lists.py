"""What do the lists show? Cards of one site, found by index: nothing is replayed for a row.

Whether a deadline has passed is for the page to say, from `due` and its own clock.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db import models
from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery

from cordula.units.life import State
from cordula.vocabulary.identifiers import (
    ChainOfIdentityId,
    DinNumber,
    InfantId,
    NotAnIdentifier,
    PlaceId,
    SiteId,
    UnitId,
)
from cordula_web.people import identities
from cordula_web.records.models import InfantCard, PlaceCard, StayCard, TaskCard, UnitCard

M = TypeVar("M", bound=models.Model)
SEARCHED_MAX = 50


def for_site(cards: type[M], site: SiteId) -> QuerySet[M]:
    """Every list begins here: another site's cards are not there."""
    return cards._default_manager.filter(site=str(site))


# --- Work -------------------------------------------------------------------------------------


def work_list(site: SiteId, roles: Iterable[str] | None = None) -> QuerySet[TaskCard]:
    """What must be done, the first deadline first; of these roles, or of all."""
    tasks = for_site(TaskCard, site).order_by(F("due").asc(nulls_last=True), "unit", "number")
    return tasks if roles is None else tasks.filter(who__in=list(roles))


def units(site: SiteId, states: Iterable[str] | None = None) -> QuerySet[UnitCard]:
    """Units in the order of life; within a state, the first deadline first."""
    cards = for_site(UnitCard, site).order_by("state_rank", F("due").asc(nulls_last=True), "unit")
    if states is None:
        return cards
    wanted = list(states)
    # The rank says nothing more, but it is what the index begins with.
    ranks = [state.rank for state in State if state.value in wanted]
    return cards.filter(state__in=wanted, state_rank__in=ranks)


def units_in_question(site: SiteId) -> QuerySet[UnitCard]:
    """Units that are held, or have an open deviation or an excursion nobody reviewed."""
    return units(site).filter(
        Q(held=True) | Q(open_deviations__gt=0) | Q(unreviewed_excursions__gt=0)
    )


def units_by_state(site: SiteId) -> dict[str, int]:
    """How many units are in each state, in the order of life."""
    counted = for_site(UnitCard, site).values_list("state", "state_rank")
    rows = counted.annotate(units=Count("unit")).order_by("state_rank")
    return {state: number for state, _, number in rows}


def theatre_list(site: SiteId, start: datetime, end: datetime) -> QuerySet[UnitCard]:
    """Units whose child has an operation planned between two moments."""
    planned = for_site(UnitCard, site).filter(operation_at__gte=start, operation_at__lt=end)
    return planned.order_by("operation_at", "unit")


def open_gates(site: SiteId, units: Iterable[str]) -> dict[str, list[str]]:
    """The titles of the gates that are open, for each of these units."""
    tasks = work_list(site).filter(unit__in=list(units), kind="gate")
    found: dict[str, list[str]] = {}
    for unit, title in tasks.values_list("unit", "title"):
        if title not in found.setdefault(unit, []):
            found[unit].append(title)
    return found


def on_the_ward(site: SiteId, states: Iterable[str]) -> QuerySet[UnitCard]:
    """Kits of children's own that the laboratory does not have yet, the next birth first."""
    due = InfantCard.objects.filter(infant=OuterRef("infant")).values("due_date")[:1]
    kits = units(site, states).filter(autologous=True, din__isnull=False, infant__isnull=False)
    kits = kits.filter(handed_over_at=None).annotate(born_on=Subquery(due))
    return kits.order_by(F("born_on").asc(nulls_last=True), "din")


def infants(site: SiteId) -> QuerySet[InfantCard]:
    """Children, the next operation first, then the youngest."""
    return for_site(InfantCard, site).order_by(
        F("operation_at").asc(nulls_last=True), F("born_at").desc(nulls_first=True), "infant"
    )


def units_of(infant: InfantId, site: SiteId) -> QuerySet[UnitCard]:
    """The child's own units, and those set aside for her."""
    return for_site(UnitCard, site).filter(infant=str(infant)).order_by("collected_at", "unit")


def is_person(site: SiteId, name: str) -> bool:
    """Whether this random identifier is a child's, or a mother's, of this site."""
    return for_site(InfantCard, site).filter(Q(infant=name) | Q(mother=name)).exists()


def newest_chain_of_identity(beginning: str) -> str | None:
    """The highest counted one with this beginning, at whatever site: no two children share one."""
    counted = rf"^{beginning}[0-9]{{6}}$"
    found = InfantCard.objects.filter(chain_of_identity__regex=counted)
    newest: str | None = found.aggregate(newest=Max("chain_of_identity"))["newest"]
    return newest


# --- Places -----------------------------------------------------------------------------------


def places(site: SiteId) -> QuerySet[PlaceCard]:
    return for_site(PlaceCard, site).order_by("path", "place")


def occupied(place: PlaceId, site: SiteId) -> QuerySet[StayCard]:
    """What is in each position of a place now."""
    return for_site(StayCard, site).filter(place=str(place), until=None).order_by("position")


def occupancy(site: SiteId) -> dict[str, int]:
    """How many positions of each place are taken."""
    there = for_site(StayCard, site).filter(until=None).values_list("place")
    return dict(there.annotate(taken=Count("number")).order_by("place"))


def stays_between(
    place: PlaceId, start: datetime, end: datetime, site: SiteId
) -> QuerySet[StayCard]:
    """Which products were ever in this place between two moments, ends included."""
    begun = for_site(StayCard, site).filter(place=str(place), since__lte=end)
    return begun.filter(Q(until=None) | Q(until__gte=start)).order_by("since", "unit", "number")


# --- Search -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Match:
    """Something a search found: a unit, a child or a place, by its identifier."""

    kind: str
    id: str


def search(site: SiteId, text: str) -> list[Match]:
    """What is meant by this text, scanned or typed: one match is gone to at once.

    A donation number with or without flags, a product, a chain of identity, a hospital number, a family
    name, or an identifier of ours."""
    wanted = text.strip()
    if not wanted:
        return []
    plain = wanted.removeprefix("=").replace(" ", "").replace("-", "").upper()
    found = _by_label(site, plain) or _by_identifier(site, wanted.lower())
    return found or _by_name(site, wanted)


def _by_label(site: SiteId, plain: str) -> list[Match]:
    # A chain of identity begins like a donation number, and is the longer of the two.
    if (chain := _read(ChainOfIdentityId, plain)) is not None:
        children = for_site(InfantCard, site).filter(chain_of_identity=chain)
        return _matches("infant", children.values_list("infant", flat=True))
    if (din := _read(DinNumber, plain[:13])) is not None:
        units = for_site(UnitCard, site).filter(din=din)
        return _matches("unit", units.values_list("unit", flat=True))
    return []


def _by_identifier(site: SiteId, name: str) -> list[Match]:
    if _read(UnitId, name) is None:
        return []
    return [
        *_matches(
            "unit", for_site(UnitCard, site).filter(unit=name).values_list("unit", flat=True)
        ),
        *_matches(
            "infant",
            for_site(InfantCard, site).filter(infant=name).values_list("infant", flat=True),
        ),
        *_matches(
            "place", for_site(PlaceCard, site).filter(place=name).values_list("place", flat=True)
        ),
    ]


def _by_name(site: SiteId, wanted: str) -> list[Match]:
    """Children of this name or number, and the children of mothers of this name or number."""
    persons = identities.with_hospital_number(site, wanted) or identities.with_family_name(
        site, wanted
    )
    names = [str(person) for person in persons]
    children = for_site(InfantCard, site).filter(Q(infant__in=names) | Q(mother__in=names))
    return _matches("infant", children.order_by("infant").values_list("infant", flat=True))


def _matches(kind: str, names: Iterable[str]) -> list[Match]:
    return [Match(kind, name) for name in list(names)[:SEARCHED_MAX]]


def _read(kind: type[str], text: str) -> str | None:
    try:
        return str(kind(text))
    except NotAnIdentifier:
        return None
