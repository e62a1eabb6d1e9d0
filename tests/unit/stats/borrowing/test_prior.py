"""A mixture prior is the sum of its parts: moments, quantiles, updates, sizes, and R's own numbers."""

from statistics import NormalDist

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.optimize import brentq
from scipy.special import betaln

from cordula.stats import borrowing
from cordula.stats.borrowing import (
    BinomialSample,
    Mixture,
    NormalSample,
    RateSample,
    beta_mixture,
    cdf,
    density,
    ess_elir,
    ess_moment,
    ess_morita,
    gamma_mixture,
    mean,
    normal_mixture,
    posterior,
    quantile,
    robustified,
    sd,
)
from cordula.stats.refusals import CannotBe, NotConverged
from tests.unit.stats.reference import case

NORMAL = normal_mixture((0.7, 2, 1.5), (0.2, 1, 4), (0.1, 0, 8))
BETA = beta_mixture((0.8, 15, 50), (0.2, 1, 1))
GAMMA = gamma_mixture((0.7, 9, 3), (0.3, 2, 1))
EACH = pytest.mark.parametrize("prior", [NORMAL, BETA, GAMMA], ids=["normal", "beta", "gamma"])


def test_effective_sizes_of_a_beta_mixture_are_those_of_rbest() -> None:
    expected = case("map01")

    expected.near("elir", ess_elir(BETA))
    expected.near("moment", ess_moment(BETA))
    expected.near("morita", ess_morita(BETA))


def test_effective_sizes_of_a_normal_mixture_are_those_of_rbest() -> None:
    expected = case("map02")

    expected.near("elir", ess_elir(NORMAL, sigma=8))
    expected.near("moment", ess_moment(NORMAL, sigma=8))
    expected.near("morita", ess_morita(NORMAL, sigma=8))


def test_a_robust_prior_and_its_posterior_are_those_of_rbest() -> None:
    expected = case("map04")
    prior = robustified(normal_mixture((0.75, 1.2, 0.9), (0.25, 1, 2.5)), 0.2, centre=0, sigma=8)

    after = posterior(prior, NormalSample(3.1, 8 / 12**0.5))

    expected.near("prior", prior.components)
    expected.near("post", after.components)
    expected.near("mean", mean(after))
    expected.near("sd", sd(after))


def test_quantiles_of_that_posterior_are_exact_where_the_stored_ones_stop_short() -> None:
    """Bisection and Python's own normal distribution say −0.490891932, 1.580277885, 4.941208537.

    Stored are −0.490918522, 1.580277930, 4.941189845: 2.66e-5, 5e-8 and 1.87e-5 off, each within the 1.22e-4 (ε^¼) at
    which R's root finder stops unless told otherwise; at the first the posterior has 2.49989 %."""
    expected, p = case("map04"), [0.025, 0.5, 0.975]
    prior = robustified(normal_mixture((0.75, 1.2, 0.9), (0.25, 1, 2.5)), 0.2, centre=0, sigma=8)
    after = posterior(prior, NormalSample(3.1, 8 / 12**0.5))

    def below(x: float) -> float:
        return sum(w * NormalDist(m, s).cdf(x) for w, m, s in after.components)

    truth = [brentq(lambda x, wanted=wanted: below(x) - wanted, -9, 9, xtol=1e-14) for wanted in p]
    assert quantile(after, p) == pytest.approx(truth, abs=1e-12)
    assert truth == pytest.approx([-0.490891931291, 1.580277884474, 4.941208536727], abs=1e-11)
    expected.near("q", quantile(after, p), rel_tol=2.67e-5)
    assert below(expected.expected["q"][0]) == pytest.approx(0.0249989, abs=1e-7)


@EACH
def test_density_integrates_to_the_distribution_and_the_moments(prior: Mixture) -> None:
    low, high = (
        (-np.inf, np.inf) if prior.kind == "normal" else (0, 1 if prior.kind == "beta" else 40)
    )
    middle = float(quantile(prior, 0.5))

    whole = quad(lambda x: density(prior, x), low, high, epsabs=1e-11)[0]
    half = quad(lambda x: density(prior, x), low, middle, epsabs=1e-11)[0]
    first = quad(lambda x: x * density(prior, x), low, high, epsabs=1e-11)[0]

    assert (whole, half, first) == pytest.approx((1, 0.5, mean(prior)), abs=1e-8)


@EACH
def test_quantile_and_distribution_are_each_others_inverse(prior: Mixture) -> None:
    p = np.array([1e-6, 0.01, 0.3, 0.5, 0.99, 1 - 1e-6])

    assert cdf(prior, quantile(prior, p)) == pytest.approx(p, rel=1e-10)
    assert borrowing.survival(prior, quantile(prior, p)) == pytest.approx(1 - p, rel=1e-9)


@pytest.mark.parametrize(
    ("prior", "sample", "likelihood"),
    [
        (NORMAL, NormalSample(4.0, 1.2), lambda t: np.exp(-0.5 * ((4 - t) / 1.2) ** 2)),
        (BETA, BinomialSample(9, 20), lambda t: t**9 * (1 - t) ** 11),
        (GAMMA, RateSample(7, 3.5), lambda t: t**7 * np.exp(-3.5 * t)),
    ],
)
def test_a_posterior_is_prior_times_likelihood(prior, sample, likelihood) -> None:  # type: ignore[no-untyped-def]
    low, high = (-60, 60) if prior.kind == "normal" else (0, 1 if prior.kind == "beta" else 40)
    spot = float(quantile(posterior(prior, sample), 0.3))

    def joint(t: float) -> float:
        return float(density(prior, t) * likelihood(t))

    total = quad(joint, low, high, points=[0.3, 2.5], epsabs=0, epsrel=1e-12, limit=400)[0]

    assert density(posterior(prior, sample), spot) == pytest.approx(joint(spot) / total, rel=1e-8)


@EACH
def test_a_vague_share_of_none_or_all_is_the_prior_or_the_vague_component(prior: Mixture) -> None:
    x = quantile(prior, np.linspace(0.05, 0.95, 7))

    assert density(robustified(prior, 0, sigma=8), x) == pytest.approx(density(prior, x))
    alone = robustified(prior, 1, sigma=8)
    vague = Mixture(prior.kind, (1.0,), alone.first[-1:], alone.second[-1:])
    assert density(alone, x) == pytest.approx(density(vague, x))


@EACH
def test_a_component_without_weight_changes_nothing(prior: Mixture) -> None:
    _, first, second = prior.components[0]
    alone = Mixture(prior.kind, (1.0,), (first,), (second,))
    padded = Mixture(prior.kind, (1.0, 0.0), prior.first[:2], prior.second[:2])
    samples = {
        "normal": NormalSample(9, 1),
        "beta": BinomialSample(9, 10),
        "gamma": RateSample(2, 9),
    }
    p = [0.1, 0.7]

    for one, two in (
        (alone, padded),
        *[tuple(posterior(m, samples[prior.kind]) for m in (alone, padded))],
    ):
        assert quantile(one, p) == pytest.approx(quantile(two, p), rel=1e-12)
        assert ess_elir(one, 8 if prior.kind == "normal" else None) == pytest.approx(
            ess_elir(two, 8 if prior.kind == "normal" else None)
        )


def test_the_vague_component_of_a_probability_worth_one_infant_is_uniform() -> None:
    assert robustified(BETA, 0.2).components[-1] == pytest.approx((0.2, 1, 1))


def test_elir_of_one_component_is_its_own_size_and_is_predictively_consistent() -> None:
    assert ess_elir(beta_mixture((1, 5, 9))) == pytest.approx(14, rel=1e-9)
    assert ess_elir(beta_mixture((1, 1.2, 7))) == pytest.approx(8.2, rel=1e-9)
    assert ess_elir(gamma_mixture((1, 5, 3))) == pytest.approx(3, rel=1e-9)
    assert ess_elir(normal_mixture((1, 0, 2)), sigma=8) == pytest.approx(16, rel=1e-9)
    assert ess_elir(gamma_mixture((1, 5, 3)), likelihood="exponential") == pytest.approx(
        4, rel=1e-9
    )
    chances = borrowing.predictive_count(BETA, 10).probabilities(np.arange(11))
    after = [ess_elir(posterior(BETA, BinomialSample(x, 10))) for x in range(11)]
    assert chances @ after - 10 == pytest.approx(ess_elir(BETA), rel=1e-8)


def test_elir_refuses_an_edge_with_infinite_information_and_says_when_it_cannot_settle() -> None:
    with pytest.raises(CannotBe, match="at least 1"):
        ess_elir(beta_mixture((0.5, 0.5, 3), (0.5, 4, 4)))
    assert isinstance(ess_elir(beta_mixture((1, 1.001, 3))), NotConverged)


def test_morita_of_one_component_is_near_its_size() -> None:
    assert ess_morita(normal_mixture((1, 3, 2)), sigma=8) == pytest.approx(16 - 0.01, rel=1e-9)
    assert ess_morita(gamma_mixture((1, 5, 3))) == pytest.approx(3, rel=5e-3)


def test_predictive_counts_are_the_average_of_the_sampling_distribution() -> None:
    told = borrowing.predictive_count(BETA, 12)
    term = quad(lambda p: p**4 * (1 - p) ** 8 * density(BETA, p), 0, 1, epsabs=1e-14)[0]

    assert told.probabilities(4) == pytest.approx(term * np.exp(-betaln(5, 9)) / 13, rel=1e-9)
    assert told.probabilities(np.arange(13)).sum() == pytest.approx(1)
    assert told.probabilities([-1, 13, 2.5]) == pytest.approx(0)
    assert told.cdf(told.quantile(0.4)) >= 0.4 > told.cdf(told.quantile(0.4) - 1)
    events = borrowing.predictive_count(GAMMA, 5)
    assert events.probabilities(np.arange(400)).sum() == pytest.approx(1)
    assert events.probabilities(np.arange(400)) @ np.arange(400) == pytest.approx(5 * mean(GAMMA))


def test_a_predictive_mean_is_as_wide_as_prior_and_sampling_together() -> None:
    told = borrowing.predictive_mean(normal_mixture((1, 2, 3)), 16, 8)

    assert told.components == ((1.0, 2.0, pytest.approx(13**0.5)),)


@pytest.mark.parametrize(
    "impossible",
    [
        lambda: beta_mixture((0.5, 1, 1), (0.6, 2, 2)),
        lambda: beta_mixture((1, -1, 2)),
        lambda: normal_mixture((1, 0, 0)),
        lambda: normal_mixture(),
        lambda: normal_mixture((1, float("nan"), 2)),
        lambda: quantile(BETA, 1.2),
        lambda: posterior(BETA, NormalSample(1, 1)),
        lambda: BinomialSample(5, 4),
        lambda: RateSample(-1, 4),
        lambda: robustified(NORMAL, 0.2),
        lambda: robustified(BETA, 1.2),
        lambda: ess_elir(NORMAL),
        lambda: ess_moment(BETA, likelihood="poisson"),
        lambda: ess_morita(beta_mixture((1, 1, 1))),
        lambda: ess_morita(gamma_mixture((1, 1, 3))),
        lambda: borrowing.predictive_count(BETA, 2.5),
    ],
)
def test_what_cannot_be_is_refused(impossible) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(CannotBe):
        impossible()
