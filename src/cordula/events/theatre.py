"""In theatre: thawed, prepared, given."""

from dataclasses import dataclass
from datetime import datetime

from cordula.events.event import Event
from cordula.events.parts import Injection
from cordula.events.sealed import Sealed
from cordula.vocabulary.identifiers import AccountId, InfantId, ProductKey, UnitId
from cordula.vocabulary.quantity import Quantity


@dataclass(frozen=True, kw_only=True)
class Thawed(Event):
    """Products were thawed; `at` is the end of the thaw."""

    unit: UnitId
    infant: InfantId
    products: tuple[ProductKey, ...]
    started_at: datetime
    verdict: str
    second_person: AccountId


@dataclass(frozen=True, kw_only=True)
class Prepared(Event):
    """The dose was drawn up and stands until `expires_at`."""

    unit: UnitId
    infant: InfantId
    volume: Quantity
    expires_at: datetime
    second_person: AccountId


@dataclass(frozen=True, kw_only=True)
class Administered(Event):
    """The cells were given to the child; `at` is the last injection."""

    unit: UnitId
    infant: InfantId
    route: str
    started_at: datetime
    planned: Quantity
    given: Quantity
    weight: Quantity
    injections: tuple[Injection, ...] = ()
    verdict: str
    second_person: AccountId
    reaction_seen: bool = False


@dataclass(frozen=True, kw_only=True)
class AdministrationStopped(Event):
    """Giving was stopped, or not begun. What had been given stands in `given`."""

    unit: UnitId
    infant: InfantId
    reason: str
    given: Quantity | None = None
    note: Sealed | None = None
