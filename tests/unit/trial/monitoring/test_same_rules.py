"""A simulated trial, told to the ledger child by child, is judged by monitoring as the simulation judged it."""

from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from cordula.events.event import Event
from cordula.protocols import load
from cordula.stats.simulation.continuous_plain import _seen_plain
from cordula.stats.simulation.philox import uniforms_plain, words_of_key
from cordula.stats.simulation.purposes import PATIENT
from cordula.trial.design import design_of
from cordula.trial.monitoring import Arms, Plan, closed_part, courses_of, plan_of, safety, statistic
from cordula.trial.monitoring.plan import MONTH
from cordula.trial.monitoring.safety import judged
from cordula.trial.rules.looks import GOES_ON
from cordula.trial.scenarios import scenarios_of
from cordula.trial.simulation.continuous import ContinuousTrials
from cordula.trial.simulation.simulate import trials_of
from tests.unit.trial.monitoring.children import BEGIN, LATER, by_place, child, died, facts
from tests.unit.trial.plans import PLAIN, protocol

SEED, TRIALS = 20261122, 40
SAFE = """
[[design.safety]]
id = "deaths"
title = "Deaths"
event = "death"
arm = "cells"
within = "30 days"
rule = "pocock"
acceptable = "0.05"
alpha = "0.05"
from = 2
source = "text"
"""
GREAT = PLAIN.replace('mean = "4 %"', 'mean = "6 %"')
SAFE_TRIAL = GREAT.replace("[scenarios.null]", SAFE + "[scenarios.null]", 1)


@pytest.fixture
def simulated(tmp_path: Path) -> tuple[Plan, ContinuousTrials]:
    found = protocol(tmp_path, SAFE_TRIAL)
    work = trials_of(design_of(found), scenarios_of(found)["some"], TRIALS, SEED)
    outcomes = work.outcomes[0]
    assert isinstance(outcomes, ContinuousTrials)
    return plan_of(found), outcomes


def patients(outcomes: ContinuousTrials, trial: int) -> tuple[np.ndarray, ...]:
    """Arm, baseline and outcome of each child of one simulated trial."""
    arms, stream = outcomes.arrangement.arms(trial, 1), words_of_key(SEED, "trial")
    numbers = outcomes.patients.plan(arms).numbers
    u = uniforms_plain(stream, trial, 1, PATIENT, arms.shape[1])
    x, y = _seen_plain(stream, trial, arms, numbers, outcomes.patients.pool, u)
    return arms[0], x[0], y[0]


def told(outcomes: ContinuousTrials, trial: int) -> tuple[list[Event], Arms]:
    """The same trial as events of the ledger: a child a day."""
    arms, x, y = patients(outcomes, trial)
    rows = enumerate(zip(x.tolist(), y.tolist(), strict=True))
    events = [event for n, (before, change) in rows for event in child(n, n, before, change)]
    return events, by_place(("cells", "control"), arms)


def after(children: int) -> datetime:
    """The moment at which so many children have been followed for the whole time."""
    return BEGIN + timedelta(days=children - 0.5) + 3 * MONTH


def test_monitoring_and_simulation_hold_the_very_same_rules() -> None:
    practice = load.named("practice-mnc-stage-2")
    plan = plan_of(practice)

    work = trials_of(plan.design, scenarios_of(practice)["null"], 1, SEED)

    assert work.looks is plan.design.looks
    assert work.multiplicity is plan.design.multiplicity
    assert len(work.safety) == 1
    assert work.safety[0].rule is plan.design.safety[0]


def test_each_simulated_trial_told_to_the_ledger_gets_the_verdict_of_the_simulation(
    simulated: tuple[Plan, ContinuousTrials],
) -> None:
    plan, outcomes = simulated
    shown = outcomes.shown(0, TRIALS)
    wanted = plan.design.looks.judged(shown.higher)
    found = []

    for trial in range(TRIALS):
        events, arms = told(outcomes, trial)
        first, last = (facts(events, after(count)) for count in plan.design.looks_after)
        early = closed_part(plan, [(first, arms)]).interims[0]
        late = closed_part(plan, [(first, arms), (last, arms)]).interims[0]
        found.append((0, early.reason) if early.reason != GOES_ON else (1, late.reason))

    assert found == list(zip(wanted.look.tolist(), wanted.reason.tolist(), strict=True))
    assert {look for look, _ in found} == {0, 1}
    assert len({reason for _, reason in found}) > 1


def test_the_statistic_is_that_of_the_simulation_to_the_last_digits(
    simulated: tuple[Plan, ContinuousTrials],
) -> None:
    plan, outcomes = simulated
    shown = outcomes.shown(0, 3)
    endpoint = plan.design.endpoints["fac"]

    for trial in range(3):
        events, arms = told(outcomes, trial)
        for look, count in enumerate(plan.design.looks_after):
            now = facts(events, after(count))
            one = statistic(plan, endpoint, courses_of(plan, now), arms, now.at)
            assert one.settled == count
            assert one.estimate == pytest.approx(shown.estimate[trial, look], rel=1e-9)
            assert one.error == pytest.approx(shown.error[trial, look], rel=1e-9)
            assert one.higher == pytest.approx(shown.higher[trial, look], rel=1e-7)


def test_deaths_stop_the_real_trial_at_the_count_that_stops_a_simulated_one(
    simulated: tuple[Plan, ContinuousTrials],
) -> None:
    """Every order of deaths among the first ten children of the arm: table and monitoring never differ."""
    plan, _ = simulated
    rule = plan.design.safety[0]

    for pattern in range(2**10):
        had = tuple(bool(pattern >> place & 1) for place in range(10))
        by_table = next((n for n in range(1, 11) if sum(had[:n]) >= rule.stops_at[n - 1]), None)
        assert judged(rule, had).stopped_after == by_table


def test_the_ledger_s_deaths_are_counted_child_by_child(
    simulated: tuple[Plan, ContinuousTrials],
) -> None:
    plan, outcomes = simulated
    arms, _, _ = patients(outcomes, 0)
    mine = np.flatnonzero(arms == 0)[:4].tolist()
    events, known = told(outcomes, 0)
    events += [died(n, n + 10) for n in mine]

    found = safety(plan, courses_of(plan, facts(events)), known, LATER)[0]

    assert found.events == 4
    assert found.stopped_after is not None
    assert plan.design.safety[0].stops(found.events, 4)
    assert not safety(plan, courses_of(plan, facts(told(outcomes, 0)[0])), known, LATER)[0].stops
