from dataclasses import replace
from datetime import timedelta

from cordula.events.course import OperationCancelled, OperationPlanned
from cordula.events.event import Event
from cordula.events.laboratory import Assessed, Tested, TestStarted
from cordula.journey.verdict import Rung
from tests.cast import LINA, SURGEON, TECHNOLOGIST, UNIT
from tests.unit.journey.cast import OPERATION, before_release, judged, whole_life, without

NOW = OPERATION - timedelta(hours=60)
CLOSE = OPERATION - timedelta(hours=20)
RELEASE = OPERATION - timedelta(hours=15)


def culture(due: timedelta) -> TestStarted:
    return TestStarted(
        unit=UNIT,
        test="sterility_aerobic",
        due=OPERATION - due,
        by=TECHNOLOGIST,
        at=OPERATION - due - timedelta(days=14),
    )


def open_gates(due: timedelta = timedelta(hours=40)) -> list[Event]:
    """The questionnaire and the genetic review are open, and the culture is running."""
    kinds = (Assessed, Tested, TestStarted)
    events = [e for e in before_release() if not isinstance(e, kinds)]
    return [*(e for e in events if type(e).__name__ != "Reviewed"), culture(due)]


def told(rungs: tuple[Rung, ...]) -> list[tuple[str, str, bool]]:
    return [(rung.kind, rung.says, rung.late) for rung in rungs]


def test_the_ladder_goes_from_now_to_theatre() -> None:
    rungs = judged(open_gates(), NOW).ladder
    assert told(rungs) == [
        ("now", "Now", False),
        ("step", "Gate 10: result due", False),
        ("deadline", "Gates 9 and 11: last moment to close", False),
        ("deadline", "12 Release: last moment", False),
        ("theatre", "Stage II (Glenn)", False),
    ]
    assert [rung.at for rung in rungs] == [
        NOW,
        OPERATION - timedelta(hours=40),
        CLOSE,
        RELEASE,
        OPERATION,
    ]


def test_a_moment_that_has_passed_is_late() -> None:
    rungs = judged(open_gates(), CLOSE + timedelta(minutes=1)).ladder
    assert told(rungs) == [
        ("step", "Gate 10: result due", True),
        ("deadline", "Gates 9 and 11: last moment to close", True),
        ("now", "Now", False),
        ("deadline", "12 Release: last moment", False),
        ("theatre", "Stage II (Glenn)", False),
    ]


def test_a_moment_that_is_now_is_not_late() -> None:
    assert not any(rung.late for rung in judged(open_gates(timedelta(hours=20)), CLOSE).ladder)
    assert not any(rung.late for rung in judged(before_release(), RELEASE).ladder)
    assert not judged(before_release(), OPERATION).ladder[-1].late


def test_a_result_that_comes_after_the_last_moment_comes_too_late() -> None:
    rungs = judged(open_gates(timedelta(hours=19)), NOW).ladder
    assert ("step", "Gate 10: result due", True) in told(rungs)
    in_time = judged(open_gates(timedelta(hours=20)), NOW).ladder
    assert ("step", "Gate 10: result due", False) in told(in_time)


def test_gates_without_a_time_of_their_own_must_close_before_the_step_behind_them() -> None:
    events = [e for e in before_release() if type(e).__name__ != "MotherTested"]
    verdict = judged(events, NOW)
    assert verdict.gate("mother").due == RELEASE
    assert ("deadline", "Gate 5: last moment to close", False) in told(verdict.ladder)


def test_what_is_closed_or_done_stands_on_no_rung() -> None:
    rungs = judged(before_release(), NOW).ladder
    assert [rung.kind for rung in rungs] == ["now", "deadline", "theatre"]


def test_a_new_plan_moves_the_whole_ladder() -> None:
    plan = next(e for e in before_release() if isinstance(e, OperationPlanned))
    later = replace(plan, planned_for=OPERATION + timedelta(days=7), theatre="Theatre 2")
    rungs = judged([*open_gates(), later], NOW).ladder
    assert rungs[-1].at == OPERATION + timedelta(days=7)
    assert rungs[-1].says == "Theatre 2: Stage II (Glenn)"
    assert rungs[-2].at == RELEASE + timedelta(days=7)


def test_without_a_plan_only_dated_results_are_left() -> None:
    cancelled = OperationCancelled(
        infant=LINA, operation="stage_2_palliation", reason="fever", by=SURGEON, at=NOW
    )
    rungs = judged([*open_gates(), cancelled], NOW).ladder
    assert [rung.kind for rung in rungs] == ["now", "step"]
    assert judged(without(OperationPlanned, before_release()), NOW).ladder == ()


def test_there_is_nothing_to_climb_once_the_cells_were_given() -> None:
    assert judged(whole_life(), OPERATION).ladder == ()


def test_the_operation_itself_can_be_late() -> None:
    rungs = judged(before_release(), OPERATION + timedelta(hours=1)).ladder
    assert ("theatre", "Stage II (Glenn)", True) in told(rungs)
