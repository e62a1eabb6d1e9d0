"""A child, a unit and the hour of asking, made from the facts of one row and from nothing else.

Nobody here exists; the identifiers are of the range that ISBT 128 sets aside for trying things out."""

from datetime import UTC, datetime, timedelta

from cordula.events.before_birth import Announced, Expected
from cordula.events.collection import ReceivedFromMaker
from cordula.events.event import Event
from cordula.infants.infant import Infant
from cordula.protocols.protocol import Protocol
from cordula.units.unit import Unit
from cordula.vocabulary.identifiers import (
    AccountId,
    ChainOfIdentityId,
    DinNumber,
    InfantId,
    MotherId,
    UnitId,
)

UNIT, INFANT, MOTHER = UnitId("case-unit"), InfantId("case-infant"), MotherId("case-mother")
DIN = DinNumber("A999926000001")
CHAIN = ChainOfIdentityId("CHA999926000001")
ONE, ANOTHER = AccountId("one"), AccountId("another")
NOW = datetime(2026, 11, 15, 12, 0, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=300)
EARLIER = NOW - timedelta(days=1)


class Scene:
    """What a row's facts add up to. Facts are put in any order; the events stand in that of time."""

    def __init__(self, protocol: Protocol) -> None:
        self.protocol = protocol
        self.events: list[Event] = []
        self.has_unit = True
        self.beginning = True
        # How long after the collection the mother's blood was taken.
        self.specimen_after = timedelta(0)

    def add(self, *events: Event) -> None:
        self.events.extend(events)

    def told(self) -> tuple[Unit | None, Infant, datetime]:
        """The unit, the child, and now."""
        events = sorted([*self._start(), *self.events], key=lambda event: event.at)
        infant = Infant.replay(e for e in events if f"infant:{INFANT}" in e.concerns())
        unit = Unit.replay(e for e in events if f"unit:{UNIT}" in e.concerns())
        return (unit if self.has_unit else None), infant, NOW

    def _start(self) -> list[Event]:
        announced = Announced(
            infant=INFANT,
            mother=MOTHER,
            chain_of_identity=CHAIN,
            birth_order="1 of 1",
            by=ONE,
            at=LONG_AGO,
        )
        return [announced, *([self._unit()] if self.beginning else [])]

    def _unit(self) -> Event:
        if self.protocol.origin == "allogeneic":
            return ReceivedFromMaker(
                unit=UNIT,
                din=DIN,
                maker="maker",
                lot="lot",
                product_name="product",
                by=ONE,
                at=LONG_AGO,
            )
        return Expected(
            unit=UNIT,
            infant=INFANT,
            mother=MOTHER,
            din=DIN,
            chain_of_identity=CHAIN,
            by=ONE,
            at=LONG_AGO,
        )
