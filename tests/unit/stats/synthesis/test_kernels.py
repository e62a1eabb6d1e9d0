"""Every compiled sum beside its plain twin."""

import numpy as np
import pytest
from numpy.polynomial.legendre import legval
from scipy.stats import norm

from cordula.stats.synthesis.hierarchical_kernels import at, bend_at, conditionals, posterior
from cordula.stats.synthesis.hierarchical_twins import (
    plain_at,
    plain_conditionals,
    plain_moments,
    plain_posterior,
)
from cordula.stats.synthesis.marginals import tau_marginal
from cordula.stats.synthesis.pooling_kernels import q_root, sums
from cordula.stats.synthesis.quadrature import legendre_transform, unit_nodes
from cordula.stats.synthesis.regression import fit_at
from cordula.stats.synthesis.regression import q_root as plain_q_root
from cordula.stats.synthesis.series_kernels import series_at, series_quantile, tau_local

Y, V = np.array([-0.6, 3.4, 8.9, 1.1]), np.array([1.44, 1.21, 6.25, 0.81])
TAU = np.array([1e-8, 0.3, 2.0, 40.0])


@pytest.mark.parametrize("precision0", [0.0, 0.04])
def test_conditionals_agree_with_their_twin(precision0):
    kernel = conditionals(Y, V, 0.5, precision0, TAU)
    assert kernel == pytest.approx(plain_conditionals(Y, V, 0.5, precision0, TAU), rel=1e-13)


def test_the_posterior_and_its_moments_agree_with_their_twin():
    share, log_prior = np.full(4, 0.5), -0.5 * TAU**2 / 16
    kernel = posterior(Y, V, 0.0, 0.0, TAU, share, log_prior)
    twin = plain_posterior(Y, V, 0.0, 0.0, TAU, share, log_prior)
    assert kernel[0][:, :3] == pytest.approx(twin[0][:, :3], rel=1e-12)
    assert kernel[1] == pytest.approx(plain_moments(Y, V, TAU, *kernel[0]), rel=1e-12)
    assert kernel[1] == pytest.approx(twin[1], rel=1e-11)
    assert kernel[2] == pytest.approx(twin[2], rel=1e-13)


def test_a_mixture_at_a_point_agrees_with_its_twin():
    weight, mean, sd = np.array([0.3, 0.7]), np.array([0.0, 2.0]), np.array([1.0, 0.5])
    assert at(weight, mean, sd, 1.2) == pytest.approx(plain_at(weight, mean, sd, 1.2), rel=1e-13)
    step = 1e-5
    slope = [bend_at(weight, mean, sd, 1.2 + h)[1] for h in (-step, step)]
    assert bend_at(weight, mean, sd, 1.2)[2] == pytest.approx(
        (slope[1] - slope[0]) / (2 * step), rel=1e-6
    )


def test_pooling_sums_agree_with_matrices():
    for tau2 in (0.0, 1.7):
        sw, sw2, sw3, mu, q, q2 = sums(Y, V, tau2)
        fit = fit_at(Y, V, np.ones((4, 1)), tau2)
        assert mu == pytest.approx(fit.beta[0])
        assert q == pytest.approx(fit.Q)
        assert q2 == pytest.approx(fit.Py @ fit.Py)
        assert sw - sw2 / sw == pytest.approx(np.trace(fit.P))
        both = sw2 - 2 * sw3 / sw + (sw2 / sw) ** 2
        assert both == pytest.approx((fit.P * fit.P).sum())


@pytest.mark.parametrize("target", [0.05, 1.0, 3.0, 9.0, 1e6])
def test_the_root_of_q_agrees_with_its_twin(target):
    assert q_root(Y, V, target) == pytest.approx(
        plain_q_root(Y, V, np.ones((4, 1)), target), rel=1e-10, abs=1e-12
    )


def test_a_series_agrees_with_numpy_s():
    u, w = unit_nodes(64)
    height = norm.pdf(u, 0.4, 0.15)
    coefficients = legendre_transform(64) @ height
    mass, density = series_at(coefficients, 0.37)
    assert density == pytest.approx(norm.pdf(0.37, 0.4, 0.15), rel=1e-10)
    assert density == pytest.approx(legval(2 * 0.37 - 1, coefficients), rel=1e-12)
    assert mass == pytest.approx(norm.cdf(0.37, 0.4, 0.15) - norm.cdf(0, 0.4, 0.15), rel=1e-10)
    p = mass
    assert series_quantile(coefficients, p, 0.9) == pytest.approx(0.37, rel=1e-10)
    assert w.sum() == pytest.approx(1)


@pytest.mark.parametrize(("kind", "a", "b"), [(0, 0.2, 3.0), (1, 0.0, 3.0), (2, 0.0, 0.7)])
def test_a_marginal_s_slope_is_that_of_its_density(kind, a, b):
    u, w = unit_nodes(64)
    weight = norm.pdf(u, 0.4, 0.15) * w
    found = tau_marginal(kind, a, b, weight / weight.sum())
    step = 1e-5
    heights = [tau_local(found.coefficients, 0.45 + h, kind, a, b)[2] for h in (-step, step)]
    slope = tau_local(found.coefficients, 0.45, kind, a, b)[3]
    assert slope == pytest.approx((heights[1] - heights[0]) / (2 * step), rel=1e-6)
    assert found.cdf(found.quantile(0.3)) == pytest.approx(0.3, rel=1e-10)
    far = found.quantile([0.2, 0.8])
    tau = np.linspace(*far, 4001)
    assert np.trapezoid(found.density(tau), tau) == pytest.approx(0.6, abs=1e-5)
