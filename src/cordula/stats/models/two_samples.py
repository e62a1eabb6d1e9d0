"""Do two groups differ in mean? Student's, Welch's and the paired t test."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike

from cordula.stats.asked import asked
from cordula.stats.models.estimate import Estimate, estimated
from cordula.stats.models.inputs import Floats, numbers
from cordula.stats.refusals import CannotBe


@dataclass(frozen=True, slots=True)
class TTest:
    """`difference` is the mean of the first group less that of the second."""

    difference: Estimate
    means: tuple[float, float]
    sizes: tuple[int, int]


@asked
def student_t(first: ArrayLike, second: ArrayLike, level: float = 0.95) -> TTest:
    """Student's two-sample t test with one common variance.

    `first` (n1,), `second` (n2,): outcomes in one unit. Raises CannotBe below three values in all or
    where nothing varies. Student (1908), Biometrika 6:1–25."""
    one, two = numbers("first", first), numbers("second", second)
    df = one.size + two.size - 2
    if df < 1:
        raise CannotBe(f"{df + 2} values in all; Student's test needs three")
    pooled = (_spread(one) + _spread(two)) / df
    return _compared(one, two, pooled * (1 / one.size + 1 / two.size), df, level)


@asked
def welch_t(first: ArrayLike, second: ArrayLike, level: float = 0.95) -> TTest:
    """Welch's two-sample t test: each group has a variance of its own.

    `first` (n1,), `second` (n2,), two values or more in each. Raises CannotBe where nothing varies.
    Welch (1947), Biometrika 34:28–35, with Satterthwaite's degrees of freedom."""
    one, two = numbers("first", first), numbers("second", second)
    if min(one.size, two.size) < 2:
        raise CannotBe(f"groups of {one.size} and {two.size}; Welch's test needs two in each")
    parts = [_spread(g) / (g.size - 1) / g.size for g in (one, two)]
    variance = sum(parts)
    if variance == 0.0:
        raise CannotBe("nothing varies in either group; a t test needs some variation")
    below = sum(p * p / (g.size - 1) for p, g in zip(parts, (one, two), strict=True))
    return _compared(one, two, variance, variance**2 / below, level)


@asked
def paired_t(first: ArrayLike, second: ArrayLike, level: float = 0.95) -> TTest:
    """The t test of the differences within pairs: `first` (n,) and `second` (n,) in the same order."""
    one = numbers("first", first)
    two = numbers("second", second, one.size)
    if one.size < 2:
        raise CannotBe("one pair; a paired test needs two")
    within = one - two
    return _compared(one, two, _spread(within) / (one.size - 1) / one.size, one.size - 1, level)


def _spread(group: Floats) -> float:
    return float(np.square(group - group.mean()).sum())


def _compared(one: Floats, two: Floats, variance: float, df: float, level: float) -> TTest:
    if variance == 0.0:
        raise CannotBe("nothing varies in either group; a t test needs some variation")
    means = float(one.mean()), float(two.mean())
    difference = estimated(means[0] - means[1], sqrt(variance), df, level)
    return TTest(difference, means, (one.size, two.size))
