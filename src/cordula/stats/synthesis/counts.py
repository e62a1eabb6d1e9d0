"""How likely is a study's count, as a function of the mean and the spread of the truths?

L(μ, τ) = ∫ p(x|θ) N(θ|μ, τ²) dθ for every study. Two rules that fail where the other holds: the trapezoid rule on a
lattice of θ finer than the likelihoods, which needs a τ as wide as its step, and Gauss–Hermite around μ for a τ
narrower than that. On smooth bells the trapezoid errs by exp(−2π²(sd/step)²) (Trefethen & Weideman 2014,
doi:10.1137/130932132, section 5)."""

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.polynomial.hermite_e import hermegauss
from numpy.typing import NDArray
from scipy.special import gammaln, xlogy

from cordula.stats.synthesis.checks import Vector

Matrix = NDArray[np.float64]
REACH = 8.2
HERMITE = 24


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """Events `x` of `size` patients (binomial, θ a logit) or of `size` exposure (Poisson, θ a log rate).

    `centre` and `width` (k,) are of each study's own likelihood, roughly; `constant` what
    `log_likelihood` leaves out, `top` each study's highest."""

    binomial: bool
    x: Vector
    size: Vector
    centre: Vector
    width: Vector
    constant: float
    top: Vector

    def log_likelihood(self, theta: Vector) -> Matrix:
        """Shape (n, k), at most 0: measured from each study's highest point."""
        column = theta[:, None]
        if self.binomial:
            told = self.x * column - self.size * np.logaddexp(0.0, column)
        else:
            told = self.x * column - self.size * np.exp(column)
        return np.asarray(told - self.top)

    @property
    def log_constant(self) -> float:
        """What brings the likelihoods back to probabilities."""
        return self.constant + float(self.top.sum())


def binomial_counts(x: Vector, n: Vector) -> Counts:
    """Widths from the information at (x+½)/(n+1)."""
    p = (x + 0.5) / (n + 1)
    ways = gammaln(n + 1) - gammaln(x + 1) - gammaln(n - x + 1)
    width = 1 / np.sqrt((n + 1) * p * (1 - p))
    top = _x_log_y(x, x / n) + _x_log_y(n - x, (n - x) / n)
    return Counts(True, x, n, np.log(p / (1 - p)), width, float(ways.sum()), top)


def rate_counts(x: Vector, exposure: Vector) -> Counts:
    ways = x * np.log(exposure) - gammaln(x + 1)
    # log p = x·log(exposure) + xθ − exposure·e^θ − log x!
    width = 1 / np.sqrt(x + 0.5)
    centre = np.log((x + 0.5) / exposure)
    top = _x_log_y(x, x / exposure) - x
    return Counts(False, x, exposure, centre, width, float(ways.sum()), top)


def _x_log_y(x: Vector, y: Vector) -> Vector:
    return np.asarray(xlogy(x, y))


@dataclass(frozen=True, slots=True, eq=False)
class Lattice:
    """θ from `first` in steps of `step`, and every study's likelihood there, (n, k)."""

    counts: Counts
    step: float
    first: float
    likelihood: Matrix

    def likelihoods(self, mu: Vector, tau: float) -> Matrix:
        """log L(μ, τ) of all studies together: shape of μ, summed over studies."""
        each = self._wide(mu, tau) if tau >= 1.5 * self.step else self._narrow(mu, tau)
        return np.asarray(np.log(np.maximum(each, 1e-300)).sum(1))

    def _wide(self, mu: Vector, tau: float) -> Matrix:
        low = math.floor((mu[0] - REACH * tau - self.first) / self.step)
        high = math.ceil((mu[-1] + REACH * tau - self.first) / self.step) + 1
        low, high = max(low, 0), min(high, self.likelihood.shape[0])
        theta = self.first + self.step * np.arange(low, high)
        z = (theta - mu[:, None]) * (1 / tau)
        bell = np.exp(-0.5 * z * z)
        scale = self.step / (tau * math.sqrt(2 * math.pi))
        found: Matrix = (bell @ self.likelihood[low:high]) * scale
        return found

    def _narrow(self, mu: Vector, tau: float) -> Matrix:
        z, w = hermite(HERMITE)
        theta = (mu[:, None] + tau * z).ravel()
        told = np.exp(self.counts.log_likelihood(theta))
        found: Matrix = np.einsum("q,mqk->mk", w, told.reshape(mu.size, z.size, -1))
        return found


def lattice(counts: Counts, low: float, high: float, finer: int = 1) -> Lattice:
    """From `low` to `high`, but no further than any likelihood reaches."""
    step = 0.6 * float(counts.width.min()) / finer
    told = counts.log_likelihood(np.arange(low, high + step, 4 * step, dtype=np.float64))
    alive = np.flatnonzero(told.max(1) > -40.0) if told.size else np.zeros(0, int)
    first = low + 4 * step * max(0, int(alive[0]) - 1)
    last = low + 4 * step * (int(alive[-1]) + 1)
    theta = first + step * np.arange(math.ceil((last - first) / step) + 1, dtype=np.float64)
    return Lattice(counts, step, first, np.exp(counts.log_likelihood(theta)))


@cache
def hermite(n: int) -> tuple[Vector, Vector]:
    """For the standard normal: Σ w f(z) = E f(Z)."""
    z, w = hermegauss(n)
    return z, w / math.sqrt(2 * math.pi)
