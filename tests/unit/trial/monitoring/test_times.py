"""Times to events and hierarchies at a look: the children of a simulated trial, told to the ledger, and its statistic."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from cordula.events.course import Died, Transplanted
from cordula.events.event import Event
from cordula.stats.refusals import CannotBe
from cordula.stats.simulation.philox import words_of_key
from cordula.stats.simulation.surrounded import followed, seen_at_looks
from cordula.trial.design import TimeToEvent, design_of
from cordula.trial.monitoring import (
    Plan,
    closed_part,
    courses_of,
    plan_of,
    statistic,
    unmonitored,
)
from cordula.trial.monitoring.outcomes import outcome_of
from cordula.trial.monitoring.plan import MONTH
from cordula.trial.scenarios import scenarios_of
from cordula.trial.simulation.hierarchical import HierarchicalTrials
from cordula.trial.simulation.simulate import trials_of
from cordula.trial.simulation.surrounded import SurroundedTrials
from tests.unit.trial.monitoring.children import WHO, by_place, died, examined, facts, infant
from tests.unit.trial.monitoring.designs import (
    KINDS,
    entering,
    moment,
    of_hierarchy,
    of_time,
    watched,
)
from tests.unit.trial.plans import protocol

SEED, ARMS = 20261122, ("cells", "control")
CASES = [
    of_time("rmst"),
    of_time("competing_risks"),
    of_time("competing_risks", death="hypothetical"),
    of_time("log_rank"),
    of_time("log_rank", looks="events = 8"),
]


def simulated(folder: Path, text: str) -> tuple[Plan, SurroundedTrials]:
    found = protocol(folder, text)
    work = trials_of(design_of(found), scenarios_of(found)["some"], 1, SEED).outcomes[0]
    assert isinstance(work, SurroundedTrials)
    return plan_of(found), work


@pytest.mark.parametrize("text", CASES)
def test_a_look_at_simulated_children_in_the_ledger_is_the_look_of_the_simulation(
    tmp_path: Path, text: str
) -> None:
    plan, work = simulated(tmp_path, text)
    endpoint = plan.design.endpoints["unplanned_operation"]
    arms = work.arrangement.arms(0, 3)
    courses = followed(
        work.course, work.around, arms, words_of_key(SEED, "trial"), 0, 3, work.number
    )
    shown, whole = work.shown(0, 3), np.broadcast_to(arms, (3, 40))

    for trial in range(3):
        events = list(watched(courses.entry[trial], courses.time[trial], courses.cause[trial]))
        known = by_place(ARMS, whole[trial])
        for look, seen in enumerate(seen_at_looks(work.course, courses, trial)):
            assert seen is not None
            # A millisecond after, so that what happens just then is told.
            now = facts(events, moment(seen.month) + timedelta(milliseconds=1))
            own = courses_of(plan, now)
            found = statistic(plan, endpoint, own, known, now.at)
            outcome = outcome_of(plan, endpoint, own, now.at)

            # The same function, given what monitoring read: equal to the last bit.
            told = work.comparison()(outcome.value, outcome.cause, whole[trial, : len(own)])
            assert (found.estimate, found.error) == pytest.approx(
                told[1:], abs=0, rel=0, nan_ok=True
            )
            # And what simulation saw of the same children: equal but for the microseconds of a calendar.
            assert outcome.cause.tolist() == seen.cause.tolist()
            assert found.estimate == pytest.approx(
                shown.estimate[trial, look], abs=1e-8, nan_ok=True
            )
            assert found.error == pytest.approx(shown.error[trial, look], abs=1e-8, nan_ok=True)
            assert found.higher == pytest.approx(shown.higher[trial, look], abs=1e-8)


@pytest.mark.parametrize("text", CASES)
def test_looks_that_come_as_planned_have_the_planned_information_and_bounds(
    tmp_path: Path, text: str
) -> None:
    plan, work = simulated(tmp_path, text)
    arms = work.arrangement.arms(0, 1)
    courses = followed(
        work.course, work.around, arms, words_of_key(SEED, "trial"), 0, 1, work.number
    )
    events = list(watched(courses.entry[0], courses.time[0], courses.cause[0]))
    known, looks = by_place(ARMS, arms[0]), []
    for number, seen in enumerate(seen_at_looks(work.course, courses, 0)):
        assert seen is not None
        looks.append((facts(events, moment(seen.month) + timedelta(milliseconds=1)), known))

        one = closed_part(plan, looks).interims[0]

        assert one.information == (0.5, 1.0)[number]
        assert one.bounds[number].critical == plan.design.looks.boundaries().critical[number]
        assert one.z is not None
        if np.isfinite(one.statistic.estimate):
            assert one.low is not None
            assert one.high is not None
            assert one.low < one.statistic.estimate < one.high
        assert (one.conditional is None) == (number == 1)
        assert (one.predictive is None) == (number == 1)


def test_an_early_look_is_judged_by_bounds_recalculated_at_its_information(tmp_path: Path) -> None:
    plan, work = simulated(tmp_path, of_time("rmst"))
    arms = work.arrangement.arms(0, 1)
    courses = followed(
        work.course, work.around, arms, words_of_key(SEED, "trial"), 0, 1, work.number
    )
    events = list(watched(courses.entry[0], courses.time[0], courses.cause[0]))
    early = facts(events, moment(float(courses.entry[0, 14]) + 12.0) + timedelta(milliseconds=1))

    one = closed_part(plan, [(early, by_place(ARMS, arms[0]))]).interims[0]

    assert one.information == 15 / 40
    assert one.bounds[0].critical > plan.design.looks.boundaries().critical[0]


@pytest.mark.parametrize("analysis", ["win_ratio", "net_benefit"])
def test_pairs_in_the_ledger_are_told_apart_as_simulated_ones(
    tmp_path: Path, analysis: str
) -> None:
    from cordula.stats.simulation.hierarchical import drawn

    found = protocol(tmp_path, of_hierarchy(analysis))
    plan = plan_of(found)
    work = trials_of(plan.design, scenarios_of(found)["some"], 1, SEED).outcomes[0]
    assert isinstance(work, HierarchicalTrials)
    arms = work.arrangement.arms(0, 1)
    courses = drawn(work.composite, arms, words_of_key(SEED, "trial"), 0, 1)
    events: list[Event] = []
    for n in range(40):
        events += _child(n, courses.time[:, 0, n], courses.seen[:, 0, n], courses.value[0, n])
    shown = work.shown(0, 1)

    for look, count in enumerate(plan.design.looks_after):
        now = facts(events, moment(count - 1 + 12.0) + timedelta(milliseconds=1))
        own = courses_of(plan, now)
        one = statistic(plan, plan.design.endpoints["win"], own, by_place(ARMS, arms[0]), now.at)

        assert one.settled == count
        assert (one.estimate, one.error) == pytest.approx(
            (shown.estimate[0, look], shown.error[0, look]), abs=1e-12
        )
        assert one.higher == pytest.approx(shown.higher[0, look], abs=1e-12)


def _child(n: int, time: np.ndarray, seen: np.ndarray, value: float) -> list[Event]:
    """Enters in month n; dies, has a transplant, or is measured after 3 months."""
    at = moment(n)
    events = list(entering(n, n))
    events.insert(1, examined(n, at - timedelta(days=20), 30.0, "before_operation"))
    if seen[1]:
        events.append(Transplanted(infant=infant(n), by=WHO, at=at + float(time[1]) * MONTH))
    if seen[0]:
        events.append(Died(infant=infant(n), by=WHO, at=at + float(time[0]) * MONTH))
    if np.isfinite(value):
        events.append(examined(n, at + 3 * MONTH, 30.0 + float(value), "after_3_months"))
    return events


def test_a_death_is_the_event_ends_the_watching_or_forestalls_it_as_the_estimand_says(
    tmp_path: Path,
) -> None:
    events = [*entering(0, 0), died(0, 60)]
    found = {}
    for analysis, death in (
        ("log_rank", "composite"), ("log_rank", "while_alive"), ("competing_risks", "while_alive"),
        ("competing_risks", "hypothetical"),
    ):  # fmt: skip
        plan = plan_of(protocol(tmp_path, of_time(analysis, death)))
        now = facts(events, moment(20))
        outcome = outcome_of(
            plan, plan.design.endpoints["unplanned_operation"], courses_of(plan, now), now.at
        )
        assert outcome.value[0] == pytest.approx(60 / 30.4375)
        found[analysis, death] = int(outcome.cause[0])

    assert list(found.values()) == [1, 0, 2, 0]


def test_a_child_watched_for_the_whole_time_was_so_to_the_last_digit(tmp_path: Path) -> None:
    plan = plan_of(protocol(tmp_path, of_time("rmst").replace('"12 months"', '"100 days"', 1)))
    endpoint = plan.design.endpoints["unplanned_operation"]
    assert isinstance(endpoint, TimeToEvent)
    assert endpoint.follow_up is not None
    now = facts(list(entering(0, 0)), moment(20))

    outcome = outcome_of(plan, endpoint, courses_of(plan, now), now.at)

    assert outcome.value[0] == float(endpoint.follow_up.to("mo").value)
    assert outcome.settled.all()


def test_a_death_of_the_composite_is_a_share_s_event_too(tmp_path: Path) -> None:
    text = (
        KINDS["binary"]()
        .replace('"death_12"', '"transplant_12"')
        .replace("death_12", "transplant_12")
    )
    beside = ESTIMAND_OF_SHARE + "\n[scenarios.null]"
    plan = plan_of(protocol(tmp_path, text.replace("[scenarios.null]", beside, 1)))
    now = facts([*entering(0, 0), died(0, 60), *entering(1, 0)], moment(20))

    outcome = outcome_of(
        plan, plan.design.endpoints["transplant_12"], courses_of(plan, now), now.at
    )

    assert outcome.value.tolist() == [1.0, 0.0]


ESTIMAND_OF_SHARE = """
[design.endpoints.estimand]
treatment = "With cells, against without"
population = "Children"
variable = "Dead or transplanted at 12 months"
summary = "difference_of_shares"

[design.endpoints.estimand.intercurrent]
death = "composite"
transplant = "composite"
unplanned_operation = "treatment_policy"
"""


def test_what_could_not_be_monitored_is_said_before_the_first_child(tmp_path: Path) -> None:
    right = plan_of(protocol(tmp_path, of_time("rmst"))).design
    endpoint = right.endpoints["unplanned_operation"]

    def told(**changes: object) -> str:
        wrong = {"unplanned_operation": replace(endpoint, **changes)}
        return " ".join(unmonitored(replace(right, endpoints=wrong)).values())

    assert not unmonitored(right)
    assert "its name is none of death" in told(id="reoperated")
    assert "“after” is missing" in told(follow_up=None, events=20)
    assert "which events forestall it" in told(analysis="competing_risks", estimand=None)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_endpoint_can_be_monitored(tmp_path: Path, kind: str) -> None:
    plan = plan_of(protocol(tmp_path, KINDS[kind]()))

    assert not unmonitored(plan.design)


def test_a_hierarchy_that_is_not_simulated_is_not_monitored_either(tmp_path: Path) -> None:
    turned = of_hierarchy("win_ratio").replace('["death", "transplant", "fac"]', '["fac", "death"]')
    plan = plan_of(protocol(tmp_path, turned))
    now = facts(list(entering(0, 0)), moment(20))

    with pytest.raises(CannotBe, match="times to events come first"):
        statistic(
            plan,
            plan.design.endpoints["win"],
            courses_of(plan, now),
            by_place(ARMS, np.array([0], np.int8)),
            now.at,
        )
    assert "times to events come first" in unmonitored(plan.design)["win"]
