"""Which arm does each infant get? Lists drawn by a procedure, whole or within strata, one or many."""

from collections.abc import Sequence

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike, NDArray

from cordula.stats.asked import asked
from cordula.stats.compiled import compiled, kernel_or_twin
from cordula.stats.models.inputs import Floats, Whole
from cordula.stats.randomisation.procedures import (
    Blocks,
    Procedure,
    block_sizes,
    chances_by_counts,
    lowest,
)
from cordula.stats.refusals import CannotBe, at_most, whole

Arms = NDArray[np.int8]


@asked
def allocations(procedure: Procedure, size: int, draws: int, rng: Generator) -> Arms:
    """`draws` lists of `size` infants by a two-arm procedure: arms 0 and 1, shape (draws, size)."""
    _counted(size, draws)
    if isinstance(procedure, Blocks):
        return permuted_blocks(size, draws, rng, ratio=procedure.ratio, sizes=procedure.sizes)
    at_most(10_000, size=size)
    return by_table(chances_by_counts(procedure, size), rng.random((draws, size)))


@asked
def permuted_blocks(
    size: int,
    draws: int,
    rng: Generator,
    *,
    ratio: Sequence[int] = (1, 1),
    sizes: Sequence[int] = (4,),
) -> Arms:
    """`draws` lists of permuted blocks for two arms or more: shape (draws, size), arms as in `ratio`.

    Of several block `sizes` each block takes one at random. Raises CannotBe for a block that cannot
    hold the ratio. Hill's permuted blocks; Rosenberger & Lachin (2016), section 3.6."""
    _counted(size, draws)
    shares = lowest(tuple(ratio))
    block_sizes(shares, tuple(sizes))
    many = -(-size // min(sizes))
    chosen = np.array(sizes, dtype=np.int64)[rng.integers(len(sizes), size=(draws, many))]
    return by_blocks(np.array(shares, dtype=np.int64), chosen, rng.random((draws, size)))


@asked
def within_strata(procedure: Procedure, strata: ArrayLike, draws: int, rng: Generator) -> Arms:
    """A list of its own in every stratum, infants in their order: `strata` (n,) labels → (draws, n)."""
    layer = np.asarray(strata)
    if layer.ndim != 1:
        raise CannotBe(f"strata has shape {layer.shape}; one label for each infant is needed")
    _counted(layer.size, draws)
    arms = np.empty((draws, layer.size), dtype=np.int8)
    for name in np.unique(layer):
        mine = layer == name
        arms[:, mine] = allocations(procedure, int(mine.sum()), draws, rng)
    return arms


def _counted(size: int, draws: int) -> None:
    if size < 1 or draws < 1:
        raise CannotBe(f"{draws} lists of {size} infants; at least one of one is needed")
    whole(1, size=size, draws=draws)
    at_most(100_000_000, size_times_draws=size * draws)


def _by_table(table: Floats, chance: Floats) -> Arms:
    """Arms by the chance of arm 0 given the counts, and uniform numbers (draws, n)."""
    arms = np.empty(chance.shape, dtype=np.int8)
    for r in range(chance.shape[0]):
        first = 0
        for i in range(chance.shape[1]):
            arm = 0 if chance[r, i] < table[first, i - first] else 1
            arms[r, i] = arm
            first += 1 - arm
    return arms


def by_table_twin(table: Floats, chance: Floats) -> Arms:
    arms = np.empty(chance.shape, dtype=np.int8)
    first = np.zeros(len(chance), dtype=np.int64)
    for i in range(chance.shape[1]):
        arms[:, i] = chance[:, i] >= table[first, i - first]
        first += arms[:, i] == 0
    return arms


def _by_blocks(ratio: Whole, sizes: Whole, chance: Floats) -> Arms:
    """Each place takes an arm with the chance of its share of what the block has left."""
    arms = np.empty(chance.shape, dtype=np.int8)
    whole = ratio.sum()
    left = np.zeros(ratio.size, dtype=np.int64)
    for r in range(chance.shape[0]):
        block, open_places = 0, 0
        for i in range(chance.shape[1]):
            if open_places == 0:
                open_places = sizes[r, block]
                left[:] = ratio * (open_places // whole)
                block += 1
            arm, upto = 0, left[0]
            while chance[r, i] * open_places >= upto and arm < ratio.size - 1:
                arm += 1
                upto += left[arm]
            arms[r, i] = arm
            left[arm] -= 1
            open_places -= 1
    return arms


def by_blocks_twin(ratio: Whole, sizes: Whole, chance: Floats) -> Arms:
    arms = np.empty(chance.shape, dtype=np.int8)
    rows = np.arange(len(chance))
    block, places = np.zeros(len(chance), dtype=np.int64), np.zeros(len(chance), dtype=np.int64)
    left = np.zeros((len(chance), ratio.size), dtype=np.int64)
    for i in range(chance.shape[1]):
        new = places == 0
        places[new] = sizes[rows[new], block[new]]
        left[new] = ratio * (places[new] // ratio.sum())[:, None]
        block += new
        upto = np.cumsum(left, axis=1)[:, :-1]
        arms[:, i] = ((chance[:, i] * places)[:, None] >= upto).sum(axis=1)
        left[rows, arms[:, i]] -= 1
        places -= 1
    return arms


by_table_kernel, by_blocks_kernel = compiled(_by_table), compiled(_by_blocks)
by_table = kernel_or_twin(by_table_kernel, by_table_twin)
by_blocks = kernel_or_twin(by_blocks_kernel, by_blocks_twin)
