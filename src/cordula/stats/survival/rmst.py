"""How much event-free time does each arm have up to a horizon? Restricted mean survival time."""

from dataclasses import dataclass
from math import exp, log

import numpy as np
from numpy.typing import ArrayLike

from cordula.stats.asked import asked
from cordula.stats.models.estimate import Estimate, estimated
from cordula.stats.models.inputs import Flags, Floats, events, numbers, two_arms
from cordula.stats.refusals import CannotBe
from cordula.stats.survival.kaplan_meier import steps


@dataclass(frozen=True, slots=True)
class RestrictedMean:
    """`arms[k]` is arm k's mean time free of the event up to `horizon`; arm 1 against arm 0 by difference and
    ratio (log scale), and the ratio of time lost."""

    horizon: float
    arms: tuple[Estimate, Estimate]
    difference: Estimate
    ratio: Estimate
    lost_ratio: Estimate | None


@asked
def restricted_mean(
    time: ArrayLike, event: ArrayLike, horizon: float, level: float = 0.95
) -> Estimate:
    """The area under the Kaplan–Meier curve of `time` (n,), `event` (n,) up to `horizon`.

    Irwin (1949); variance Σ (area after t)² d/(Y(Y − d)), Klein & Moeschberger (2003), section 4.5.
    Raises CannotBe where the horizon lies after the last time and somebody was still free then."""
    t = numbers("time", time)
    return estimated(*_area(t, events(event, t.size), horizon), level=level)


@asked
def rmst_difference(
    time: ArrayLike,
    event: ArrayLike,
    arm: ArrayLike,
    horizon: float | None = None,
    level: float = 0.95,
) -> RestrictedMean:
    """Restricted mean survival of arm 1 against arm 0: `arm` (n,; 0, 1), the rest as `restricted_mean`.

    Uno et al. (2014), J Clin Oncol 32:2380–2385. Without a `horizon`: the earlier of both arms' last times."""
    t = numbers("time", time)
    seen, group = events(event, t.size), two_arms(arm, t.size)
    until = min(float(t[group == k].max()) for k in (0, 1)) if horizon is None else horizon
    (m0, s0), (m1, s1) = (_area(t[group == k], seen[group == k], until) for k in (0, 1))
    lost = None
    if min(until - m0, until - m1) > 0.0:
        lost = _ratio(until - m1, s1, until - m0, s0, level)
    return RestrictedMean(
        horizon=until,
        arms=(estimated(m0, s0, level=level), estimated(m1, s1, level=level)),
        difference=estimated(m1 - m0, (s0**2 + s1**2) ** 0.5, level=level),
        ratio=_ratio(m1, s1, m0, s0, level),
        lost_ratio=lost,
    )


def _area(time: Floats, seen: Flags, horizon: float) -> tuple[float, float]:
    """The area and its standard error."""
    if not 0.0 < horizon < np.inf or time.min() < 0.0:
        raise CannotBe(f"a horizon of {horizon}; it lies after nought, as all times do")
    at, risk, died, _ = steps(time, seen)
    survival = np.cumprod(1.0 - died / risk)
    if horizon > at[-1] and survival[-1] > 0.0:
        raise CannotBe(
            f"the horizon {horizon} lies after the last time {at[-1]}, when not all had the event; "
            f"{at[-1]} or less is needed"
        )
    kept = at < horizon
    edges = np.concatenate([[0.0], at[kept], [horizon]])
    areas = np.diff(edges) * np.concatenate([[1.0], survival[kept]])
    after = np.cumsum(areas[::-1])[::-1][1:]
    left = (risk - died)[kept]
    part = np.where(left > 0.0, died[kept] / (risk[kept] * np.where(left > 0.0, left, 1.0)), 0.0)
    return float(areas.sum()), float((after**2 @ part) ** 0.5)


def _ratio(above: float, se1: float, below: float, se0: float, level: float) -> Estimate:
    spread = ((se1 / above) ** 2 + (se0 / below) ** 2) ** 0.5
    ratio = above / below
    on_log = estimated(log(ratio), spread, level=level)
    limits = exp(on_log.lower), exp(on_log.upper)
    return Estimate(
        ratio, ratio * spread, on_log.statistic, on_log.df, on_log.p, *limits, level, 1.0
    )
