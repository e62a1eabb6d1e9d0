"""What would the studies say if their biases, judged by people who did not see the results, were taken off?

Additive bias of Turner et al. 2009, doi:10.1111/j.1467-985X.2008.00547.x, sections 4 and 5: every judged
bias has a mean and a variance; the estimate is moved by the means and its variance grows by the variances,
so a study far from the question, or not randomised, weighs less. Verde 2021 (doi:10.1002/jrsm.1490), which
learns the bias from the data by sampling, is not used: a handful of studies cannot teach it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from cordula.stats.refusals import CannotBe, finite
from cordula.stats.synthesis.checks import (
    Vector,
    counted,
    one_of,
    positive,
    probability,
    studies,
    vector,
)


@dataclass(frozen=True, slots=True)
class Bias:
    """One judged bias, on the scale of the estimates: `mean` is what it adds to the truth.

    `kind` is additive (the default) or proportional, where `mean` multiplies the truth: 1 is none."""

    source: str
    mean: float
    variance: float
    kind: str = "additive"

    def __post_init__(self) -> None:
        one_of("the kind of a bias", self.kind, ("additive", "proportional"))
        if not (np.isfinite(self.mean) and 0 <= self.variance < np.inf):
            raise CannotBe(
                f"the bias “{self.source}” has mean {self.mean} and variance {self.variance}; finite, and "
                "a variance of at least 0, are needed"
            )
        if self.kind == "proportional" and self.mean <= 0:
            raise CannotBe(
                f"the proportional bias “{self.source}” is {self.mean}; above 0 is needed"
            )


@dataclass(frozen=True, slots=True, eq=False)
class Adjusted:
    """Estimates with the judged bias taken off; `weight_kept` is the share (0 to 1) of a study's own
    precision that is left."""

    y: Vector
    se: Vector
    weight_kept: Vector
    remarks: tuple[str, ...]


def bias_of_range(lower: float, upper: float, level: float = 0.67) -> tuple[float, float]:
    """Mean and variance of a judged range: an assessor's `level` interval, taken as normal.
    Turner et al. 2009, section 4.3, asks for ranges that hold the bias two times in three."""
    from cordula.stats.synthesis.pooling import quantile

    probability("the level", level)
    finite(lower=lower, upper=upper)
    if not upper > lower:
        raise CannotBe(f"the range {lower:g} to {upper:g} encloses nothing")
    sd = (upper - lower) / (2 * quantile(0.5 + level / 2, float("inf")))
    return (lower + upper) / 2, sd**2


def bias_adjusted(y: ArrayLike, se: ArrayLike, biases: Sequence[Sequence[Bias]]) -> Adjusted:
    """`y`, `se` (k,) and the judged biases of each study (none for an empty list); pool what comes back.

    Observed = proportional·truth + additive: the truth is (y − Σmeans)/Πmeans; variances by the delta
    method at that truth. Raises CannotBe where biases and studies do not match in number."""
    estimates, errors = studies(y, se)
    if len(biases) != estimates.size:
        raise CannotBe(f"there {counted(estimates.size)} and biases for {len(biases)}")
    pairs = [
        _taken_off(float(one), float(s), judged)
        for one, s, judged in zip(estimates, errors, biases, strict=True)
    ]
    moved = vector("the adjusted estimate", [pair[0] for pair in pairs])
    spread = positive("the adjusted standard error", [pair[1] for pair in pairs])
    told = tuple(
        f"study {i}: {bias.source}, {bias.kind}, mean {bias.mean:g}, variance {bias.variance:g}"
        for i, judged in enumerate(biases, 1)
        for bias in judged
    )
    return Adjusted(moved, spread, np.minimum(1.0, (errors / spread) ** 2), told)


def _taken_off(y: float, se: float, judged: Sequence[Bias]) -> tuple[float, float]:
    added, added_v, times, times_v = 0.0, 0.0, 1.0, 0.0
    for bias in judged:
        if bias.kind == "additive":
            added, added_v = added + bias.mean, added_v + bias.variance
            continue
        times_v = times_v * (bias.mean**2 + bias.variance) + times**2 * bias.variance
        times *= bias.mean
    truth = (y - added) / times
    return truth, float(np.sqrt(se**2 + added_v + truth**2 * times_v)) / times
