"""What was the standard error, where a paper prints something else?"""

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri, stdtrit

from cordula.stats.refusals import CannotBe
from cordula.stats.synthesis.checks import Vector, positive, probability, same_length, sizes, vector


def se_of_sd(sd: ArrayLike, n: ArrayLike) -> Vector:
    """SE of a mean: SD/√n; arguments (k,)."""
    spread, size = positive("the SD", sd), sizes("the size", n, 1)
    same_length(sd=spread, n=size)
    return np.asarray(spread / np.sqrt(size))


def sd_of_se(se: ArrayLike, n: ArrayLike) -> Vector:
    """SD of the patients from the SE of their mean: SE·√n; arguments (k,)."""
    error, size = positive("the SE", se), sizes("the size", n, 1)
    same_length(se=error, n=size)
    return np.asarray(error * np.sqrt(size))


def se_of_interval(
    lower: ArrayLike, upper: ArrayLike, level: float = 0.95, df: ArrayLike | None = None
) -> Vector:
    """SE from confidence limits, (upper − lower)/2q; ratios are given as logarithms. `df` where the
    paper used t (small arms), else the normal. Cochrane Handbook 6.5.2.2 and 6.3.1."""
    low, high = vector("the lower limit", lower), vector("the upper limit", upper)
    same_length(lower=low, upper=high)
    if (high <= low).any():
        at = int(np.flatnonzero(high <= low)[0])
        raise CannotBe(f"study {at + 1}: the limits {low[at]:g} to {high[at]:g} enclose nothing")
    return np.asarray((high - low) / (2 * _quantile(probability("the level", level), df)))


def se_of_p(estimate: ArrayLike, p_value: ArrayLike, df: ArrayLike | None = None) -> Vector:
    """SE from an estimate and its two-sided P value: |estimate|/q(1−P/2); t with `df`, else normal.
    Cochrane Handbook 6.5.2.3. A printed “P < 0.05” is no P value and must not be given here."""
    y, p = vector("the estimate", estimate), positive("the P value", p_value)
    same_length(estimate=y, p_value=p)
    if (p >= 1).any() or (y == 0).any():
        raise CannotBe("a P value of 1 or an estimate of 0 tells no standard error")
    return np.asarray(np.abs(y) / _quantile(1 - p, df))


def sd_of_change(sd_before: ArrayLike, sd_after: ArrayLike, correlation: ArrayLike) -> Vector:
    """SD of a change: √(s0² + s1² − 2 r s0 s1); arguments (k,) or one r. Cochrane Handbook 6.5.2.8.
    The correlation is an assumption wherever the paper does not give it: vary it."""
    before, after = positive("the SD before", sd_before), positive("the SD after", sd_after)
    r = _correlation(correlation)
    return np.asarray(np.sqrt(before**2 + after**2 - 2 * r * before * after))


def correlation_of_change(
    sd_before: ArrayLike, sd_after: ArrayLike, sd_change: ArrayLike
) -> Vector:
    """The correlation that a study with all three SDs implies. Cochrane Handbook 6.5.2.8."""
    before, after = positive("the SD before", sd_before), positive("the SD after", sd_after)
    change = positive("the SD of the change", sd_change)
    r = (before**2 + after**2 - change**2) / (2 * before * after)
    if (np.abs(r) > 1).any():
        raise CannotBe(f"the three SDs imply a correlation of {r[np.abs(r) > 1][0]:.3g}")
    return np.asarray(r)


def _correlation(value: ArrayLike) -> Vector:
    r = vector("the correlation", value)
    if (np.abs(r) >= 1).any():
        raise CannotBe(f"the correlation is {r[np.abs(r) >= 1][0]:g}; it must lie within −1 and 1")
    return r


def _quantile(level: ArrayLike, df: ArrayLike | None) -> Vector:
    upper = 0.5 + np.asarray(level, dtype=np.float64) / 2
    return np.asarray(ndtri(upper) if df is None else stdtrit(positive("the df", df), upper))
