import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordula.ledger import merkle
from cordula.ledger.merkle import Frontier, NotProven, Subtree

VECTORS = tomllib.loads((Path(__file__).parents[3] / "vectors/ledger/merkle.toml").read_text())
LEAVES = [merkle.leaf_hash(b"entry %d" % index) for index in range(300)]
STRANGER = merkle.leaf_hash(b"a stranger")


def root_by_definition(leaves):
    """RFC 6962 section 2.1, word for word."""
    if not leaves:
        return merkle.EMPTY_ROOT
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while 2 * split < len(leaves):
        split *= 2
    return merkle.branch_hash(
        root_by_definition(leaves[:split]), root_by_definition(leaves[split:])
    )


ROOTS = [root_by_definition(LEAVES[:size]) for size in range(71)]


def frontier_over(leaves):
    frontier = Frontier()
    for leaf in leaves:
        frontier.push(leaf)
    return frontier


def unhex(values):
    return [bytes.fromhex(value) for value in values]


KNOWN_LEAVES = [merkle.leaf_hash(entry) for entry in unhex(VECTORS["entries"])]
KNOWN_ROOTS = [bytes.fromhex(VECTORS["empty_root"]), *unhex(VECTORS["roots"])]


@pytest.mark.parametrize("size", range(len(KNOWN_ROOTS)))
def test_roots_are_those_of_certificate_transparency(size):
    assert merkle.root(KNOWN_LEAVES[:size]) == KNOWN_ROOTS[size]
    assert frontier_over(KNOWN_LEAVES[:size]).root() == KNOWN_ROOTS[size]


@pytest.mark.parametrize("vector", VECTORS["inclusion"])
def test_inclusion_proofs_are_those_of_certificate_transparency(vector):
    index, size, proof = vector["index"], vector["size"], unhex(vector["proof"])
    assert merkle.inclusion_proof(merkle.in_memory(KNOWN_LEAVES), index, size) == proof
    merkle.check_inclusion(KNOWN_LEAVES[index], index, size, proof, KNOWN_ROOTS[size])


@pytest.mark.parametrize("vector", VECTORS["consistency"])
def test_consistency_proofs_are_those_of_certificate_transparency(vector):
    size1, size2, proof = vector["size1"], vector["size2"], unhex(vector["proof"])
    assert merkle.consistency_proof(merkle.in_memory(KNOWN_LEAVES), size1, size2) == proof
    merkle.check_consistency(size1, KNOWN_ROOTS[size1], size2, KNOWN_ROOTS[size2], proof)


@pytest.mark.parametrize("size", range(71))
def test_every_way_to_a_root_gives_the_root_by_definition(size):
    assert merkle.root(LEAVES[:size]) == ROOTS[size]
    assert frontier_over(LEAVES[:size]).root() == ROOTS[size]


@pytest.mark.parametrize("size", range(1, 71))
def test_every_leaf_proves_its_place_and_no_other(size):
    node = merkle.in_memory(LEAVES[:size])
    for index in range(size):
        proof = merkle.inclusion_proof(node, index, size)
        merkle.check_inclusion(LEAVES[index], index, size, proof, ROOTS[size])
        for other in {index - 1, index + 1, index ^ 2, size - 1, 0} - {index}:
            with pytest.raises(NotProven):
                merkle.check_inclusion(LEAVES[index], other, size, proof, ROOTS[size])


@pytest.mark.parametrize("size2", range(71))
def test_every_earlier_tree_is_shown_to_be_continued(size2):
    node = merkle.in_memory(LEAVES[:size2])
    for size1 in range(size2 + 1):
        proof = merkle.consistency_proof(node, size1, size2)
        merkle.check_consistency(size1, ROOTS[size1], size2, ROOTS[size2], proof)


def spoilt(proof, extra):
    """Each way to spoil a list of hashes: a bit, one left out, one put in, two exchanged."""
    for at in range(len(proof)):
        flipped = bytes([proof[at][0] ^ 8]) + proof[at][1:]
        yield [*proof[:at], flipped, *proof[at + 1 :]]
        yield [*proof[:at], proof[at][:-1], *proof[at + 1 :]]
        yield proof[:at] + proof[at + 1 :]
    for at in range(len(proof) + 1):
        yield [*proof[:at], extra, *proof[at:]]
        yield [*proof[:at], b"", *proof[at:]]
    for at in range(len(proof) - 1):
        yield [*proof[:at], proof[at + 1], proof[at], *proof[at + 2 :]]


@given(st.integers(2, 70).flatmap(lambda size: st.tuples(st.integers(0, size - 1), st.just(size))))
@settings(max_examples=60)
def test_a_spoilt_inclusion_proof_is_refused(place):
    index, size = place
    proof = merkle.inclusion_proof(merkle.in_memory(LEAVES[:size]), index, size)
    for wrong in spoilt(proof, ROOTS[size]):
        with pytest.raises(NotProven):
            merkle.check_inclusion(LEAVES[index], index, size, wrong, ROOTS[size])
    for leaf, root in [(STRANGER, ROOTS[size]), (LEAVES[index], STRANGER), (b"", ROOTS[size])]:
        with pytest.raises(NotProven):
            merkle.check_inclusion(leaf, index, size, proof, root)


@given(st.integers(2, 70).flatmap(lambda size: st.tuples(st.integers(1, size - 1), st.just(size))))
@settings(max_examples=60)
def test_a_spoilt_consistency_proof_is_refused(sizes):
    size1, size2 = sizes
    proof = merkle.consistency_proof(merkle.in_memory(LEAVES[:size2]), size1, size2)
    for wrong in [*spoilt(proof, ROOTS[size1]), *spoilt(proof, ROOTS[size2]), []]:
        with pytest.raises(NotProven):
            merkle.check_consistency(size1, ROOTS[size1], size2, ROOTS[size2], wrong)
    for root1, root2 in [
        (STRANGER, ROOTS[size2]),
        (ROOTS[size1], STRANGER),
        (ROOTS[size2], ROOTS[size1]),
    ]:
        with pytest.raises(NotProven):
            merkle.check_consistency(size1, root1, size2, root2, proof)


@pytest.mark.parametrize("size", range(2, 36))
def test_a_proof_for_a_tree_of_another_height_is_refused(size):
    node = merkle.in_memory(LEAVES[:size])
    for index in range(size // 2):
        proof = merkle.inclusion_proof(node, index, size)
        with pytest.raises(NotProven, match="too short"):
            merkle.check_inclusion(LEAVES[index], index, 2 * size, proof, ROOTS[size])
        with pytest.raises(NotProven, match="too long"):
            merkle.check_inclusion(LEAVES[index], index, (size + 1) // 2, proof, ROOTS[size])


@pytest.mark.parametrize("size2", range(3, 36))
def test_a_proof_of_other_growth_is_refused(size2):
    for size1 in range(1, (size2 + 1) // 2):
        proof = merkle.consistency_proof(merkle.in_memory(LEAVES[:size2]), size1, size2)
        with pytest.raises(NotProven, match="too short"):
            merkle.check_consistency(size1, ROOTS[size1], 2 * size2, ROOTS[size2], proof)
        with pytest.raises(NotProven, match="too long"):
            merkle.check_consistency(size1, ROOTS[size1], (size2 + 1) // 2, ROOTS[size2], proof)


@given(st.integers(2, 70), st.data())
@settings(max_examples=60)
def test_a_tree_with_an_old_entry_changed_is_not_a_continuation(size2, data):
    size1 = data.draw(st.integers(1, size2 - 1))
    changed = data.draw(st.integers(0, size1 - 1))
    forged = [*LEAVES[:changed], STRANGER, *LEAVES[changed + 1 : size2]]
    proof = merkle.consistency_proof(merkle.in_memory(forged), size1, size2)
    with pytest.raises(NotProven, match=r"root at size|does not continue"):
        merkle.check_consistency(size1, ROOTS[size1], size2, merkle.root(forged), proof)


@pytest.mark.parametrize(
    ("size1", "root1", "size2", "root2", "proof"),
    [
        (0, STRANGER, 5, ROOTS[5], []),
        (0, merkle.EMPTY_ROOT, 5, ROOTS[5], [STRANGER]),
        (5, ROOTS[5], 5, ROOTS[6], []),
        (5, ROOTS[5], 5, ROOTS[5], [STRANGER]),
        (6, ROOTS[6], 5, ROOTS[5], []),
        (-1, ROOTS[5], 5, ROOTS[5], []),
        (1, ROOTS[1], 2, ROOTS[2], []),
        (1, ROOTS[1][:-1], 1, ROOTS[1][:-1], []),
    ],
)
def test_trivial_growth_is_checked_as_strictly(size1, root1, size2, root2, proof):
    with pytest.raises(NotProven):
        merkle.check_consistency(size1, root1, size2, root2, proof)


@pytest.mark.parametrize(("size1", "size2"), [(6, 5), (-1, 5), (1, 0)])
def test_a_tree_cannot_shrink(size1, size2):
    with pytest.raises(NotProven, match="cannot go from"):
        merkle.consistency_proof(merkle.in_memory(LEAVES[:6]), size1, size2)
    with pytest.raises(NotProven, match="cannot go from"):
        merkle.check_consistency(size1, ROOTS[5], size2, ROOTS[5], LEAVES[:3])


@pytest.mark.parametrize("leaf", [b"", b"short", bytes(33)])
def test_what_is_no_hash_is_not_its_own_root(leaf):
    with pytest.raises(NotProven, match="SHA-256 has 32"):
        merkle.check_inclusion(leaf, 0, 1, [], leaf)


@pytest.mark.parametrize(("index", "size"), [(0, 0), (-1, 5), (5, 5), (6, 5)])
def test_a_place_outside_the_tree_is_refused(index, size):
    with pytest.raises(NotProven, match="there is no leaf"):
        merkle.inclusion_proof(merkle.in_memory(LEAVES[:5]), index, size)
    with pytest.raises(NotProven, match="there is no leaf"):
        merkle.root_from_inclusion(LEAVES[0], index, size, [])


def test_a_branch_cannot_be_passed_off_as_an_entry():
    left, right = LEAVES[:2]
    assert merkle.leaf_hash(left + right) != merkle.branch_hash(left, right)
    assert merkle.leaf_hash(b"\x01" + left + right) != merkle.branch_hash(left, right)


@given(st.integers(0, 70))
def test_a_frontier_goes_on_where_it_was_written_down(size):
    written = frontier_over(LEAVES[:size]).to_bytes()
    resumed = Frontier.from_bytes(written)
    assert (resumed.size, resumed.root(), resumed.to_bytes()) == (size, ROOTS[size], written)
    for leaf in LEAVES[size:70]:
        resumed.push(leaf)
    assert resumed.root() == ROOTS[70]


@pytest.mark.parametrize(
    "wrong", [b"", bytes(7), bytes(8) + bytes(32), bytes(7) + b"\x03" + bytes(32)]
)
def test_bytes_that_are_no_frontier_are_refused(wrong):
    with pytest.raises(NotProven, match="no frontier"):
        Frontier.from_bytes(wrong)


def test_a_frontier_takes_only_hashes():
    with pytest.raises(NotProven, match="5 bytes"):
        Frontier().push(b"entry")


def test_a_frontier_reports_the_subtrees_a_store_keeps():
    frontier = Frontier()
    reported = {index: frontier.push(leaf) for index, leaf in enumerate(LEAVES)}
    assert reported.pop(255) == [Subtree(8, 0, root_by_definition(LEAVES[:256]))]
    assert not any(reported.values())
