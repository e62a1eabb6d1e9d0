"""Where does a count of events stop that is watched between two boundaries? Exactly, infant by infant.

Schultz et al. 1973 (doi:10.2307/2529087): the chances of every count are carried forward, and what reaches a
boundary at a look is taken out. Kernel and twin."""

import numpy as np

from cordula.stats.bayes.posteriors import Array
from cordula.stats.compiled import compiled, kernel_or_twin
from cordula.stats.refusals import CannotBe


@compiled
def _walk_kernel(chances: Array, low: Array, high: Array) -> Array:
    """See `walk`."""
    number = len(chances)
    held = np.zeros(number + 1)
    held[0] = 1.0
    stopped = np.zeros((2, number + 1))
    for n in range(1, number + 1):
        p = chances[n - 1]
        for x in range(n, 0, -1):
            held[x] = held[x] * (1.0 - p) + held[x - 1] * p
        held[0] *= 1.0 - p
        for x in range(n + 1):
            if x <= low[n - 1]:
                stopped[0, n] += held[x]
                held[x] = 0.0
            elif x >= high[n - 1]:
                stopped[1, n] += held[x]
                held[x] = 0.0
    return stopped


def _walk_twin(chances: Array, low: Array, high: Array) -> Array:
    held = np.zeros(len(chances) + 1)
    held[0] = 1.0
    counts = np.arange(len(held))
    stopped = np.zeros((2, len(held)))
    for n, p in enumerate(chances, start=1):
        held = held * (1 - p) + np.r_[0.0, held[:-1]] * p
        for side, beyond in enumerate((counts <= low[n - 1], counts >= high[n - 1])):
            stopped[side, n] = held[beyond].sum()
            held = np.where(beyond, 0.0, held)
    return stopped


_walk = kernel_or_twin(_walk_kernel, _walk_twin)


def walk(chances: Array, low: Array, high: Array) -> Array:
    """P(stopping low, and high, after each infant): shape (2, N + 1), index 0 before the first.

    chances: each infant's true probability of the event, shape (N,). low, high: after each infant, stop when the
    count is ≤ low or ≥ high, shape (N,); −1 and N + 1 where there is no look. Raises CannotBe."""
    if not np.ndim(chances) == 1 or not np.shape(chances) == np.shape(low) == np.shape(high):
        raise CannotBe(
            f"chances, low and high of shapes {np.shape(chances)}, {np.shape(low)}, {np.shape(high)}: one of "
            "each for every infant"
        )
    if not np.all((chances >= 0) & (chances <= 1)):
        raise CannotBe(f"true probabilities {chances}: between 0 and 1")
    return _walk(np.asarray(chances, float), np.asarray(low, float), np.asarray(high, float))
