"""Who drops out? Each patient with a probability that may depend on her baseline, and on average the stated share."""

from functools import lru_cache
from math import log

import numpy as np

from cordula.stats.asked import asked
from cordula.stats.compiled import inlined
from cordula.stats.refusals import CannotBe, finite
from cordula.stats.simulation.logarithm import logarithm

# Nodes for a mean over a standard normal baseline; the integrand is smooth, so 40 are exact to 1e-12.
_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(40)
_WEIGHTS = _WEIGHTS / _WEIGHTS.sum()
NOBODY = -np.inf


@inlined
def leaves(u: float, odds: float) -> bool:
    """Whether u, in (0, 1), is below 1 / (1 + exp(−odds)): whether its own log odds are below these."""
    return logarithm(u / (1.0 - u)) < odds


@asked
def intercept(share: float, slope: float) -> float:
    """The log odds of dropping out at an average baseline, such that `share` drop out on average.

    slope: log odds for one SD of baseline; with slope 0 it is the logit of the share. −inf where nobody
    drops out. Raises CannotBe for a share that is none."""
    if not 0 <= share < 1:
        raise CannotBe(f"a dropout of {share:g} cannot be: a share from 0 to below 1 is right")
    finite(slope=slope)
    if share == 0:
        return NOBODY
    if slope == 0:
        return log(share / (1 - share))
    return _bisected(share, slope)


@lru_cache(maxsize=256)
def _bisected(share: float, slope: float) -> float:
    low, high = -60.0 - abs(slope) * 10, 60.0 + abs(slope) * 10
    middle = (low + high) / 2
    while low < middle < high:
        low, high = (middle, high) if _average(middle, slope) < share else (low, middle)
        middle = (low + high) / 2
    return middle


def _average(intercept: float, slope: float) -> float:
    odds = np.exp(-np.clip(intercept + slope * _NODES, -700.0, 700.0))
    return float(_WEIGHTS @ (1 / (1 + odds)))
