"""How do two hazards compare, from what a paper prints of them?"""

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

from cordula.stats.refusals import CannotBe
from cordula.stats.synthesis.checks import positive, probability, same_length, vector, whole
from cordula.stats.synthesis.effects import Effects, effects


def log_hazard_ratio(
    ratio: ArrayLike, lower: ArrayLike, upper: ArrayLike, level: float = 0.95
) -> Effects:
    """log HR from a hazard ratio and its confidence limits; arguments (k,). Tierney et al. 2007,
    doi:10.1186/1745-6215-8-16, method 3."""
    hr = positive("the hazard ratio", ratio)
    low, high = positive("the lower limit", lower), positive("the upper limit", upper)
    same_length(ratio=hr, lower=low, upper=high)
    if ((low >= hr) | (hr >= high)).any():
        at = int(np.flatnonzero((low >= hr) | (hr >= high))[0])
        raise CannotBe(
            f"study {at + 1}: {hr[at]:g} does not lie within {low[at]:g} to {high[at]:g}"
        )
    z = ndtri(0.5 + probability("the level", level) / 2)
    return effects("HR", np.log(hr), (np.log(high / low) / (2 * z)) ** 2)


def log_hazard_ratio_of_log_rank(observed_less_expected: ArrayLike, variance: ArrayLike) -> Effects:
    """log HR = (O−E)/V, variance 1/V; arguments (k,). Yusuf et al. 1985, the appendix."""
    oe = vector("observed less expected", observed_less_expected)
    v = positive("the log-rank variance", variance)
    same_length(observed_less_expected=oe, variance=v)
    return effects("HR", oe / v, 1 / v)


def log_hazard_ratio_of_p(
    p_value: ArrayLike, events: ArrayLike, favours_arm_1: ArrayLike, allocation: float = 0.5
) -> Effects:
    """log HR from a two-sided log-rank P, all events, and which arm did better; arguments (k,).

    V = events·a(1−a) for the share a in arm 1; O−E = ±√V·z. Parmar, Torri & Stewart 1998, eq. 14."""
    p, d = positive("the P value", p_value), whole("the events", events, 1)
    same_length(p_value=p, events=d)
    if (p >= 1).any():
        raise CannotBe(f"the P value is {p.max():g}; it must lie between 0 and 1")
    share = probability("the share of arm 1", allocation)
    v = d * share * (1 - share)
    sign = np.where(np.atleast_1d(np.asarray(favours_arm_1, dtype=bool)), -1.0, 1.0)
    return effects("HR", sign * ndtri(1 - p / 2) / np.sqrt(v), 1 / v)
