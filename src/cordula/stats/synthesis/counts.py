"""How likely is a study's count, as a function of its truth?

A lattice of θ, finer than the likelihoods, carries every study's. On smooth bells the trapezoid rule errs by
exp(−2π²(sd/step)²) (Trefethen & Weideman 2014, doi:10.1137/130932132, section 5)."""

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.polynomial.hermite_e import hermegauss
from numpy.typing import NDArray
from scipy.special import gammaln, xlogy

from cordula.stats.synthesis.checks import Vector

Matrix = NDArray[np.float64]
# A likelihood without events, e^(−n·e^θ), is no bell: it is smooth within π/2 of the line, and errs by exp(−π²/step).
COARSEST = 0.4


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
            # Far to the right a rate overflows, and its likelihood is nothing: −∞ is the right answer.
            with np.errstate(over="ignore"):
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


def lattice(counts: Counts, low: float, high: float, finer: int = 1) -> Lattice:
    """From `low` to `high`, but no further than any likelihood reaches."""
    step = min(0.5 * float(counts.width.min()), COARSEST) / finer
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
