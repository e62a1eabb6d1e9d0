from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordula.events.course import ReviewRequested
from cordula.events.event import Event
from cordula.events.laboratory import TestStarted
from cordula.infants.infant import Infant
from cordula.journey.answers import can_it_be_used, planned_dose, will_it_be_ready
from cordula.journey.found import gravest
from cordula.journey.judge import judge
from cordula.journey.verdict import Status, StepState, Verdict
from cordula.journey.worklist import tasks
from cordula.units.unit import Unit
from tests.cast import LINA, QUALITY, TECHNOLOGIST, UNIT, after_birth
from tests.unit.journey.cast import (
    PROTOCOL,
    THEATRE_DAY,
    before_release,
    before_thaw,
    histories,
    judged,
    whole_life,
    without,
)
from tests.unit.journey.test_consent import withdrawn
from tests.unit.journey.test_exceptions import released
from tests.unit.journey.test_ladder import open_gates
from tests.unit.journey.test_stops import (
    DIED,
    DISCARDED,
    GIVING_STOPPED,
    HELD,
    NOT_COLLECTED,
    REJECTED,
    unreadable,
)
from tests.unit.journey.test_storage import deviated, excursed, reviewed

LATER = THEATRE_DAY + timedelta(hours=2)

# Facts that speak against going on. Taking one of these away may open a step; taking away any
# other fact never does.
AGAINST = (
    DIED,
    HELD,
    NOT_COLLECTED,
    REJECTED,
    DISCARDED,
    GIVING_STOPPED,
    deviated(),
    excursed(),
    withdrawn("use"),
    unreadable(f"unit:{UNIT}"),
    unreadable(f"infant:{LINA}"),
    ReviewRequested(infant=LINA, review="genetics", by=QUALITY, at=after_birth(days=141)),
)
FOR = [*whole_life(), reviewed("no_effect")]
EVERYTHING: list[Event] = [*FOR, *AGAINST]


def test_a_clock_without_a_zone_is_refused() -> None:
    unit, infant = histories(before_release())
    with pytest.raises(ValueError, match="no zone"):
        judge(PROTOCOL, unit, infant, datetime(2026, 11, 23))  # noqa: DTZ001


def test_a_verdict_names_the_protocol_it_judged_by() -> None:
    verdict = judged(before_release())
    assert (verdict.protocol, verdict.version, verdict.digest) == (
        PROTOCOL.id,
        PROTOCOL.version,
        PROTOCOL.digest,
    )
    assert verdict.stages[0] == ("birth", "Birth")


def test_every_finding_carries_its_need_its_source_and_who_must_act() -> None:
    finding = judged(before_release()).gate("count").findings[0]
    assert finding.needed == "more than 70%"
    assert finding.cites.title == "Practice protocol"
    assert finding.who == "quality"


def test_times_are_written_in_the_zone_of_the_place_that_asks() -> None:
    unit, infant = histories(before_release())
    there = timezone(timedelta(hours=10))
    verdict = judge(PROTOCOL, unit, infant, THEATRE_DAY.astimezone(there))
    assert "planned for Mon\xa023-Nov-2026\xa013:27" in verdict.gate("child").found
    assert verdict.at.tzinfo is there


def test_a_gate_is_as_grave_as_the_gravest_of_its_findings() -> None:
    opening = [status for status in Status if status.opens]
    shut = [status for status in Status if not status.opens]
    for one, other in combinations(Status, 2):
        assert gravest([one, other]) is gravest([other, one])
    for status in shut:
        assert not gravest([status, *opening]).opens
    assert gravest([]) is Status.UNKNOWN


def test_only_these_statuses_open_a_gate() -> None:
    assert {status for status in Status if status.opens} == {
        Status.MET,
        Status.MET_WITH_NOTE,
        Status.EXCEPTION,
        Status.NOT_NEEDED,
    }


def statuses(verdict: Verdict) -> set[Status]:
    rows = {*(gate.status for gate in verdict.gates), *(step.status for step in verdict.steps)}
    return rows | {finding.status for gate in verdict.gates for finding in gate.findings}


def test_every_status_can_be_reached() -> None:
    not_required = [
        replace(e, status="not_required") if type(e).__name__ == "EligibilityDetermined" else e
        for e in before_release()
    ]
    seen = set[Status]().union(
        *map(
            statuses,
            (
                judged(before_release()),
                judged(open_gates()),
                judged(not_required),
                judged(released("sterile")),
                judged([*before_release(), excursed()]),
                judged([*before_release(), excursed(), reviewed("no_effect")]),
                judged([*without(ReviewRequested, open_gates()), AGAINST[-1]]),
                judged([*before_release(), withdrawn("use")]),
            ),
        )
    )
    assert seen == set(Status)


def test_the_same_histories_give_the_same_verdict() -> None:
    assert judged(before_thaw()) == judged(before_thaw())


def ready(events: Sequence[Event], now: datetime) -> set[str]:
    return {step.id for step in judged(events, now).steps if step.state is StepState.READY}


def check_whole(verdict: Verdict) -> None:
    """A step is ready only if nothing stops the journey and all that it waits for is met or done."""
    done = {step.id for step in verdict.steps if step.state is StepState.DONE}
    met = {gate.id for gate in verdict.gates if gate.status.opens}
    for step in verdict.steps:
        if step.state is StepState.READY:
            assert not verdict.stopped
            assert verdict.behind(step.id) <= done | met
    assert verdict.met == len(met)
    tasks(verdict)
    can_it_be_used(verdict)
    planned_dose(verdict)
    will_it_be_ready(verdict)


moments = st.integers(-30 * 24, 400 * 24).map(lambda hours: after_birth(hours=hours))


@settings(max_examples=150, deadline=None)
@given(events=st.lists(st.sampled_from(EVERYTHING), max_size=45), now=moments)
def test_any_events_in_any_order_are_judged_without_a_fault(
    events: list[Event], now: datetime
) -> None:
    check_whole(judged(events, now))


@settings(max_examples=60, deadline=None)
@given(events=st.lists(st.sampled_from(EVERYTHING), max_size=45), now=moments)
def test_a_unit_and_a_child_may_each_be_missing(events: list[Event], now: datetime) -> None:
    unit, infant = histories(events)
    check_whole(judge(PROTOCOL, unit, None, now))
    check_whole(judge(PROTOCOL, None, infant, now))


@settings(max_examples=150, deadline=None)
@given(
    missing=st.sets(st.sampled_from(range(len(FOR))), max_size=4),
    against=st.lists(st.sampled_from(AGAINST), max_size=1),
    removed=st.sampled_from(range(len(FOR))),
    now=st.sampled_from([THEATRE_DAY, LATER, after_birth(days=149), after_birth(hours=30)]),
)
def test_taking_a_fact_away_never_opens_a_later_step(
    missing: set[int], against: list[Event], removed: int, now: datetime
) -> None:
    """What we do not know never counts as met: without the act itself its step may be open again,
    but no step opens that was not open or done before."""
    before = [e for n, e in enumerate(FOR) if n not in missing]
    after = [e for n, e in enumerate(FOR) if n not in {*missing, removed}]
    was = judged([*before, *against], now)
    for step in judged([*after, *against], now).steps:
        if step.state is StepState.READY:
            assert was.step(step.id).state in (StepState.READY, StepState.DONE)


# What the practice protocol does not ask about: the concentration before freezing is counted once
# for the dose and the viability once for its gate, so no count is among these. One vial of two is
# enough, so that one vial's storing is.
NOT_ASKED = {"Processed", "Cryopreserved", "Allocated", "TestStarted", "Stored", "Retrieved"}


@pytest.mark.parametrize("now", [THEATRE_DAY, LATER])
def test_no_fact_that_is_asked_for_can_be_missing_from_a_step_that_is_ready(now: datetime) -> None:
    events = before_thaw()
    assert ready(events, now) == {"thaw"}
    superfluous = {
        type(event).__name__
        for n, event in enumerate(events)
        if "thaw" in ready([*events[:n], *events[n + 1 :]], now)
    }
    assert superfluous == NOT_ASKED


def test_a_test_set_up_again_after_it_passed_closes_its_gate() -> None:
    again = TestStarted(
        unit=UNIT,
        test="sterility_aerobic",
        due=THEATRE_DAY + timedelta(days=14),
        by=TECHNOLOGIST,
        at=THEATRE_DAY,
    )
    assert ready([*before_thaw(), again], THEATRE_DAY) == set()


def test_nothing_at_all_is_judged() -> None:
    verdict = judge(PROTOCOL, Unit(), Infant(), datetime(2026, 1, 1, tzinfo=UTC))
    check_whole(verdict)
