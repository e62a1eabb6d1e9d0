"""The published example: what docs/ledger-format.md shows is what the ledger does."""

import tomllib
from base64 import urlsafe_b64decode
from hashlib import sha256
from pathlib import Path

import pytest

from cordula.ledger import canonical, checkpoint, merkle, proof
from cordula.ledger.checkpoint import Checkpoint
from cordula.ledger.note import Signer, TrustedKey
from cordula.ledger.witness import Witness, WitnessKey

PROJECT = Path(__file__).parents[3]
EXAMPLE = tomllib.loads((PROJECT / "vectors/ledger/clf1.toml").read_text())
PAGE = (PROJECT / "docs/ledger-format.md").read_text()
ENTRIES = [entry["bytes"].encode() for entry in EXAMPLE["entry"]]
LEAVES = [bytes.fromhex(entry["leaf"]) for entry in EXAMPLE["entry"]]
KEY, WITNESS = TrustedKey.parse(EXAMPLE["key"]), WitnessKey.parse(EXAMPLE["witness"])


def test_the_entries_are_canonical_and_have_these_leaves():
    assert [canonical.encode(canonical.decode(entry)) for entry in ENTRIES] == ENTRIES
    assert [merkle.leaf_hash(entry) for entry in ENTRIES] == LEAVES


def test_each_entry_points_to_the_one_before_in_each_history():
    last = {}
    for seq, (entry, leaf) in enumerate(zip(ENTRIES, LEAVES)):
        value = canonical.decode(entry)
        assert value["seq"] == seq
        for subject in value["subjects"]:
            version, prev = last.get(subject["stream"], (0, ""))
            assert (subject["sv"], subject["prev"]) == (version + 1, prev)
            last[subject["stream"]] = subject["sv"], leaf.hex()


def test_the_checkpoint_is_what_the_keys_sign():
    text = checkpoint.format(Checkpoint(KEY.name, len(ENTRIES), merkle.root(LEAVES)))
    signed = Signer.parse(EXAMPLE["private"]).sign(text)
    witness = Witness(WITNESS.name, bytes.fromhex(EXAMPLE["witness_seed"]))
    assert text == EXAMPLE["checkpoint"]["text"]
    assert merkle.root(LEAVES).hex() == EXAMPLE["checkpoint"]["root"]
    assert witness.cosign(signed, EXAMPLE["cosigned_at"]) == EXAMPLE["checkpoint"]["signed"]


def test_the_proof_proves_its_entry():
    text, index = EXAMPLE["proof"]["text"], EXAMPLE["proof"]["index"]
    assert proof.prove(merkle.in_memory(LEAVES), index, EXAMPLE["checkpoint"]["signed"]) == text
    head = proof.check(ENTRIES[index], text, [KEY], witnesses=[WITNESS], quorum=1)
    assert head.size == len(ENTRIES)


@pytest.mark.parametrize("sealed", EXAMPLE["sealed"])
def test_the_digests_of_sealed_values_are_those_of_rfc_9901(sealed):
    disclosure = sealed["disclosure"]
    array = f'["{sealed["salt"]}", "{sealed["name"]}", "{sealed["value"]}"]'
    assert urlsafe_b64decode(disclosure + "=" * (-len(disclosure) % 4)).decode() == array
    assert sha256(disclosure.encode()).hexdigest() == sealed["digest"]


def test_the_sealed_value_stands_in_its_entry():
    assert canonical.decode(ENTRIES[2])["body"]["reason"] == {
        "sealed": EXAMPLE["sealed"][1]["digest"]
    }


@pytest.mark.parametrize(
    "shown",
    [
        EXAMPLE["entry"][1]["bytes"] + "\n",
        EXAMPLE["entry"][1]["leaf"] + "\n",
        EXAMPLE["checkpoint"]["root"] + "\n",
        EXAMPLE["checkpoint"]["signed"],
        EXAMPLE["proof"]["text"],
        EXAMPLE["key"] + "\n",
        EXAMPLE["witness"] + "\n",
        EXAMPLE["sealed"][1]["disclosure"] + "\n" + EXAMPLE["sealed"][1]["digest"] + "\n",
        merkle.EMPTY_ROOT.hex() + "\n",
        f"{len(ENTRIES[1])} bytes",
    ],
    ids=lambda shown: shown[:20],
)
def test_the_page_shows_the_example(shown):
    assert shown in PAGE


def test_the_page_explains_every_key_of_an_entry():
    explained = {line.split("`")[1] for line in PAGE.splitlines() if line.startswith("| `")}
    assert all(canonical.decode(entry).keys() == explained for entry in ENTRIES)
