"""Before birth: a child is expected, a kit is set aside, parents decide."""

from dataclasses import dataclass
from datetime import date

from cordula.events.event import Event
from cordula.events.sealed import Sealed
from cordula.vocabulary.identifiers import (
    AccountId,
    ChainOfIdentityId,
    DinNumber,
    InfantId,
    MotherId,
    UnitId,
)


@dataclass(frozen=True, kw_only=True)
class Announced(Event):
    """A child with a heart defect is expected. Each child of a multiple birth is announced alone."""

    infant: InfantId
    mother: MotherId
    chain_of_identity: ChainOfIdentityId
    birth_order: str
    children: int = 1
    due: date | None = None


@dataclass(frozen=True, kw_only=True)
class Expected(Event):
    """A collection kit with its donation number is bound to this child before the birth."""

    unit: UnitId
    infant: InfantId
    mother: MotherId
    din: DinNumber
    chain_of_identity: ChainOfIdentityId


@dataclass(frozen=True, kw_only=True)
class Consented(Event):
    """Parents agreed to the scopes named. A scope not named is not agreed to."""

    infant: InfantId
    units: tuple[UnitId, ...] = ()
    scopes: tuple[str, ...]
    parents: int
    other_parent_not_available: bool = False
    form: str
    witness: AccountId | None = None


@dataclass(frozen=True, kw_only=True)
class ConsentWithdrawn(Event):
    """Parents took back consent. Their wish says what is to become of the cells."""

    infant: InfantId
    units: tuple[UnitId, ...] = ()
    scopes: tuple[str, ...]
    wish: str
    note: Sealed | None = None


@dataclass(frozen=True, kw_only=True)
class Enrolled(Event):
    """The child takes part under one approved version of a protocol, and is judged by that one."""

    infant: InfantId
    units: tuple[UnitId, ...] = ()
    protocol: str
    version: str
    digest: str
