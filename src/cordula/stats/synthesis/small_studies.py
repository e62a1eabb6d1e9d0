"""Do small studies say something other than large ones, as they would if some were never published?

With fewer than ten studies these tests say next to nothing, and asymmetry has other causes than missing
studies (Sterne et al. 2011, doi:10.1136/bmj.d4002): they are notes, not corrections."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import rankdata

from cordula.stats.refusals import NotConverged
from cordula.stats.synthesis.checks import Vector, one_of, studies
from cordula.stats.synthesis.pooling import (
    Pooled,
    fixed_effect,
    quantile,
    random_effects,
    two_sided,
)
from cordula.stats.synthesis.regression import design, fit_at, meta_regression


@dataclass(frozen=True, slots=True)
class Asymmetry:
    """The slope of the estimates on their standard errors; `limit` is the estimate at a standard error
    of 0. `df` is infinite for z."""

    model: str
    slope: float
    se: float
    statistic: float
    df: float
    p_value: float
    limit: float
    limit_lower: float
    limit_upper: float


@dataclass(frozen=True, slots=True, eq=False)
class Filled:
    """Trim and fill: `missing` studies on the `side`, the pooled estimate with them, and what was filled
    in, after the studies given."""

    estimator: str
    side: str
    missing: int
    pooled: Pooled
    y: Vector
    se: Vector


def egger(
    y: ArrayLike, se: ArrayLike, *, model: str = "mixed", method: str = "REML", level: float = 0.95
) -> Asymmetry | NotConverged:
    """`mixed`: meta-regression on the standard error, z; `classical`: weighted least squares with a free
    dispersion, t with k − 2. At least three studies. Egger et al. 1997, doi:10.1136/bmj.315.7109.629;
    Sterne & Egger 2005, ch. 6."""
    estimates, errors = studies(y, se, least=3)
    if one_of("the model", model, ("mixed", "classical")) == "classical":
        return _classical(estimates, errors, level)
    fit = meta_regression(estimates, errors, errors, method=method, test="z", level=level)
    if isinstance(fit, NotConverged):
        return fit
    at_zero, slope = fit.coefficients
    return Asymmetry(
        model,
        slope.estimate,
        slope.se,
        slope.statistic,
        fit.df,
        slope.p_value,
        at_zero.estimate,
        at_zero.lower,
        at_zero.upper,
    )


def trim_and_fill(
    y: ArrayLike,
    se: ArrayLike,
    *,
    estimator: str = "L0",
    side: str | None = None,
    method: str = "REML",
    test: str = "z",
    level: float = 0.95,
) -> Filled | NotConverged:
    """How many studies would make the funnel even, and the pooled estimate with them.

    `side` (left or right) is where they are missing; by default the side to which the slope of `egger`
    points. `estimator` L0 or R0; `method` may be FE. Duval & Tweedie 2000, doi:10.1111/j.0006-341X.2000.
    00455.x, section 3. At least three studies."""
    estimates, errors = studies(y, se, least=3)
    one_of("the estimator", estimator, ("L0", "R0"))
    if side is None:
        tested = egger(estimates, errors, method=method)
        if isinstance(tested, NotConverged):
            return tested
        side = "right" if tested.slope < 0 else "left"
    sign = -1.0 if one_of("the side", side, ("left", "right")) == "right" else 1.0
    order = np.argsort(sign * estimates, kind="stable")
    turned, spread = sign * estimates[order], errors[order]
    missing = _missing(turned, spread, estimator, method)
    if isinstance(missing, NotConverged):
        return missing
    count, centre = missing
    extra = slice(turned.size - count, turned.size)
    all_y = np.concatenate([estimates, sign * (2 * centre - turned[extra])])
    all_se = np.concatenate([errors, spread[extra]])
    pooled = _pooled(all_y, all_se, method, test, level)
    if isinstance(pooled, NotConverged):
        return pooled
    return Filled(estimator, side, count, pooled, all_y, all_se)


def _missing(
    y: Vector, se: Vector, estimator: str, method: str
) -> tuple[int, float] | NotConverged:
    """Rounds of trimming the largest and counting again, until the number stays."""
    k, count = y.size, -1
    found = 0
    for _ in range(100):
        count, kept = found, k - found
        fit = _pooled(y[:kept], se[:kept], method, "z", 0.95)
        if isinstance(fit, NotConverged):
            return fit
        away = y - fit.estimate
        rank = np.sign(away) * rankdata(np.abs(away), method="ordinal")
        found = _count(rank, k, estimator)
        if found == count:
            return found, fit.estimate
    return NotConverged("trim and fill", "the number of missing studies did not settle", 100)


def _count(rank: Vector, k: int, estimator: str) -> int:
    if estimator == "R0":
        below = rank[rank < 0]
        longest = k - (float(np.max(-below)) if below.size else 0.0)
        return min(max(0, round(longest - 1)), k - 2)
    positive = float(rank[rank > 0].sum())
    return min(max(0, round((4 * positive - k * (k + 1)) / (2 * k - 1))), k - 2)


def _pooled(y: Vector, se: Vector, method: str, test: str, level: float) -> Pooled | NotConverged:
    if method == "FE":
        return fixed_effect(y, se, level=level)
    return random_effects(y, se, method=method, test=test, level=level)


def _classical(y: Vector, se: Vector, level: float) -> Asymmetry:
    X, _ = design(y.size, se)
    fit = fit_at(y, se**2, X, 0.0)
    df = float(y.size - 2)
    error = np.sqrt(np.diag(fit.inverse) * fit.Q / df)
    statistic = float(fit.beta[1] / error[1])
    reach = quantile(0.5 + level / 2, df) * float(error[0])
    limit = float(fit.beta[0])
    return Asymmetry(
        "classical",
        float(fit.beta[1]),
        float(error[1]),
        statistic,
        df,
        two_sided(statistic, df),
        limit,
        limit - reach,
        limit + reach,
    )
