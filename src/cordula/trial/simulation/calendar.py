"""When does each look take place, and how many children have entered by then? The same children in every kind of trial."""

import numpy as np
from numpy.typing import NDArray

from cordula.stats.simulation.philox import uniforms, words_of_key
from cordula.stats.simulation.purposes import PATIENT

Floats = NDArray[np.float64]


def calendar(
    seed: int,
    first: int,
    trials: int,
    looks: tuple[int, ...],
    gap_months: float,
    follow_up_months: float,
) -> tuple[Floats, Floats]:
    """Children entered by each look, and its month (NaN where no accrual is told); shapes (trials, looks).

    A look comes when the planned number of children has been followed for the whole time."""
    shape = (trials, len(looks))
    if gap_months <= 0:
        return np.broadcast_to(np.array(looks, float), shape), np.full(shape, np.nan)
    u = uniforms(words_of_key(seed, "trial"), first, trials, PATIENT, looks[-1])[3]
    entry = np.cumsum(-gap_months * np.log(u), axis=1)
    months = entry[:, np.array(looks) - 1] + follow_up_months
    return (entry[:, None, :] <= months[:, :, None]).sum(axis=2).astype(float), months
