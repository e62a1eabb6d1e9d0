"""Is this entry in that ledger? A proof that needs no network says so (c2sp.org/tlog-proof).

    c2sp.org/tlog-proof@v1
    index 2
    bjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=
    XwgPChozygdqlSeVgyWA2z4O9FhL3/H1TIo2D1DeMDE=

    ledger.example.org/cordula
    …

The entry's index, the hashes from its neighbour up to the root's child, a blank line, the signed checkpoint.
"""

from collections.abc import Collection
from dataclasses import dataclass

from cordula.ledger import checkpoint, exact_base64, note
from cordula.ledger.checkpoint import DECIMAL, Checkpoint
from cordula.ledger.merkle import (
    HASH_SIZE,
    Node,
    NotProven,
    check_inclusion,
    inclusion_proof,
    leaf_hash,
)
from cordula.ledger.note import Key

HEADER = "c2sp.org/tlog-proof@v1"
PATH_MAX = 63  # a tree of 2^63 leaves is no taller


@dataclass(frozen=True)
class Proof:
    """A proof as it was written down. `extra` is signed by nobody: never act on it."""

    index: int
    path: tuple[bytes, ...]
    signed: str
    extra: bytes = b""


def prove(node: Node, index: int, signed: str, *, extra: bytes = b"") -> str:
    """The proof that entry `index` is in the ledger of this signed checkpoint."""
    head = checkpoint.parse(note.parse(signed).text)
    path = inclusion_proof(node, index, head.size)
    return format(Proof(index, tuple(path), signed, extra))


def check(
    entry: bytes,
    proof: str,
    keys: Collection[Key],
    *,
    witnesses: Collection[Key] = (),
    quorum: int = 0,
) -> Checkpoint:
    """The trusted checkpoint whose ledger has these very bytes for an entry.

    Raises NotTrusted or NotACheckpoint if the checkpoint is not to be believed, NotProven if it is and the
    entry is not in it.
    """
    found = parse(proof)
    head = checkpoint.open_checkpoint(found.signed, keys, witnesses=witnesses, quorum=quorum)
    check_under(entry, found, head)
    return head


def check_under(entry: bytes, proof: Proof, trusted: Checkpoint) -> None:
    """Return if the entry is in the ledger of a checkpoint that was opened before; many proofs share one."""
    check_inclusion(leaf_hash(entry), proof.index, trusted.size, proof.path, trusted.root)


def parse(text: str) -> Proof:
    """Take a proof apart, without trusting it; raises NotProven if it is malformed."""
    top, blank, signed = text.partition("\n\n")
    header, *lines = top.split("\n")
    if header != HEADER or not blank:
        raise NotProven(
            f"not a proof: it does not begin with {HEADER} and go on after a blank line"
        )
    extra = _decode(lines.pop(0)[6:]) if lines and lines[0].startswith("extra ") else None
    if extra == b"":
        raise NotProven("an extra line with nothing in it is to be left out")
    index = _parse_index(lines.pop(0) if lines else "")
    path = tuple(_parse_hash(line) for line in lines)
    if len(path) > PATH_MAX:
        raise NotProven(f"{len(path)} hashes; no ledger needs more than {PATH_MAX}")
    return Proof(index, path, signed, extra or b"")


def format(proof: Proof) -> str:
    extra = [f"extra {exact_base64.encode(proof.extra)}"] if proof.extra else []
    path = [exact_base64.encode(value) for value in proof.path]
    lines = [HEADER, *extra, f"index {proof.index}", *path]
    return "".join(f"{line}\n" for line in lines) + "\n" + proof.signed


def _parse_index(line: str) -> int:
    label, _, number = line.partition(" ")
    if label != "index" or not DECIMAL.fullmatch(number):
        raise NotProven(f"not an index line: {line[:40]!r}")
    return int(number)


def _parse_hash(line: str) -> bytes:
    value = _decode(line)
    if len(value) != HASH_SIZE:
        raise NotProven(f"a hash of {len(value)} bytes; SHA-256 has {HASH_SIZE}")
    return value


def _decode(text: str) -> bytes:
    try:
        return exact_base64.decode(text)
    except ValueError:
        raise NotProven(f"not exact base64: {text[:60]!r}") from None
