import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordula.ledger import checkpoint, merkle, proof
from cordula.ledger.checkpoint import Checkpoint, NotACheckpoint, open_checkpoint
from cordula.ledger.merkle import NotProven
from cordula.ledger.note import NotTrusted, Signer
from cordula.ledger.proof import Proof
from cordula.ledger.refusal import Refused
from cordula.ledger.witness import Witness

VECTORS = tomllib.loads((Path(__file__).parents[3] / "vectors/ledger/tlog_proof.toml").read_text())

LEDGER = Signer("ledger.example.org/cordula", bytes(range(32)))
WITNESS = Witness("witness.example", bytes(32))
ENTRIES = [b'{"seq":%d}' % index for index in range(70)]
LEAVES = [merkle.leaf_hash(entry) for entry in ENTRIES]
NODE = merkle.in_memory(LEAVES)


def signed_at(size):
    root = merkle.root(LEAVES[:size])
    return LEDGER.sign(checkpoint.format(Checkpoint(LEDGER.name, size, root)))


SIGNED = signed_at(11)
COSIGNED = WITNESS.cosign(SIGNED, 1_795_324_623)
PROOF = proof.prove(NODE, 5, COSIGNED)


def check(entry, text):
    return proof.check(entry, text, [LEDGER.key], witnesses=[WITNESS.key], quorum=1)


@pytest.mark.parametrize("vector", VECTORS["formatted"])
def test_proofs_are_written_as_others_write_them(vector):
    path = tuple(bytes.fromhex(value) for value in vector["path"])
    written = Proof(vector["index"], path, vector["signed"], vector["extra"].encode())
    assert proof.format(written) == vector["text"]
    assert proof.parse(vector["text"]) == written


@pytest.mark.parametrize("vector", [pytest.param(v, id=v["name"]) for v in VECTORS["refused"]])
def test_a_text_that_is_no_proof_is_refused(vector):
    with pytest.raises(NotProven):
        proof.parse(vector["text"])


@given(st.integers(1, 70).flatmap(lambda size: st.tuples(st.integers(0, size - 1), st.just(size))))
@settings(max_examples=60, deadline=None)
def test_every_entry_of_a_ledger_is_proved(place):
    index, size = place
    head = proof.check(ENTRIES[index], proof.prove(NODE, index, signed_at(size)), [LEDGER.key])
    assert head == Checkpoint(LEDGER.name, size, merkle.root(LEAVES[:size]))


def test_another_entry_is_refused():
    assert check(ENTRIES[5], PROOF).size == 11
    for entry in [ENTRIES[4], ENTRIES[5] + b" ", b"", LEAVES[5]]:
        with pytest.raises(NotProven, match="not under this root"):
            check(entry, PROOF)


def test_a_checkpoint_nobody_we_trust_signed_is_refused():
    stranger = Signer(LEDGER.name, bytes(32))
    with pytest.raises(NotTrusted):
        proof.check(ENTRIES[5], PROOF, [stranger.key])
    with pytest.raises(NotTrusted, match="1 must cosign"):
        check(ENTRIES[5], proof.prove(NODE, 5, SIGNED))


def test_a_note_that_is_no_checkpoint_is_refused():
    with pytest.raises(NotACheckpoint):
        proof.check(
            ENTRIES[5], PROOF.partition("\n\n")[0] + "\n\n" + LEDGER.sign("hello\n"), [LEDGER.key]
        )


def test_many_proofs_share_a_checkpoint_opened_once():
    head = open_checkpoint(COSIGNED, [LEDGER.key])
    for index in range(11):
        found = proof.parse(proof.prove(NODE, index, COSIGNED))
        proof.check_under(ENTRIES[index], found, head)
        with pytest.raises(NotProven):
            proof.check_under(ENTRIES[index] + b" ", found, head)


def test_what_nobody_signed_changes_nothing():
    # The extra line can be put in, changed and taken out by anybody, so it is read and never acted on.
    with_extra = proof.prove(NODE, 5, COSIGNED, extra=b"released")
    assert proof.parse(with_extra).extra == b"released"
    assert check(ENTRIES[5], with_extra) == check(ENTRIES[5], PROOF)


def test_there_is_no_proof_of_an_entry_after_the_checkpoint():
    with pytest.raises(NotProven, match="there is no leaf 11"):
        proof.prove(NODE, 11, SIGNED)


def test_a_path_longer_than_any_ledger_is_refused():
    assert len(proof.parse(proof.format(Proof(0, tuple(LEAVES[:63]), SIGNED))).path) == 63
    with pytest.raises(NotProven, match="64 hashes"):
        proof.parse(proof.format(Proof(0, tuple(LEAVES[:64]), SIGNED)))


def test_any_changed_bit_of_a_proof_is_refused():
    # All signatures are by keys that must have signed; a line of somebody else's could change unnoticed.
    original = PROOF.encode()
    for at in range(8 * len(original)):
        changed = bytearray(original)
        changed[at // 8] ^= 1 << at % 8
        try:
            text = changed.decode()
        except UnicodeDecodeError:
            continue
        with pytest.raises(Refused):
            check(ENTRIES[5], text)


def test_any_changed_bit_of_an_entry_is_refused():
    for at in range(8 * len(ENTRIES[5])):
        changed = bytearray(ENTRIES[5])
        changed[at // 8] ^= 1 << at % 8
        with pytest.raises(NotProven):
            check(bytes(changed), PROOF)


def mutants(lines):
    """The same lines, with one left out, one doubled, two exchanged, or one put elsewhere."""
    for at in range(len(lines)):
        yield lines[:at] + lines[at + 1 :]
        yield [*lines[: at + 1], *lines[at:]]
        for other in range(len(lines)):
            rest = lines[:at] + lines[at + 1 :]
            yield [*rest[:other], lines[at], *rest[other:]]
            exchanged = list(lines)
            exchanged[at], exchanged[other] = lines[other], lines[at]
            yield exchanged


def test_lines_moved_doubled_or_left_out_are_refused():
    # The order and number of signature lines mean nothing (c2sp.org/signed-note), so only they may change.
    lines = PROOF.splitlines(keepends=True)
    body, signatures = lines[:-2], set(lines[-2:])
    for mutant in mutants(lines):
        if mutant[: len(body)] == body and set(mutant[len(body) :]) == signatures:
            assert check(ENTRIES[5], "".join(mutant)).size == 11
        else:
            with pytest.raises(Refused):
                check(ENTRIES[5], "".join(mutant))


@given(st.text(max_size=200) | st.text("c2sp.org/tlog-proof@v1\nindex extra0Aa=— ", max_size=200))
def test_any_text_is_refused_with_a_reason(text):
    for wrong in [
        text,
        proof.HEADER + "\n" + text,
        PROOF + text + "x",
        PROOF.replace("index 5", text),
    ]:
        with pytest.raises(Refused):
            check(ENTRIES[5], wrong)
