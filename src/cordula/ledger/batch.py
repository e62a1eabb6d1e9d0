r"""Are all these entries in that ledger? One proof for several, in which no hash stands twice.

The tree is walked from its root, the left half before the right. Where no entry of ours lies below, the
proof gives the hash of that part; where one lies below, the hash follows from it:

           root                entries 1 and 2 of a ledger of 4: the proof is the
         /      \              hash of entry 0 and the hash of entry 3. Two proofs
       x          y            of RFC 9162 (section 2.1.3.1) would hold four.
     /   \      /   \
   (0)    1    2    (3)
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias

from cordula.ledger.merkle import (
    HASH_SIZE,
    Node,
    NotProven,
    branch_hash,
    largest_power_of_two_below,
    root_over,
)

Leaves: TypeAlias = Sequence[tuple[int, bytes]]
"""Indexes with their leaf hashes, in order."""


def prove_together(node: Node, indexes: Iterable[int], size: int) -> list[bytes]:
    """The hashes that lead from these entries to the root at this size, from left to right."""
    leaves = _placed({index: node(0, index) for index in indexes}, size)
    proof: list[bytes] = []

    def give(start: int, stop: int) -> bytes:
        proof.append(root_over(node, start, stop))
        return proof[-1]

    _root(leaves, 0, size, give)
    return proof


def root_of_batch(leaves: Mapping[int, bytes], size: int, proof: Sequence[bytes]) -> bytes:
    """The root that this proof leads to from these leaf hashes, each at its index; raises NotProven."""
    if any(len(value) != HASH_SIZE for value in (*leaves.values(), *proof)):
        raise NotProven(f"a hash of another length; SHA-256 has {HASH_SIZE} bytes")
    rest = iter(proof)

    def take(start: int, stop: int) -> bytes:
        if (value := next(rest, None)) is None:
            raise NotProven("the proof is too short for these entries")
        return value

    found = _root(_placed(leaves, size), 0, size, take)
    if next(rest, None) is not None:
        raise NotProven("the proof is too long for these entries")
    return found


def _root(leaves: Leaves, start: int, stop: int, missing: Callable[[int, int], bytes]) -> bytes:
    """The root over this part of the tree. It goes 63 calls deep at most, as deep as the tree."""
    if not leaves:
        return missing(start, stop)
    if stop - start == 1:
        return leaves[0][1]
    cut = start + largest_power_of_two_below(stop - start)
    before = sum(index < cut for index, _ in leaves)
    left = _root(leaves[:before], start, cut, missing)
    return branch_hash(left, _root(leaves[before:], cut, stop, missing))


def _placed(leaves: Mapping[int, bytes], size: int) -> Leaves:
    if not leaves:
        raise NotProven("there is no entry to prove")
    for index in leaves:
        if not 0 <= index < size:
            raise NotProven(f"there is no leaf {index} in a tree of {size}")
    return sorted(leaves.items())
