"""How is minimisation run many thousand times? The arithmetic of `minimisation`, beside its plain twin."""

import numpy as np
from numpy.typing import NDArray

from cordula.stats.compiled import compiled, kernel_or_twin
from cordula.stats.models.inputs import Flags, Floats, Whole

NEAR = 1e-9
RANGE, VARIANCE, DEVIATION, TOTAL = range(4)
Arms = NDArray[np.int8]


def scores_of(counts: Floats, share: Floats, weights: Floats, kind: int) -> Floats:
    """Weighted imbalance, were the infant given to each arm: `counts` (draws, factors, arms) → (draws, arms)."""
    found = np.empty((len(counts), share.size))
    for arm in range(share.size):
        then = counts.copy()
        then[:, :, arm] += 1.0
        then /= share
        if kind == RANGE:
            apart = then.max(axis=2) - then.min(axis=2)
        elif kind == TOTAL:
            apart = then[:, :, arm]
        else:
            apart = then.var(axis=2, ddof=1) ** (1.0 if kind == VARIANCE else 0.5)
        found[:, arm] = apart @ weights
    return found


def chances_of(best: Flags, share: Floats, favour: float) -> Floats:
    """The chance of each arm, given which are `best` (draws, arms): what ties in rank would share."""
    tied = best.sum(axis=1)[:, None]
    others = max(1, share.size - 1)
    mass = np.where(tied == share.size, 1.0, favour + (tied - 1) * (1.0 - favour) / others)
    inside, outside = best * share, ~best * share
    out = outside.sum(axis=1)[:, None]
    kept = mass * inside / inside.sum(axis=1)[:, None]
    return np.asarray(kept + (1.0 - mass) * outside / np.where(out > 0.0, out, 1.0))


def minimise_twin(
    levels: Whole, chance: Floats, share: Floats, weights: Floats, kind: int, favour: float
) -> Arms:
    """Arms (draws, n) of infants with `levels` (n, factors), by uniform numbers `chance` (draws, n)."""
    draws, size = chance.shape
    counts = np.zeros((draws, int(levels.max()) + 1, share.size))
    arms = np.empty((draws, size), dtype=np.int8)
    for i in range(size):
        scores = scores_of(counts[:, levels[i]], share, weights, kind)
        best = scores <= scores.min(axis=1)[:, None] + NEAR
        upto = np.cumsum(chances_of(best, share, favour), axis=1)[:, :-1]
        arms[:, i] = (chance[:, i, None] >= upto).sum(axis=1)
        counts[np.arange(draws)[:, None], levels[i], arms[:, i, None]] += 1.0
    return arms


@compiled
def _score(
    counts: Floats, levels: Whole, share: Floats, weights: Floats, kind: int, arm: int
) -> float:
    """The weighted imbalance, were one infant given to `arm`: `counts` (places, arms)."""
    arms, total = share.size, 0.0
    for f in range(levels.size):
        low, high, mean = np.inf, -np.inf, 0.0
        for k in range(arms):
            then = (counts[levels[f], k] + (k == arm)) / share[k]
            low, high, mean = min(low, then), max(high, then), mean + then / arms
        if kind == RANGE:
            total += weights[f] * (high - low)
        elif kind == TOTAL:
            total += weights[f] * (counts[levels[f], arm] + 1.0) / share[arm]
        else:
            spread = 0.0
            for k in range(arms):
                then = (counts[levels[f], k] + (k == arm)) / share[k]
                spread += (then - mean) * (then - mean) / (arms - 1)
            total += weights[f] * (spread if kind == VARIANCE else np.sqrt(spread))
    return total


@compiled
def _drawn(scores: Floats, share: Floats, favour: float, chance: float) -> int:
    """The arm on which a uniform number falls."""
    arms, least = scores.size, scores.min()
    tied, inside, outside = 0, 0.0, 0.0
    for k in range(arms):
        if scores[k] <= least + NEAR:
            tied += 1
            inside += share[k]
        else:
            outside += share[k]
    mass = 1.0 if tied == arms else favour + (tied - 1) * (1.0 - favour) / (arms - 1)
    upto = 0.0
    for k in range(arms - 1):
        upto += (
            mass * share[k] / inside
            if scores[k] <= least + NEAR
            else (1.0 - mass) * share[k] / outside
        )
        if chance < upto:
            return k
    return arms - 1


@compiled
def _any_arms(
    levels: Whole, chance: Floats, share: Floats, weights: Floats, kind: int, favour: float
) -> Arms:
    draws, size = chance.shape
    places = levels.max() + 1
    arms = np.empty((draws, size), dtype=np.int8)
    scores = np.empty(share.size)
    counts = np.empty((places, share.size))
    for r in range(draws):
        counts[:] = 0.0
        for i in range(size):
            for k in range(share.size):
                scores[k] = _score(counts, levels[i], share, weights, kind, k)
            arm = _drawn(scores, share, favour, chance[r, i])
            arms[r, i] = arm
            for f in range(levels.shape[1]):
                counts[levels[i, f], arm] += 1.0
    return arms


@compiled
def _two_equal_arms(
    levels: Whole, chance: Floats, weights: Floats, squared: bool, favour: float
) -> Arms:
    """With two equal arms only the sign of Σ w·g(d) counts, d arm 0 less arm 1 at a level.

    |d + 1| − |d − 1| = 2 sign d and (d + 1)² − (d − 1)² = 4d: range and deviation look at the sign,
    variance and total at d itself."""
    draws, size = chance.shape
    factors = levels.shape[1]
    ahead = np.empty(levels.max() + 1)
    arms = np.empty((draws, size), dtype=np.int8)
    for r in range(draws):
        ahead[:] = 0.0
        for i in range(size):
            lean = 0.0
            for f in range(factors):
                d = ahead[levels[i, f]]
                lean += weights[f] * (d if squared else np.sign(d))
            first = 0.5 if abs(lean) <= NEAR else 1.0 - favour if lean > 0.0 else favour
            arm = 0 if chance[r, i] < first else 1
            arms[r, i] = arm
            for f in range(factors):
                ahead[levels[i, f]] += 1.0 - 2.0 * arm
    return arms


def minimise_kernel(
    levels: Whole, chance: Floats, share: Floats, weights: Floats, kind: int, favour: float
) -> Arms:
    """As `minimise_twin`, compiled; two equal arms by their difference alone."""
    if share.size == 2 and share[0] == share[1]:
        return _two_equal_arms(levels, chance, weights, kind in (VARIANCE, TOTAL), favour)
    return _any_arms(levels, chance, share, weights, kind, favour)


minimise_draws = kernel_or_twin(minimise_kernel, minimise_twin)
