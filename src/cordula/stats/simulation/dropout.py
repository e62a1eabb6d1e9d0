"""Who drops out? Each patient with a probability that may depend on her baseline, and on average the stated share."""

from math import exp, log

import numpy as np

from cordula.stats.refusals import CannotBe

# Nodes for a mean over a standard normal baseline; the integrand is smooth, so 40 are exact to 1e-12.
_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(40)
_WEIGHTS = _WEIGHTS / _WEIGHTS.sum()
NOBODY = -np.inf


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
