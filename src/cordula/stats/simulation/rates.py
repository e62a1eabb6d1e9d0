"""Which simulated trials of two shares stop where? Counts are drawn stage by stage, and judged by cumulative counts.

The statistic is the pooled z of the cumulative counts, not a combination of the stages' own z: the two differ
by half a point of power. For up to a hundred children `exact` counts every result instead."""

from dataclasses import dataclass

import numpy as np

from cordula.stats.asked import asked
from cordula.stats.compiled import compiled, kernel_or_twin
from cordula.stats.refusals import CannotBe
from cordula.stats.simulation.asked_for import block, bounds
from cordula.stats.simulation.philox import Floats, Words, fill_trials, uniforms_plain
from cordula.stats.simulation.purposes import STAGE
from cordula.stats.simulation.stops import CHUNK, Counts, stop, verdict

# Of (0, 1), when a count is looked for in its table: a power of 2, so that a product with it is exact.
PARTS = 256


@dataclass(frozen=True, slots=True)
class Stopped:
    """counts: shape (K, 4) as in `means`; differences: the sum of the differences of shares at stopping, and
    of their squares."""

    counts: Counts
    differences: tuple[float, float]


@asked
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
    block(stream, first, trials)
    if sides not in (1, 2):
        raise CannotBe(f"{sides} sides; a test has 1 or 2")
    if np.shape(sizes) != (len(critical), 2) or not (
        np.isfinite(sizes).all() and np.equal(sizes, np.floor(sizes)).all()
    ):
        raise CannotBe(
            f"sizes of shape {np.shape(sizes)}: whole numbers for both arms at each of {len(critical)} looks"
        )
    sizes = np.asarray(sizes, dtype=np.int64)
    stages = np.diff(sizes, axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
    if stages.min() < 0 or sizes[0].min() < 1:
        raise CannotBe(
            "sizes: those of both arms at each look, from 1, and never fewer than before"
        )
    if not 0 <= min(shares) <= max(shares) <= 1:
        raise CannotBe(f"shares of {shares} cannot be: from 0 to 1")
    counts, sums = np.zeros((len(sizes), 4), dtype=np.int64), np.zeros(2)
    _block(stream, first, trials, cumulative(stages, shares), np.asarray(sizes, np.int64),
           bounds("critical bounds", critical, len(sizes)), bounds("futility bounds", futility, len(sizes)), sides == 2, counts, sums)  # fmt: skip
    return Stopped(counts, (float(sums[0]), float(sums[1])))


def cumulative(stages: Counts, shares: tuple[float, float]) -> Floats:
    """The distribution function of each stage's count: shape (K, 2, most + 1), 1 beyond the possible."""
    from scipy.special import betainc

    count, sizes = np.arange(stages.max() + 1), stages[:, :, None]
    # P(X ≤ x) = I(n − x, x + 1) at 1 − share (Abramowitz & Stegun 1964, 26.5.24).
    below = betainc(np.maximum(sizes - count, 1), count + 1, 1.0 - np.array(shares)[:, None])
    return np.asarray(np.where(count < sizes, below, 1.0), dtype=np.float64)


@compiled
def pooled_z(x: int, y: int, m: int, n: int) -> float:
    """z of x of m against y of n with the pooled variance; 0 where all or none have it."""
    share = (x + y) / (m + n)
    spread = share * (1.0 - share) * (1.0 / m + 1.0 / n)
    return (x / m - y / n) / np.sqrt(spread) if spread > 0.0 else 0.0


@compiled
def _signposts(table: Floats) -> Counts:
    """Where to begin to look for a count: of each stage and arm, for each of equal parts of (0, 1)."""
    stages, arms, most = table.shape
    posts = np.empty((stages, arms, PARTS), np.int64)
    for k in range(stages):
        for arm in range(arms):
            count = 0
            for part in range(PARTS):
                while count < most - 1 and table[k, arm, count] <= part / PARTS:
                    count += 1
                posts[k, arm, part] = count
    return posts


@compiled
def _add(of_stage: Floats, posts: Counts, u: Floats, so_far: Counts) -> None:
    """The stage's count of each trial: the least whose distribution function is above u."""
    for trial in range(len(u)):
        count = posts[int(u[trial] * PARTS)]
        while of_stage[count] <= u[trial]:
            count += 1
        so_far[trial] += count


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
    looks, posts = len(sizes), _signposts(table)
    u, z, estimate, told = np.empty((4, CHUNK)), np.empty(CHUNK), np.empty(CHUNK), np.empty(CHUNK)
    x, y, running = np.empty(CHUNK, np.int64), np.empty(CHUNK, np.int64), np.empty(CHUNK, np.int64)
    for begun in range(0, trials, CHUNK):
        here = min(CHUNK, trials - begun)
        x[:], y[:], running[:], told[:] = 0, 0, 0, 0.0
        running[:here] = 1
        for k in range(looks):
            if k % 2 == 0:
                fill_trials(stream, first + begun, STAGE, k // 2, u)
            _add(table[k, 0], posts[k, 0], u[2 * (k % 2)], x)
            _add(table[k, 1], posts[k, 1], u[2 * (k % 2) + 1], y)
            _compared(x, y, sizes[k, 0], sizes[k, 1], z, estimate)
            bounds = (critical[k], futility[k])
            stop(z, estimate, bounds, two, k == looks - 1, running, told, counts[k])
        for trial in range(here):
            sums[0] += told[trial]
            sums[1] += told[trial] * told[trial]


@compiled
def _compared(x: Counts, y: Counts, m: int, n: int, z: Floats, difference: Floats) -> None:
    for trial in range(len(z)):
        z[trial] = pooled_z(x[trial], y[trial], m, n)
        difference[trial] = x[trial] / m - y[trial] / n


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
