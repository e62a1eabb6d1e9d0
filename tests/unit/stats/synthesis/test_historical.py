import math
from dataclasses import dataclass

import numpy as np
import pytest
from numpy.polynomial.legendre import leggauss, legint, legval, legvander
from scipy.optimize import brentq
from scipy.special import expit, gammaln, logit, ndtr

from cordula.stats.borrowing import ess_elir
from cordula.stats.borrowing import mean as mixture_mean
from cordula.stats.borrowing import sd as mixture_sd
from cordula.stats.borrowing.fit import _climbed, _told, fits
from cordula.stats.refusals import CannotBe
from cordula.stats.synthesis import (
    bias_adjusted,
    bias_of_range,
    half_cauchy,
    half_normal,
    hierarchical,
    map_binomial,
    map_normal,
    map_rate,
    random_effects,
)
from cordula.stats.synthesis.bias import Bias
from cordula.stats.synthesis.historical import _points
from tests.unit.stats.reference import case, dataset
from tests.unit.stats.synthesis.cast import CHANGE, CHANGE_SE

MEANS, MEANS_SE = [0.5, 1.4, -0.3, 0.9], 8 / np.sqrt([12, 30, 18, 10])


@dataclass(frozen=True)
class Tensor:
    """Nodes of μ and τ with the mass of each, and standard normal ones for the truths."""

    mu: np.ndarray
    tau: np.ndarray
    mass: np.ndarray
    z: np.ndarray
    z_mass: np.ndarray
    log_evidence: float

    def mean(self, told):
        """E told(θ) of a further truth."""
        return sum(
            m @ (told(self.mu[:, None] + t * self.z) @ self.z_mass)
            for t, m in zip(self.tau, self.mass.T)
        )

    def stepped(self, p):
        """P(further truth ≤ p) as the reference sums it: a staircase where τ is less than the nodes of μ are apart."""
        return float((self.mass * ndtr((logit(p) - self.mu[:, None]) / self.tau)).sum())

    def smooth(self, p):
        """The same by the Legendre series of μ given τ, integrated and averaged over the further truth."""
        at, _ = leggauss(self.mu.size)
        degree = np.arange(self.mu.size)
        series = (degree[:, None] + 0.5) * (legvander(at, self.mu.size - 1).T @ self.mass)
        below = legint(series, lbnd=-1)
        reach = self.mu[-1] / at[-1]
        places = np.clip((logit(p) - self.tau * self.z[:, None]) / reach, -1, 1)
        return sum(self.z_mass @ legval(place, one) for place, one in zip(places.T, below.T))

    def numbers(self, cdf):
        """As the case map12 names them."""
        by_tau = self.mass.sum(0)
        tau = by_tau @ self.tau
        mean = self.mean(expit)
        return {
            "pred_mean": mean,
            "pred_sd": math.sqrt(self.mean(lambda theta: (expit(theta) - mean) ** 2)),
            "pred_cdf": [cdf(p) for p in PLACES],
            "pred_q": [
                brentq(lambda x, p=p: cdf(x) - p, 0.05, 0.8, xtol=1e-13)
                for p in (0.025, 0.5, 0.975)
            ],
            "tau_mean": tau,
            "tau_sd": math.sqrt(by_tau @ (self.tau - tau) ** 2),
            "log_evidence": self.log_evidence,
        }


PLACES = [0.1, 0.2, 0.25, 0.3, 0.4]
# What `tensor` says with 600 nodes of μ over ±8 and 160 of each truth; 400 say the same to 1e-10.
EXACT = {
    "pred_mean": 0.2582775428844,
    "pred_sd": 0.0874141807082,
    "pred_cdf": [0.0176689266, 0.2193424041, 0.5091806721, 0.7632998745, 0.9395191914],
    "pred_q": [0.1108511028, 0.2486113757, 0.4714359262],
    "tau_mean": 0.3794607234095,
    "tau_sd": 0.2106975477528,
    "log_evidence": -26.648605143747,
}


def ours_of(found):
    """A MAP prior's numbers, as the case map12 names them."""
    return {
        "pred_mean": found.mean,
        "pred_sd": found.sd,
        "pred_cdf": found.cdf(PLACES).tolist(),
        "pred_q": found.quantile([0.025, 0.5, 0.975]).tolist(),
        "tau_mean": found.tau_mean,
        "tau_sd": found.tau_sd,
        "log_evidence": found.log_evidence,
    }


def tensor(x, n, mu_nodes, mu_reach=8.0, tau_reach=5.0, z_nodes=160):
    """The reference's own rule, with as many nodes of μ as asked."""

    def rule(count, low, high):
        at, weight = leggauss(count)
        return (low + high) / 2 + (high - low) / 2 * at, (high - low) / 2 * weight

    mu, mu_weight = rule(mu_nodes, -mu_reach, mu_reach)
    u, u_weight = rule(70, 0, 1)
    tau, tau_weight = tau_reach * u**2, 2 * tau_reach * u * u_weight
    z, z_weight = rule(z_nodes, -8, 8)
    z_weight = z_weight * np.exp(-0.5 * z**2) / math.sqrt(2 * math.pi)
    ways = gammaln(n + 1) - gammaln(x + 1) - gammaln(n - x + 1)
    logs = np.zeros((mu_nodes, 70))
    for j, spread in enumerate(tau):
        theta = mu[:, None] + spread * z
        for events, size, way in zip(x, n, ways):
            told = np.exp(events * theta - size * np.logaddexp(0, theta) + way)
            logs[:, j] += np.log(np.maximum(told @ z_weight, 1e-300))
    logs += (np.log(mu_weight) - 0.125 * mu**2 - math.log(2 * math.sqrt(2 * math.pi)))[:, None]
    logs += np.log(tau_weight) - 0.5 * tau**2 + 0.5 * math.log(2 / math.pi)
    top = logs.max()
    weight = np.exp(logs - top)
    whole = weight.sum()
    return Tensor(mu, tau, weight / whole, z, z_weight, math.log(whole) + top)


def test_the_map_prior_of_a_mean_is_the_exact_predictive():
    found = map_normal(MEANS, MEANS_SE, half_normal(2), mu_sd=20)
    case("bx04").near("mu_mean", found.mean, rel_tol=1e-9)
    case("bx04").near("pred_sd", found.sd, rel_tol=1e-9)
    case("bx04").near("pred_q", found.quantile([0.025, 0.5, 0.975]), rel_tol=1e-9)
    case("bx04").near("p_pred_le0", found.cdf(0), rel_tol=1e-9)
    case("bm10").near("dens", found.density([-4, -2, 0, 1, 2, 4]))
    assert (found.lower, found.upper) == pytest.approx(tuple(found.quantile([0.025, 0.975])))


def test_the_map_prior_of_a_proportion_agrees_with_sampling():
    told = dataset("AS")
    found = map_binomial(told["r"], told["n"], half_normal(1), mu_sd=2)
    ours = [found.mean, found.sd, found.lower, found.median, found.upper]
    case("map11").near("theta_pred", ours)
    assert [found.tau_mean, found.tau_sd] == pytest.approx(
        case("map11").expected["tau"][:2], abs=case("map11").rel_tol
    )


@pytest.mark.slow
def test_the_exact_reference_fell_into_its_own_trap_and_a_denser_one_agrees():
    """The stored case has 120 nodes of μ over ±10: they lie 0.26 apart where the posterior of μ is 0.1 wide."""
    told = dataset("AS")
    x, n = np.array(told["r"], float), np.array(told["n"], float)
    sparse, dense = tensor(x, n, 120, mu_reach=10.0, z_nodes=80), tensor(x, n, 400)
    stepped = sparse.numbers(sparse.stepped)
    for name in EXACT:
        case("map12").near(name, stepped[name], rel_tol=1e-12)
    smooth = dense.numbers(dense.stepped)
    for name in ("pred_mean", "pred_sd", "tau_mean", "tau_sd", "log_evidence"):
        assert smooth[name] == pytest.approx(EXACT[name], abs=2e-12)
    for places, wanted in ((PLACES, EXACT["pred_cdf"]), (EXACT["pred_q"], (0.025, 0.5, 0.975))):
        assert [dense.smooth(p) for p in places] == pytest.approx(wanted, abs=1e-9)


def test_the_map_prior_of_a_proportion_is_exact_where_the_stored_one_is_too_coarse():
    """The stored P(p ≤ ¼) is 0.0213 too large: see the slow test above, which gives its digits back."""
    told = dataset("AS")
    ours = ours_of(map_binomial(told["r"], told["n"], half_normal(1), mu_sd=2))
    assert set(ours) == set(EXACT) == set(case("map12").expected)
    for name, got in ours.items():
        assert got == pytest.approx(EXACT[name], abs=1e-8)
    off = {
        "pred_mean": 6.3e-4,
        "pred_sd": 8.2e-5,
        "pred_cdf": 2.14e-2,
        "pred_q": 3.45e-3,
        "tau_mean": 7.8e-5,
        "tau_sd": 3.1e-5,
        "log_evidence": 1.9e-5,
    }
    for name, rel_tol in off.items():
        case("map12").near(name, ours[name], rel_tol)


def test_a_proportion_s_prior_is_one_distribution():
    told = dataset("AS")
    found = map_binomial(told["r"], told["n"], half_normal(1))
    p = np.linspace(1e-6, 1 - 1e-6, 20001)
    height = found.density(p)
    assert np.trapezoid(height, p) == pytest.approx(1, abs=1e-6)
    assert np.trapezoid(height * p, p) == pytest.approx(found.mean, abs=1e-6)
    assert found.cdf([0.0, 1.0]) == pytest.approx([0, 1], abs=1e-9)
    assert np.trapezoid(found.grid_density, found.grid) == pytest.approx(1, abs=5e-5)


@pytest.mark.parametrize("small", [1e-3, 1e-2])
def test_with_hardly_any_spread_counts_are_pooled(small):
    # μ | no spread ∝ N(0, 2²) × one binomial of all patients; the further truth is the same.
    x, n = np.array([3, 0, 5]), np.array([20, 15, 31])
    found = map_binomial(x, n, half_normal(small))
    theta = np.linspace(-12, 8, 40001)
    logs = -0.125 * theta**2 + x.sum() * theta - n.sum() * np.logaddexp(0, theta)
    weight = np.exp(logs - logs.max())
    weight /= weight.sum()
    assert found.mean == pytest.approx(weight @ expit(theta), abs=20 * small**2 + 1e-8)
    assert found.mu_mean == pytest.approx(weight @ theta, abs=20 * small**2 + 1e-8)


def test_rates_with_hardly_any_spread_are_pooled():
    x, t = np.array([3, 0, 5]), np.array([20.0, 15.0, 31.0])
    found = map_rate(x, t, half_normal(1e-3), mu_mean=-2.0, mu_sd=1.5)
    theta = np.linspace(-12, 8, 40001)
    logs = -0.5 * ((theta + 2) / 1.5) ** 2 + x.sum() * theta - t.sum() * np.exp(theta)
    weight = np.exp(logs - logs.max())
    whole = weight.sum() * (theta[1] - theta[0])
    assert found.mean == pytest.approx((weight @ np.exp(theta)) / weight.sum(), abs=1e-5)
    constant = (x * np.log(t) - gammaln(x + 1)).sum() - math.log(1.5 * math.sqrt(2 * math.pi))
    assert found.log_evidence == pytest.approx(math.log(whole) + logs.max() + constant, abs=1e-4)


def test_arms_without_events_count_as_they_are():
    found = map_binomial([0, 0, 0], [10, 12, 9], half_normal(1))
    assert 0 < found.mean < 0.1
    assert found.kind == "beta"


def test_a_map_prior_becomes_a_mixture_that_keeps_its_moments():
    told = map_normal(MEANS, MEANS_SE, half_normal(2), mu_sd=20)
    fitted = told.mixture(components=2)
    centre = sum(w * m for w, m, _ in fitted.components)
    square = sum(w * (s**2 + m**2) for w, m, s in fitted.components)
    assert centre == pytest.approx(told.mean, abs=0.01)
    assert math.sqrt(square - centre**2) == pytest.approx(told.sd, rel=0.02)
    assert 0 < ess_elir(fitted, sigma=8.0) < 70


def test_a_predictive_without_an_sd_and_counts_without_a_proper_mean_are_refused():
    with pytest.raises(CannotBe, match="predictive SD is infinite"):
        map_normal([1.0, 2.0], [1, 1], half_cauchy(1))
    with pytest.raises(CannotBe, match="finite SD above 0"):
        map_binomial([1], [10], half_normal(1), mu_sd=math.inf)
    with pytest.raises(CannotBe, match="more events than patients"):
        map_binomial([11], [10], half_normal(1))


def test_a_heavy_tail_keeps_its_digits_though_it_reaches_beyond_every_grid():
    # The density was cut where it is thin, and the SD lost its third digit.
    y, se = [4, 2, 8], [1.265] * 3
    found = map_normal(y, se, half_cauchy(2))
    exact = hierarchical(y, se, half_cauchy(2)).prediction
    assert [found.mean, found.sd] == pytest.approx([exact.mean, exact.sd], rel=1e-12)
    assert [found.lower, found.upper] == pytest.approx([exact.lower, exact.upper], rel=1e-12)
    assert found.cdf(found.quantile([1e-5, 0.3])) == pytest.approx([1e-5, 0.3], rel=1e-6)
    # Half-Cauchy times three normals: the tail of the density falls as a power, and goes on.
    assert found.density(1e4) / found.density(2e4) == pytest.approx(2**4, rel=0.05)


def test_a_proportion_near_one_to_the_last_bit_becomes_a_mixture():
    # Its logit reaches 40, where 1 − p is no longer a number, and its slope divided by nothing.
    found = map_binomial([2, 3, 5], [12, 20, 31], half_normal(2))
    fitted = found.mixture()
    assert fitted.kind == "beta"
    assert mixture_mean(fitted) == pytest.approx(found.mean, abs=5e-4)
    assert mixture_sd(fitted) == pytest.approx(found.sd, rel=5e-3)
    assert np.isfinite(found.grid_density).all()
    assert (np.diff(found.grid) > 0).all()
    assert found.density([0.0, 1.0]).tolist() == [0.0, 0.0]


def test_the_points_fitted_to_are_dense_enough():
    # The divergence on the 96 points of the fit is that on a thousand.
    told = dataset("AS")
    for prior in (
        map_normal(MEANS, MEANS_SE, half_normal(2), mu_sd=20),
        map_binomial(told["r"], told["n"], half_normal(1)),
        map_rate([3, 0, 5], [20.0, 15.0, 31.0], half_normal(1)),
    ):
        few, many = _points(prior), _points(prior, 1000)
        for number in (1, 3, 4):
            ours, theirs = (_told(each, _climbed(each, number), 10_000) for each in (few, many))
            assert ours.divergence == pytest.approx(theirs.divergence, rel=2e-3)
            assert ours.converged


def test_of_two_tops_the_higher_is_taken():
    # A rate with a long tail: the start that leads after six steps ends at three times the loss.
    prior = map_rate([3, 0, 5], [20.0, 15.0, 31.0], half_normal(1))
    points = _points(prior)
    three, four = (_told(points, _climbed(points, number), 10_000) for number in (3, 4))
    assert four.divergence < 0.3 * three.divergence


def test_a_judged_bias_moves_a_study_and_takes_weight_from_it():
    judged = Bias("not randomised", 1.0, 2.0**2)
    found = bias_adjusted(CHANGE, CHANGE_SE, [[judged], [], []])
    assert found.y.tolist() == [4.1, 3.2, 6.4]
    assert found.se[0] ** 2 == pytest.approx(2.1**2 + 4)
    assert found.weight_kept == pytest.approx([2.1**2 / (2.1**2 + 4), 1, 1])
    assert "not randomised" in found.remarks[0]
    before = random_effects(CHANGE, CHANGE_SE, method="DL").weights[0]
    assert random_effects(found.y, found.se, method="DL").weights[0] < before


def test_a_proportional_bias_divides_the_estimate():
    half = Bias("measured by echo", 2.0, 0.5, kind="proportional")
    found = bias_adjusted([4.0], [1.0], [[half]])
    assert found.y[0] == pytest.approx(2.0)
    assert found.se[0] == pytest.approx(math.sqrt(1 + 4 * 0.5) / 2)


def test_a_range_two_times_in_three_gives_a_mean_and_a_variance():
    mean, variance = bias_of_range(-0.5, 1.5)
    assert mean == 0.5
    # qnorm(0.835) = 0.9741139
    assert math.sqrt(variance) == pytest.approx(1 / 0.9741139, rel=1e-6)


def test_biases_that_cannot_be_are_refused():
    with pytest.raises(CannotBe, match="biases for 1"):
        bias_adjusted(CHANGE, CHANGE_SE, [[]])
    with pytest.raises(CannotBe, match="variance -1"):
        bias_adjusted([1.0], [1.0], [[Bias("x", 0, -1)]])


def test_the_grid_is_dense_enough_for_what_is_fitted_to_it():
    # On a coarse grid the trapezoid's error passes for a gain, and the divergence falls below 0.
    told = dataset("AS")
    priors = (
        map_normal(MEANS, MEANS_SE, half_normal(2), mu_sd=20),
        map_binomial(told["r"], told["n"], half_normal(1)),
    )
    for prior in priors:
        (fitted,) = fits(prior.grid, prior.grid_density, prior.kind, [3])
        assert 0 < fitted.divergence < 1e-3
