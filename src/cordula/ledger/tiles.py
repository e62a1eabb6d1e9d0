"""How does a store that keeps one hash in 256 give a proof? By working out the rest, tile by tile.

A store keeps the leaf hashes (level 0) and the subtrees `Frontier.push` reports (levels 8, 16, 24). A tile
is 256 neighbours of one such level, as in c2sp.org/tlog-tiles; all levels up to the next follow from it.
"""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from cordula.ledger.merkle import KEPT_EVERY, NotProven, branch_hash

Read: TypeAlias = Callable[[int, int], Sequence[bytes]]
"""`read(level, tile)`: the kept hashes of a level from index tile·256 on, 256 of them or what there is."""

TILE_SIZE = 1 << KEPT_EVERY


class Tiles:
    """The hash of any complete subtree, as proofs ask for it; each tile is read once.

    It remembers what it read, so make one for a request and let it go.
    """

    def __init__(self, read: Read) -> None:
        self._read = read
        self._known: dict[tuple[int, int], bytes] = {}
        self._tiles: set[tuple[int, int]] = set()

    def __call__(self, level: int, index: int) -> bytes:
        if level % KEPT_EVERY == 0:
            self._load(level, index // TILE_SIZE)
        elif (level, index) not in self._known:
            # At most seven calls deep, because the eighth level down is kept.
            left, right = self(level - 1, 2 * index), self(level - 1, 2 * index + 1)
            self._known[level, index] = branch_hash(left, right)
        try:
            return self._known[level, index]
        except KeyError:
            raise NotProven(f"the store lacks the hash at level {level}, index {index}") from None

    def _load(self, level: int, tile: int) -> None:
        if (level, tile) in self._tiles:
            return
        self._tiles.add((level, tile))
        for at, value in enumerate(self._read(level, tile)):
            self._known[level, tile * TILE_SIZE + at] = value
