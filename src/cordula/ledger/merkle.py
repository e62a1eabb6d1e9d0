"""How can one hash vouch for every entry? By the Merkle tree of RFC 6962 (section 2.1) and RFC 9162.

A hash is 32 bytes. A subtree is named by its level and index: level 0 holds the leaves, and the subtree
(level, index) covers the leaves from index·2^level up to, not including, (index + 1)·2^level.

    leaf = SHA-256(0x00 || entry)        branch = SHA-256(0x01 || left || right)
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeAlias

from cordula.ledger.refusal import Refused

Node: TypeAlias = Callable[[int, int], bytes]
"""Where proofs get their hashes: `node(level, index)` of a complete subtree."""

HASH_SIZE = 32
KEPT_EVERY = 8  # a store keeps the levels 0, 8, 16, …; `tiles` works out those between
EMPTY_ROOT = sha256().digest()  # RFC 9162 section 2.1.1

# Leaves and branches are hashed under different prefixes, so that no branch can be passed off as a leaf.
_LEAF, _BRANCH = b"\x00", b"\x01"


class NotProven(Refused):
    """The proof does not show what it was brought for."""


def leaf_hash(entry: bytes) -> bytes:
    return sha256(_LEAF + entry).digest()


def branch_hash(left: bytes, right: bytes) -> bytes:
    return sha256(_BRANCH + left + right).digest()


def root(leaf_hashes: Iterable[bytes]) -> bytes:
    """The root over these leaf hashes; of none, it is the hash of nothing."""
    level = list(leaf_hashes) or [EMPTY_ROOT]
    while len(level) > 1:
        unpaired = level[-1:] if len(level) % 2 else []
        level = _pair_up(level) + unpaired
    return level[0]


def in_memory(leaf_hashes: Sequence[bytes]) -> Node:
    """The hashes of every complete subtree over these leaves, worked out at once."""
    levels = [list(leaf_hashes)]
    while len(levels[-1]) > 1:
        levels.append(_pair_up(levels[-1]))
    return lambda level, index: levels[level][index]


@dataclass(frozen=True)
class Subtree:
    """A complete subtree that a store keeps: one of 256, 65,536, … leaves."""

    level: int
    index: int
    hash: bytes


class Frontier:
    """The right edge of a growing tree: all that is needed to append, 32 bytes for each bit of its size.

    Its peaks are the roots of the largest complete subtrees side by side, the largest first.
    """

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def push(self, leaf: bytes) -> list[Subtree]:
        """Append a leaf hash. Returns the subtrees this completes that a store keeps, mostly none."""
        _require_hashes([leaf])
        completed = []
        level, index, joined = 0, self.size, leaf
        while index % 2:
            joined = branch_hash(self._peaks.pop(), joined)
            level, index = level + 1, index // 2
            if level % KEPT_EVERY == 0:
                completed.append(Subtree(level, index, joined))
        self._peaks.append(joined)
        self.size += 1
        return completed

    def root(self) -> bytes:
        return join_peaks(self._peaks) if self._peaks else EMPTY_ROOT

    def to_bytes(self) -> bytes:
        """The size in eight bytes, most significant first, then the peaks."""
        return self.size.to_bytes(8, "big") + b"".join(self._peaks)

    @classmethod
    def from_bytes(cls, data: bytes) -> "Frontier":
        frontier = cls()
        frontier.size = int.from_bytes(data[:8], "big")
        if len(data) != 8 + HASH_SIZE * frontier.size.bit_count():
            raise NotProven(f"{len(data)} bytes are no frontier of {frontier.size} leaves")
        frontier._peaks = [data[at : at + HASH_SIZE] for at in range(8, len(data), HASH_SIZE)]
        return frontier


def inclusion_proof(node: Node, index: int, size: int) -> list[bytes]:
    """The siblings on the way from the leaf up to the root (RFC 9162 section 2.1.3.1)."""
    _require_place(index, size)
    start, stop, path = 0, size, []
    while stop - start > 1:
        cut = start + largest_power_of_two_below(stop - start)
        if index < cut:
            path.append(root_over(node, cut, stop))
            stop = cut
        else:
            path.append(root_over(node, start, cut))
            start = cut
    return path[::-1]


def consistency_proof(node: Node, size1: int, size2: int) -> list[bytes]:
    """That the tree of size2 only adds to the tree of size1 (RFC 9162 section 2.1.4.1)."""
    _require_growth(size1, size2)
    if size1 == 0:
        return []
    start, stop, path = 0, size2, []
    while stop != size1:
        cut = start + largest_power_of_two_below(stop - start)
        if size1 <= cut:
            path.append(root_over(node, cut, stop))
            stop = cut
        else:
            path.append(root_over(node, start, cut))
            start = cut
    if start > 0:  # otherwise the first root itself is the subtree, and the checker has it
        path.append(root_over(node, start, stop))
    return path[::-1]


def root_from_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes:
    """The root that this proof leads to (RFC 9162 section 2.1.3.2)."""
    _require_place(index, size)
    _require_hashes([leaf, *proof])
    place, last, found = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            raise NotProven(f"the proof is too long for leaf {index} of {size}")
        if place % 2 or place == last:
            found = branch_hash(sibling, found)
            rise = _trailing_zeros(place)
        else:
            found = branch_hash(found, sibling)
            rise = 0
        place, last = place >> (rise + 1), last >> (rise + 1)
    if last:
        raise NotProven(f"the proof is too short for leaf {index} of {size}")
    return found


def check_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> None:
    """Return if the leaf has this place under this root; raise NotProven otherwise."""
    if root_from_inclusion(leaf, index, size, proof) != root:
        raise NotProven(
            f"leaf {index} of {size} is not under this root: it or the proof was changed"
        )


def check_consistency(
    size1: int, root1: bytes, size2: int, root2: bytes, proof: Sequence[bytes]
) -> None:
    """Return if the second tree only adds to the first; raise NotProven otherwise."""
    _require_growth(size1, size2)
    _require_hashes([root1, root2, *proof])
    if size1 == 0 or size1 == size2:
        _check_trivial_growth(size1, root1, root2, proof)
        return
    found1, found2 = _roots_from_consistency(size1, root1, size2, proof)
    if found1 != root1:
        raise NotProven(f"the proof does not lead to the root at size {size1}")
    if found2 != root2:
        raise NotProven(f"the tree of {size2} does not continue the tree of {size1}")


def _check_trivial_growth(size1: int, root1: bytes, root2: bytes, proof: Sequence[bytes]) -> None:
    expected = EMPTY_ROOT if size1 == 0 else root2
    if root1 != expected:
        raise NotProven(f"two different roots at size {size1}")
    if proof:
        raise NotProven(f"nothing is to be proved from size {size1}, yet the proof is not empty")


def _roots_from_consistency(
    size1: int, root1: bytes, size2: int, proof: Sequence[bytes]
) -> tuple[bytes, bytes]:
    # RFC 9162 section 2.1.4.2. `place` is the last leaf of the first tree, climbing; a first tree that is
    # one complete subtree of the second is its own start.
    if not proof:
        raise NotProven(f"the proof is empty, from size {size1} to {size2}")
    whole = size1 & (size1 - 1) == 0
    first, *rest = [root1, *proof] if whole else proof
    rise = _trailing_zeros(size1)
    place, last = (size1 - 1) >> rise, (size2 - 1) >> rise
    found1 = found2 = first
    for sibling in rest:
        if last == 0:
            raise NotProven(f"the proof is too long from size {size1} to {size2}")
        if place % 2 or place == last:
            found1, found2 = branch_hash(sibling, found1), branch_hash(sibling, found2)
            rise = _trailing_zeros(place)
        else:
            found2 = branch_hash(found2, sibling)
            rise = 0
        place, last = place >> (rise + 1), last >> (rise + 1)
    if last:
        raise NotProven(f"the proof is too short from size {size1} to {size2}")
    return found1, found2


def root_over(node: Node, start: int, stop: int) -> bytes:
    """The root over leaves start to stop, where the RFC would cut a tree, so complete subtrees fit."""
    peaks = []
    while start < stop:
        level = (stop - start).bit_length() - 1
        peaks.append(node(level, start >> level))
        start += 1 << level
    return join_peaks(peaks)


def join_peaks(peaks: Sequence[bytes]) -> bytes:
    """The root over complete subtrees that stand side by side, the largest first."""
    *rest, joined = peaks
    for peak in reversed(rest):
        joined = branch_hash(peak, joined)
    return joined


def _pair_up(level: list[bytes]) -> list[bytes]:
    return [branch_hash(*pair) for pair in zip(level[::2], level[1::2], strict=False)]


def largest_power_of_two_below(size: int) -> int:
    return 1 << (size - 1).bit_length() - 1


def _trailing_zeros(number: int) -> int:
    return (number & -number).bit_length() - 1


def _require_place(index: int, size: int) -> None:
    if not 0 <= index < size:
        raise NotProven(f"there is no leaf {index} in a tree of {size}")


def _require_growth(size1: int, size2: int) -> None:
    if not 0 <= size1 <= size2:
        raise NotProven(f"a tree cannot go from {size1} to {size2} leaves")


def _require_hashes(hashes: Sequence[bytes]) -> None:
    for value in hashes:
        if len(value) != HASH_SIZE:
            raise NotProven(f"a hash of {len(value)} bytes; SHA-256 has {HASH_SIZE}")
