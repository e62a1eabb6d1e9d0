"""In storage: places, moves, and what the temperature did."""

from dataclasses import dataclass
from datetime import datetime

from cordula.events.event import Event
from cordula.events.sealed import Sealed
from cordula.vocabulary.identifiers import PlaceId, ProductKey, UnitId
from cordula.vocabulary.quantity import Quantity


@dataclass(frozen=True, kw_only=True)
class PlaceOpened(Event):
    """A place products can be kept in. `path` is its words, from the tank inwards."""

    place: PlaceId
    path: tuple[str, ...]
    positions: int
    temperature_limit: Quantity | None = None


@dataclass(frozen=True, kw_only=True)
class Stored(Event):
    """A product was put in a position of a place."""

    unit: UnitId
    place: PlaceId
    product: ProductKey
    position: str


@dataclass(frozen=True, kw_only=True)
class Moved(Event):
    """A product went from one place to another."""

    unit: UnitId
    product: ProductKey
    left: PlaceId
    place: PlaceId
    position: str


@dataclass(frozen=True, kw_only=True)
class Retrieved(Event):
    """A product was taken out of storage."""

    unit: UnitId
    place: PlaceId
    product: ProductKey


@dataclass(frozen=True, kw_only=True)
class TemperatureExcursed(Event):
    """A place was outside its limit while these units were in it; `at` is when it ended."""

    units: tuple[UnitId, ...]
    place: PlaceId
    number: str
    started_at: datetime
    extreme: Quantity
    limit: Quantity
    log_digest: str | None = None


@dataclass(frozen=True, kw_only=True)
class ExcursionReviewed(Event):
    """Quality judged what an excursion means for these units: no_effect, test_again or discard."""

    units: tuple[UnitId, ...]
    number: str
    decision: str
    note: Sealed | None = None
