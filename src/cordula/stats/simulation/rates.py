"""Which simulated trials of two shares stop where? Counts are drawn stage by stage, and judged by cumulative counts.

The statistic is the pooled z of the cumulative counts, not a combination of the stages' own z: the two differ
by half a point of power. For up to a hundred children `exact` counts every result instead."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cordula.stats.compiled import compiled, kernel_or_twin
from cordula.stats.refusals import CannotBe
from cordula.stats.simulation.means import CHUNK, verdict
from cordula.stats.simulation.philox import Floats, Words, fill_trials, uniforms_plain
from cordula.stats.simulation.purposes import STAGE

Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Stopped:
    """counts: shape (K, 4) as in `means`; differences: the sum of the differences of shares at stopping, and
    of their squares."""

    counts: Counts
    differences: tuple[float, float]


def simulated(
    stream: Words,
    first: int,
    trials: int,
    shares: tuple[float, float],
    sizes: Counts,
    critical: Floats,
    futility: Floats,
    sides: int,
) -> Stopped:
    """Trials `first` to `first + trials − 1` of a comparison of two shares.

    shares: of arm 0 and arm 1; sizes: patients of each arm by each look, shape (K, 2), rising; critical,
    futility, sides, stream: as in `means`. Raises CannotBe where these do not fit together. The score test of
    two shares: Farrington & Manning 1990, Stat Med 9, 1447, with no difference under H₀."""
    stages = np.diff(sizes, axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
    if sizes.shape != (len(critical), 2) or stages.min() < 0 or sizes[0].min() < 1:
        raise CannotBe(
            "sizes: those of both arms at each look, from 1, and never fewer than before"
        )
    if not 0 <= min(shares) <= max(shares) <= 1:
        raise CannotBe(f"shares of {shares} cannot be: from 0 to 1")
    counts, sums = np.zeros((len(sizes), 4), dtype=np.int64), np.zeros(2)
    _block(stream, first, trials, cumulative(stages, shares), np.asarray(sizes, np.int64),
           np.asarray(critical, float), np.asarray(futility, float), sides == 2, counts, sums)  # fmt: skip
    return Stopped(counts, (float(sums[0]), float(sums[1])))


def cumulative(stages: Counts, shares: tuple[float, float]) -> Floats:
    """The distribution function of each stage's count: shape (K, 2, most + 1), 1 beyond the possible."""
    from scipy.stats import binom

    most = int(stages.max())
    table = np.ones((len(stages), 2, most + 1))
    for k, stage in enumerate(stages):
        for arm in range(2):
            table[k, arm] = binom.cdf(np.arange(most + 1), stage[arm], shares[arm])
    return table


@compiled
def pooled_z(x: int, y: int, m: int, n: int) -> float:
    """z of x of m against y of n with the pooled variance; 0 where all or none have it."""
    share = (x + y) / (m + n)
    spread = share * (1.0 - share) * (1.0 / m + 1.0 / n)
    return (x / m - y / n) / np.sqrt(spread) if spread > 0.0 else 0.0


@compiled
def _count(of_stage: Floats, u: float) -> int:
    """The least count whose distribution function is above u."""
    low, high = 0, len(of_stage) - 1
    while low < high:
        middle = (low + high) // 2
        if of_stage[middle] > u:
            high = middle
        else:
            low = middle + 1
    return low


@compiled
def _kernel(
    stream: Words,
    first: int,
    trials: int,
    table: Floats,
    sizes: Counts,
    critical: Floats,
    futility: Floats,
    two: bool,
    counts: Counts,
    sums: Floats,
) -> None:
    looks = len(sizes)
    u = np.empty((-(-looks // 2), 4, CHUNK))
    for begun in range(0, trials, CHUNK):
        for pair in range(len(u)):
            fill_trials(stream, first + begun, STAGE, pair, u[pair])
        for trial in range(min(CHUNK, trials - begun)):
            x, y = 0, 0
            for k in range(looks):
                x += _count(table[k, 0], u[k // 2, 2 * (k % 2), trial])
                y += _count(table[k, 1], u[k // 2, 2 * (k % 2) + 1, trial])
                m, n = sizes[k, 0], sizes[k, 1]
                z = pooled_z(x, y, m, n)
                found = verdict(z, critical[k], futility[k], two, k == looks - 1)
                if found >= 0:
                    counts[k, found] += 1
                    difference = x / m - y / n
                    sums[0] += difference
                    sums[1] += difference * difference
                    break


def plain(
    stream: Words,
    first: int,
    trials: int,
    table: Floats,
    sizes: Counts,
    critical: Floats,
    futility: Floats,
    two: bool,
    counts: Counts,
    sums: Floats,
) -> None:
    """The twin: the same draws, searched for in the tables by NumPy."""
    looks = len(sizes)
    u = uniforms_plain(stream, first, trials, STAGE, -(-looks // 2))
    drawn = np.moveaxis(u, 0, 2).reshape(trials, -1)
    x, y = np.zeros(trials, dtype=np.int64), np.zeros(trials, dtype=np.int64)
    running = np.ones(trials, dtype=bool)
    for k in range(looks):
        x += np.searchsorted(table[k, 0], drawn[:, 2 * k], side="right")
        y += np.searchsorted(table[k, 1], drawn[:, 2 * k + 1], side="right")
        m, n = (int(size) for size in sizes[k])
        for trial in np.flatnonzero(running):
            z = pooled_z(int(x[trial]), int(y[trial]), m, n)
            found = verdict(z, critical[k], futility[k], two, k == looks - 1)
            if found >= 0:
                counts[k, found] += 1
                running[trial] = False
                difference = x[trial] / m - y[trial] / n
                sums += difference, difference**2


_block = kernel_or_twin(_kernel, plain)
