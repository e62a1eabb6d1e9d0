"""What will the next infants show, if the mixture prior is right?

normal: the mean of n outcomes; beta: the events of n; gamma: the events of n units of time."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from cordula.stats.borrowing.checks import places
from cordula.stats.borrowing.families import Array
from cordula.stats.borrowing.mixture import Mixture, normal_mixture
from cordula.stats.refusals import CannotBe


@dataclass(frozen=True, slots=True)
class CountPredictive:
    """A mixture of beta-binomials or of negative binomials: the events of `number` infants or units of time."""

    prior: Mixture
    number: float

    def __post_init__(self) -> None:
        if self.prior.kind == "normal" or not 0 < self.number < np.inf:
            raise CannotBe(f"a count of {self.number} from a {self.prior.kind} prior")
        if self.prior.kind == "beta" and self.number != int(self.number):
            raise CannotBe(f"the events of {self.number} infants: a whole number of infants")

    def probabilities(self, counts: ArrayLike) -> Array:
        """P(Y = y) for whole y of any shape; 0 where it cannot be."""
        y = places(counts)[..., None]
        weights, first, second = self.prior.arrays
        possible = (y >= 0) & (y == np.floor(y))
        if self.prior.kind == "beta":
            possible &= y <= self.number
        each = np.exp(self._log_each(np.where(possible, y, 0.0), first, second))
        return np.asarray(np.where(possible, each, 0.0) @ weights)

    def cdf(self, counts: ArrayLike) -> Array:
        """P(Y ≤ y), by summing."""
        y = np.floor(places(counts, finite=True))
        if y.size == 0:
            return y
        summed = np.cumsum(self.probabilities(np.arange(max(float(y.max()), 0.0) + 1)))
        return np.where(y < 0, 0.0, summed[np.maximum(y, 0).astype(int)])

    def quantile(self, p: ArrayLike) -> Array:
        """The least y with P(Y ≤ y) ≥ p, for p < 1."""
        wanted = places(p)
        if wanted.size == 0:
            return wanted
        if not np.all((wanted >= 0) & (wanted < 1)):
            raise CannotBe(f"a quantile at {wanted}: from 0 to below 1")
        reach = 64
        while (summed := np.cumsum(self.probabilities(np.arange(reach + 1))))[-1] < wanted.max():
            if reach > 10**7 or (self.prior.kind == "beta" and reach >= self.number):
                break
            reach *= 4
        # What rounding leaves short of 1 must not push a quantile up a step.
        return np.searchsorted(summed, wanted - 1e-14, side="left").astype(float)

    def _log_each(self, y: Array, first: Array, second: Array) -> Array:
        n = self.number
        if self.prior.kind == "beta":
            ways = -special.betaln(y + 1, n - y + 1) - np.log(n + 1)
            told = special.betaln(first + y, second + n - y) - special.betaln(first, second)
            return np.asarray(ways + told)
        told = special.gammaln(first + y) - special.gammaln(first) - special.gammaln(y + 1)
        return np.asarray(
            told + first * np.log(second / (second + n)) + special.xlogy(y, n / (second + n))
        )


def predictive_mean(prior: Mixture, number: float, sigma: float) -> Mixture:
    """The mean outcome of `number` infants, each with standard deviation `sigma`: a normal mixture."""
    if prior.kind != "normal" or not (0 < number < np.inf and 0 < sigma < np.inf):
        raise CannotBe(f"a mean of {number} outcomes with sd {sigma} from a {prior.kind} prior")
    return normal_mixture(
        *((w, m, float(np.hypot(s, sigma / number**0.5))) for w, m, s in prior.components)
    )


def predictive_count(prior: Mixture, number: float) -> CountPredictive:
    """The events of `number` infants (beta prior), or of `number` units of time at risk (gamma prior)."""
    return CountPredictive(prior, float(number))
