"""The tensor of τ, μ and truths: kernels beside their twins, and the run-time checks that make a layer finer."""

import importlib

import numpy as np
import pytest
from scipy.special import expit

from cordula.stats.refusals import NotConverged
from cordula.stats.synthesis import custom, half_cauchy, half_normal, map_binomial, map_rate
from cordula.stats.synthesis.counts import binomial_counts, lattice, rate_counts
from cordula.stats.synthesis.hierarchical import Rule
from cordula.stats.synthesis.marginals import nodes_of
from cordula.stats.synthesis.tensor_kernels import (
    likelihoods_kernel,
    predictive_kernel,
    slices_kernel,
)
from cordula.stats.synthesis.tensor_twins import plain_likelihoods, plain_predictive, plain_slices

tensor = importlib.import_module("cordula.stats.synthesis.tensor")
X, N = np.array([3.0, 0.0, 25.0]), np.array([20.0, 15.0, 31.0])
TAU = np.array([1e-4, 0.04, 0.15, 0.6, 3.0, 300.0])


def _model(counts, finer=1):
    return tensor._modelled(counts, half_normal(1), 0.0, 2.0, Rule(1, 0.0, 6.0), finer)


def _given(model, tau):
    hermite = tensor._normal(6)
    return (model.counts.binomial, model.study, model.rough, tau, model.table, model.lattice, hermite, (0.0, 2.0))  # fmt: skip


@pytest.mark.parametrize("counts", [binomial_counts(X, N), rate_counts(X, N)])
def test_slices_and_predictive_agree_with_their_twins(counts):
    kernel, twin = (of(*_given(_model(counts), TAU)) for of in (slices_kernel, plain_slices))
    for one, other in zip(kernel[:3], twin[:3], strict=True):
        assert one == pytest.approx(other, rel=1e-12)
    assert kernel[4] == pytest.approx(twin[4], abs=1e-6)
    weights = np.zeros((TAU.size, int(kernel[2].max())))
    for t, number in enumerate(kernel[2].astype(int)):
        mass, same = (
            np.exp(of[3][t, :number] - twin[3][t, :number].max()) for of in (kernel, twin)
        )
        assert mass == pytest.approx(same, abs=5e-9)
        weights[t, :number] = mass / number
    theta = np.linspace(-6, 3, 40)
    given = (theta, TAU, *kernel[:3], weights, tensor._normal(12))
    assert predictive_kernel(*given) == pytest.approx(plain_predictive(*given), rel=1e-8, abs=1e-12)


@pytest.mark.parametrize("tau", TAU)
def test_likelihoods_are_integrals_at_every_width_of_tau(tau):
    model, nodes = _model(binomial_counts(X, N)), (-2.0, 0.4, 9)
    given = (True, model.study, nodes, tau, model.table, model.lattice, tensor._normal(6))
    kernel = likelihoods_kernel(*given)
    assert kernel[0] == pytest.approx(plain_likelihoods(*given)[0], rel=1e-10)
    z = np.linspace(-9, 9, 20_001)
    theta = (-2.0 + 0.4 * np.arange(9))[:, None] + tau * z
    told = np.zeros(9)
    for x, n, top in model.study.T:
        p = np.exp(x * theta - n * np.logaddexp(0, theta) - top)
        told += np.log(p @ np.exp(-0.5 * z**2) * (z[1] - z[0]) / np.sqrt(2 * np.pi))
    # Where nothing is likely, digits do not matter.
    assert np.exp(kernel[0] - told.max()) == pytest.approx(np.exp(told - told.max()), abs=1e-8)


def test_a_lattice_too_coarse_is_noticed_and_made_finer(monkeypatch):
    counts = binomial_counts(X, N)
    right = tensor.integrated(counts, half_normal(1), 0.0, 2.0)
    tried = []

    def coarse(counts, low, high, finer):
        tried.append(finer)
        return lattice(counts, low, high, 1 if finer > 2 else 0.2)

    monkeypatch.setattr(tensor, "lattice", coarse)
    found = tensor.integrated(counts, half_normal(1), 0.0, 2.0)
    assert tried[:3] == [1, 2, 4]
    assert found.log_evidence == pytest.approx(right.log_evidence, abs=1e-8)


def test_nodes_of_tau_too_few_are_noticed_and_doubled(monkeypatch):
    counts = binomial_counts(X, N)
    right = tensor.integrated(counts, half_normal(1), 0.0, 2.0)
    monkeypatch.setattr(tensor, "RULES", (8, 16, 32, 64))
    found = tensor.integrated(counts, half_normal(1), 0.0, 2.0)
    assert found.tau.size > 8
    assert found.tau_sd == pytest.approx(right.tau_sd, rel=1e-7)
    assert found.log_evidence == pytest.approx(right.log_evidence, abs=1e-8)


def test_an_arm_without_events_stays_level_beyond_the_lattice():
    # Cut at the lattice's end, a heavy tail of τ lost 0.6 % of its SD; lattices of different reach agree now.
    counts = binomial_counts(X, N)
    found = tensor.integrated(counts, half_cauchy(0.5), 0.0, 2.0)
    assert found.tau_sd == pytest.approx(2.92512276, rel=1e-8)


def test_a_prior_with_a_jump_is_refused_rather_than_rounded():
    jumps = custom("a step at 0.7", lambda t: np.where(t < 0.7, 0.0, -3.0) - t**2)
    assert isinstance(map_binomial([3, 0, 5], [20, 15, 31], jumps), NotConverged)


@pytest.mark.slow
@pytest.mark.parametrize("prior", [half_normal(1), half_normal(0.1), half_cauchy(0.5)])
def test_twice_the_nodes_tell_the_same(prior, monkeypatch):
    for counts in (binomial_counts(X, N), rate_counts(X, N)):
        found = tensor.integrated(counts, prior, 0.0, 2.0)
        with monkeypatch.context() as held:
            held.setattr(tensor, "RULES", (2 * found.tau.size, 4 * found.tau.size))
            held.setattr(tensor, "lattice", lambda *given: lattice(*given[:3], 2 * given[3]))
            denser = tensor.integrated(counts, prior, 0.0, 2.0)
        for name in ("tau_mean", "tau_sd", "mu_mean", "mu_sd", "log_evidence"):
            assert getattr(found, name) == pytest.approx(getattr(denser, name), rel=1e-8)


def test_one_study_and_no_spread_is_its_own_posterior():
    found = map_binomial([3], [20], half_normal(1e-3))
    theta = np.linspace(-12, 8, 40_001)
    weight = np.exp(-0.125 * theta**2 + 3 * theta - 20 * np.logaddexp(0, theta))
    assert found.mean == pytest.approx(weight @ expit(theta) / weight.sum(), abs=1e-5)
    assert not isinstance(map_rate([3], [20.0], half_normal(1)), NotConverged)


def test_nodes_end_where_the_rule_says():
    assert nodes_of(1, 0.0, 6.0, 48)[1].sum() == pytest.approx(6.0)
