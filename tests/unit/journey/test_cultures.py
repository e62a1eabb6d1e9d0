from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from cordula.events.event import Event
from cordula.events.laboratory import Tested, TestStarted
from cordula.journey.verdict import Status
from tests.cast import TECHNOLOGIST, UNIT, VIAL_A, VIAL_B, after_birth
from tests.unit.journey.cast import STERILE, before_release, found, judged, without

SET_UP = after_birth(days=100)
DUE = SET_UP + timedelta(days=14)
DAY_13 = SET_UP + timedelta(days=12, hours=16)


def started(**fields: object) -> TestStarted:
    event = TestStarted(unit=UNIT, test="sterility_aerobic", due=DUE, by=TECHNOLOGIST, at=SET_UP)
    return replace(event, **fields)  # type: ignore[arg-type]


def read(result: str, at: datetime, **fields: object) -> Tested:
    event = Tested(unit=UNIT, test="sterility_aerobic", result=result, by=TECHNOLOGIST, at=at)
    return replace(event, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("events", "status"),
    [
        ([], Status.UNKNOWN),
        ([started()], Status.WAITING_RESULT),
        ([started(), read("no_growth", DUE)], Status.MET),
        ([read("no_growth", DUE)], Status.MET),
        ([started(), read("no_growth", DAY_13, final=False)], Status.WAITING_RESULT),
        ([read("no_growth", DAY_13, final=False)], Status.UNKNOWN),
        ([started(), read("growth", DAY_13, final=False)], Status.NOT_MET),
        ([started(), read("growth", DUE)], Status.NOT_MET),
        ([started(), read("not_valid", DUE)], Status.NOT_MET),
        ([started(), read("no_growth", DUE), started(at=DUE)], Status.MET),
        ([started(), read("no_growth", DAY_13), started(at=DUE)], Status.WAITING_RESULT),
        ([started(test="fungal")], Status.UNKNOWN),
        ([read("no_growth", DUE, test="fungal")], Status.UNKNOWN),
    ],
)
def test_a_test_passes_only_with_a_final_result_that_is_wanted(
    events: list[Event], status: Status
) -> None:
    assert found(STERILE, events).status is status


def test_the_result_of_another_vial_does_not_answer_for_this_one() -> None:
    events = [
        started(product=VIAL_A),
        started(product=VIAL_B),
        read("no_growth", DUE, product=VIAL_B),
    ]
    assert found(STERILE, events).status is Status.WAITING_RESULT
    assert found(STERILE, [*events, read("no_growth", DUE, product=VIAL_A)]).status is Status.MET


def test_a_culture_that_is_running_says_its_day_and_its_interim_reading() -> None:
    answer = found(STERILE, [started(), read("no_growth", DAY_13, final=False)], DAY_13)
    assert answer.says == "Bacteria, with air. Day 13 of 14. No growth so far."
    assert answer.due == DUE


def test_a_culture_that_is_late_still_waits_and_says_how_late_it_is() -> None:
    answer = found(STERILE, [started()], DUE + timedelta(hours=5))
    assert answer.status is Status.WAITING_RESULT
    assert "5hr ago" in answer.says
    assert answer.due == DUE


def test_growth_is_told_with_its_organism() -> None:
    answer = found(STERILE, [read("growth", DUE, organism="Staphylococcus epidermidis")])
    assert answer.says == "Bacteria, with air: growth. Staphylococcus epidermidis."


def test_a_running_culture_makes_its_gate_wait_with_its_due_time() -> None:
    events = [*without(TestStarted, without(Tested, before_release())), started()]
    gate = judged(events, DAY_13).gate("sterility")
    assert gate.status is Status.WAITING_RESULT
    assert gate.due == DUE
    assert gate.since == SET_UP
    assert gate.by == ()


@pytest.mark.parametrize(
    ("days", "words"),
    [(timedelta(hours=23), "The result is due"), (timedelta(days=1), "Day 1 of 1.")],
)
def test_a_test_of_less_than_a_day_counts_no_days(days: timedelta, words: str) -> None:
    short = started(due=SET_UP + days)
    assert words in found(STERILE, [short], SET_UP + timedelta(hours=1)).says
