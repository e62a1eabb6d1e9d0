"""How do the two arms of one simulated trial compare: by the log-rank test, event-free time, or Gray's test?

Each answers (z, estimate, standard error) of arm 0 against arm 1, NaN where nothing can be compared or estimated."""

from math import isfinite, nan, sqrt

import numpy as np

from cordula.stats.refusals import CannotBe
from cordula.stats.simulation.patients import Arms
from cordula.stats.simulation.philox import Floats
from cordula.stats.simulation.surrounded import CENSORED, HAPPENED, Whole
from cordula.stats.simulation.survival import log_rank
from cordula.stats.survival.competing import cumulative_incidence
from cordula.stats.survival.gray import gray_test
from cordula.stats.survival.rmst import restricted_mean

Compared = tuple[float, float, float]
NOTHING: Compared = (nan, nan, nan)


def by_log_rank(time: Floats, cause: Whole, arms: Arms) -> Compared:
    """z positive: more events in arm 0. The estimate is the log hazard ratio (O − E)/V."""
    z, ratio, error = log_rank(time, cause == HAPPENED, arms)
    return float(z), float(ratio), float(error)


def by_restricted_mean(time: Floats, cause: Whole, arms: Arms, horizon: float) -> Compared:
    """z positive: more event-free time in arm 0. The estimate is its difference up to `horizon`.

    NaN where an arm was not followed so long, or without an event in either. Uno et al. (2014)."""
    had = cause == HAPPENED
    try:
        one, other = (restricted_mean(time[arms == a], had[arms == a], horizon) for a in (0, 1))
    except (CannotBe, ValueError):
        return NOTHING
    apart, error = one.value - other.value, sqrt(one.se**2 + other.se**2)
    return (apart / error, apart, error) if error > 0 else NOTHING


def by_incidence(time: Floats, cause: Whole, arms: Arms, horizon: float) -> Compared:
    """z of Gray's test, positive: more events in arm 0; the difference of the incidences at `horizon` beside it.

    The difference is NaN where an arm was not followed so long. Gray (1988); Aalen & Johansen (1978)."""
    try:
        tested = gray_test(time, cause, arms)
    except CannotBe:
        return NOTHING
    spread = float(tested.covariance[0, 0])
    if len(tested.groups) < 2 or not spread > 0:
        return NOTHING
    z = float(tested.scores[0]) / sqrt(spread)
    (f, s), (g, t) = (_incidence(time[arms == a], cause[arms == a], horizon) for a in (0, 1))
    apart = f - g
    return (z, apart, sqrt(s * s + t * t)) if isfinite(apart) else (z, nan, nan)


def _incidence(time: Floats, cause: Whole, horizon: float) -> tuple[float, float]:
    """The cumulative incidence at the horizon and its standard error; NaN where nobody was followed so long."""
    if time.max() < horizon and (cause == CENSORED).any():
        return nan, nan
    if not (cause == HAPPENED).any():
        return 0.0, 0.0
    found = cumulative_incidence(time, cause).at(np.array([horizon]))
    return float(found.incidence[0, 0]), float(found.se[0, 0])
