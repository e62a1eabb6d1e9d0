from math import exp, log, sqrt

import numpy as np
import pytest

from cordula.stats.refusals import CannotBe
from cordula.stats.sample_size import (
    Accrual,
    Hazard,
    Size,
    constant,
    course_of,
    detectable_difference,
    even_accrual,
    fitted_difference,
    fitted_ratio,
    freedman_events,
    lachin_foulkes,
    mmrm_size,
    one_mean,
    one_rate,
    power_mmrm,
    power_of_events,
    power_one_mean,
    power_one_rate,
    power_two_means,
    power_two_means_ancova,
    power_two_rates,
    power_win_ratio,
    schoenfeld_events,
    sequential_means,
    sequential_power_means,
    sequential_power_one_mean,
    sequential_power_one_rate,
    sequential_power_rates,
    sequential_rates,
    survival_size,
    two_means,
    two_means_ancova,
    two_means_ratio,
    two_rates,
    win_ratio_size,
)
from cordula.stats.sequential import BetaSpending, OBrienFlemingSpending, design
from cordula.stats.streams import stream


@pytest.mark.parametrize("ratio", [0.5, 1.0, 3.0])
@pytest.mark.parametrize("sides", [1, 2])
def test_every_size_has_the_power_it_was_made_for(sides: int, ratio: float) -> None:
    asked = {"alpha": 0.03, "sides": sides, "power": 0.85, "ratio": ratio}
    tested = {"alpha": 0.03, "sides": sides}
    arms = two_means(3, 5, **asked)
    assert power_two_means(arms.n_1, arms.n_2, 3, 5, **tested) == pytest.approx(0.85)
    arms = two_means(3, 5, normal=True, **asked)
    assert power_two_means(arms.n_1, arms.n_2, 3, 5, normal=True, **tested) == pytest.approx(0.85)
    arms = two_means_ancova(3, 5, 0.6, **asked)
    assert power_two_means_ancova(arms.n_1, arms.n_2, 3, 5, 0.6, **tested) == pytest.approx(0.85)
    arms = two_rates(0.4, 0.2, **asked)
    assert power_two_rates(arms.n_1, arms.n_2, 0.4, 0.2, **tested) == pytest.approx(0.85)
    arms = two_rates(0.4, 0.2, null_ratio=1.3, **asked)
    got = power_two_rates(arms.n_1, arms.n_2, 0.4, 0.2, null_ratio=1.3, **tested)
    assert got == pytest.approx(0.85)
    arms = win_ratio_size(1.8, 0.1, **asked)
    assert power_win_ratio(arms.n_1, arms.n_2, 1.8, 0.1, **tested) == pytest.approx(0.85)
    events = schoenfeld_events(0.6, **asked)
    assert power_of_events(events, 0.6, ratio=ratio, **tested) == pytest.approx(0.85)
    arms = mmrm_size(3, (5, 6), VISITS, (KEPT, (0.9, 0.8, 0.7)), **asked)
    got = power_mmrm(arms.n_1, arms.n_2, 3, (5, 6), VISITS, (KEPT, (0.9, 0.8, 0.7)), **tested)
    assert got == pytest.approx(0.85)


VISITS = [[1, 0.6, 0.5], [0.6, 1, 0.7], [0.5, 0.7, 1]]
KEPT = (1.0, 0.9, 0.85)


def test_one_arm_sizes_have_the_power_they_were_made_for() -> None:
    assert power_one_mean(one_mean(2, 5, power=0.9), 2, 5) == pytest.approx(0.9)
    assert power_one_rate(one_rate(0.1, 0.3, power=0.9), 0.1, 0.3) == pytest.approx(0.9)


def test_nineteen_in_each_arm_find_less_with_a_covariate() -> None:
    """19 against 19, 80 % power, two-sided 5 %: 0.93 SD, and about 0.75 SD with a correlation of 0.6."""
    plain = detectable_difference(19, 19, 1.0, alpha=0.05, sides=2)
    assert plain == pytest.approx(0.9337, abs=5e-4)
    got = power_two_means_ancova(19, 19, 0.7575, 1.0, 0.6, alpha=0.05, sides=2)
    assert got == pytest.approx(0.8, abs=5e-3)


def test_no_covariate_is_the_t_test() -> None:
    without = two_means_ancova(3, 5, 0.0, covariates=0)
    assert without.total == pytest.approx(two_means(3, 5).total)


def test_the_power_of_covariance_analysis_is_that_of_simulated_trials() -> None:
    trials, n = 20_000, 12
    rng = stream(3, "ancova power")
    x = rng.standard_normal((trials, 2 * n))
    y = 0.6 * x + 0.8 * rng.standard_normal((trials, 2 * n))
    y[:, :n] += 0.9
    rejected = np.mean([t > 1.7207 for t in map(_ancova_t, x, y)])  # t₂₁ at 5 %, one-sided
    wanted = power_two_means_ancova(n, n, 0.9, 1.0, 0.6, alpha=0.05)
    assert abs(rejected - wanted) < 3 * sqrt(wanted * (1 - wanted) / trials) + 2e-3


def _ancova_t(x: np.ndarray, y: np.ndarray) -> float:
    n = len(x) // 2
    dx, dy = x[:n].mean() - x[n:].mean(), y[:n].mean() - y[n:].mean()
    cx = x - np.repeat([x[:n].mean(), x[n:].mean()], n)
    cy = y - np.repeat([y[:n].mean(), y[n:].mean()], n)
    slope, sxx = cx @ cy / (cx @ cx), cx @ cx
    s2 = ((cy - slope * cx) ** 2).sum() / (2 * n - 3)
    return float((dy - slope * dx) / sqrt(s2 * (2 / n + dx * dx / sxx)))


def test_both_tails_count_a_wrong_rejection() -> None:
    one = power_two_means(10, 10, 0.1, 1, alpha=0.05, sides=2)
    both = power_two_means(10, 10, 0.1, 1, alpha=0.05, sides=2, both_tails=True)
    assert one < 0.05 < both


def test_the_fitted_rates_are_of_greatest_likelihood() -> None:
    p_1, p_2, ratio = 0.42, 0.23, 1.7
    grid = np.linspace(1e-6, 1 - 1e-6, 400_001)
    for fitted, other in (
        (fitted_difference(p_1, p_2, ratio, 0.1), grid - 0.1),
        (fitted_difference(p_1, p_2, ratio, -0.2), grid + 0.2),
        (fitted_ratio(p_1, p_2, ratio, 1.4), grid / 1.4),
    ):
        with np.errstate(all="ignore"):
            likely = ratio * (p_1 * np.log(grid) + (1 - p_1) * np.log1p(-grid))
            likely += p_2 * np.log(other) + (1 - p_2) * np.log1p(-other)
        assert fitted[0] == pytest.approx(grid[np.nanargmax(likely)], abs=5e-6)


def test_a_fitted_rate_at_the_edge_stays_a_rate() -> None:
    for p_1, p_2 in ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)):
        first, second = fitted_difference(p_1, p_2, 1.0, 0.1)
        assert 0 <= first <= 1
        assert 0 <= second <= 1


def test_freedman_and_schoenfeld_meet_at_small_effects() -> None:
    assert freedman_events(0.97) == pytest.approx(schoenfeld_events(0.97), rel=1e-3)


def test_events_of_a_course_are_those_of_simulated_infants() -> None:
    hazard, loss = Hazard((0.02, 0.08), (0.0, 10.0)), 0.01
    accrual = Accrual((0.0, 6.0, 18.0), (1.0, 2.0))
    course = course_of(0.5, hazard, accrual, ratio=1.0, loss=loss)
    n, rng = 400_000, stream(11, "course")
    late = rng.random(n) < 24 / 30
    entry = np.where(late, 6 + 12 * rng.random(n), 6 * rng.random(n))
    gone = rng.exponential(size=n) / np.where(np.arange(n) % 2, 1.0, 0.5)
    event = np.where(gone < 0.2, gone / 0.02, 10 + (gone - 0.2) / 0.08)
    lost = rng.exponential(1 / loss, n)
    for time in (4.0, 12.0, 30.0):
        happened = (event <= lost) & (entry + event <= time)
        share = course.event_share(time)
        assert abs(happened.mean() - share) < 3.5 * sqrt(share / n)
        assert course.time_of(share * 100, 100) == pytest.approx(time)
        assert accrual.enrolled(time) == pytest.approx((entry <= time).mean(), abs=3e-3)


def test_a_constant_hazard_has_the_closed_form() -> None:
    course = course_of(1.0, constant(0.03), even_accrual(12.0))
    wanted = 1 - (exp(-0.03 * 12) - exp(-0.03 * 24)) / (0.03 * 12)
    assert course.event_share(24.0) == pytest.approx(wanted, rel=1e-13)


def test_infants_of_a_survival_trial_bring_the_events_asked_for() -> None:
    hazard, accrual = constant(log(2) / 24), even_accrual(24)
    found = survival_size(0.5, hazard, accrual, 12, ratio=2, loss=(0.01, 0.02))
    course = course_of(0.5, hazard, accrual, 2, (0.01, 0.02))
    assert course.events(36, found.n) == pytest.approx(found.events)
    assert lachin_foulkes(0.5, log(2) / 24, 24, 12, ratio=2).n > 100


def test_the_mixed_model_gains_on_those_who_stayed_only() -> None:
    """With one visit the formula is the z test among those seen; with nobody lost, the z test of all."""
    alone = mmrm_size(3, 5, [[1.0]], (0.8,))
    plain = two_means(3, 5, alpha=0.05, sides=2, normal=True)
    assert alone.total == pytest.approx(plain.total / 0.8)
    assert mmrm_size(3, 5, VISITS, (1, 1, 1)).total == pytest.approx(plain.total)
    assert plain.total < mmrm_size(3, 5, VISITS, (1, 0.9, 0.8)).total < plain.total / 0.8


def test_a_group_sequential_size_has_its_power() -> None:
    plan = design(3, 0.025, spending=OBrienFlemingSpending())
    size = sequential_means(plan, 3, 6, 0.9, ratio=2, normal=True).maximum
    got = sequential_power_means(plan, size.total, 3, 6, ratio=2, normal=True)
    assert got.power.overall == pytest.approx(0.9)
    both = design(3, 0.025, futility=BetaSpending(0.1))
    rates = sequential_rates(both, 0.5, 0.3, 0.9)
    got = sequential_power_rates(both, rates.maximum.total, 0.5, 0.3)
    assert got.power.overall == pytest.approx(0.9, abs=0.01)
    assert rates.expected_null < rates.maximum.total


def test_one_look_has_the_power_of_the_fixed_trial() -> None:
    one = design(1, 0.025)
    fixed = power_two_means(20, 20, 4, 5)
    assert sequential_power_means(one, 40, 4, 5).power.overall == pytest.approx(fixed)
    assert sequential_power_one_mean(one, 20, 4, 5).power.overall == pytest.approx(
        power_one_mean(20, 4, 5)
    )
    assert sequential_power_one_rate(one, 30, 0.1, 0.3).power.overall == pytest.approx(
        power_one_rate(30, 0.1, 0.3)
    )
    got = sequential_power_rates(one, 60, 0.1, 0.3, upper=False).power.overall
    assert got == pytest.approx(power_two_rates(30, 30, 0.1, 0.3))


def test_arms_are_rounded_up_and_whole_numbers_stay() -> None:
    assert Size(12.2, 6.0000000001).rounded() == Size(13, 6)


IMPOSSIBLE = {
    "no difference": lambda: two_means(0, 5),
    "no spread": lambda: two_means(2, 0),
    "alpha above 1": lambda: two_means(2, 5, alpha=1.5),
    "power below alpha": lambda: two_means(2, 5, power=0.01),
    "ratio of 0": lambda: two_means(2, 5, ratio=0),
    "a rate of 1": lambda: two_rates(1.0, 0.2),
    "rates as under H0": lambda: two_rates(0.3, 0.2, null=0.1),
    "two null hypotheses": lambda: two_rates(0.3, 0.2, null=0.1, null_ratio=2),
    "a hazard ratio of 1": lambda: schoenfeld_events(1.0),
    "a negative hazard": lambda: constant(-0.1),
    "accrual that goes back": lambda: Accrual((0.0, 5.0, 4.0), (1.0, 1.0)),
    "events that never come": lambda: course_of(1, constant(0.1), even_accrual(5), loss=1).time_of(
        90, 100
    ),
    "a correlation of 1": lambda: two_means_ancova(2, 5, 1.0),
    "a win ratio of 1": lambda: win_ratio_size(1.0, 0.1),
    "retention that rises": lambda: mmrm_size(3, 5, VISITS, (0.8, 0.9, 0.7)),
    "no correlation matrix": lambda: mmrm_size(3, 5, [[1, 2], [2, 1]], (1, 1)),
    "beta other than the power": lambda: sequential_means(
        design(2, futility=BetaSpending(0.1)), 2, 5
    ),
}


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_a_trial_that_cannot_be_is_refused(name: str) -> None:
    with pytest.raises(CannotBe):
        IMPOSSIBLE[name]()


def test_a_ratio_of_means_against_one_is_their_difference() -> None:
    for normal in (True, False):
        one = two_means_ratio(1.3, 1.0, 0.5, ratio=2, normal=normal)
        assert one.total == pytest.approx(two_means(0.3, 0.5, ratio=2, normal=normal).total)
    assert two_means_ratio(1.0, 0.8, 0.3).total < two_means(0.2, 0.3).total
