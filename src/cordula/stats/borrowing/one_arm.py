"""From which result on does one arm succeed, and how often will it, whatever the truth is?

The likelihoods have monotone ratios, so whatever the prior, a larger result makes a larger θ more probable:
one critical value says all (Karlin & Rubin 1956)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from cordula.stats.borrowing import families
from cordula.stats.borrowing.checks import places
from cordula.stats.borrowing.families import Array
from cordula.stats.borrowing.mixture import Mixture
from cordula.stats.borrowing.mixture import cdf as mixture_cdf
from cordula.stats.borrowing.rules import Rule
from cordula.stats.borrowing.update import NormalSample, Table, posterior, updated
from cordula.stats.refusals import CannotBe


@dataclass(frozen=True, slots=True)
class Boundary:
    """Success when the result is > `critical` (`above`), or ≤ `critical`: a mean, or a count of events.

    A count of −1 (not above), or of all infants (above), means that no result succeeds."""

    critical: float
    above: bool


def boundary_one_arm(
    prior: Mixture, number: float, rule: Rule, sigma: float | None = None
) -> Boundary:
    """The critical mean of `number` outcomes with standard deviation `sigma`, or the critical count.

    normal: needs sigma; beta: number of infants; gamma: time at risk, with Poisson counts. Raises CannotBe."""
    check_size(prior, number, sigma)
    if rule.scale != "identity":
        raise CannotBe(f"a single arm on the {rule.scale} scale: give the threshold itself")
    pick = max if rule.above else min
    if prior.kind == "normal":
        error = float(sigma or np.nan) / number**0.5
        return Boundary(
            pick(_critical_mean(prior, error, *each) for each in _levels(rule)), rule.above
        )
    return Boundary(
        pick(_critical_count(prior, number, *each, rule) for each in rule.criteria), rule.above
    )


def operating_characteristics_one_arm(
    prior: Mixture, number: float, rule: Rule, truths: ArrayLike, sigma: float | None = None
) -> Array:
    """P(success) at each true θ, shape of `truths`: exact. Raises CannotBe."""
    boundary = boundary_one_arm(prior, number, rule, sigma)
    theta = places(truths)
    if prior.kind == "normal":
        z = (boundary.critical - theta) * number**0.5 / float(sigma or np.nan)
        return np.asarray(special.ndtr(-z if rule.above else z))
    check_truths(prior.kind, theta)
    if prior.kind == "beta":
        below = special.bdtr(boundary.critical, int(number), theta)
    else:
        below = special.pdtr(boundary.critical, number * theta)
    below = np.where(boundary.critical < 0, 0.0, below)
    return np.asarray(1 - below if rule.above else below)


def check_size(prior: Mixture, number: float, sigma: float | None) -> None:
    """Refuse an arm of no size, a normal arm without sigma, half an infant."""
    if not 0 < number < np.inf:
        raise CannotBe(f"an arm of {number}: more than 0")
    if prior.kind == "normal" and (sigma is None or not 0 < sigma < np.inf):
        raise CannotBe(
            f"sigma {sigma}: a normal outcome needs one infant's standard deviation, above 0"
        )
    if prior.kind == "beta" and number != int(number):
        raise CannotBe(f"an arm of {number} infants: a whole number")


def check_truths(kind: families.Kind, theta: Array) -> None:
    """Refuse a true probability outside 0–1, a negative true rate."""
    low, high = families.support(kind)
    if not np.all((theta >= low) & (theta <= high)):
        raise CannotBe(f"truths {theta}: between {low} and {high}")


def _levels(rule: Rule) -> list[tuple[float, float]]:
    """The posterior probability of lying at or below each threshold that is just not enough."""
    return [(1 - c if rule.above else c, q) for c, q in rule.criteria]


def _critical_mean(prior: Mixture, error: float, level: float, threshold: float) -> float:
    from scipy.optimize import brentq

    def off(seen: float) -> float:
        return float(mixture_cdf(posterior(prior, NormalSample(seen, error)), threshold)) - level

    reach = 4 * error
    while off(threshold - reach) < 0 or off(threshold + reach) > 0:
        reach *= 2
    return float(brentq(off, threshold - reach, threshold + reach, xtol=1e-12 * reach, rtol=1e-14))


def _critical_count(
    prior: Mixture, number: float, certainty: float, threshold: float, rule: Rule
) -> float:
    """The last count that fails (above) or succeeds (not above)."""
    top = (
        number
        if prior.kind == "beta"
        else _count_surely_enough(prior, number, certainty, threshold)
    )
    table = count_table(prior, number, int(top))
    low = _at_or_below(prior, table, threshold)
    if rule.above:
        return float(np.count_nonzero(~(_survival(prior, table, threshold) > certainty)) - 1)
    return float(np.count_nonzero(low > certainty) - 1)


def count_table(prior: Mixture, number: float, top: int) -> Table:
    """The posterior after each count 0 … top: arrays of shape (top + 1, K)."""
    counts = np.arange(top + 1.0)
    return updated(prior, counts, np.full_like(counts, number))


def _at_or_below(prior: Mixture, table: Table, threshold: float) -> Array:
    weights, first, second = table
    at = np.array(threshold)
    return np.asarray((weights * families.distribution(prior.kind, at, first, second)).sum(1))


def _survival(prior: Mixture, table: Table, threshold: float) -> Array:
    weights, first, second = table
    at = np.array(threshold)
    return np.asarray((weights * families.survival(prior.kind, at, first, second)).sum(1))


def _count_surely_enough(prior: Mixture, number: float, certainty: float, threshold: float) -> int:
    """A count after which the rate lies above the threshold with more than every asked certainty."""
    top = 64
    for _ in range(20):
        last = _survival(prior, tuple(of[-1:] for of in count_table(prior, number, top)), threshold)  # type: ignore[arg-type]
        if last[0] > max(certainty, 1 - certainty):
            return top
        top *= 2
    raise CannotBe(f"threshold {threshold} in {number} units of time: no count up to {top} decides")
