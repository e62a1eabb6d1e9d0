from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from cordula.events.before_birth import Announced, Expected
from cordula.events.collection import CollectionStopped, ReceivedFromMaker
from cordula.events.course import Died
from cordula.events.event import Event, NotUnderstood
from cordula.events.quality import Quarantined, QuarantineLifted
from cordula.events.randomisation import Randomised
from cordula.events.release import Discarded, Rejected
from cordula.events.sealed import Sealed
from cordula.events.theatre import AdministrationStopped
from cordula.infants.infant import Infant
from cordula.journey.judge import judge
from cordula.journey.verdict import Status, StepState
from cordula.units.unit import Unit
from cordula.vocabulary.identifiers import ProtocolId, Stream
from tests.cast import (
    DIN,
    LINA,
    MIDWIFE,
    NOOR,
    QUALITY,
    SURGEON,
    TECHNOLOGIST,
    UNIT,
    before_birth,
)
from tests.unit.journey.cast import (
    PROTOCOL,
    THEATRE_DAY,
    before_thaw,
    histories,
    judged,
    whole_life,
    without,
)

HOUR_AGO = THEATRE_DAY - timedelta(hours=1)
SEALED = Sealed("0" * 64)
BY: dict[str, Any] = {"by": QUALITY, "at": HOUR_AGO}

DIED = Died(infant=LINA, **BY)
HELD = Quarantined(unit=UNIT, reason=SEALED, **BY)
NOT_COLLECTED = CollectionStopped(unit=UNIT, infant=LINA, reason="mother", by=MIDWIFE, at=HOUR_AGO)
REJECTED = Rejected(unit=UNIT, reason="low_volume_or_count", **BY)
DISCARDED = Discarded(unit=UNIT, reason="rejected", witness=SURGEON, **BY)
DREW_NONE = Randomised(
    infant=LINA, protocol_file=ProtocolId(PROTOCOL.id), list_name="main", number=1,
    sealed=Sealed("1" * 64), proof=(), no_cells=True, by=SURGEON, at=HOUR_AGO,
)  # fmt: skip
GIVING_STOPPED = AdministrationStopped(unit=UNIT, infant=LINA, reason="child", **BY)


def unreadable(stream: str) -> NotUnderstood:
    return NotUnderstood(
        kind="Teleported", schema=9, streams=(Stream(stream),), by=TECHNOLOGIST, at=HOUR_AGO
    )


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (DIED, "The child died on 23-Nov-2026."),
        (NOT_COLLECTED, "Nothing was collected. Reason: The mother needs us."),
        (REJECTED, "The unit was rejected. Reason: Too little blood or too few cells."),
        (DISCARDED, "The unit was destroyed. Reason: The unit was rejected."),
        (GIVING_STOPPED, "Giving was stopped. Reason: The child’s condition."),
        (DREW_NONE, "She drew an arm without cells on 23-Nov-2026."),
    ],
)
def test_an_end_stops_every_step_and_takes_dose_and_deadlines_away(
    event: Event, words: str
) -> None:
    assert judged(before_thaw()).may("thaw")
    verdict = judged([*before_thaw(), event])
    assert verdict.stopped.startswith(words)
    assert verdict.step("thaw").state is StepState.BLOCKED
    assert verdict.step("thaw").because == verdict.stopped
    assert verdict.dose is None
    assert verdict.ladder == ()


def test_a_draw_that_does_not_say_so_stops_nothing() -> None:
    assert judged([*before_thaw(), replace(DREW_NONE, no_cells=False)]).may("thaw")


def test_cells_that_were_given_stay_given_whatever_was_drawn() -> None:
    assert not judged([*whole_life(), DREW_NONE]).stopped


def test_what_was_done_stays_done_when_the_journey_stops() -> None:
    verdict = judged([*before_thaw(), DIED])
    assert verdict.step("release").state is StepState.DONE


def test_a_unit_in_quarantine_is_held_and_its_plan_stays_to_be_seen() -> None:
    verdict = judged([*before_thaw(), HELD])
    assert verdict.stopped == "The unit is in quarantine. Quality must lift it first."
    assert not any(verdict.may(step.id) for step in verdict.steps)
    assert verdict.dose is not None
    assert verdict.ladder
    lifted = QuarantineLifted(unit=UNIT, reason=SEALED, **BY)
    assert judged([*before_thaw(), HELD, lifted]).may("thaw")


@pytest.mark.parametrize("stream", [f"unit:{UNIT}", f"infant:{LINA}"])
def test_an_entry_that_is_not_understood_closes_every_gate(stream: str) -> None:
    verdict = judged([*before_thaw(), unreadable(stream)])
    assert {gate.status for gate in verdict.gates} == {Status.UNKNOWN}
    assert "does not understand" in verdict.stopped
    assert verdict.step("thaw").state is StepState.UNKNOWN
    assert verdict.met == 0


def test_an_entry_that_is_not_understood_weighs_more_than_any_exception_or_end() -> None:
    verdict = judged([*before_thaw(), DIED, unreadable(f"unit:{UNIT}")])
    assert "does not understand" in verdict.stopped


def test_a_unit_that_is_for_another_child_is_stopped() -> None:
    unit, _ = histories(before_thaw())
    noor = Infant.replay([replace(before_birth()[0], infant=NOOR)])  # type: ignore[arg-type]
    verdict = judge(PROTOCOL, unit, noor, THEATRE_DAY)
    assert verdict.stopped == "This unit is for another child."
    assert not any(verdict.may(step.id) for step in verdict.steps)


def test_a_unit_of_the_wrong_origin_is_stopped() -> None:
    maker = ReceivedFromMaker(
        unit=UNIT, din=DIN, maker="maker", lot="1", product_name="cells", **BY
    )
    donated = [maker, *without(Expected, before_thaw())]
    assert "came from a maker" in judged(donated).stopped
    allogeneic = replace(PROTOCOL, origin="allogeneic")
    assert "the child's own" in judged(before_thaw(), protocol=allogeneic).stopped


def test_a_unit_from_nowhere_opens_nothing() -> None:
    verdict = judged(without(Expected, before_thaw()))
    assert verdict.step("thaw").state is StepState.UNKNOWN
    assert "where this unit comes from" in verdict.stopped


def test_without_the_child_nothing_can_be_done() -> None:
    unit, _ = histories(before_thaw())
    verdict = judge(PROTOCOL, unit, None, THEATRE_DAY)
    assert verdict.stopped == "No child is known for this unit."
    assert verdict.step("release").state is StepState.DONE
    assert not any(verdict.may(step.id) for step in verdict.steps)
    assert verdict.gate("child").status is Status.UNKNOWN


def test_a_child_without_a_beginning_is_not_known() -> None:
    verdict = judged(without(Announced, before_thaw()))
    assert verdict.stopped == "No child is known for this unit."


def test_where_there_is_no_unit_its_gates_are_not_known_and_the_others_are_judged() -> None:
    _, infant = histories(before_thaw())
    verdict = judge(PROTOCOL, None, infant, THEATRE_DAY)
    statuses = {gate.id: gate.status for gate in verdict.gates}
    assert verdict.stopped == ""
    assert statuses["consent"] is Status.UNKNOWN
    for name in ("identity", "collection", "count", "storage", "sterility", "bedside"):
        assert statuses[name] is Status.UNKNOWN
    assert verdict.gate("dose").status is Status.UNKNOWN
    assert [finding.status for finding in verdict.gate("child").findings[:3]] == [Status.MET] * 3
    assert not verdict.may("release")


def test_neither_a_unit_nor_a_child_is_judged_without_a_fault() -> None:
    verdict = judge(PROTOCOL, None, None, THEATRE_DAY)
    assert verdict.met == 0
    assert {step.state for step in verdict.steps} == {StepState.UNKNOWN}


def test_an_empty_unit_and_an_empty_child_are_judged_without_a_fault() -> None:
    verdict = judge(PROTOCOL, Unit(), Infant(), THEATRE_DAY)
    assert not any(verdict.may(step.id) for step in verdict.steps)


def test_a_death_after_the_cells_were_given_leaves_every_step_done() -> None:
    later = THEATRE_DAY + timedelta(days=9)
    verdict = judged([*whole_life(), replace(DIED, at=later)], later)
    assert {step.state for step in verdict.steps} == {StepState.DONE}
    assert verdict.stopped.startswith("The child died")
