"""Where in the freezer is this unit, or where could it go? A place as rows and columns of positions."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import isqrt
from string import ascii_uppercase

from django.utils.translation import gettext as _

from cordula.vocabulary.identifiers import SiteId
from cordula_web.frame.parts import Cell, FreezerMap, FreezerRow
from cordula_web.laboratory.seen import Seen
from cordula_web.records import lists
from cordula_web.records.models import PlaceCard, StayCard


@dataclass(frozen=True, slots=True)
class Grid:
    """The positions of a place: rows by letter, columns by number, like C4.

    A place is opened with a number of positions; it is drawn as the rectangle nearest to a square."""

    rows: int
    columns: int

    @classmethod
    def of(cls, positions: int) -> "Grid":
        if positions <= 0:
            return cls(0, 0)
        columns = next(
            n for n in range(isqrt(positions - 1) + 1, positions + 1) if not positions % n
        )
        return cls(positions // columns, columns)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(f"{row}{column}" for row in self.letters for column in self.numbers)

    @property
    def letters(self) -> tuple[str, ...]:
        """A to Z, then AA, AB and on."""
        found = list(ascii_uppercase) + [a + b for a in ascii_uppercase for b in ascii_uppercase]
        return tuple(found[: self.rows])

    @property
    def numbers(self) -> tuple[str, ...]:
        return tuple(str(number + 1) for number in range(self.columns))


def free(place: PlaceCard, taken: Collection[str]) -> tuple[str, ...]:
    return tuple(name for name in Grid.of(place.positions).names if name not in taken)


def map_of(
    place: PlaceCard,
    taken: Collection[str],
    here: Collection[str],
    title: str,
    urls: Mapping[str, str] | None = None,
    told: str = "",
) -> FreezerMap:
    """`here` are the positions of the unit in hand, or the one proposed for it; else `told` stands in their place."""
    grid = Grid.of(place.positions)
    rows = tuple(
        FreezerRow(row, [_cell(f"{row}{n}", taken, here, urls or {}) for n in grid.numbers])
        for row in grid.letters
    )
    shown = ", ".join(sorted(here)) or told or _("no free position")
    caption = _("{place}: {full} of {all} positions are full.").format(
        place=path(place), full=len(taken), all=place.positions
    )
    return FreezerMap(title, path(place), shown, caption, grid.numbers, rows)


def _cell(
    name: str, taken: Collection[str], here: Collection[str], urls: Mapping[str, str]
) -> Cell:
    state = "here" if name in here else "full" if name in taken else "free"
    return Cell(state, name, urls.get(name, ""))


def path(place: PlaceCard) -> str:
    """“Tank 3, rack B, box 7”: the words from the tank inwards."""
    first, *rest = place.path or [place.place]
    return ", ".join([first, *(word[:1].lower() + word[1:] for word in rest)])


def for_unit(seen: Seen) -> FreezerMap | None:
    """Where the unit is; while it is nowhere, the first place with room and its next free position."""
    site = seen.acting.site.site_id
    stays = lists.for_site(StayCard, site).filter(unit=str(seen.unit_id), until=None)
    if stay := stays.order_by("position").first():
        here = {s.position for s in stays if s.place == stay.place}
        return _drawn(site, stay.place, here, _("Place of this unit"))
    return _proposed(site)


def _proposed(site: SiteId) -> FreezerMap | None:
    occupancy = lists.occupancy(site)
    for place in lists.places(site):
        if occupancy.get(place.place, 0) < place.positions:
            return _drawn(site, place.place, (), _("Next free place"), propose=True)
    return None


def _drawn(
    site: SiteId, name: str, here: Collection[str], title: str, *, propose: bool = False
) -> FreezerMap | None:
    place = lists.places(site).filter(place=name).first()
    if place is None:
        return None
    taken = taken_in(place, site)
    if propose:
        here = free(place, taken)[:1]
    return map_of(place, taken, here, title)


def taken_in(place: PlaceCard, site: SiteId) -> frozenset[str]:
    found = lists.for_site(StayCard, site).filter(place=place.place, until=None)
    return frozenset(found.values_list("position", flat=True))
