from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from cordula.events.before_birth import Enrolled
from cordula.events.course import (
    Diagnosed,
    Operated,
    OperationCancelled,
    OperationPlanned,
    ReviewRequested,
    Weighed,
)
from cordula.events.event import Event
from cordula.events.release import ReleaseRevoked
from cordula.events.sealed import Sealed
from cordula.events.theatre import Administered
from cordula.journey.verdict import Status
from cordula.protocols.criteria import Happened
from tests.cast import LINA, NURSE, OTHER_UNIT, QUALITY, SURGEON, UNIT, after_birth, q
from tests.unit.journey.cast import (
    DIAGNOSIS,
    ENROLLED,
    GENETICS,
    OPERATION,
    PLANNED,
    THEATRE_DAY,
    WEIGHT,
    before_release,
    before_thaw,
    criterion,
    found,
    judged,
    reviewed,
    whole_life,
    without,
)

DAY = after_birth(days=140)


def diagnosed(key: str) -> Diagnosed:
    return Diagnosed(infant=LINA, diagnosis=key, by=SURGEON, at=DAY)


@pytest.mark.parametrize(
    ("keys", "status"),
    [
        ([], Status.UNKNOWN),
        (["hypoplastic_left_heart_syndrome"], Status.MET),
        (["tricuspid_atresia"], Status.NOT_MET),
        (["tricuspid_atresia", "hypoplastic_left_heart_syndrome"], Status.MET),
    ],
)
def test_one_of_the_diagnoses_must_be_hers(keys: list[str], status: Status) -> None:
    assert found(DIAGNOSIS, [diagnosed(key) for key in keys]).status is status


def test_the_diagnosis_that_fits_is_named_else_all_there_are() -> None:
    both = [diagnosed("tricuspid_atresia"), diagnosed("hypoplastic_left_heart_syndrome")]
    assert found(DIAGNOSIS, both).says == "Hypoplastic left heart syndrome."
    assert found(DIAGNOSIS, both[:1]).says == "Tricuspid atresia."


def operated(operation: str = "stage_2_palliation") -> Operated:
    return Operated(
        infant=LINA, operation=operation, started_at=OPERATION, by=SURGEON, at=OPERATION
    )


def cancelled() -> OperationCancelled:
    return OperationCancelled(
        infant=LINA, operation="stage_2_palliation", reason="fever", by=SURGEON, at=DAY
    )


@pytest.mark.parametrize(
    ("events", "planned", "performed"),
    [
        ([], Status.UNKNOWN, Status.UNKNOWN),
        (before_thaw(), Status.MET, Status.UNKNOWN),
        ([*before_thaw(), cancelled()], Status.UNKNOWN, Status.UNKNOWN),
        ([*before_thaw(), operated("stage_1_palliation")], Status.MET, Status.UNKNOWN),
        ([*before_thaw(), operated()], Status.NOT_MET, Status.MET),
        ([*whole_life(), operated()], Status.MET, Status.MET),
    ],
    ids=["nothing", "planned", "cancelled", "another", "without cells", "with cells"],
)
def test_an_operation_is_planned_until_it_is_cancelled_or_done_without_the_cells(
    events: list[Event], planned: Status, performed: Status
) -> None:
    assert found(PLANNED, events).status is planned
    assert found(replace(PLANNED, state="performed"), events).status is performed
    assert found(replace(PLANNED, state="dreamt"), before_thaw()).status is Status.UNKNOWN


def weighed(ago: timedelta, weight: str = "6.8") -> Weighed:
    return Weighed(infant=LINA, weight=q(weight, "kg"), by=NURSE, at=THEATRE_DAY - ago)


@pytest.mark.parametrize(
    ("ago", "status"),
    [
        (timedelta(0), Status.MET),
        (timedelta(hours=23), Status.MET),
        (timedelta(hours=23, seconds=1), Status.MET_WITH_NOTE),
        (timedelta(hours=24), Status.MET_WITH_NOTE),
        (timedelta(hours=24, microseconds=1), Status.NOT_MET),
        (timedelta(microseconds=-1), Status.UNKNOWN),
    ],
)
def test_a_weight_is_fresh_up_to_its_limit_and_never_from_the_future(
    ago: timedelta, status: Status
) -> None:
    """The operation is an hour away: a weight of 23 hours is just fresh enough for it."""
    assert found(WEIGHT, [*before_release(), weighed(ago)]).status is status


def test_a_weight_that_will_be_too_old_at_the_operation_says_so() -> None:
    answer = found(WEIGHT, [*before_release(), weighed(timedelta(hours=24))])
    assert answer.says.replace("\xa0", " ") == (
        "6.8 kg, weighed 24hr ago (limit 24hr). Weigh again before the operation."
    )


def test_a_weight_without_a_limit_of_age_is_not_known() -> None:
    assert found(replace(WEIGHT, not_older_than=None), whole_life()).status is Status.UNKNOWN


def test_a_weight_does_not_grow_old_once_the_cells_were_given() -> None:
    assert found(WEIGHT, whole_life(), THEATRE_DAY + timedelta(days=30)).status is Status.MET


def test_the_newest_weighing_decides_by_when_it_was_done() -> None:
    late_entry = weighed(timedelta(days=2))
    events = [*before_release(), weighed(timedelta(hours=1)), late_entry]
    assert found(WEIGHT, events).status is Status.MET


def asked(day: float) -> ReviewRequested:
    return ReviewRequested(infant=LINA, review="genetics", by=QUALITY, at=after_birth(days=day))


@pytest.mark.parametrize(
    ("events", "status"),
    [
        ([], Status.UNKNOWN),
        ([asked(100)], Status.WAITING_SIGNATURE),
        ([asked(100), reviewed("no_objection", DAY)], Status.MET),
        ([asked(100), reviewed("objection", DAY)], Status.NOT_MET),
        ([asked(100), reviewed("no_objection", DAY), asked(141)], Status.WAITING_SIGNATURE),
        ([reviewed("no_objection", DAY)], Status.MET),
        ([reviewed("shrug", DAY)], Status.NOT_MET),
        ([replace(reviewed("no_objection", DAY), review="cardiology")], Status.UNKNOWN),
        ([replace(reviewed("no_objection", DAY), units=(OTHER_UNIT,))], Status.UNKNOWN),
        ([replace(reviewed("no_objection", DAY), units=(UNIT,))], Status.MET),
    ],
)
def test_a_review_counts_once_signed_without_objection(events: list[Event], status: Status) -> None:
    kit = [e for e in before_release() if type(e).__name__ in ("Announced", "Expected")]
    assert found(GENETICS, [*kit, *events]).status is status


def test_a_report_that_waits_stays_hidden_and_says_since_when() -> None:
    from cordula.events.course import Reviewed

    gate = judged([*without(Reviewed, before_release()), asked(146)]).gate("genetics")
    assert gate.status is Status.WAITING_SIGNATURE
    assert gate.found == "The report is ready. Its result stays hidden until it is signed."
    assert gate.since == after_birth(days=146)


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, Status.MET),
        ({"protocol": "another"}, Status.NOT_MET),
        ({"version": "0.9"}, Status.NOT_MET),
        ({"digest": "3" * 64}, Status.NOT_MET),
        ({"units": (OTHER_UNIT,)}, Status.NOT_MET),
        ({"units": ()}, Status.MET),
    ],
)
def test_a_child_is_judged_only_by_the_version_she_was_enrolled_under(
    fields: dict[str, Any], status: Status
) -> None:
    events = [replace(e, **fields) if isinstance(e, Enrolled) else e for e in before_release()]
    assert found(ENROLLED, events).status is status


def test_something_happened_if_it_stands_in_either_history() -> None:
    assert found(criterion(Happened, "x", event="Born"), whole_life()).status is Status.MET
    assert found(criterion(Happened, "x", event="Stored"), whole_life()).status is Status.MET
    assert found(criterion(Happened, "x", event="Died"), whole_life()).status is Status.UNKNOWN
    assert found(criterion(Happened, "x", event="Flown"), whole_life()).status is Status.UNKNOWN


def test_what_has_not_happened_is_named_in_words() -> None:
    says = found(criterion(Happened, "x", event="ReceivedFromMaker"), whole_life()).says
    assert says == "Not recorded yet: received from maker."


def test_a_release_happened_only_while_it_is_in_force() -> None:
    rule = criterion(Happened, "x", event="Released")
    revoked = ReleaseRevoked(
        unit=UNIT, infant=LINA, reason=Sealed("0" * 64), by=QUALITY, at=after_birth(days=151)
    )
    assert found(rule, before_thaw()).status is Status.MET
    assert found(rule, [*before_thaw(), revoked]).status is Status.UNKNOWN


def test_without_a_plan_there_is_no_planned_operation() -> None:
    assert found(PLANNED, without(OperationPlanned, before_thaw())).status is Status.UNKNOWN
    assert any(isinstance(e, Administered) for e in whole_life())
