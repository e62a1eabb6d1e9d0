"""No admitted sequence breaks replay, and replay itself refuses nothing."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from cordula.events.admission import NotAdmitted
from cordula.events.event import Event, NotUnderstood
from cordula.events.quality import Quarantined, QuarantineLifted, Voided
from cordula.events.release import Discarded, Rejected, ReleaseRevoked, Returned
from cordula.events.sealed import Sealed
from cordula.events.theatre import Administered
from cordula.units.admission import admit
from cordula.units.life import State
from cordula.units.unit import Unit
from cordula.vocabulary.identifiers import Stream
from tests import cast

WORDS = Sealed("5" * 64)
LATE = cast.after_birth(days=173)
BY = {"by": cast.QUALITY, "at": LATE}


def turns_of_fate() -> list[Event]:
    """Events that are not part of the straight way, to be thrown in anywhere."""
    unit, infant = cast.UNIT, cast.LINA
    return [
        Quarantined(unit=unit, reason=WORDS, **BY),
        QuarantineLifted(unit=unit, reason=WORDS, **BY),
        ReleaseRevoked(unit=unit, infant=infant, reason=WORDS, **BY),
        Rejected(unit=unit, reason="low_volume_or_count", **BY),
        Returned(unit=unit, products=(cast.VIAL_A,), reason="operation_put_off", **BY),
        Discarded(unit=unit, products=(cast.VIAL_A,), reason="damaged", witness=cast.NURSE, **BY),
        Discarded(unit=unit, reason="family_wish", witness=cast.NURSE, **BY),
        *(Voided(unit=unit, version=n, reason=WORDS, **BY) for n in (1, 7, 12, 99)),
        NotUnderstood(kind="Teleported", schema=9, streams=(Stream("unit:unit-of-lina"),), **BY),
    ]


EVENTS = [e for e in cast.whole_life() if "unit:unit-of-lina" in e.concerns()] + turns_of_fate()


def read_everything(unit: Unit) -> None:
    """Every question a page or a rule asks of a unit; none may raise."""
    for name in dir(Unit):
        if isinstance(getattr(Unit, name), property) or name in vars(Unit):
            value = getattr(unit, name)
            if name in ("kept", "count", "test", "signatures", "moment", "product"):
                continue
            assert value is not NotImplemented
    for moment in ("collected", "received", "arrived", "thawed", "administered", "no such moment"):
        unit.moment(moment)
    for kind in ("vial", "segment"):
        unit.kept(kind)  # type: ignore[arg-type]
    unit.count("volume")
    unit.signatures("release")


class LifeOfAUnit(RuleBasedStateMachine):
    """Throws events at the door in any order; whatever is let in must replay to the same unit."""

    @initialize()
    def begin(self) -> None:
        self.unit = Unit()
        self.position = 0

    @rule()
    def goes_on_as_it_should(self) -> None:
        if self.position < len(EVENTS):
            self.try_at_the_door(EVENTS[self.position])
            self.position += 1

    @rule(event=st.sampled_from(EVENTS), hours=st.integers(-100, 100))
    def takes_a_turn(self, event: Event, hours: int) -> None:
        self.try_at_the_door(replace(event, at=event.at + timedelta(hours=hours)))

    def try_at_the_door(self, event: Event) -> None:
        try:
            admit(self.unit, event)
        except NotAdmitted:
            return
        self.unit = self.unit.after(event)

    @invariant()
    def replays_to_the_same_unit(self) -> None:
        again = Unit.replay(self.unit.events)
        assert again == self.unit
        assert again.state is self.unit.state
        read_everything(again)

    @invariant()
    def is_never_given_twice_nor_unreleased(self) -> None:
        given = [n for n, e in enumerate(self.unit.events) if isinstance(e, Administered)]
        assert len(given) <= 1
        for n in given:
            assert Unit.replay(self.unit.events[:n]).release is not None
            assert self.unit.events[n].infant == cast.LINA


TestLifeOfAUnit = LifeOfAUnit.TestCase
TestLifeOfAUnit.settings = settings(
    max_examples=60, stateful_step_count=70, deadline=None, derandomize=True
)


@given(st.lists(st.sampled_from(EVENTS), max_size=40))
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
def test_replay_refuses_no_sequence_at_all(events: list[Event]) -> None:
    read_everything(Unit.replay(events))


def test_an_entry_nobody_understands_closes_what_follows() -> None:
    unit = Unit.replay([*EVENTS[:3], EVENTS[-1]])
    assert not unit.understood


def test_the_states_are_reached_in_the_order_of_life() -> None:
    unit, seen = Unit(), []
    for event in EVENTS[: len(EVENTS) - len(turns_of_fate())]:
        unit = unit.after(event)
        seen.append(unit.state)
    assert list(dict.fromkeys(seen)) == [
        State.EXPECTED,
        State.CONSENTED,
        State.COLLECTED,
        State.RECEIVED,
        State.PROCESSED,
        State.CRYOPRESERVED,
        State.TESTED,
        State.RELEASED,
        State.ALLOCATED,
        State.SHIPPED,
        State.ARRIVED,
        State.THAWED,
        State.PREPARED,
        State.ADMINISTERED,
    ]
