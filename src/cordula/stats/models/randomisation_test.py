"""How often would chance allocation alone show such a difference? Permutation and re-randomisation tests."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, islice
from math import comb, sqrt

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike

from cordula.stats.asked import asked
from cordula.stats.models.ancova import ancova_from_sums
from cordula.stats.models.inputs import Floats, Whole, array, numbers, plain, two_arms
from cordula.stats.refusals import CannotBe

Statistic = Callable[[Whole], Floats]
"""Of allocations (R, n) of arms 0 and 1, one number each: shape (R,). Far from nought speaks against the null."""

EXACT_UP_TO = 200_000
BLOCK = 20_000


@dataclass(frozen=True, slots=True)
class RandomisationTest:
    """`p` counts |T| ≥ |observed|, `p_greater` T ≥ observed, `p_less` T ≤ observed.

    Sampled P values count the allocation that happened among the draws, so that they are valid at
    any number of draws (Phipson & Smyth 2010); `p_error` is their Monte Carlo standard error."""

    observed: float
    p: float
    p_greater: float
    p_less: float
    allocations: int
    exact: bool
    p_error: float


@asked
def permutation_test(
    arm: ArrayLike, statistic: Statistic, *, rng: Generator, draws: int = 99_999
) -> RandomisationTest:
    """Permutation test of arms 0 and 1, `arm` (n,), keeping the size of each.

    All allocations are listed up to 200,000 of them, else `draws` are sampled with `rng`."""
    seen = two_arms(arm, plain("arm", arm).size)
    ways = comb(seen.size, int(seen.sum()))
    if ways <= EXACT_UP_TO:
        return _counted(seen, statistic, _all(seen), exact=True)
    return _counted(seen, statistic, _shuffled(seen, draws, rng), exact=False)


@asked
def rerandomisation_test(
    arm: ArrayLike, statistic: Statistic, allocations: ArrayLike
) -> RandomisationTest:
    """Test by the very procedure that allocated: `allocations` (R, n) were drawn by it anew.

    `arm` (n,) is what happened. Outcomes and covariates stay as they were (Rosenberger, Uschner &
    Wang 2019, Stat Med 38:1–12). Draw with `cordula.stats.randomisation`."""
    seen = two_arms(arm, plain("arm", arm).size)
    drawn = array("allocations", allocations)
    if drawn.ndim != 2 or drawn.shape[1] != seen.size or not len(drawn):
        raise CannotBe(f"allocations has shape {drawn.shape}; (draws, {seen.size}) is needed")
    if not np.isin(drawn, (0.0, 1.0)).all() or np.ptp(drawn, axis=1).min() == 0.0:
        raise CannotBe(
            "allocations holds a draw without both arms, 0 (control) and 1, or another arm"
        )
    parts = (drawn[k : k + BLOCK].astype(np.int64) for k in range(0, len(drawn), BLOCK))
    return _counted(seen, statistic, parts, exact=False)


@asked
def difference_in_means(outcome: ArrayLike) -> Statistic:
    """Mean outcome of arm 1 less that of arm 0."""
    y = numbers("outcome", outcome)

    def of(arms: Whole) -> Floats:
        treated = arms @ np.ones(y.size)
        total = arms @ y
        return np.asarray(total / treated - (y.sum() - total) / (y.size - treated))

    return of


@asked
def ancova_t(outcome: ArrayLike, baseline: ArrayLike) -> Statistic:
    """The ANCOVA t statistic of arm 1 against arm 0 with one covariate."""
    y = numbers("outcome", outcome)
    x = numbers("baseline", baseline, y.size)
    y, x = y - y.mean(), x - x.mean()
    moments = np.column_stack([np.ones(y.size), x, y, x * x, x * y, y * y])

    def of(arms: Whole) -> Floats:
        treated = (arms @ moments).T
        control = moments.sum(axis=0)[:, None] - treated
        effect, variance, _ = ancova_from_sums(*treated, *control)
        return np.asarray(effect / np.sqrt(variance))

    return of


def _all(seen: Whole) -> Iterator[Whole]:
    chosen = combinations(range(seen.size), int(seen.sum()))
    while block := list(islice(chosen, BLOCK)):
        arms = np.zeros((len(block), seen.size), dtype=np.int64)
        np.put_along_axis(arms, np.array(block), 1, axis=1)
        yield arms


def _shuffled(seen: Whole, draws: int, rng: Generator) -> Iterator[Whole]:
    if draws < 1:
        raise CannotBe(f"{draws} draws; at least one is needed")
    for begun in range(0, draws, BLOCK):
        yield rng.permuted(np.tile(seen, (min(BLOCK, draws - begun), 1)), axis=1)


def _counted(
    seen: Whole, statistic: Statistic, parts: Iterable[Whole], exact: bool
) -> RandomisationTest:
    observed = float(statistic(seen[None, :])[0])
    near = 1e-10 * max(1.0, abs(observed))
    counts, total = np.zeros(3), 0
    for arms in parts:
        values = statistic(arms)
        far = np.abs(values) >= abs(observed) - near
        counts += far.sum(), (values >= observed - near).sum(), (values <= observed + near).sum()
        total += len(arms)
    p, greater, less = counts / total if exact else (counts + 1) / (total + 1)
    error = 0.0 if exact else sqrt(p * (1 - p) / total)
    return RandomisationTest(observed, float(p), float(greater), float(less), total, exact, error)
