"""Where must the recursion look, so that no narrow step between two looks slips between its nodes?"""

from functools import lru_cache
from itertools import pairwise
from math import ceil, pi, sqrt

import numpy as np
from numpy.typing import NDArray

from cordula.stats.refusals import CannotBe

Floats = NDArray[np.float64]

REACH = 9.0  # standard deviations kept on either side of the mean; beyond lies 1e-19
SPACING = 0.75  # widest distance of two nodes, in standard deviations of the narrowest step
MOST_NODES = 2048


@lru_cache(maxsize=64)
def legendre(count: int) -> tuple[Floats, Floats]:
    """Gauss–Legendre nodes and weights on [−1, 1], each of shape (count,); Newton on the three-term recurrence."""
    x = np.cos(pi * (np.arange(count) + 0.75) / (count + 0.5))[::-1].copy()
    for _ in range(8):
        value, slope = _polynomial(count, x)
        x -= value / slope
    _, slope = _polynomial(count, x)
    return x, 2.0 / ((1.0 - x * x) * slope * slope)


def _polynomial(count: int, x: Floats) -> tuple[Floats, Floats]:
    before, now = np.ones_like(x), x.copy()
    for degree in range(2, count + 1):
        before, now = now, ((2 * degree - 1) * x * now - (degree - 1) * before) / degree
    return now, count * (x * now - before) / (x * x - 1.0)


@lru_cache(maxsize=4096)
def nodes_for(information: tuple[float, ...]) -> int:
    """How many nodes this spacing of the looks asks for: the closer two looks, the narrower their step."""
    steps = [sqrt(b / a - 1.0) for a, b in pairwise(information)]
    narrowest = min([1.0, *steps])
    count = 8 * ceil(pi / 2 * (REACH + 3.0) / (SPACING * narrowest) / 8)
    if count > MOST_NODES:
        raise CannotBe(
            f"two looks are too near: the information grows by a factor {1 + narrowest**2:.6f} only; "
            "the later look must have at least 0.03 % more information than the earlier"
        )
    return max(count, 32)
