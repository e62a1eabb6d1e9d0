"""Posteriors against numerical integration, classical limits and R's own numbers."""

import numpy as np
import pytest
from scipy import stats
from scipy.integrate import quad

from cordula.stats.bayes import (
    BetaPosterior,
    GammaPosterior,
    GridPosterior,
    PosteriorRule,
    StudentPosterior,
    binomial,
    by_quadrature,
    decide_by_prediction,
    normal_known_variance,
    normal_unknown_variance,
    probability_beta_above,
    probability_gamma_above,
    probability_normal_above,
    probability_student_above,
    rate,
    superiority_table,
)
from cordula.stats.refusals import CannotBe, NotConverged
from cordula.stats.streams import stream
from tests.unit.stats.reference import case

POSTERIORS = [
    normal_known_variance((1, 2), 3.0, 10, 4),
    normal_unknown_variance(3.0, 4.0, 10),
    binomial((1, 1), 7, 20),
    rate((0.5, 1), 6, 12.5),
]


def test_the_probability_that_one_rate_is_higher_is_that_of_r() -> None:
    pairs = [((8, 14), (3, 20)), ((3.5, 9.5), (1.5, 11.5)), ((14, 28), (5, 26))]

    found = [probability_beta_above(BetaPosterior(*one), BetaPosterior(*two)) for one, two in pairs]

    case("bay01").near("v", found, rel_tol=1e-12)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ((2.5, 0.7), (3, 1.2)),
        ((2.5, 4), (0.3, 1.2)),
        ((0.5, 0.5), (0.5, 0.5)),
        ((40.5, 60.2), (200.1, 333.3)),
        ((2.2, 3.3), (1.1, 5)),
    ],
)
def test_a_comparison_of_rates_is_its_integral_and_its_complement(one, two) -> None:  # type: ignore[no-untyped-def]
    p, q = BetaPosterior(*one), BetaPosterior(*two)

    found = probability_beta_above(p, q)

    middle = float(p.quantile(0.5))
    integral = sum(
        quad(lambda u: q.cdf(p.quantile(u)), *ends, epsabs=1e-12)[0]
        for ends in ((0, 1e-3), (1e-3, 0.5), (0.5, 0.999), (0.999, 1))
    )
    assert 0 < middle < 1
    assert found == pytest.approx(integral, abs=1e-9)
    assert probability_beta_above(q, p) == pytest.approx(1 - found, abs=1e-12)


def test_a_margin_moves_the_comparison_and_two_equal_rates_are_even() -> None:
    p, q = BetaPosterior(8, 14), BetaPosterior(3, 20)

    inner = quad(lambda t: stats.beta.pdf(t, 3, 20) * p.above(t + 0.1), 0, 0.9, epsabs=1e-12)[0]

    assert probability_beta_above(p, q, 0.1) == pytest.approx(inner, abs=1e-9)
    assert probability_beta_above(p, p) == pytest.approx(0.5, abs=1e-13)


def test_a_whole_lattice_of_comparisons_is_each_of_them() -> None:
    table = superiority_table((0.5, 0.5), (1, 2.5), 12, 9)

    assert not isinstance(table, NotConverged)
    for x1, x2 in [(0, 0), (12, 9), (0, 9), (12, 0), (5, 3), (7, 6)]:
        one, two = binomial((0.5, 0.5), x1, 12), binomial((1, 2.5), x2, 9)
        assert table[x1, x2] == pytest.approx(probability_beta_above(one, two), abs=1e-12)


def test_comparisons_of_rates_in_time_and_of_means_are_their_integrals() -> None:
    one, two = GammaPosterior(4, 3), GammaPosterior(2.5, 4)
    integral = quad(lambda t: stats.gamma.pdf(t, 2.5, scale=0.25) * one.above(t), 0, 20)[0]

    assert probability_gamma_above(one, two) == pytest.approx(integral, abs=1e-9)
    a, b = normal_known_variance((0, np.inf), 2, 10, 4), normal_known_variance((0, np.inf), 1, 5, 4)
    expected = stats.norm.sf(0.5, 1, np.sqrt(16 / 10 + 16 / 5))
    assert probability_normal_above(a, b, 0.5) == pytest.approx(expected)


def test_a_comparison_of_means_of_unknown_variance_is_that_of_draws_and_nears_the_normal() -> None:
    one, two = normal_unknown_variance(3.0, 4.0, 6), normal_unknown_variance(1.0, 9.0, 9)
    draws = stream(11, "behrens fisher")
    x = 3 + one.scale * draws.standard_t(5, 400_000)
    y = 1 + two.scale * draws.standard_t(8, 400_000)

    found = probability_student_above(one, two, 0.5)

    assert found == pytest.approx(np.mean(x > y + 0.5), abs=0.002)
    assert probability_student_above(two, one, -0.5) == pytest.approx(1 - found, abs=1e-9)  # type: ignore[operator]
    many = StudentPosterior(1.0, 1.0, 1e7), StudentPosterior(0.0, 1.0, 1e7)
    assert probability_student_above(*many) == pytest.approx(stats.norm.cdf(1 / 2**0.5), abs=1e-6)


@pytest.mark.parametrize("known", POSTERIORS, ids=["normal", "student", "beta", "gamma"])
def test_probabilities_and_quantiles_are_each_others_inverse(known) -> None:  # type: ignore[no-untyped-def]
    p = np.array([0.025, 0.5, 0.9])

    assert known.cdf(known.quantile(p)) == pytest.approx(p)
    assert known.above(known.quantile(p)) == pytest.approx(1 - p)


def test_the_reference_prior_of_an_unknown_variance_gives_the_t_interval() -> None:
    found = normal_unknown_variance(3.0, 4.0, 10).quantile([0.025, 0.975])

    assert found == pytest.approx(stats.t.interval(0.95, 9, 3, np.sqrt(4 / 10)))


def test_an_informative_unknown_variance_is_the_integral_over_the_variance() -> None:
    prior, mean, variance, number = (1.0, 2.0, 3.0, 5.0), 3.0, 4.0, 6
    known = normal_unknown_variance(mean, variance, number, prior)

    def joint(mu: float, v: float) -> float:
        told = v ** (-(3 + 1) - 0.5 - number / 2) * np.exp(-5 / v - (mu - 1) ** 2 * 2 / 2 / v)
        return float(told * np.exp(-((number - 1) * variance + number * (mean - mu) ** 2) / 2 / v))

    heights = [quad(lambda v, mu=mu: joint(mu, v), 0, 200, limit=200)[0] for mu in (1.0, 2.5, 4.0)]
    t = stats.t.pdf([1.0, 2.5, 4.0], known.df, known.mean, known.scale)
    assert np.array(heights) / heights[0] == pytest.approx(t / t[0], rel=1e-7)


def test_a_precise_prior_is_kept_and_a_vague_one_forgotten() -> None:
    assert normal_known_variance((1, 1e-9), 3, 10, 4).mean == pytest.approx(1)
    flat = normal_known_variance((0, np.inf), 3, 10, 4)
    assert (flat.mean, flat.sd) == pytest.approx((3, 4 / 10**0.5))


def test_quadrature_finds_a_conjugate_posterior_again() -> None:
    known = binomial((1.0, 1.0), 7, 20)

    found = by_quadrature(lambda p: 7 * np.log(p) + 13 * np.log1p(-p), 1e-12, 1 - 1e-12)

    assert isinstance(found, GridPosterior)
    assert (found.mean, found.sd) == pytest.approx((known.mean, known.sd), rel=1e-10)
    assert found.log_evidence == pytest.approx(
        stats.beta.logpdf(0.3, 8, 14) * -1 + 7 * np.log(0.3) + 13 * np.log(0.7)
    )
    x = np.array([0.1, 0.35, 0.6])
    assert found.cdf(x) == pytest.approx(known.cdf(x), abs=1e-10)
    assert found.quantile([0.025, 0.5]) == pytest.approx(known.quantile([0.025, 0.5]), rel=1e-9)


def test_quadrature_narrower_than_its_first_nodes_is_refined_not_believed() -> None:
    found = by_quadrature(lambda x: -0.5 * ((x - 0.123) / 1e-3) ** 2, -5, 5)

    assert isinstance(found, GridPosterior)
    assert (found.mean, found.sd) == pytest.approx((0.123, 1e-3), rel=1e-8)


def test_quadrature_that_cannot_settle_says_so() -> None:
    found = by_quadrature(lambda x: -0.5 * ((x - 0.123456) / 1e-9) ** 2, -5, 5)

    assert isinstance(found, NotConverged)


def test_a_rule_is_met_when_the_posterior_is_certain_enough() -> None:
    known = binomial((1, 1), 7, 20)

    assert PosteriorRule(0.2, 0.9).met(known)
    assert not PosteriorRule(0.2, 0.97).met(known)
    assert PosteriorRule(0.5, 0.8, above=False).met(known)
    assert decide_by_prediction(0.04, 0.05, 0.95) == "futile"
    assert decide_by_prediction(0.05, 0.05, 0.95) == "open"
    assert decide_by_prediction(0.96, 0.05, 0.95) == "success"


@pytest.mark.parametrize(
    "impossible",
    [
        lambda: normal_known_variance((0, np.inf), 1, 0, 4),
        lambda: normal_known_variance((0, 1), 1, 5, 0),
        lambda: normal_unknown_variance(1, 2, 1),
        lambda: normal_unknown_variance(1, 0, 5),
        lambda: binomial((1, 1), 6, 5),
        lambda: binomial((0, 1), 0, 5),
        lambda: rate((0, 0), 0, 5),
        lambda: by_quadrature(lambda x: x, 1, 0),
        lambda: PosteriorRule(0.2, 1.0),
        lambda: decide_by_prediction(0.5, 0.9, 0.1),
        lambda: probability_beta_above(BetaPosterior(1, 1), BetaPosterior(1, 1), 1.5),
    ],
)
def test_what_cannot_be_is_refused(impossible) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(CannotBe):
        impossible()
