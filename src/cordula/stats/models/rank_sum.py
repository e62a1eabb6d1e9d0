"""Does one group tend to rank above another? Wilcoxon's test, exact with ties."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike

from cordula.stats.asked import asked
from cordula.stats.models.estimate import below
from cordula.stats.models.inputs import Floats, Whole, numbers
from cordula.stats.refusals import CannotBe

EXACT_UP_TO = 100


@dataclass(frozen=True, slots=True)
class RankSum:
    """`statistic` counts the pairs in which the first group is above (a tie is one half).

    `p` is P(|W − E| ≥ |w − E|); `p_doubled` twice the smaller tail, which differs where ties and
    unequal groups make the distribution lopsided."""

    statistic: float
    p: float
    p_doubled: float
    p_greater: float
    p_less: float
    exact: bool


@asked
def rank_sum(first: ArrayLike, second: ArrayLike, exact: bool | None = None) -> RankSum:
    """Wilcoxon's rank sum test of `first` (n1,) against `second` (n2,), mid-ranks for ties.

    Exact (conditional on the ties) up to 100 values in all unless `exact` says otherwise, by the
    convolution of Streitberg & Röhmel (1986), Stat Software Newsletter 12:10–17; else normal with
    correction for ties and continuity. Raises CannotBe where all values are equal."""
    one, two = numbers("first", first), numbers("second", second)
    doubled = doubled_ranks(np.concatenate([one, two]))
    if doubled.min() == doubled.max():
        raise CannotBe("all values are equal; ranks say nothing")
    least = one.size * (one.size + 1) / 2
    statistic = float(doubled[: one.size].sum()) / 2 - least
    if exact is None:
        exact = doubled.size <= EXACT_UP_TO
    tails = _exact if exact else _normal
    return tails(doubled, one.size, statistic, least)


def doubled_ranks(values: Floats) -> Whole:
    """Twice the mid-rank of each value, a whole number: shape (n,)."""
    ordered = np.sort(values)
    below = np.searchsorted(ordered, values, side="left")
    upto = np.searchsorted(ordered, values, side="right")
    return (below + upto + 1).astype(np.int64)


def subset_sums(scores: Whole, size: int) -> Floats:
    """Chance of each sum of `size` of the whole `scores`, drawn without regard to order."""
    total = int(np.sort(scores)[-size:].sum()) + 1
    ways = np.zeros((size + 1, total))
    ways[0, 0] = 1.0
    for score in scores.tolist():
        ways[1:, score:] += ways[:-1, : total - score].copy()
    return np.asarray(ways[size] / ways[size].sum())


def _exact(doubled: Whole, size: int, statistic: float, least: float) -> RankSum:
    chance = subset_sums(doubled, size)
    sums = np.arange(chance.size)
    seen = round(2 * (statistic + least))
    centre = size * (doubled.size + 1)
    less, greater = chance[: seen + 1].sum(), chance[seen:].sum()
    far = chance[np.abs(sums - centre) >= abs(seen - centre)].sum()
    return _told(statistic, far, less, greater, exact=True)


def _normal(doubled: Whole, size: int, statistic: float, least: float) -> RankSum:
    n, other = doubled.size, doubled.size - size
    ranks = doubled / 2
    variance = size * other / n / (n - 1) * float(np.square(ranks - ranks.mean()).sum())
    sd, apart = sqrt(variance), statistic - size * other / 2
    less, greater = below((apart + 0.5) / sd), below((-apart + 0.5) / sd)
    return _told(statistic, 2 * min(less, greater), less, greater, exact=False)


def _told(statistic: float, far: float, less: float, greater: float, exact: bool) -> RankSum:
    doubled = min(1.0, 2.0 * float(min(less, greater)))
    p = min(1.0, float(far))
    return RankSum(statistic, p, doubled, min(1.0, float(greater)), min(1.0, float(less)), exact)
