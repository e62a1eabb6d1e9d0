"""From the laboratory to the child: signed, released or rejected, allocated, shipped."""

from dataclasses import dataclass

from cordula.events.event import Event
from cordula.events.parts import Signature
from cordula.events.sealed import Sealed
from cordula.vocabulary.identifiers import AccountId, InfantId, ProductKey, UnitId


@dataclass(frozen=True, kw_only=True)
class Signed(Event):
    """One of the signatures a step needs. The last one comes with the step's own event."""

    unit: UnitId
    infant: InfantId
    step: str
    protocol: str
    digest: str
    signature: Signature


@dataclass(frozen=True, kw_only=True)
class Released(Event):
    """The unit may be used for this child: every gate of the protocol was met as it was shown."""

    unit: UnitId
    infant: InfantId
    protocol: str
    digest: str
    verdict: str
    signature: Signature


@dataclass(frozen=True, kw_only=True)
class ExceptionallyReleased(Event):
    """Released against criteria that were not met: which, why, and who took it on.

    The physician acknowledged it before distribution, and is not the one who signs."""

    unit: UnitId
    infant: InfantId
    protocol: str
    digest: str
    verdict: str
    criteria: tuple[str, ...]
    reason: Sealed
    investigation: Sealed
    acknowledged_by: AccountId
    signature: Signature


@dataclass(frozen=True, kw_only=True)
class ReleaseRevoked(Event):
    """A release was taken back. Everything after it is closed again."""

    unit: UnitId
    infant: InfantId
    reason: Sealed


@dataclass(frozen=True, kw_only=True)
class Rejected(Event):
    """The unit will not be used."""

    unit: UnitId
    reason: str
    note: Sealed | None = None


@dataclass(frozen=True, kw_only=True)
class Allocated(Event):
    """Products of the unit were set aside for this child's operation."""

    unit: UnitId
    infant: InfantId
    products: tuple[ProductKey, ...]


@dataclass(frozen=True, kw_only=True)
class Shipped(Event):
    """Products left the laboratory in one container."""

    unit: UnitId
    products: tuple[ProductKey, ...]
    consignment: str
    destination: str
    container: str
    seal: str | None = None
    logger: str | None = None


@dataclass(frozen=True, kw_only=True)
class Returned(Event):
    """Products came back unused."""

    unit: UnitId
    products: tuple[ProductKey, ...]
    reason: str


@dataclass(frozen=True, kw_only=True)
class Discarded(Event):
    """Products, or the whole unit where none is named, were destroyed before a witness."""

    unit: UnitId
    products: tuple[ProductKey, ...] = ()
    reason: str
    witness: AccountId
