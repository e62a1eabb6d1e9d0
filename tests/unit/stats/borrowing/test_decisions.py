"""Boundaries and operating characteristics under mixture priors: R's numbers, theory, simulation."""

import numpy as np
import pytest
from scipy import stats
from scipy.integrate import quad
from scipy.special import betainc, ndtr

from cordula.stats import borrowing
from cordula.stats.borrowing import (
    Rule,
    TwoArms,
    beta_mixture,
    boundary_one_arm,
    boundary_two_arm,
    difference_cdf,
    difference_quantile,
    gamma_mixture,
    maximum_type_1_error,
    normal_mixture,
    operating_characteristics_one_arm,
    operating_characteristics_two_arm,
    posterior,
    probability_of_success_one_arm,
    probability_of_success_two_arm,
    survival,
)
from cordula.stats.borrowing.curve import _curve_kernel, _curve_twin
from cordula.stats.borrowing.update import BinomialSample, NormalSample, RateSample
from cordula.stats.refusals import CannotBe
from cordula.stats.streams import stream
from tests.unit.stats.reference import case

ROBUST = normal_mixture((0.6, 1.2, 0.9), (0.2, 1, 2.5), (0.2, 0, 8))
VAGUE = normal_mixture((1, 0, 80))
SUPERIOR = Rule((0.95,), (0,))
MEANS = TwoArms(VAGUE, ROBUST, 20, 12, SUPERIOR, 8, 8)
EVENTS = TwoArms(
    beta_mixture((1, 1, 1)), beta_mixture((0.8, 15, 50), (0.2, 1, 1)), 20, 20, SUPERIOR
)


def test_a_single_arm_with_two_criteria_is_that_of_rbest() -> None:
    expected = case("map08")
    prior, rule = normal_mixture((0.7, 2, 1.5), (0.3, 0, 8)), Rule((0.9, 0.5), (0, 3))

    expected.near("boundary", boundary_one_arm(prior, 20, rule, sigma=8).critical)
    expected.near("oc", operating_characteristics_one_arm(prior, 20, rule, [0, 2, 4, 6], sigma=8))


def test_a_difference_of_beta_mixtures_is_that_of_rbest() -> None:
    """An adaptive integral says −0.128537400, 0.147426913, 0.397258360 for the quantiles.

    Stored are −0.128527421, 0.147409345, 0.397254673: 1.0e-5, 1.76e-5 and 3.7e-6 off, each within the 1.22e-4 (ε^¼) at
    which R's root finder stops unless told otherwise. The stored probabilities have no root to find, and agree."""
    expected, p = case("map07"), [0.025, 0.5, 0.975]
    one, other = beta_mixture((1, 9, 13)), beta_mixture((0.6, 20, 60), (0.4, 4, 10))

    def below(x: float) -> float:
        def inside(t: float) -> float:
            return sum(w * stats.beta.pdf(t, a, b) for w, a, b in other.components) * betainc(
                9, 13, min(max(t + x, 0.0), 1.0)
            )

        kink = [-x] if x < 0 else [1 - x]
        return float(quad(inside, 0, 1, points=kink, epsabs=1e-13, epsrel=1e-12, limit=200)[0])

    expected.near("p", difference_cdf(one, other, [-0.1, 0, 0.1, 0.2]))
    ours = difference_quantile(one, other, p)
    truth = [-0.128537399696, 0.147426912739, 0.397258359873]

    assert ours == pytest.approx(truth, abs=1e-9)
    assert [below(x) for x in truth] == pytest.approx(p, abs=1e-10)
    expected.near("q", ours, rel_tol=1.76e-5)


@pytest.mark.parametrize("scale", ["identity", "logit", "log"])
def test_a_difference_of_proportions_is_that_of_draws(scale: str) -> None:
    draws = stream(1, "difference of proportions")
    x, y = draws.beta(0.5, 3, 200_000), draws.beta(4, 2, 200_000)
    change = {"identity": lambda p: p, "logit": lambda p: np.log(p / (1 - p)), "log": np.log}[scale]
    spots = [-0.7, -0.4, 0.1]

    found = difference_cdf(beta_mixture((1, 0.5, 3)), beta_mixture((1, 4, 2)), spots, scale)  # type: ignore[arg-type]

    drawn = [np.mean(change(x) - change(y) <= spot) for spot in spots]
    assert found == pytest.approx(drawn, abs=0.005)


def test_differences_with_a_closed_form_have_it() -> None:
    uniform, rate = beta_mixture((1, 1, 1)), gamma_mixture((1, 1, 2))
    x = np.array([-1, -0.5, 0, 0.25, 1])

    triangle = np.where(x < 0, (1 + x) ** 2 / 2, 1 - (1 - x) ** 2 / 2)
    laplace = np.where(x < 0, 0.5 * np.exp(2 * x), 1 - 0.5 * np.exp(-2 * x))

    assert difference_cdf(uniform, uniform, x) == pytest.approx(triangle, abs=1e-10)
    assert difference_cdf(rate, rate, x) == pytest.approx(laplace, abs=1e-10)


@pytest.mark.parametrize("scale", ["identity", "logit"])
def test_posteriors_narrower_than_the_first_nodes_are_refined_not_believed(scale: str) -> None:
    one, other = beta_mixture((1, 9_000, 11_000)), beta_mixture((1, 8_900, 11_100))
    spread = 2**0.5 * (0.4475 * 0.5525 / 20_001) ** 0.5
    z = 0.005 / spread

    found = difference_cdf(one, other, 0, scale)  # type: ignore[arg-type]

    assert found == pytest.approx(1 - ndtr(z), abs=1e-5)


def test_the_compiled_success_curve_is_that_of_its_plain_twin() -> None:
    y2 = np.linspace(-25, 25, 60)
    one, two = np.array(ROBUST.arrays), np.array(ROBUST.arrays) + np.array([[0.0], [2.0], [0.5]])

    fast = _curve_kernel(y2, one, 1.8, two, 2.3, 0.5, 0.05)

    assert fast == pytest.approx(_curve_twin(y2, one, 1.8, two, 2.3, 0.5, 0.05), abs=1e-9)


def test_on_the_curve_the_posterior_is_exactly_certain_enough() -> None:
    for seen in (-6.0, 0.0, 2.0, 9.0):
        critical = float(boundary_two_arm(MEANS, seen))
        after_1 = posterior(VAGUE, NormalSample(critical, 8 / 20**0.5))
        after_2 = posterior(ROBUST, NormalSample(seen, 8 / 12**0.5))
        assert difference_cdf(after_1, after_2, 0) == pytest.approx(0.05, abs=1e-10)


def test_without_borrowing_the_type_1_error_is_the_level_wherever_the_control_is() -> None:
    design = TwoArms(
        normal_mixture((1, 0, 1e5)), normal_mixture((1, 0, 1e5)), 20, 12, SUPERIOR, 8, 8
    )

    errors = operating_characteristics_two_arm(design, [-20, 0, 30], [-20, 0, 30])

    assert errors == pytest.approx(0.05, abs=1e-7)


def test_two_normal_arms_succeed_as_often_as_simulated_trials() -> None:
    draws = stream(2, "two means")
    y1 = draws.normal(6, 8 / 20**0.5, 100_000)
    y2 = draws.normal(3, 8 / 12**0.5, 100_000)

    found = operating_characteristics_two_arm(MEANS, 6, 3)

    assert found == pytest.approx(np.mean(y1 > boundary_two_arm(MEANS, y2)), abs=3 * 0.0015)


def test_two_criteria_ask_for_both() -> None:
    both = TwoArms(VAGUE, ROBUST, 20, 12, Rule((0.95, 0.5), (0, 3)), 8, 8)
    draws = stream(3, "two criteria")
    y1, y2 = draws.normal(5, 8 / 20**0.5, 100_000), draws.normal(0, 8 / 12**0.5, 100_000)

    found = operating_characteristics_two_arm(both, 5, 0)

    assert found == pytest.approx(np.mean(y1 > boundary_two_arm(both, y2)), abs=3 * 0.0016)
    assert found <= operating_characteristics_two_arm(MEANS, 5, 0)


def test_success_below_is_success_above_mirrored() -> None:
    mirrored = normal_mixture(*((w, -m, s) for w, m, s in ROBUST.components))
    below = TwoArms(VAGUE, mirrored, 20, 12, Rule((0.95,), (0,), above=False), 8, 8)

    ours = operating_characteristics_two_arm(below, [-5, -1], [0, -3])

    assert ours == pytest.approx(operating_characteristics_two_arm(MEANS, [5, 1], [0, 3]), abs=1e-7)


def test_the_worst_type_1_error_lies_in_conflict_and_a_finer_grid_finds_no_worse() -> None:
    worst = maximum_type_1_error(MEANS, np.linspace(-15, 15, 31))
    finer = np.linspace(-15, 15, 601)

    assert worst.value == pytest.approx(
        operating_characteristics_two_arm(MEANS, finer, finer).max(), abs=1e-5
    )
    assert worst.value > 2 * worst.errors[np.argmin(np.abs(worst.truths - 1))]
    assert not worst.at_edge
    assert maximum_type_1_error(MEANS, [-1, 0, 1]).at_edge


def test_every_table_of_events_is_decided_as_its_posteriors_say() -> None:
    critical = boundary_two_arm(EVENTS, np.arange(21))

    for x2 in (0, 5, 11, 20):
        after_2 = posterior(EVENTS.prior_2, BinomialSample(x2, 20))
        certain = [
            1 - float(difference_cdf(posterior(EVENTS.prior_1, BinomialSample(x1, 20)), after_2, 0))
            > 0.95
            for x1 in range(21)
        ]
        assert certain == [x1 > critical[x2] for x1 in range(21)]


def test_two_arms_of_events_succeed_as_often_as_simulated_trials() -> None:
    draws = stream(4, "two proportions")
    x1, x2 = draws.binomial(20, 0.5, 100_000), draws.binomial(20, 0.3, 100_000)

    found = operating_characteristics_two_arm(EVENTS, 0.5, 0.3)

    assert found == pytest.approx(np.mean(x1 > boundary_two_arm(EVENTS, x2)), abs=3 * 0.0016)


def test_two_rates_succeed_as_often_as_simulated_trials() -> None:
    design = TwoArms(
        gamma_mixture((1, 1, 1)),
        gamma_mixture((0.8, 15, 5), (0.2, 1, 1)),
        20,
        10,
        Rule((0.95,), (0,), False, "log"),
    )
    draws = stream(5, "two rates")
    x1, x2 = draws.poisson(40, 50_000), draws.poisson(30, 50_000)

    found = operating_characteristics_two_arm(design, 2, 3)

    assert found == pytest.approx(np.mean(x1 <= boundary_two_arm(design, x2)), abs=3 * 0.0022)


def test_one_arm_of_events_and_of_rates_is_decided_at_its_critical_count() -> None:
    prior, rates = (
        beta_mixture((0.8, 15, 50), (0.2, 1, 1)),
        gamma_mixture((0.8, 15, 5), (0.2, 1, 1)),
    )
    rule, fewer = Rule((0.9,), (0.3,)), Rule((0.9,), (2,), above=False)

    most = boundary_one_arm(prior, 20, rule).critical
    least = boundary_one_arm(rates, 10, fewer).critical

    assert survival(posterior(prior, BinomialSample(most, 20)), 0.3) <= 0.9
    assert survival(posterior(prior, BinomialSample(most + 1, 20)), 0.3) > 0.9
    assert 1 - survival(posterior(rates, RateSample(least, 10)), 2) > 0.9
    assert 1 - survival(posterior(rates, RateSample(least + 1, 10)), 2) <= 0.9
    draws = stream(6, "one arm").binomial(20, 0.4, 100_000)
    assert operating_characteristics_one_arm(prior, 20, rule, 0.4) == pytest.approx(
        np.mean(draws > most), abs=0.005
    )


def test_a_rule_no_result_can_meet_never_succeeds() -> None:
    rule = Rule((0.999999,), (0.99,))

    assert boundary_one_arm(beta_mixture((1, 1, 1)), 5, rule).critical == 5
    assert operating_characteristics_one_arm(
        beta_mixture((1, 1, 1)), 5, rule, [0.5, 1]
    ) == pytest.approx(0)


def test_a_truth_known_for_certain_succeeds_as_its_operating_characteristics() -> None:
    sure_1, sure_2 = normal_mixture((1, 5, 1e-4)), normal_mixture((1, 2, 1e-4))
    found = probability_of_success_two_arm(MEANS, sure_1, sure_2)

    assert found == pytest.approx(operating_characteristics_two_arm(MEANS, 5, 2), abs=1e-5)
    one = probability_of_success_one_arm(ROBUST, 20, SUPERIOR, sure_2, sigma=8)
    assert one == pytest.approx(
        operating_characteristics_one_arm(ROBUST, 20, SUPERIOR, 2, sigma=8), abs=1e-5
    )


def test_assurance_is_the_average_over_what_is_believed() -> None:
    draws = stream(12, "assurance")
    believed_1, believed_2 = normal_mixture((0.5, 4, 2), (0.5, 8, 1)), ROBUST
    truths = draws.normal(np.where(draws.random(4_000) < 0.5, 4, 8), 1.0), draws.normal(1, 1, 4_000)
    sure = normal_mixture((0.5, 4, 1), (0.5, 8, 1)), normal_mixture((1, 1, 1))

    averaged = np.mean(operating_characteristics_two_arm(MEANS, *truths))

    assert probability_of_success_two_arm(MEANS, *sure) == pytest.approx(averaged, abs=0.02)
    assert 0.3 < probability_of_success_two_arm(MEANS, believed_1, believed_2) < 0.7  # type: ignore[operator]


def test_assurance_of_counts_is_the_average_over_what_is_believed() -> None:
    at, share = np.polynomial.legendre.leggauss(60)
    p, w = (at + 1) / 2, share / 2
    believed_1, believed_2 = beta_mixture((1, 9, 6)), beta_mixture((1, 5, 12))
    heights = w * borrowing.density(believed_1, p), w * borrowing.density(believed_2, p)

    table = operating_characteristics_two_arm(EVENTS, p[:, None], p)
    alone = operating_characteristics_one_arm(EVENTS.prior_2, 20, Rule((0.9,), (0.3,)), p)

    found = probability_of_success_two_arm(EVENTS, believed_1, believed_2)
    assert found == pytest.approx(heights[0] @ table @ heights[1], abs=1e-8)
    one = probability_of_success_one_arm(EVENTS.prior_2, 20, Rule((0.9,), (0.3,)), believed_1)
    assert one == pytest.approx(heights[0] @ alone, abs=1e-8)


@pytest.mark.parametrize(
    "impossible",
    [
        lambda: Rule((0.9,), (0, 1)),
        lambda: Rule((1.0,), (0,)),
        lambda: TwoArms(VAGUE, ROBUST, 20, 12, SUPERIOR),
        lambda: TwoArms(VAGUE, beta_mixture((1, 1, 1)), 20, 12, SUPERIOR, 8, 8),
        lambda: TwoArms(VAGUE, ROBUST, 20, 12, Rule((0.9,), (0,), scale="log"), 8, 8),
        lambda: boundary_one_arm(ROBUST, 0, SUPERIOR, 8),
        lambda: boundary_one_arm(beta_mixture((1, 1, 1)), 5.5, SUPERIOR),
        lambda: operating_characteristics_two_arm(EVENTS, 1.2, 0.3),
        lambda: maximum_type_1_error(MEANS, [3, 2, 1]),
        lambda: maximum_type_1_error(EVENTS, [0.2, 0.5, 0.9], null_difference=0.3),
        lambda: difference_quantile(VAGUE, ROBUST, 1.0),
        lambda: boundary_two_arm(EVENTS, 21),
        lambda: boundary_two_arm(EVENTS, 2.5),
        lambda: probability_of_success_two_arm(EVENTS, ROBUST, ROBUST),
    ],
)
def test_what_cannot_be_is_refused(impossible) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(CannotBe):
        impossible()
