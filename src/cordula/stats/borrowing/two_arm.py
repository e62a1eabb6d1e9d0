"""How often does a two-arm trial succeed when one arm, or both, borrow from the past: exactly, and at worst?

Normal means by the trapezoid rule along the success curve, counts by the whole lattice of results."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from cordula.stats.borrowing.checks import places
from cordula.stats.borrowing.curve import critical_curve
from cordula.stats.borrowing.difference import check_scale, lattice_cdf
from cordula.stats.borrowing.families import Array
from cordula.stats.borrowing.mixture import Mixture
from cordula.stats.borrowing.one_arm import check_size, check_truths, count_table
from cordula.stats.borrowing.rules import Rule
from cordula.stats.refusals import CannotBe, NotConverged


@dataclass(frozen=True, slots=True)
class TwoArms:
    """Priors, numbers and (normal) standard deviations of one outcome in arm 1, on trial, and arm 2, its control.

    numbers: infants; for gamma priors units of time at risk."""

    prior_1: Mixture
    prior_2: Mixture
    number_1: float
    number_2: float
    rule: Rule
    sigma_1: float | None = None
    sigma_2: float | None = None

    def __post_init__(self) -> None:
        if self.prior_1.kind != self.prior_2.kind:
            raise CannotBe(
                f"a {self.prior_1.kind} and a {self.prior_2.kind} prior: both of one kind"
            )
        check_scale(self.prior_1.kind, self.rule.scale)
        check_size(self.prior_1, self.number_1, self.sigma_1)
        check_size(self.prior_2, self.number_2, self.sigma_2)

    @property
    def errors(self) -> tuple[float, float]:
        """The standard errors of the two means."""
        one, two = float(self.sigma_1 or np.nan), float(self.sigma_2 or np.nan)
        return one / self.number_1**0.5, two / self.number_2**0.5


def boundary_two_arm(design: TwoArms, results_2: ArrayLike) -> Array | NotConverged:
    """The critical result of arm 1 for each result of arm 2 (means, or counts), shape of `results_2`.

    Success when arm 1 lies above it (rule.above), or at or below it. For counts −1 or the number may say never."""
    seen = places(results_2, finite=True)
    if seen.size == 0:
        return seen
    if design.prior_1.kind == "normal":
        flat, back = np.unique(seen, return_inverse=True)
        return _curve(design, flat)[back].reshape(seen.shape)
    if not np.all((seen >= 0) & (seen == np.floor(seen))):
        raise CannotBe(f"results {seen} of arm 2: whole counts from 0")
    most = tops(design, _enough(design, float(seen.max())), float(seen.max()))
    if seen.max() > most[1]:
        raise CannotBe(f"{seen.max()} events of {most[1]} infants: at most all of them")
    success = success_table(design, *most)
    if isinstance(success, NotConverged):
        return success
    held = success[:, seen.astype(int)].sum(axis=0)
    return np.asarray(most[0] - held if design.rule.above else held - 1, float)


def _enough(design: TwoArms, seen: float) -> float:
    """A count of arm 1 that lies beyond every critical one while arm 2 has no more than `seen` (Poisson only)."""
    ratio = max(design.number_1 / design.number_2, 1.0)
    return float(4 * (seen * ratio + 12 * (seen * ratio + 1) ** 0.5 + 40))


def operating_characteristics_two_arm(
    design: TwoArms, truths_1: ArrayLike, truths_2: ArrayLike
) -> Array | NotConverged:
    """P(success) at each pair of true θ₁ and θ₂, broadcast; within 1e-6, counts to the last digits."""
    pairs = np.broadcast_arrays(places(truths_1, finite=True), places(truths_2, finite=True))
    if pairs[0].size == 0:
        return np.empty(pairs[0].shape)
    one, two = pairs[0].ravel(), pairs[1].ravel()
    kind = design.prior_1.kind
    for theta in (one, two):
        check_truths(kind, theta)
    found = _means(design, one, two) if kind == "normal" else _counts(design, one, two)
    return found if isinstance(found, NotConverged) else found.reshape(pairs[0].shape)


def _curve(design: TwoArms, y2: Array) -> Array:
    one, two = np.array(design.prior_1.arrays), np.array(design.prior_2.arrays)
    one, two = one[:, one[0] > 0], two[:, two[0] > 0]
    errors = design.errors
    curves = []
    for certainty, threshold in design.rule.criteria:
        level = 1 - certainty if design.rule.above else certainty
        curves.append(critical_curve(y2, one, errors[0], two, errors[1], threshold, level))
    combined = np.maximum if design.rule.above else np.minimum
    return np.asarray(combined.reduce(curves))


def _means(design: TwoArms, one: Array, two: Array) -> Array | NotConverged:
    """∫ φ(y₂) P(success | y₂) dy₂; the sum over every other node must agree with the whole.

    Along a smooth curve the rule's error is squared twice as the nodes double; a corner between two criteria
    leaves it only a quarter, and is given more nodes."""
    errors = design.errors
    low, high = two.min() - 7.2 * errors[1], two.max() + 7.2 * errors[1]
    for halving in range(9):
        step = min(errors) / 3.4 / 2**halving
        y2 = np.arange(low, high + step, step)
        curve = _curve(design, y2)
        each = np.exp(-0.5 * ((y2 - two[:, None]) / errors[1]) ** 2)
        z = (one[:, None] - curve) / errors[0]
        each *= special.ndtr(z if design.rule.above else -z) * (
            step / errors[1] / np.sqrt(2 * np.pi)
        )
        fine, coarse = each.sum(axis=1), 2 * each[:, ::2].sum(axis=1)
        off = float(np.abs(fine - coarse).max())
        if off < 1e-6:
            return np.asarray(np.clip(fine, 0.0, 1.0))
    return NotConverged(
        "operating characteristics of two means", f"still moved by {off:.1e}", halving
    )


def tops(design: TwoArms, *largest: float) -> tuple[int, int]:
    """The largest count of each arm that need be considered when results are no larger than `largest`."""
    if design.prior_1.kind == "beta":
        return int(design.number_1), int(design.number_2)
    one, two = (int(each) + 1 for each in largest)
    return max(one, 1), max(two, 1)


@lru_cache(maxsize=64)
def success_table(design: TwoArms, top_1: int, top_2: int) -> NDArray[np.bool_] | NotConverged:
    """Does the trial succeed at counts (x₁, x₂)? Shape (top_1 + 1, top_2 + 1)."""
    one = count_table(design.prior_1, design.number_1, top_1)
    two = count_table(design.prior_2, design.number_2, top_2)
    success = np.ones((top_1 + 1, top_2 + 1), bool)
    for certainty, threshold in design.rule.criteria:
        below = lattice_cdf(design.prior_1.kind, one, two, threshold, design.rule.scale)
        if isinstance(below, NotConverged):
            return below
        success &= (1 - below if design.rule.above else below) > certainty
    success.flags.writeable = False
    return success


def _counts(design: TwoArms, one: Array, two: Array) -> Array | NotConverged:
    beta = design.prior_1.kind == "beta"
    if beta:
        most = int(design.number_1), int(design.number_2)
    else:
        most = _poisson_top(design.number_1 * one.max()), _poisson_top(design.number_2 * two.max())
    success = success_table(design, *most)
    if isinstance(success, NotConverged):
        return success
    chances_1 = _chances(beta, most[0], design.number_1, one)
    chances_2 = _chances(beta, most[1], design.number_2, two)
    return np.asarray(np.einsum("ti,ij,tj->t", chances_1, success.astype(float), chances_2))


def _poisson_top(expected: float) -> int:
    """Beyond it lies less than 1e-13 of the probability."""
    return int(expected + 9 * np.sqrt(expected) + 30)


def _chances(beta: bool, top: int, number: float, theta: Array) -> Array:
    counts = np.arange(top + 1.0)
    at = theta[:, None]
    if not beta:
        told = special.xlogy(counts, number * at) - number * at - special.gammaln(counts + 1)
        return np.asarray(np.exp(told))
    ways = -special.betaln(counts + 1, number - counts + 1) - np.log(number + 1)
    return np.asarray(
        np.exp(ways + special.xlogy(counts, at) + special.xlog1py(number - counts, -at))
    )
