"""Were enough infants seen at the same visits for a covariance of these visits, or does the likelihood rise for ever?

Among n infants seen at all of m visits, a design that spends r of them leaves n − r. With 1 ≤ n − r < m some
combination of the m outcomes can be fitted without error; as its variance shrinks to nought, −2ℓ falls like
(n − r) log of it, without an end. With n − r < 1 nothing speaks against that variance being nought."""

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from cordula.stats.models.inputs import Floats
from cordula.stats.models.likelihood import dense
from cordula.stats.models.patterns import Products


def too_few(products: Products) -> str:
    """Which visits are short of infants, in words; empty where none are."""
    for visits, infants, spent in _shared(products):
        if infants - spent < len(visits):
            names = f"{', '.join(map(str, visits[:-1]))} and {visits[-1]}"
            return (
                f"only {infants} infant{'s were' if infants != 1 else ' was'} seen at all of visits {names}, and "
                f"the design has {spent} coefficients for them; {spent + len(visits)} are needed"
            )
    return ""


def _shared(products: Products) -> Iterator[tuple[tuple[int, ...], int, int]]:
    """Of two visits or more, from few to many: infants seen at all of them, and the rank of the design there."""
    patterns, counts, sums, stacked = products
    whole = dense(sums, stacked)[..., :-1, :-1]
    for size in range(2, patterns.shape[1] + 1):
        for visits in combinations(range(patterns.shape[1]), size):
            there = patterns[:, visits].all(axis=1)
            some = whole[there].sum(axis=0)[np.ix_(visits, visits)]
            yield visits, int(counts[there].sum()), _rank(some)


def _rank(some: Floats) -> int:
    """Of the design of a combination of these visits: any will do in which each has a weight of its own."""
    weights = 1.0 / np.sqrt(2.0 + np.arange(len(some)))
    inner = np.einsum("u,uvij,v->ij", weights, some, weights)
    return int(np.linalg.matrix_rank(inner, hermitian=True, tol=1e-9 * max(inner.max(), 1e-300)))
