from datetime import timedelta

from cordula.events.collection import Received
from cordula.events.course import Died, OperationPlanned
from cordula.journey.worklist import tasks, tasks_of
from tests import cast
from tests.cast import LINA, SURGEON
from tests.unit.journey.cast import (
    OPERATION,
    THEATRE_DAY,
    before_release,
    before_thaw,
    judged,
    without,
)
from tests.unit.journey.test_ladder import CLOSE, NOW, open_gates


def test_what_must_be_done_stands_in_the_order_of_its_deadlines() -> None:
    found = tasks(judged(open_gates(), NOW))
    assert [(task.gate_or_step, task.role) for task in found] == [
        ("sterility", "cell_lab"),
        ("genetics", "geneticist"),
        ("questionnaire", "donor_coordinator"),
    ]
    assert [task.due for task in found] == [OPERATION - timedelta(hours=40), CLOSE, CLOSE]
    assert not any(task.late for task in found)


def test_a_task_says_the_gate_and_what_was_found() -> None:
    (task,) = tasks_of("donor_coordinator", judged(open_gates(), NOW))
    assert task.what == "Questionnaire. No answer to: Travel."


def test_a_task_past_its_deadline_is_late() -> None:
    found = tasks(judged(open_gates(), CLOSE + timedelta(seconds=1)))
    assert {task.gate_or_step for task in found if task.late} == {
        "sterility",
        "genetics",
        "questionnaire",
    }
    assert not any(task.late for task in tasks(judged(open_gates(timedelta(hours=20)), CLOSE)))


def test_each_role_that_must_sign_has_its_own_task_until_it_signed() -> None:
    waiting = tasks(judged(before_release(), NOW))
    assert [(t.gate_or_step, t.role) for t in waiting] == [
        ("release", "medical_director"),
        ("release", "quality"),
    ]
    signed = tasks(judged([*before_release(), cast.release()[0]], NOW))
    assert [(t.gate_or_step, t.role) for t in signed] == [("release", "medical_director")]


def test_a_step_that_is_ready_is_a_task_of_its_role() -> None:
    found = tasks(judged(before_thaw()))
    assert [(t.gate_or_step, t.role, t.due) for t in found] == [("thaw", "cell_lab", None)]


def test_what_only_a_later_step_waits_for_is_nobodys_task_yet() -> None:
    assert not tasks_of("nurse", judged(before_release(), NOW))


def test_a_gate_without_a_deadline_is_a_task_once_the_next_step_waits_for_it() -> None:
    """Without a plan of the operation nothing but the culture has a date."""
    found = tasks(judged(without(OperationPlanned, open_gates()), NOW))
    assert [(t.gate_or_step, t.due is None) for t in found] == [
        ("sterility", False),
        ("genetics", True),
        ("questionnaire", True),
    ]


def test_a_gate_with_a_deadline_is_a_task_before_any_step_waits_for_it() -> None:
    received = without(Received, open_gates())
    assert judged(received, NOW).next_step.id == "receive"  # type: ignore[union-attr]
    assert {"questionnaire", "genetics"} <= {t.gate_or_step for t in tasks(judged(received, NOW))}


def test_nobody_has_a_task_where_the_journey_is_stopped() -> None:
    died = Died(infant=LINA, by=SURGEON, at=THEATRE_DAY)
    assert tasks(judged([*open_gates(), died])) == ()
