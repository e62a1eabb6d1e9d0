"""Times to an event that deaths and transplants end or forestall: event-free time, competing risks, log-rank."""

from math import exp, log
from pathlib import Path

import numpy as np
import pytest

from cordula.stats.refusals import CannotBe
from cordula.stats.simulation.compared import by_incidence, by_log_rank, by_restricted_mean
from cordula.stats.simulation.events import stopped
from cordula.stats.simulation.philox import words_of_key
from cordula.stats.simulation.surrounded import (
    CENSORED,
    FORESTALLED,
    Around,
    followed,
    seen_at_looks,
)
from cordula.stats.simulation.survival import Course, simulated
from cordula.stats.survival import gray_test, log_rank, rmst_difference
from cordula.trial.simulation import simulate
from cordula.trial.simulation.simulate import trials_of
from cordula.trial.simulation.surrounded import SurroundedTrials
from cordula.trial.simulation.survival import SurvivalTrials
from tests.unit.trial.plans import ARMS, DESIGN, NULL, SOME, read, with_

SEED = 20261122
COURSE = Course(
    hazards=(0.05, 0.08), gap_months=0.3, looks=(30, 60), event_driven=False, follow_up_months=12.0
)
STREAM = words_of_key(SEED, "trial")
ARMS_BY_TURNS = (np.arange(60) % 2).astype(np.int8)[None, :]
TIME = """
[[design.endpoints]]
id = "operated"
title = "Time to an operation nobody planned"
rank = "primary"
kind = "time_to_event"
after = "12 months"
analysis = "{analysis}"
"""
ESTIMAND = """
[design.endpoints.estimand]
treatment = "With cells, against without"
population = "Children at stage II"
variable = "Time to the operation"
summary = "hazard_ratio"

[design.endpoints.estimand.intercurrent]
death = "{death}"
transplant = "{transplant}"
unplanned_operation = "composite"
"""
TRUTH = """accrual = "4 /mo"
dropout = "10 %"

[scenarios.{name}.truth.operated]
cells = {{ survival = "{cells}", at = "12 months" }}
control = {{ survival = "0.6", at = "12 months" }}
"""
DEATHS = """
[scenarios.{name}.events.death]
cells = {{ without = "{cells}", at = "12 months" }}
control = {{ without = "0.7", at = "12 months" }}
"""


def trial(
    analysis: str, death: str = "while_alive", transplant: str = "treatment_policy",
    cells: str = "0.9", dies: str = "0.7",
) -> str:  # fmt: skip
    endpoint = TIME.format(analysis=analysis) + ESTIMAND.format(death=death, transplant=transplant)
    null = NULL + TRUTH.format(name="null", cells="0.6") + DEATHS.format(name="null", cells="0.7")
    some = SOME + TRUTH.format(name="some", cells=cells) + DEATHS.format(name="some", cells=dies)
    return with_(DESIGN, participants="80") + ARMS + endpoint + null + some


def test_without_anything_around_it_the_courses_are_those_of_the_kernel() -> None:
    """Two ways to the same log-rank test: the kernel's loop, and whole courses compared here."""
    theirs = simulated(COURSE, ARMS_BY_TURNS, STREAM, 0, 20)
    courses = followed(COURSE, (), ARMS_BY_TURNS, STREAM, 0, 20)
    for n in range(20):
        for look, seen in enumerate(seen_at_looks(COURSE, courses, n)):
            assert seen is not None
            z, ratio, _ = by_log_rank(seen.time, seen.cause, ARMS_BY_TURNS[0, : seen.entered])
            assert (z, ratio) == pytest.approx(
                (theirs.z[n, look], theirs.log_hazard_ratio[n, look])
            )
            assert seen.entered == theirs.entered[n, look]
            assert seen.month == pytest.approx(theirs.months[n, look])


def test_a_child_who_dies_here_is_the_one_a_safety_rule_counts() -> None:
    """A rule that stops at the first death stops when the first of these children dies."""
    dies = Around(0, (0.06, 0.06), CENSORED)
    quiet = Course(
        hazards=(0.0, 0.0), gap_months=0.3, looks=(60,), event_driven=False, follow_up_months=12.0
    )
    all_one = np.zeros((1, 60), dtype=np.int8)
    courses = followed(quiet, (dies,), all_one, STREAM, 0, 30)

    rule = stopped(STREAM, 0, 30, all_one, 0, 0.3, 0, 0.06, 12.0, np.ones(60, dtype=np.int64))

    first = np.where(courses.time < 12.0, courses.entry + courses.time, np.inf).min(axis=1)
    assert rule[0] == pytest.approx(first)


def test_each_comparison_is_the_one_of_the_room_of_statistics() -> None:
    draw = np.random.default_rng(SEED)
    arms = (np.arange(50) % 2).astype(np.int8)
    time, cause = np.minimum(draw.exponential(10, 50), 12.0), draw.integers(0, 3, 50)
    cause[time == 12.0] = 0

    z, apart, error = by_restricted_mean(time, cause, arms, 12.0)
    gray, _, _ = by_incidence(time, cause, arms, 12.0)
    plain, _, _ = by_log_rank(time, cause, arms)

    theirs = rmst_difference(time, cause == 1, arms == 0, 12.0).difference
    assert (apart, error) == pytest.approx((theirs.value, theirs.se))
    assert z == pytest.approx(theirs.value / theirs.se)
    assert gray**2 == pytest.approx(gray_test(time, cause, arms).chi_squared)
    assert plain**2 == pytest.approx(log_rank(time, cause == 1, arms).chi_squared)


def test_more_events_in_the_first_arm_turn_each_z_the_way_it_says() -> None:
    arms = np.repeat([0, 1], 20).astype(np.int8)
    time = np.concatenate([np.linspace(1, 6, 20), np.linspace(7, 12, 20)])
    cause = np.ones(40, dtype=np.int64)

    assert by_log_rank(time, cause, arms)[0] > 2
    assert by_restricted_mean(time, cause, arms, 12.0)[0] < -2
    mostly = np.where(arms == 0, 1, 2)
    assert by_incidence(time, mostly, arms, 12.0)[0] > 2


def test_an_arm_that_was_not_followed_so_long_has_no_event_free_time() -> None:
    arms = np.array([0, 0, 1, 1], dtype=np.int8)
    time, cause = np.array([3.0, 12.0, 5.0, 6.0]), np.array([1, 0, 1, 0])

    assert np.isnan(by_restricted_mean(time, cause, arms, 12.0)).all()
    z, apart, _ = by_incidence(time, cause, arms, 12.0)
    assert np.isfinite(z)
    assert np.isnan(apart)


@pytest.mark.parametrize("analysis", ["rmst", "competing_risks", "log_rank"])
def test_every_analysis_keeps_its_level_without_bias(tmp_path: Path, analysis: str) -> None:
    design, scenarios = read(tmp_path, trial(analysis))

    null = simulate(design, scenarios["null"], 400, SEED)
    some = simulate(design, scenarios["some"], 400, SEED)

    assert null.false
    assert abs(null.any_found.value - 0.05) < 4 * np.sqrt(0.05 * 0.95 / 400)
    found = some.higher if analysis == "rmst" else some.lower
    assert found.value > 0.6
    assert null.bias is not None
    assert abs(null.bias.value) < 4 * (null.bias.error or 0)


def test_deaths_that_forestall_lower_the_incidence_but_not_the_hazard_ratio(tmp_path: Path) -> None:
    """Many deaths in one arm alone: fewer are operated there, though each living child is as likely as before."""
    by_gray, scenarios = read(tmp_path, trial("competing_risks", cells="0.6", dies="0.1"))
    by_hazard, _ = read(tmp_path, trial("log_rank", cells="0.6", dies="0.1"))

    gray = simulate(by_gray, scenarios["some"], 300, SEED)
    hazard = simulate(by_hazard, scenarios["some"], 600, SEED)

    assert gray.lower.value > 0.2
    assert not gray.false
    assert hazard.false
    assert abs(hazard.any_found.value - 0.05) < 4 * np.sqrt(0.05 * 0.95 / 600)


def test_the_truths_are_those_of_constant_hazards(tmp_path: Path) -> None:
    free, scenarios = read(tmp_path, trial("rmst", cells="0.9"))
    risks, _ = read(tmp_path, trial("competing_risks", cells="0.9", dies="0.7"))
    one, other, dies = (-log(left) / 12 for left in (0.9, 0.6, 0.7))

    months = trials_of(free, scenarios["some"]).outcomes[0].target
    share = trials_of(risks, scenarios["some"]).outcomes[0].target

    grid = np.linspace(0, 12, 20001)
    assert months == pytest.approx(np.trapezoid(np.exp(-one * grid) - np.exp(-other * grid), grid))
    apart = [h / (h + dies) * (1 - exp(-12 * (h + dies))) for h in (one, other)]
    assert share == pytest.approx(apart[0] - apart[1])


def test_what_an_event_does_is_what_its_strategy_says(tmp_path: Path) -> None:
    def ends(analysis: str, death: str) -> list[int]:
        design, scenarios = read(tmp_path, trial(analysis, death=death))
        outcome = trials_of(design, scenarios["some"]).outcomes[0]
        return [one.ends for one in outcome.around] if isinstance(outcome, SurroundedTrials) else []

    assert ends("competing_risks", "while_alive") == [FORESTALLED]
    assert ends("competing_risks", "treatment_policy") == [FORESTALLED]
    assert ends("competing_risks", "hypothetical") == [CENSORED]
    assert ends("competing_risks", "composite") == []
    assert ends("log_rank", "while_alive") == [CENSORED]
    with pytest.raises(CannotBe, match="who would never have had death"):
        ends("log_rank", "principal_stratum")


def test_a_time_that_nothing_surrounds_stays_with_its_kernel(tmp_path: Path) -> None:
    design, scenarios = read(tmp_path, trial("log_rank", death="composite"))

    assert isinstance(trials_of(design, scenarios["some"]).outcomes[0], SurvivalTrials)


def test_competing_risks_need_an_estimand_and_rmst_a_horizon(tmp_path: Path) -> None:
    whole = trial("competing_risks")
    bare = whole.replace(ESTIMAND.format(death="while_alive", transplant="treatment_policy"), "")
    endless = trial("rmst").replace('after = "12 months"', "events = 20")

    for text, says in ((bare, "which events forestall it"), (endless, "“after” is missing")):
        design, scenarios = read(tmp_path, text)
        with pytest.raises(CannotBe, match=says):
            trials_of(design, scenarios["null"])
