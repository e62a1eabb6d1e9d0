"""Mean and SD of a further study's proportion or rate: beside a tensor of nodes that shares nothing with the room."""

import math

import numpy as np
import pytest
from numpy.polynomial.hermite_e import hermegauss
from numpy.polynomial.legendre import leggauss
from scipy.special import expit

from cordula.stats.refusals import CannotBe
from cordula.stats.synthesis import (
    custom,
    exponential,
    half_cauchy,
    half_normal,
    improper,
    map_binomial,
    map_rate,
    rayleigh,
    uniform,
)

RATES = ([4, 7, 1], [12.0, 15.0, 9.0])


def tensor(log_likelihood, prior, end, mu_mean, mu_sd, nodes=320):
    """Mass at nodes of μ and τ (u², so that τ near 0 is dense); θ by the trapezoid rule, or Hermite where τ is small."""
    x, w = leggauss(nodes)
    mu, mu_share = mu_mean + 9 * mu_sd * x, w * np.exp(-0.5 * (9 * x) ** 2)
    u, v = leggauss(48)
    tau, tau_share = end * ((u + 1) / 2) ** 2, v * (u + 1) / 2
    z, z_share = hermegauss(60)
    logs = np.empty((nodes, tau.size))
    for j, spread in enumerate(tau):
        if spread > 0.12:
            step = min(spread / 4, 0.03)
            theta = np.arange(mu[0] - 9 * spread, min(mu[-1] + 9 * spread, 25.0), step)
            bell = np.exp(-0.5 * ((theta - mu[:, None]) / spread) ** 2) * step / spread
            told = [bell @ np.exp(one) for one in log_likelihood(theta)]
        else:
            told = [np.exp(one) @ z_share for one in log_likelihood(mu[:, None] + spread * z)]
        logs[:, j] = sum(np.log(np.maximum(one, 1e-300)) for one in told)
    mass = np.exp(logs - logs.max()) * mu_share[:, None] * tau_share * prior(tau)
    return mu, tau, mass / mass.sum()


def of_rates(events, exposure):
    """log-likelihoods from their tops, so that exponentials stay small."""

    def told(theta):
        return [
            x * theta - t * np.exp(theta) - (x * math.log(x / t) - x)
            for x, t in zip(events, exposure)
        ]

    return told


def of_proportions(events, n):
    return lambda theta: [x * theta - m * np.logaddexp(0, theta) for x, m in zip(events, n)]


@pytest.mark.parametrize(
    ("prior", "density", "end"),
    [
        (half_normal(0.3), lambda t: np.exp(-0.5 * (t / 0.3) ** 2), 4.0),
        (half_normal(0.45), lambda t: np.exp(-0.5 * (t / 0.45) ** 2), 9.0),
        (uniform(1.5), np.ones_like, 1.5),
    ],
)
def test_a_rate_s_mean_and_sd_are_those_of_an_independent_tensor(prior, density, end):
    mu, tau, mass = tensor(of_rates(*RATES), density, end, -1.0, 1.0)
    found = map_rate(*RATES, prior, mu_mean=-1.0, mu_sd=1.0)

    first, second = ((mass * np.exp(m * mu[:, None] + 0.5 * m**2 * tau**2)).sum() for m in (1, 2))

    assert found.mean == pytest.approx(first, rel=1e-6)
    assert found.sd == pytest.approx(math.sqrt(second - first**2), rel=1e-5)
    assert found.reason == ""


@pytest.mark.parametrize(
    ("events", "n", "prior", "density", "end", "mu", "nodes"),
    [
        ([3, 0], [54, 9], uniform(0.25), np.ones_like, 0.25, (-2.0, 4.0), 700),
        (
            [0, 0, 0],
            [13, 50, 21],
            half_normal(1),
            lambda t: np.exp(-0.5 * t**2),
            8.0,
            (0.0, 2.0),
            400,
        ),
        ([9, 2], [14, 30], uniform(2), np.ones_like, 2.0, (0.0, 1.0), 260),
    ],
)
def test_a_proportion_s_mean_and_sd_are_those_of_an_independent_tensor(
    events, n, prior, density, end, mu, nodes
):
    at, tau, mass = tensor(of_proportions(events, n), density, end, *mu, nodes=nodes)
    found = map_binomial(events, n, prior, mu_mean=mu[0], mu_sd=mu[1])

    z = np.linspace(-7, 7, 161)
    share = np.exp(-0.5 * z**2) / np.exp(-0.5 * z**2).sum()
    first, second = (
        sum(
            mass[:, j] @ (expit(at[:, None] + t * z) ** m @ share)
            for j, t in enumerate(tau)
            if mass[:, j].sum() > 1e-13
        )
        for m in (1, 2)
    )

    assert found.mean == pytest.approx(first, rel=1e-7)
    assert found.sd == pytest.approx(math.sqrt(second - first**2), rel=1e-6)


@pytest.mark.parametrize("prior", [half_cauchy(1), exponential(0.5), half_normal(1.2), rayleigh(2)])
def test_a_rate_under_a_heavy_tail_has_no_mean_and_says_why(prior):
    found = map_rate(*RATES, prior)

    assert (found.mean, found.sd) == (None, None)
    assert "infinite" in found.reason
    assert "lighter tail" in found.reason
    assert 0 < found.lower < found.median < found.upper


def test_a_rate_may_have_a_mean_and_no_sd():
    found = map_rate(*RATES, half_normal(0.8))

    assert found.mean > found.median
    assert found.sd is None
    assert found.reason.startswith("SD of the rate")


def test_a_prior_of_one_s_own_says_how_it_falls():
    def bell(tau):
        return 0.5 * math.log(2 / math.pi) - math.log(0.3) - 0.5 * (tau / 0.3) ** 2

    said = map_rate(*RATES, custom("mine", bell, bell=0.5 / 0.3**2))
    silent = map_rate(*RATES, custom("mine", bell))

    assert said.mean == pytest.approx(map_rate(*RATES, half_normal(0.3)).mean, rel=1e-9)
    assert silent.mean is None
    assert "infinite" in silent.reason


def test_arms_without_events_do_not_hold_tau_back():
    # θ may lie any distance below: three such arms leave an improper prior as it was.
    with pytest.raises(CannotBe, match="not proper"):
        map_binomial([0, 0, 30], [10, 12, 30], improper("uniform"))
    with pytest.raises(CannotBe, match="not proper"):
        map_rate([0, 0, 3], [10.0, 12.0, 9.0], improper("uniform"))


@pytest.mark.parametrize("mu_sd", [1, 2, 4])
@pytest.mark.parametrize(
    ("events", "n", "scale"),
    [([0, 0, 0], [13, 50, 21], 1), ([0, 0, 0], [13, 50, 21], 0.5), ([0, 1, 0], [13, 50, 21], 1)],
)
def test_few_events_or_none_are_resolved_as_any_others_are(events, n, scale, mu_sd):
    # μ given a small τ was interpolated between nodes too far apart, and the answer was “not resolved”.
    found = map_binomial(events, n, half_normal(scale), mu_sd=mu_sd)

    assert found.series.size <= 256
    assert 0 < found.lower < found.median < found.upper
