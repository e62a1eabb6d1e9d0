from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordula.ledger import merkle
from cordula.ledger.batch import prove_together, root_of_batch
from cordula.ledger.merkle import NotProven

LEAVES = [merkle.leaf_hash(b"entry %d" % index) for index in range(70)]
STRANGER = merkle.leaf_hash(b"a stranger")


def chosen(indexes):
    return {index: LEAVES[index] for index in indexes}


@pytest.mark.parametrize("size", range(1, 10))
def test_every_choice_of_entries_leads_to_the_root(size):
    node = merkle.in_memory(LEAVES[:size])
    for count in range(1, size + 1):
        for indexes in combinations(range(size), count):
            proof = prove_together(node, indexes, size)
            assert root_of_batch(chosen(indexes), size, proof) == merkle.root(LEAVES[:size])


def choices(size):
    return st.tuples(st.just(size), st.sets(st.integers(0, size - 1), min_size=1))


@given(st.integers(2, 70).flatmap(choices), st.data())
@settings(max_examples=60, deadline=None)
def test_a_spoilt_batch_does_not_lead_to_the_root(choice, data):
    size, indexes = choice
    root = merkle.root(LEAVES[:size])
    proof = prove_together(merkle.in_memory(LEAVES[:size]), indexes, size)
    forged = chosen(indexes) | {data.draw(st.sampled_from(sorted(indexes))): STRANGER}
    assert root_of_batch(forged, size, proof) != root
    for at in range(len(proof)):
        assert (
            root_of_batch(chosen(indexes), size, [*proof[:at], STRANGER, *proof[at + 1 :]]) != root
        )
        with pytest.raises(NotProven, match="too short"):
            root_of_batch(chosen(indexes), size, proof[:at] + proof[at + 1 :])
    with pytest.raises(NotProven, match="too long"):
        root_of_batch(chosen(indexes), size, [*proof, STRANGER])


def test_a_batch_is_smaller_than_its_proofs_one_by_one():
    node = merkle.in_memory(LEAVES)
    together = prove_together(node, range(20, 30), 70)
    alone = [value for index in range(20, 30) for value in merkle.inclusion_proof(node, index, 70)]
    assert len(together) == len(set(together)) < len(set(alone))


@pytest.mark.parametrize("indexes", [[], [7], [-1]])
def test_what_is_not_in_the_ledger_is_not_proved(indexes):
    with pytest.raises(NotProven, match="there is no"):
        root_of_batch(dict.fromkeys(indexes, STRANGER), 7, [])


@pytest.mark.parametrize(("leaf", "proof"), [(b"short", []), (STRANGER, [b""])])
def test_what_is_no_hash_is_refused(leaf, proof):
    with pytest.raises(NotProven, match="SHA-256 has 32"):
        root_of_batch({0: leaf}, 1, proof)
