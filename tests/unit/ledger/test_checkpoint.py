import tomllib
from base64 import b64decode
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordula.ledger import checkpoint, merkle, note
from cordula.ledger.checkpoint import Checkpoint, NotACheckpoint, open_checkpoint
from cordula.ledger.note import NotTrusted, Signer, TrustedKey
from cordula.ledger.witness import Witness

VECTORS = tomllib.loads((Path(__file__).parents[3] / "vectors/ledger/checkpoint.toml").read_text())
ROOT = merkle.leaf_hash(b"")

LEDGER = Signer("ledger.example.org/cordula", bytes(range(32)))
HEAD = Checkpoint(LEDGER.name, 7, ROOT)
SIGNED = LEDGER.sign(checkpoint.format(HEAD))
WITNESSES = [Witness(f"witness{n}.example", bytes([n]) * 32) for n in range(3)]
WITNESS_KEYS = [witness.key for witness in WITNESSES]


def by_name(vectors):
    return [pytest.param(vector, id=vector["name"]) for vector in vectors]


@pytest.mark.parametrize("vector", by_name(VECTORS["signed"]))
def test_checkpoints_of_other_ledgers_are_read(vector):
    text = note.open_note(vector["note"], [TrustedKey.parse(vector["key"])])
    head = checkpoint.parse(text)
    assert (head.origin, head.size) == (vector["origin"], vector["size"])
    assert checkpoint.format(head) == text


@pytest.mark.parametrize("vector", [v for v in VECTORS["signed"] if "consistency" in v])
def test_growth_of_another_ledger_is_proved(vector):
    first, second = (
        checkpoint.parse(note.parse(v["note"]).text) for v in (VECTORS["signed"][1], vector)
    )
    proof = [b64decode(line) for line in vector["consistency"]]
    merkle.check_consistency(first.size, first.root, second.size, second.root, proof)


def test_the_example_of_the_specification_is_read():
    head = checkpoint.parse(note.parse(VECTORS["example"]["note"]).text)
    assert (head.origin, head.size) == (VECTORS["example"]["origin"], VECTORS["example"]["size"])


@pytest.mark.parametrize("vector", by_name(VECTORS["refused"]))
def test_a_text_that_is_no_checkpoint_is_refused(vector):
    with pytest.raises(NotACheckpoint):
        checkpoint.parse(vector["text"])


lines = st.text(
    st.characters(min_codepoint=0x20, exclude_categories=["Cs"]), min_size=1, max_size=20
)


@given(
    lines, st.integers(1, checkpoint.SIZE_MAX), st.binary(min_size=32, max_size=32), st.lists(lines)
)
def test_a_checkpoint_is_read_as_it_was_written(origin, size, root, extensions):
    head = Checkpoint(origin, size, root, tuple(extensions))
    assert checkpoint.parse(checkpoint.format(head)) == head


@pytest.mark.parametrize(
    ("origin", "size", "root", "extensions"),
    [
        ("", 1, ROOT, ()),
        ("two\nlines", 1, ROOT, ()),
        ("a\ttab", 1, ROOT, ()),
        ("x" * 256, 1, ROOT, ()),
        ("é" * 128, 1, ROOT, ()),
        ("a", -1, ROOT, ()),
        ("a", 2**63, ROOT, ()),
        ("a", 0, ROOT, ()),
        ("a", 1, ROOT[:31], ()),
        ("a", 1, ROOT, ("",)),
        ("a", 1, ROOT, ("two\nlines",)),
    ],
)
def test_a_checkpoint_that_could_not_be_read_again_cannot_be_made(origin, size, root, extensions):
    with pytest.raises(NotACheckpoint):
        Checkpoint(origin, size, root, extensions)


@pytest.mark.parametrize(
    "head",
    [
        Checkpoint("é" * 127 + "a", 1, ROOT),
        Checkpoint("a", 0, merkle.EMPTY_ROOT),
        Checkpoint("a", 9_223_372_036_854_775_807, ROOT),
    ],
)
def test_a_checkpoint_at_the_limits_is_read(head):
    assert checkpoint.parse(checkpoint.format(head)) == head


def test_a_checkpoint_signed_by_its_ledger_is_opened():
    assert open_checkpoint(SIGNED, [LEDGER.key]) == HEAD


def test_a_trusted_key_of_another_ledger_does_not_open_it():
    other = Signer("ledger.example.org/elsewhere", bytes(32))
    signed = other.sign(checkpoint.format(HEAD))
    with pytest.raises(NotTrusted, match="did not sign"):
        open_checkpoint(signed, [LEDGER.key, other.key])


def test_a_witness_alone_does_not_open_it():
    namesake = Witness(LEDGER.name, bytes(32))
    signed = namesake.cosign(SIGNED, 1).replace(LEDGER.signature_line(checkpoint.format(HEAD)), "")
    with pytest.raises(NotTrusted, match="did not sign"):
        open_checkpoint(signed, [LEDGER.key], witnesses=[namesake.key])


def test_as_many_witnesses_as_the_quorum_must_cosign():
    one = WITNESSES[0].cosign(SIGNED, 1_795_324_623)
    two = WITNESSES[2].cosign(one, 1_795_324_624)
    assert open_checkpoint(two, [LEDGER.key], witnesses=WITNESS_KEYS, quorum=2) == HEAD
    for fewer in [SIGNED, one]:
        with pytest.raises(NotTrusted, match="2 must cosign"):
            open_checkpoint(fewer, [LEDGER.key], witnesses=WITNESS_KEYS, quorum=2)


def test_a_witness_we_do_not_know_and_one_with_two_names_do_not_make_a_quorum():
    alias = Witness("alias.example", WITNESSES[0].seed)
    signed = alias.cosign(WITNESSES[0].cosign(WITNESSES[1].cosign(SIGNED, 1), 1), 1)
    with pytest.raises(NotTrusted, match="cosigned by 1"):
        open_checkpoint(signed, [LEDGER.key], witnesses=[WITNESSES[0].key, alias.key], quorum=2)


def test_the_ledger_is_not_its_own_witness():
    with pytest.raises(NotTrusted, match="cosigned by 0"):
        open_checkpoint(SIGNED, [LEDGER.key], witnesses=WITNESS_KEYS, quorum=1)
