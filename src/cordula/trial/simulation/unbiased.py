"""What is the effect once it is allowed for that the trial might have stopped before? The median-unbiased estimate.

By stagewise ordering (Jennison & Turnbull 2000, section 8.4), `stats.sequential.final_inference`. That takes
milliseconds and there are thousands of trials, so it is worked out at some z of each look and read off between them."""

from functools import lru_cache
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from cordula.stats.monotone import MonotoneCurve
from cordula.stats.refusals import NotConverged
from cordula.stats.sequential import final_inference
from cordula.trial.rules import LookRule
from cordula.trial.rules.looks import z_of

Floats = NDArray[np.float64]
Places = NDArray[np.int64]
# Where it is worked out: past the ends nothing moves any more, or the trial would have stopped at a look before.
GRID = np.linspace(-7.0, 7.0, 57)


def median_unbiased(
    looks: LookRule, look: Places, higher: Floats, estimate: Floats, error: Floats
) -> Floats:
    """The estimate that lies above the truth as often as below it; arrays of one shape, one value for a trial.

    look: at which each stopped (the first is 0); higher: its one-sided P value there; estimate and standard
    error: the plain ones. Bounds as planned. NaN where nothing was estimated. At the first look it is the plain one."""
    z = z_of(higher)
    moved = np.full(estimate.shape, np.nan)
    for k in range(len(looks.shares)):
        here = look == k
        moved[here] = _moved(looks, k, z[here]) if k else 0.0
    return np.asarray(estimate + moved * error)


def _moved(looks: LookRule, look: int, z: Floats) -> Floats:
    """How many standard errors it lies above the plain estimate."""
    at, found = _table(looks, look)
    if len(at) < 2:
        return np.full(z.shape, np.nan)
    between = np.clip(z, at[0], at[-1])
    return np.asarray(MonotoneCurve(at, found)(between) - z)


@lru_cache(maxsize=64)
def _table(looks: LookRule, look: int) -> tuple[Floats, Floats]:
    """The z of the table, and the median-unbiased one of each, in standard errors of this look."""
    plan = looks.boundaries()
    scale = sqrt(plan.information[look] / plan.information[-1])
    kept = []
    for z in GRID:
        found = final_inference(plan, look + 1, float(z))
        if not isinstance(found, NotConverged):
            kept.append((float(z), found.estimate * scale))
    at, told = np.array(kept).reshape(-1, 2).T
    return at, told
