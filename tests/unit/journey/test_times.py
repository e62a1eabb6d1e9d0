from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cordula.events.collection import Born, Collected, Received
from cordula.events.course import OperationPlanned
from cordula.events.event import Event
from cordula.journey.verdict import Status
from cordula.protocols.criteria import Limit, WithinTime
from tests.cast import LINA, MIDWIFE, SURGEON, TECHNOLOGIST, UNIT, q
from tests.unit.journey.cast import (
    AGE,
    TRANSPORT,
    criterion,
    found,
    judged,
    whole_life,
    without,
)

START = datetime(2026, 6, 4, 2, 0, tzinfo=UTC)
COLLECTED = replace(
    next(e for e in whole_life() if isinstance(e, Collected)), at=START, started_at=None
)


def received(after: timedelta) -> Received:
    return Received(
        unit=UNIT, where="laboratory", condition="good", by=TECHNOLOGIST, at=START + after
    )


@pytest.mark.parametrize(
    ("limit", "time", "status"),
    [
        (Limit(at_most=q("48", "h")), timedelta(hours=48), Status.MET),
        (Limit(at_most=q("48", "h")), timedelta(hours=48, microseconds=1), Status.NOT_MET),
        (Limit(less_than=q("48", "h")), timedelta(hours=48), Status.NOT_MET),
        (Limit(less_than=q("2", "d")), timedelta(hours=47, minutes=59), Status.MET),
        (Limit(at_least=q("30", "min")), timedelta(minutes=30), Status.MET),
        (Limit(at_least=q("30", "min")), timedelta(minutes=29, seconds=59), Status.NOT_MET),
        (Limit(more_than=q("30", "min")), timedelta(minutes=30), Status.NOT_MET),
        (Limit(more_than=q("30", "min")), timedelta(minutes=30, microseconds=1), Status.MET),
        (Limit(), timedelta(hours=1), Status.UNKNOWN),
        (Limit(at_most=q("48", "h")), timedelta(hours=-1), Status.UNKNOWN),
    ],
)
def test_a_time_exactly_at_its_limit_follows_the_kind_of_the_bound(
    limit: Limit, time: timedelta, status: Status
) -> None:
    events = [COLLECTED, received(time)]
    assert found(replace(TRANSPORT, limit=limit), events).status is status


def test_the_sentence_compares_the_time_with_its_limit() -> None:
    assert found(TRANSPORT, [COLLECTED, received(timedelta(hours=32, minutes=52))]).says == (
        "32hr 52min from the end of the collection to the arrival at the laboratory "
        "(limit 48hr or less)."
    ).replace("32hr 52min", "32hr\xa052min")


def test_while_the_end_has_not_come_the_time_left_is_said_and_nothing_is_met() -> None:
    answer = found(TRANSPORT, [COLLECTED], START + timedelta(hours=18, minutes=20))
    assert answer.status is Status.UNKNOWN
    assert answer.says.replace("\xa0", " ") == "18hr 20min so far, 29hr 40min left."
    assert answer.due == START + timedelta(hours=48)


def test_a_length_of_weeks_is_not_said_in_hours() -> None:
    answer = found(TRANSPORT, [COLLECTED], START + timedelta(hours=610, minutes=1))
    assert answer.says.replace("\xa0", " ").startswith("25d 10hr since the end of the collection")
    assert "limit 48hr" in answer.says


@pytest.mark.parametrize(
    ("past", "status"),
    [(timedelta(0), Status.UNKNOWN), (timedelta(microseconds=1), Status.NOT_MET)],
)
def test_a_limit_can_be_passed_before_the_end_comes(past: timedelta, status: Status) -> None:
    assert found(TRANSPORT, [COLLECTED], START + timedelta(hours=48) + past).status is status


def test_a_start_in_the_future_is_not_known() -> None:
    assert found(TRANSPORT, [COLLECTED], START - timedelta(minutes=1)).status is Status.UNKNOWN


def test_a_least_time_is_not_met_by_waiting_without_an_end() -> None:
    rule = replace(TRANSPORT, limit=Limit(at_least=q("1", "h")))
    answer = found(rule, [COLLECTED], START + timedelta(hours=2))
    assert answer.status is Status.UNKNOWN
    assert answer.says == "2hr since the end of the collection so far."


def test_a_time_until_now_is_met_while_it_runs() -> None:
    rule = criterion(
        WithinTime, "use", start="thawed", end="now", limit=Limit(at_most=q("30", "min"))
    )
    thawed_at = next(e for e in whole_life() if type(e).__name__ == "Thawed").at
    events = whole_life()[:-1]
    inside = found(rule, events, thawed_at + timedelta(minutes=30))
    assert inside.status is Status.MET
    assert inside.due == thawed_at + timedelta(minutes=30)
    assert found(rule, events, thawed_at + timedelta(minutes=31)).status is Status.NOT_MET


def test_a_time_until_now_ends_when_the_cells_were_given() -> None:
    rule = criterion(
        WithinTime, "use", start="thawed", end="now", limit=Limit(at_most=q("30", "min"))
    )
    assert found(rule, whole_life(), START + timedelta(days=400)).status is Status.MET


def born(at: datetime) -> Born:
    return Born(infant=LINA, sex="female", by=MIDWIFE, at=at)


def planned(at: datetime) -> OperationPlanned:
    return OperationPlanned(
        infant=LINA, operation="stage_2_palliation", planned_for=at, by=SURGEON, at=START
    )


BORN = datetime(2026, 1, 31, 23, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("limit", "at", "status"),
    [
        (Limit(less_than=q("13", "mo")), datetime(2027, 2, 27, 8, tzinfo=UTC), Status.MET),
        # 31 January has no day in February: thirteen months are over on the 28th, and by the
        # calendar from its first minute.
        (Limit(less_than=q("13", "mo")), datetime(2027, 2, 28, 0, 1, tzinfo=UTC), Status.NOT_MET),
        (Limit(at_most=q("13", "mo")), datetime(2027, 2, 28, 23, tzinfo=UTC), Status.MET),
        (Limit(at_most=q("13", "mo")), datetime(2027, 3, 1, 0, tzinfo=UTC), Status.NOT_MET),
        (Limit(at_least=q("2", "a")), datetime(2028, 1, 30, 23, tzinfo=UTC), Status.NOT_MET),
        (Limit(at_least=q("2", "a")), datetime(2028, 1, 31, 0, tzinfo=UTC), Status.MET),
        (Limit(more_than=q("2", "a")), datetime(2028, 1, 31, 9, tzinfo=UTC), Status.NOT_MET),
        (Limit(more_than=q("2", "a")), datetime(2028, 2, 1, 9, tzinfo=UTC), Status.MET),
        (Limit(at_most=q("3", "d")), BORN + timedelta(days=3), Status.MET),
        (Limit(at_most=q("3", "d")), BORN + timedelta(days=3, seconds=1), Status.NOT_MET),
        (Limit(at_most=q("3", "d")), BORN + timedelta(minutes=30), Status.MET),
        (Limit(), BORN + timedelta(days=3), Status.UNKNOWN),
        (Limit(at_most=q("3", "d")), BORN - timedelta(days=3), Status.UNKNOWN),
    ],
)
def test_an_age_in_months_is_counted_by_the_calendar(
    limit: Limit, at: datetime, status: Status
) -> None:
    assert found(replace(AGE, limit=limit), [born(BORN), planned(at)]).status is status


def test_the_age_is_said_with_its_limit() -> None:
    says = found(AGE, whole_life()).says.replace("\xa0", " ")
    assert says == "5m 19d at the planned operation (limit less than 13 months)."


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        (Limit(at_least=q("2", "mo"), at_most=q("13", "mo")), "2 months to 13 months"),
        (Limit(at_least=q("1", "mo")), "1 month or more"),
        (Limit(at_most=q("2", "a")), "2 years or less"),
        (
            Limit(more_than=q("2", "mo"), less_than=q("1", "a")),
            "more than 2 months and less than 1 year",
        ),
        (Limit(at_most=q("200", "d")), "200d or less"),
    ],
)
def test_a_limit_of_age_is_said_in_whole_words(limit: Limit, words: str) -> None:
    says = found(replace(AGE, limit=limit), whole_life()).says.replace("\xa0", " ")
    assert says.endswith(f"(limit {words}).")


def test_a_time_that_has_ended_is_due_no_more() -> None:
    assert found(TRANSPORT, [COLLECTED, received(timedelta(hours=1))]).due is None


@pytest.mark.parametrize("kind", [Born, OperationPlanned])
def test_an_age_without_birth_or_moment_is_not_known(kind: type[Event]) -> None:
    assert found(AGE, without(kind, whole_life())).status is Status.UNKNOWN


def test_a_running_limit_stands_on_the_deadline_ladder() -> None:
    before_arrival = without(Received, without(OperationPlanned, whole_life()[:8]))
    now = COLLECTED.at + timedelta(hours=10)
    rungs = judged(before_arrival, now).ladder
    assert [(rung.kind, rung.says) for rung in rungs] == [
        ("now", "Now"),
        ("deadline", "Gate 3: the time runs out"),
    ]
