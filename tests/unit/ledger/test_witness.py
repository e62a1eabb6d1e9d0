import tomllib
from pathlib import Path

import pytest

from cordula.ledger import checkpoint, note
from cordula.ledger.checkpoint import Checkpoint, NotACheckpoint
from cordula.ledger.merkle import leaf_hash
from cordula.ledger.note import NotTrusted, Signer, TrustedKey, open_note
from cordula.ledger.witness import QuantumSafeWitnessKey, Witness, WitnessKey, cosigned_at

VECTORS = tomllib.loads((Path(__file__).parents[3] / "vectors/ledger/cosignature.toml").read_text())
KINDS = [
    pytest.param(WitnessKey, VECTORS["ed25519"], id="Ed25519"),
    pytest.param(QuantumSafeWitnessKey, VECTORS["ml_dsa_44"], id="ML-DSA-44"),
]

LEDGER = Signer("ledger.example.org/cordula", bytes(range(32)))
SIGNED = LEDGER.sign(checkpoint.format(Checkpoint(LEDGER.name, 7, leaf_hash(b""))))
WITNESS = Witness("witness.example", bytes(32))


@pytest.mark.parametrize(("kind", "vector"), KINDS)
def test_cosignatures_of_other_witnesses_are_verified(kind, vector):
    key = kind.parse(vector["key"])
    assert open_note(vector["note"], [key]) == note.parse(vector["note"]).text
    assert key.format() == vector["key"]


@pytest.mark.parametrize(("kind", "vector"), KINDS)
def test_a_cosignature_says_when(kind, vector):
    key = kind.parse(vector["key"])
    (raw,) = [s.raw for s in note.parse(vector["note"]).signatures if s.key_id == key.key_id]
    assert cosigned_at(raw) == vector["time"]


@pytest.mark.parametrize(("kind", "vector"), KINDS)
def test_a_cosignature_over_another_checkpoint_is_refused(kind, vector):
    key = kind.parse(vector["key"])
    origin, size, root = note.parse(vector["note"]).text.splitlines()
    for line, other in [
        (size, "1432088533"),
        (root, root.replace("o", "p")),
        (origin, "b.example"),
    ]:
        with pytest.raises(NotTrusted, match="did not sign"):
            open_note(vector["note"].replace(line + "\n", other + "\n", 1), [key])


def test_ml_dsa_does_not_cover_extension_lines_so_there_must_be_none():
    vector = VECTORS["ml_dsa_44"]
    extended = vector["note"].replace("\n\n", "\nextension\n\n")
    with pytest.raises(NotACheckpoint, match="extension lines"):
        open_note(extended, [QuantumSafeWitnessKey.parse(vector["key"])])


@pytest.mark.parametrize(("kind", "vector"), KINDS)
def test_a_key_of_another_kind_or_size_is_refused(kind, vector):
    for wrong in [LEDGER.key.format(), vector["key"][:-4], vector["key"].replace("+B", "+C", 1)]:
        with pytest.raises(NotTrusted):
            kind.parse(wrong)
    with pytest.raises(NotTrusted):
        kind("witness.example", bytes(31))


def test_what_a_witness_cosigned_is_verified_and_its_time_is_part_of_it():
    cosigned = WITNESS.cosign(SIGNED, 1_795_324_623)
    assert open_note(cosigned, [LEDGER.key, WITNESS.key], quorum=2)
    raw = note.parse(cosigned).signatures[1].raw
    assert cosigned_at(raw) == 1_795_324_623
    later = (1_795_324_624).to_bytes(8, "big") + raw[8:]
    assert WITNESS.key.verifies(note.parse(cosigned).text, raw)
    assert not WITNESS.key.verifies(note.parse(cosigned).text, later)


def test_a_cosignature_is_no_signature_and_the_reverse():
    same = TrustedKey(WITNESS.name, WITNESS.key.public)
    assert same.key_id != WITNESS.key.key_id
    with pytest.raises(NotTrusted, match="signed by 0"):
        open_note(WITNESS.cosign(SIGNED, 1), [same])


def test_only_a_checkpoint_is_cosigned():
    with pytest.raises(NotACheckpoint):
        WITNESS.cosign(LEDGER.sign("any text\n"), 1)


@pytest.mark.parametrize("signature", [b"", bytes(8), b"\x80" + bytes(71), b"\xff" * 72])
def test_a_cosignature_without_a_time_is_refused(signature):
    with pytest.raises(NotTrusted, match="time"):
        cosigned_at(signature)


def test_the_last_second_that_can_be_written_is_read():
    assert cosigned_at(b"\x7f" + b"\xff" * 7 + bytes(64)) == 9_223_372_036_854_775_807


def test_the_name_of_a_witness_has_an_end():
    text = checkpoint.format(Checkpoint("a", 1, leaf_hash(b"")))
    assert not QuantumSafeWitnessKey("w" * 255, bytes(1312)).verifies(text, bytes(2428))
    with pytest.raises(NotTrusted, match="256 bytes"):
        QuantumSafeWitnessKey("w" * 256, bytes(1312)).verifies(text, bytes(2428))


@pytest.mark.parametrize(("name", "seed"), [("a witness", bytes(32)), ("witness", bytes(31))])
def test_a_witness_that_could_not_sign_a_line_cannot_be_made(name, seed):
    with pytest.raises(NotTrusted):
        Witness(name, seed)


def test_the_seed_of_a_witness_is_never_shown():
    assert "seed" not in repr(WITNESS)
