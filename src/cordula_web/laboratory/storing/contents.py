"""What stands in a place, and what ever stood there between two moments?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cordula.vocabulary.identifiers import PlaceId, SiteId
from cordula_web.frame.addresses import address
from cordula_web.laboratory.shelf_map import path
from cordula_web.records import lists
from cordula_web.records.models import PlaceCard, StayCard, UnitCard


@dataclass(frozen=True, slots=True)
class Shelf:
    """One place, as the list of freezers shows it."""

    path: str
    url: str
    positions: int
    taken: int
    excursions: int

    @property
    def free(self) -> int:
        return self.positions - self.taken


@dataclass(frozen=True, slots=True)
class Kept:
    """A product in a position: whose unit it is, and since when."""

    position: str
    product: str
    din: str
    url: str
    since: datetime
    until: datetime | None


def shelves(site: SiteId) -> list[Shelf]:
    taken = lists.occupancy(site)
    return [_shelf(card, taken.get(card.place, 0)) for card in lists.places(site)]


def _shelf(card: PlaceCard, taken: int) -> Shelf:
    url = address("laboratory:place", {"place": card.place})
    return Shelf(path(card), url, card.positions, taken, card.excursions)


def kept(stays: Iterable[StayCard], site: SiteId) -> list[Kept]:
    found = list(stays)
    units = lists.for_site(UnitCard, site).filter(unit__in=[stay.unit for stay in found])
    dins = dict(units.values_list("unit", "din"))
    return [_kept(stay, dins.get(stay.unit) or stay.unit) for stay in found]


def _kept(stay: StayCard, din: str) -> Kept:
    # The number of the product begins with the donation's, which stands beside it.
    product = stay.product.partition(" ")[2] or stay.product
    url = address("clinic:unit", {"din": din})
    return Kept(stay.position, product, din, url, stay.since, stay.until)


def ever_here(place: PlaceId, start: datetime, end: datetime, site: SiteId) -> list[Kept]:
    """The question after an alarm: which units were in here meanwhile?"""
    return kept(lists.stays_between(place, start, end, site), site)
