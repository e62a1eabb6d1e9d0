from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordula.ledger import merkle
from cordula.ledger.merkle import Frontier, NotProven
from cordula.ledger.tiles import TILE_SIZE, Tiles

SIZE = 66_000  # beyond 65,536, so that level 16 is kept too
LEAVES = [sha256(b"%d" % index).digest() for index in range(SIZE)]


class Store:
    """What a database keeps: the leaves, and the subtrees the frontier reported."""

    def __init__(self):
        self.kept = {(0, index): leaf for index, leaf in enumerate(LEAVES)}
        self.reads = []
        self.frontier = Frontier()
        for leaf in LEAVES:
            for subtree in self.frontier.push(leaf):
                self.kept[subtree.level, subtree.index] = subtree.hash

    def read(self, level, tile):
        self.reads.append((level, tile))
        places = range(tile * TILE_SIZE, (tile + 1) * TILE_SIZE)
        return [self.kept[level, index] for index in places if (level, index) in self.kept]


STORE = Store()
IN_MEMORY = merkle.in_memory(LEAVES)


def test_a_store_keeps_one_hash_in_256():
    assert len(STORE.kept) - SIZE == SIZE // 256 + SIZE // 65536


@given(
    st.integers(1, SIZE).flatmap(lambda size: st.tuples(st.integers(0, size - 1), st.just(size)))
)
@settings(max_examples=100, deadline=None)
def test_inclusion_proofs_from_the_store_are_those_from_memory(place):
    index, size = place
    proof = merkle.inclusion_proof(Tiles(STORE.read), index, size)
    assert proof == merkle.inclusion_proof(IN_MEMORY, index, size)


@given(st.integers(0, SIZE).flatmap(lambda size: st.tuples(st.integers(0, size), st.just(size))))
@settings(max_examples=100, deadline=None)
def test_consistency_proofs_from_the_store_are_those_from_memory(sizes):
    size1, size2 = sizes
    proof = merkle.consistency_proof(Tiles(STORE.read), size1, size2)
    assert proof == merkle.consistency_proof(IN_MEMORY, size1, size2)


def test_a_proof_from_the_store_leads_to_the_frontiers_root():
    proof = merkle.inclusion_proof(Tiles(STORE.read), 12_345, SIZE)
    merkle.check_inclusion(LEAVES[12_345], 12_345, SIZE, proof, STORE.frontier.root())


def test_many_proofs_read_each_tile_once():
    STORE.reads.clear()
    node = Tiles(STORE.read)
    for index in range(1000, 1100):
        merkle.inclusion_proof(node, index, SIZE)
    assert len(STORE.reads) == len(set(STORE.reads)) <= 8


@pytest.mark.parametrize("missing", [(0, 255), (8, 255), (16, 0)])
def test_a_hash_the_store_lacks_is_named(missing):
    def read(level, tile):
        kept = STORE.read(level, tile)
        return kept[: missing[1]] if (level, tile) == (missing[0], 0) else kept

    with pytest.raises(NotProven, match=f"level {missing[0]}, index {missing[1]}"):
        merkle.inclusion_proof(Tiles(read), 65_999 if missing[0] == 16 else 0, SIZE)
