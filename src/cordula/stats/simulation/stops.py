"""Which of many trials stop at this look, and why? All at once, and without a branch that would be guessed wrong."""

import numpy as np
from numpy.typing import NDArray

from cordula.stats.compiled import compiled
from cordula.stats.simulation.philox import Floats

Counts = NDArray[np.int64]
# So many trials are drawn at once; a result does not depend on it.
CHUNK = 256
# What a trial did, in the columns of `Stopped.counts`.
UPPER, LOWER, FUTILITY, END = 0, 1, 2, 3


@compiled
def verdict(z: float, critical: float, futility: float, two: bool, last: bool) -> int:
    """What this z does at this look; −1: it goes on."""
    if z >= critical:
        return UPPER
    if two and z <= -critical:
        return LOWER
    if last:
        return END
    return FUTILITY if (abs(z) if two else z) <= futility else -1


@compiled
def stop(
    z: Floats,
    estimate: Floats,
    bounds: tuple[float, float],
    two: bool,
    last: bool,
    running: Counts,
    told: Floats,
    counts: Counts,
) -> None:
    """As `verdict` for each of many trials; bounds: critical and futility at this look.

    running: 1 for those that have not stopped, brought up to date; told: the estimate of each that has stopped;
    counts: shape (4,), added to."""
    critical, futility = bounds
    upper, lower, vain = 0, 0, 0
    for trial in range(len(z)):
        value, still = z[trial], running[trial]
        above = still & np.int64(value >= critical)
        below = (still - above) & np.int64(two and value <= -critical)
        inside = np.int64(last or (abs(value) if two else value) <= futility)
        ended = (still - above - below) & inside
        upper, lower, vain = upper + above, lower + below, vain + ended
        running[trial] = still - above - below - ended
        told[trial] = estimate[trial] if running[trial] != still else told[trial]
    counts[UPPER] += upper
    counts[LOWER] += lower
    counts[END if last else FUTILITY] += vain
