"""How often would chance allocation alone show such a net benefit? For trials too small for a normal variance."""

from collections.abc import Sequence

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike

from cordula.stats.asked import asked
from cordula.stats.models.inputs import Floats, Whole, plain
from cordula.stats.models.randomisation_test import RandomisationTest, Statistic, permutation_test
from cordula.stats.win_ratio.endpoints import Endpoint, Hierarchy, hierarchy
from cordula.stats.win_ratio.pairs import net_of_pairs
from cordula.stats.win_ratio.peron import scored, through_hierarchy
from cordula.stats.win_ratio.win_ratio import Scoring


@asked
def win_ratio_test(
    arm: ArrayLike,
    endpoints: Sequence[Endpoint],
    *,
    rng: Generator,
    scoring: Scoring = "gehan",
    draws: int = 99_999,
) -> RandomisationTest:
    """Permutation test of the net benefit, exact up to 200,000 allocations, else `draws` of them.

    `arm` (n,; 0 or 1) and `endpoints` as in `win_ratio`. Péron's curves are drawn anew for every
    allocation, which takes its time: ask for fewer draws. Finkelstein & Schoenfeld (1999)."""
    statistic = net_benefit_statistic(endpoints, plain("arm", arm).size, scoring)
    return permutation_test(arm, statistic, rng=rng, draws=draws)


@asked
def net_benefit_statistic(
    endpoints: Sequence[Endpoint], size: int, scoring: Scoring = "gehan"
) -> Statistic:
    """The net benefit of arm 1 as a function of allocations (R, n), for `rerandomisation_test` as well."""
    of = hierarchy(endpoints, size)
    if scoring == "peron":
        return lambda arms: np.array([_net_by_curves(of, row == 1) for row in arms])
    won, lost = net_of_pairs(of)
    apart = won - lost

    def net(arms: Whole) -> Floats:
        treated = arms.astype(np.float64)
        count = treated.sum(axis=1)
        total = ((treated @ apart) * (1.0 - treated)).sum(axis=1)
        return np.asarray(total / (count * (size - count)))

    return net


def _net_by_curves(of: Hierarchy, treated: Whole) -> float:
    won, lost = through_hierarchy(scored(of.of(treated), of.of(~treated)))
    return float((won - lost).sum(axis=0).mean())
