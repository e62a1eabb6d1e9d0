"""Which simulated trials of a mean stop where, when only the sufficient statistic is drawn? Millions in a second.

The score B grows by independent normal steps, B_k − B_{k−1} ~ N(θ ΔI, ΔI), and Z_k = B_k / √I_k (Jennison &
Turnbull 2000, section 3.1). The variance is taken as known; for few children `continuous` draws them one by one."""

from dataclasses import dataclass

import numpy as np

from cordula.stats.asked import asked
from cordula.stats.compiled import compiled, kernel_or_twin
from cordula.stats.refusals import CannotBe, finite
from cordula.stats.simulation.asked_for import block, bounds
from cordula.stats.simulation.normal import normal_plain, normals
from cordula.stats.simulation.philox import Floats, Words, fill_trials, uniforms_plain
from cordula.stats.simulation.purposes import STAGE
from cordula.stats.simulation.stops import CHUNK, END, FUTILITY, LOWER, UPPER, Counts, stop


@dataclass(frozen=True, slots=True)
class Stopped:
    """counts: shape (K, 4), trials that stopped at each look at the upper bound, at the lower bound, for
    futility, or at the end; estimates: their sum and the sum of their squares at the moment of stopping."""

    counts: Counts
    estimates: tuple[float, float]


@asked
def simulated(
    stream: Words,
    first: int,
    trials: int,
    effect: float,
    information: Floats,
    critical: Floats,
    futility: Floats,
    sides: int,
) -> Stopped:
    """Trials `first` to `first + trials − 1` of a group-sequential design with known variance.

    effect: θ, in the unit of the estimate; information: 1 / variance of the estimate at each look, shape
    (K,), rising; critical: bound of z at each look; futility: stop at or below it (two sides: inside ±),
    −inf where there is none; sides: 1 or 2; stream: `philox.words_of_key(seed, purpose)`. Raises CannotBe
    where these do not fit together."""
    block(stream, first, trials)
    finite(effect=effect)
    if sides not in (1, 2):
        raise CannotBe(f"{sides} sides; a test has 1 or 2")
    information = np.asarray(information, dtype=np.float64)
    looks = len(information)
    if looks == 0 or len(critical) != looks or len(futility) != looks:
        raise CannotBe(
            f"{looks} looks, {len(critical)} and {len(futility)} bounds: one of each is needed"
        )
    if not (0 < information[0] <= information[-1] < np.inf and np.all(np.diff(information) > 0)):
        raise CannotBe(
            f"information {information} cannot be: it begins above 0 and rises at each look"
        )
    counts, sums = np.zeros((looks, 4), dtype=np.int64), np.zeros(2)
    steps = np.diff(information, prepend=0.0)
    _block(stream, first, trials, effect * steps, np.sqrt(steps), information,
           bounds("critical bounds", critical, looks), bounds("futility bounds", futility, looks), sides == 2, counts, sums)  # fmt: skip
    return Stopped(counts, (float(sums[0]), float(sums[1])))


@compiled
def _kernel(
    stream: Words,
    first: int,
    trials: int,
    drifts: Floats,
    roots: Floats,
    information: Floats,
    critical: Floats,
    futility: Floats,
    two: bool,
    counts: Counts,
    sums: Floats,
) -> None:
    looks = len(information)
    u, z, spare = np.empty((4, CHUNK)), np.empty(CHUNK), np.empty((2, CHUNK))
    score, estimate, told = np.empty(CHUNK), np.empty(CHUNK), np.empty(CHUNK)
    running = np.empty(CHUNK, np.int64)
    for begun in range(0, trials, CHUNK):
        here = min(CHUNK, trials - begun)
        score[:], running[:], told[:] = 0.0, 0, 0.0
        running[:here] = 1
        for k in range(looks):
            if k % 4 == 0:
                fill_trials(stream, first + begun, STAGE, k // 4, u)
            normals(u[k % 4], z, spare)
            _step(score, z, estimate, drifts[k], roots[k], information[k])
            bounds = (critical[k], futility[k])
            stop(z, estimate, bounds, two, k == looks - 1, running, told, counts[k])
        for trial in range(here):
            sums[0] += told[trial]
            sums[1] += told[trial] * told[trial]


@compiled
def _step(
    score: Floats, z: Floats, estimate: Floats, drift: float, root: float, information: float
) -> None:
    """The scores after a further stage; z becomes that of the scores."""
    scale, inverse = 1.0 / np.sqrt(information), 1.0 / information
    for trial in range(len(z)):
        score[trial] += drift + root * z[trial]
        z[trial], estimate[trial] = score[trial] * scale, score[trial] * inverse


def plain(
    stream: Words,
    first: int,
    trials: int,
    drifts: Floats,
    roots: Floats,
    information: Floats,
    critical: Floats,
    futility: Floats,
    two: bool,
    counts: Counts,
    sums: Floats,
) -> None:
    """The twin: all looks of all trials, and then the first that stops."""
    looks = len(information)
    u = uniforms_plain(stream, first, trials, STAGE, -(-looks // 4))
    steps = drifts + roots * normal_plain(np.moveaxis(u, 0, 2).reshape(trials, -1)[:, :looks])
    score = np.cumsum(steps, axis=1)
    z = score / np.sqrt(information)
    what = np.full(z.shape, -1)
    what[(np.abs(z) if two else z) <= futility] = FUTILITY
    what[:, -1] = END
    what[(z <= -critical) & two] = LOWER
    what[z >= critical] = UPPER
    look = np.argmax(what >= 0, axis=1)
    rows = np.arange(trials)
    np.add.at(counts, (look, what[rows, look]), 1)
    estimate = score[rows, look] / information[look]
    sums += estimate.sum(), (estimate**2).sum()


_block = kernel_or_twin(_kernel, plain)
