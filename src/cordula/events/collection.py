"""At birth: the child, the cord, the bag, and the way to the laboratory."""

from dataclasses import dataclass
from datetime import datetime

from cordula.events.event import Event
from cordula.events.sealed import Sealed
from cordula.vocabulary.identifiers import AccountId, DinNumber, InfantId, UnitId
from cordula.vocabulary.quantity import Quantity


@dataclass(frozen=True, kw_only=True)
class Born(Event):
    """The child was born."""

    infant: InfantId
    sex: str
    gestational_age: Quantity | None = None


@dataclass(frozen=True, kw_only=True)
class IdentityChecked(Event):
    """Child, bag and label were compared by two identifiers, where `where` says."""

    unit: UnitId
    infant: InfantId
    where: str
    matched: bool
    second_person: AccountId | None = None


@dataclass(frozen=True, kw_only=True)
class Collected(Event):
    """Cord blood was drawn; `at` is the end of the draw."""

    unit: UnitId
    infant: InfantId
    din: DinNumber
    volume: Quantity
    anticoagulant: str
    method: str
    clamped_at: datetime | None = None
    started_at: datetime | None = None
    second_person: AccountId | None = None


@dataclass(frozen=True, kw_only=True)
class CollectionStopped(Event):
    """Nothing was collected. The reason is never counted against anybody."""

    unit: UnitId
    infant: InfantId
    reason: str
    note: Sealed | None = None


@dataclass(frozen=True, kw_only=True)
class HandedOver(Event):
    """The unit passed from one person or place to another, with its container and logger."""

    unit: UnitId
    sender: str
    receiver: str
    container: str | None = None
    seal: str | None = None
    logger: str | None = None


@dataclass(frozen=True, kw_only=True)
class Received(Event):
    """The unit arrived where `where` says: the laboratory after collection, theatre after shipment."""

    unit: UnitId
    where: str
    condition: str
    temperature_lowest: Quantity | None = None
    temperature_highest: Quantity | None = None
    seal_intact: bool | None = None


@dataclass(frozen=True, kw_only=True)
class ReceivedFromMaker(Event):
    """An allogeneic product came from its maker, with its certificate."""

    unit: UnitId
    din: DinNumber
    maker: str
    lot: str
    product_name: str
    certificate: Sealed | None = None
