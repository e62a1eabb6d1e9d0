"""When something was not as it should be: deviations, corrections, holds."""

from dataclasses import dataclass

from cordula.events.event import Event
from cordula.events.sealed import Sealed
from cordula.vocabulary.identifiers import InfantId, UnitId


@dataclass(frozen=True, kw_only=True)
class Deviated(Event):
    """Something departed from the procedure. Three facts: what, which unit, harm now."""

    units: tuple[UnitId, ...]
    infant: InfantId | None = None
    number: str
    what: Sealed
    harm: bool


@dataclass(frozen=True, kw_only=True)
class DeviationClosed(Event):
    """Quality judged a deviation: minor or major, and whether the unit can still be used."""

    units: tuple[UnitId, ...]
    infant: InfantId | None = None
    number: str
    severity: str
    usable: bool
    conclusion: Sealed


@dataclass(frozen=True, kw_only=True)
class Quarantined(Event):
    """The unit is held: nothing may be done with it until it is lifted."""

    unit: UnitId
    reason: Sealed


@dataclass(frozen=True, kw_only=True)
class QuarantineLifted(Event):
    """The hold ended."""

    unit: UnitId
    reason: Sealed


@dataclass(frozen=True, kw_only=True)
class Voided(Event):
    """An earlier entry of this unit's history was wrong and no longer counts. It stays readable."""

    unit: UnitId
    version: int
    reason: Sealed


@dataclass(frozen=True, kw_only=True)
class VoidedForInfant(Event):
    """An earlier entry of this child's history was wrong and no longer counts."""

    infant: InfantId
    version: int
    reason: Sealed


@dataclass(frozen=True, kw_only=True)
class Notified(Event):
    """Somebody who must know was told, for example of a culture that grew after the cells were given."""

    units: tuple[UnitId, ...] = ()
    infant: InfantId | None = None
    about: str
    whom: str
