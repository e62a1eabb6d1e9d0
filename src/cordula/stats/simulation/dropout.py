"""Who drops out? Each patient with a probability that may depend on her baseline, and on average the stated share."""

from math import exp, log

import numpy as np

from cordula.stats.compiled import compiled
from cordula.stats.refusals import CannotBe

# Nodes for a mean over a standard normal baseline; the integrand is smooth, so 40 are exact to 1e-12.
_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(40)
_WEIGHTS = _WEIGHTS / _WEIGHTS.sum()
NOBODY = -np.inf
# The logistic function at every eighth from −32 to 32: between two of them lies what needs no exp to be told.
EIGHTHS, REACH = 8.0, 32.0
STEPS = 1 / (1 + np.exp(-np.arange(-REACH, REACH + 1 / EIGHTHS, 1 / EIGHTHS)))


@compiled
def leaves(u: float, odds: float) -> bool:
    """Whether u is below 1 / (1 + exp(−odds)); the exp is worked out only where the table cannot tell."""
    if not -REACH < odds < REACH - 1.0 / EIGHTHS:
        return u < 1.0 / (1.0 + exp(-odds))
    place = int((odds + REACH) * EIGHTHS)
    if u >= STEPS[place + 1]:
        return False
    return u < STEPS[place] or u < 1.0 / (1.0 + exp(-odds))


def intercept(share: float, slope: float) -> float:
    """The log odds of dropping out at an average baseline, such that `share` drop out on average.

    slope: log odds for one SD of baseline; with slope 0 it is the logit of the share. −inf where nobody
    drops out. Raises CannotBe for a share that is none."""
    if not 0 <= share < 1:
        raise CannotBe(f"a dropout of {share:g} cannot be: a share from 0 to below 1 is right")
    if share == 0:
        return NOBODY
    if slope == 0:
        return log(share / (1 - share))
    return _bisected(share, slope)


def _bisected(share: float, slope: float) -> float:
    low, high = -60.0 - abs(slope) * 10, 60.0 + abs(slope) * 10
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if _average(middle, slope) < share else (low, middle)
    return (low + high) / 2


def _average(intercept: float, slope: float) -> float:
    odds = np.array([exp(-min(max(intercept + slope * x, -700.0), 700.0)) for x in _NODES])
    return float(_WEIGHTS @ (1 / (1 + odds)))
