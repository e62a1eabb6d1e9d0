"""A cord blood unit is what its events have made of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from cordula.events.before_birth import ConsentWithdrawn, Expected
from cordula.events.collection import Collected, Received, ReceivedFromMaker
from cordula.events.consent import scopes_in_force
from cordula.events.event import Event
from cordula.events.history import History
from cordula.events.laboratory import Counted, Cryopreserved, Processed, Tested
from cordula.events.once import once
from cordula.events.parts import PartKind
from cordula.events.quality import Deviated, DeviationClosed, Quarantined, QuarantineLifted
from cordula.events.release import (
    Allocated,
    Discarded,
    ExceptionallyReleased,
    Released,
    ReleaseRevoked,
    Shipped,
    Signed,
)
from cordula.events.storage import ExcursionReviewed, TemperatureExcursed
from cordula.events.theatre import Administered, Prepared, Thawed
from cordula.units.life import State, next_state
from cordula.units.products import Product, Tree, tree
from cordula.vocabulary.identifiers import (
    ChainOfIdentityId,
    DinNumber,
    InfantId,
    MotherId,
    ProductKey,
    UnitId,
)

# Without consent to these nothing may be done with the cells but what the family wishes.
NEEDED_SCOPES = frozenset({"collect", "store", "use"})


@dataclass(frozen=True)
class Unit(History):
    """One unit, from the kit set aside before birth to the heart, or to its end elsewhere."""

    @once
    def id(self) -> UnitId | None:
        start = self.first(Expected) or self.first(ReceivedFromMaker)
        return start.unit if start else None

    @once
    def din(self) -> DinNumber | None:
        start = self.first(Expected) or self.first(ReceivedFromMaker)
        return start.din if start else None

    @once
    def infant(self) -> InfantId | None:
        """The child the unit is for: its own, or the one an allogeneic unit was set aside for."""
        if expected := self.first(Expected):
            return expected.infant
        allocated = self.latest(Allocated) or self.latest(Released) or self.latest(Signed)
        return allocated.infant if allocated else None

    @property
    def mother(self) -> MotherId | None:
        expected = self.first(Expected)
        return expected.mother if expected else None

    @property
    def chain_of_identity(self) -> ChainOfIdentityId | None:
        expected = self.first(Expected)
        return expected.chain_of_identity if expected else None

    @property
    def autologous(self) -> bool:
        return self.has(Expected)

    @once
    def state(self) -> State:
        state = State.UNKNOWN
        for event in self.standing:
            state = next_state(state, event)
        return State.DISCARDED if self._all_discarded else state

    @property
    def _all_discarded(self) -> bool:
        discards = self.all(Discarded)
        whole = any(not event.products for event in discards)
        return whole or (bool(discards) and not any(p.for_a_child for p in self.products.values()))

    @once
    def products(self) -> Tree:
        return tree(self.standing)

    def kept(self, kind: PartKind) -> list[Product]:
        """Products of this kind that still exist as themselves."""
        return [p for p in self.products.values() if p.kind is kind and p.at_hand]

    def product(self, key: ProductKey) -> Product | None:
        return self.products.get(key)

    def count(
        self, measure: str, timepoint: str | None = None, cell_type: str | None = None
    ) -> Counted | None:
        """The newest standing result of this measure, at this point, of these cells."""
        for counted in reversed(self.all(Counted)):
            if (
                counted.measure == measure
                and timepoint in (None, counted.timepoint)
                and cell_type in (None, counted.cell_type)
            ):
                return counted
        return None

    def test(self, key: str) -> Tested | None:
        """The newest standing result of this test."""
        return next((t for t in reversed(self.all(Tested)) if t.test == key), None)

    @once
    def consented(self) -> frozenset[str]:
        """The scopes parents agreed to and did not take back, as this unit's history tells."""
        return scopes_in_force(self.standing)

    @once
    def withdrawal(self) -> ConsentWithdrawn | None:
        """The withdrawal that holds the unit: of collecting, keeping or using it, and not agreed to again."""
        for event in reversed(self.all(ConsentWithdrawn)):
            if NEEDED_SCOPES & set(event.scopes) - self.consented:
                return event
        return None

    @once
    def held(self) -> bool:
        """Whether quality holds the unit in quarantine."""
        return len(self.all(Quarantined)) > len(self.all(QuarantineLifted))

    @once
    def open_deviations(self) -> tuple[Deviated, ...]:
        closed = {event.number for event in self.all(DeviationClosed)}
        return tuple(d for d in self.all(Deviated) if d.number not in closed)

    @once
    def unreviewed_excursions(self) -> tuple[TemperatureExcursed, ...]:
        reviewed = {event.number for event in self.all(ExcursionReviewed)}
        return tuple(e for e in self.all(TemperatureExcursed) if e.number not in reviewed)

    @once
    def release(self) -> Released | ExceptionallyReleased | None:
        """The release in force, if there is one."""
        for event in reversed(self.standing):
            if isinstance(event, (Released, ExceptionallyReleased)):
                return event
            if isinstance(event, ReleaseRevoked):
                return None
        return None

    def signatures(self, step: str) -> list[Signed]:
        """Signatures given for this step since the last release was taken back."""
        if not self.has(ReleaseRevoked):
            return [signed for signed in self.all(Signed) if signed.step == step]
        given: list[Signed] = []
        for event in self.standing:
            if isinstance(event, ReleaseRevoked):
                given = []
            elif isinstance(event, Signed) and event.step == step:
                given.append(event)
        return given

    def moment(self, name: str) -> datetime | None:
        """When a named moment of the unit's life was, or None while it has not come."""
        return _MOMENTS[name](self) if name in _MOMENTS else None


def _arrival(unit: Unit, *, after_shipment: bool) -> datetime | None:
    shipped = unit.latest(Shipped)
    found = [
        event.at
        for event in unit.all(Received)
        if (shipped is not None and event.at >= shipped.at) == after_shipment
    ]
    return found[0] if found else None


def _received(unit: Unit) -> datetime | None:
    maker = unit.first(ReceivedFromMaker)
    return maker.at if maker else _arrival(unit, after_shipment=False)


def _at(kind: type[Event], field: str = "at") -> Callable[[Unit], datetime | None]:
    def moment(unit: Unit) -> datetime | None:
        event = unit.latest(kind)
        return getattr(event, field) if event else None

    return moment


_MOMENTS: dict[str, Callable[[Unit], datetime | None]] = {
    "collected": _at(Collected),
    "received": _received,
    "processing_started": _at(Processed, "started_at"),
    "processed": _at(Processed),
    "freezing_started": _at(Cryopreserved, "started_at"),
    "cryopreserved": _at(Cryopreserved),
    "shipped": _at(Shipped),
    "arrived": lambda unit: _arrival(unit, after_shipment=True),
    "thaw_started": _at(Thawed, "started_at"),
    "thawed": _at(Thawed),
    "prepared": _at(Prepared),
    "administered": _at(Administered),
}
