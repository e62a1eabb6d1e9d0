"""A place is what was put in and taken out of it."""

from dataclasses import dataclass
from datetime import datetime

from cordula.events.history import History
from cordula.events.once import once
from cordula.events.storage import Moved, PlaceOpened, Retrieved, Stored, TemperatureExcursed
from cordula.vocabulary.identifiers import ProductKey, UnitId


@dataclass(frozen=True, slots=True)
class Stay:
    """A product's time in one position of a place; it is still there while `until` is None."""

    product: ProductKey
    unit: UnitId
    position: str
    since: datetime
    until: datetime | None = None

    def overlaps(self, start: datetime, end: datetime) -> bool:
        return self.since <= end and (self.until is None or self.until >= start)


@dataclass(frozen=True)
class Place(History):
    """A tank, rack or box, and who was ever in it."""

    @property
    def opened(self) -> PlaceOpened | None:
        return self.first(PlaceOpened)

    @property
    def path(self) -> tuple[str, ...]:
        return self.opened.path if self.opened else ()

    @once
    def stays(self) -> tuple[Stay, ...]:
        """Every stay there ever was, in the order the products came."""
        stays: list[Stay] = []
        for event in self.standing:
            if isinstance(event, Moved | Retrieved):
                stays = [_ended(stay, event) for stay in stays]
            if isinstance(event, Stored | Moved) and self._is_here(event):
                stays.append(Stay(event.product, event.unit, event.position, event.at))
        return tuple(stays)

    def _is_here(self, event: Stored | Moved) -> bool:
        """A move concerns two places: the one left, and the one entered."""
        return self.opened is not None and event.place == self.opened.place

    @once
    def occupied(self) -> dict[str, Stay]:
        """What is in each position now."""
        return {stay.position: stay for stay in self.stays if stay.until is None}

    def units_between(self, start: datetime, end: datetime) -> tuple[UnitId, ...]:
        """The units that were ever in this place between two moments, ends included."""
        found = (stay.unit for stay in self.stays if stay.overlaps(start, end))
        return tuple(dict.fromkeys(found))

    @property
    def excursions(self) -> list[TemperatureExcursed]:
        return self.all(TemperatureExcursed)


def _ended(stay: Stay, event: Moved | Retrieved) -> Stay:
    if stay.product != event.product or stay.until is not None:
        return stay
    return Stay(stay.product, stay.unit, stay.position, stay.since, event.at)
