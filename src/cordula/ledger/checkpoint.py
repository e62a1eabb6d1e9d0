"""How large was the ledger, and what was its root, at one moment? A checkpoint says (c2sp.org/tlog-checkpoint).

    ledger.example.org/cordula
    923748
    nND/nri/U0xuHUrYSy0HtMeal2vzD9V4k/BO79C+QeI=

The origin, the number of entries, the root; then extension lines, which nobody can audit and we never write.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from cordula.ledger import exact_base64
from cordula.ledger.merkle import EMPTY_ROOT, HASH_SIZE
from cordula.ledger.note import Key, NotTrusted, open_signed
from cordula.ledger.refusal import Refused

SIZE_MAX = 2**63 - 1
ORIGIN_MAX = (
    255  # bytes; a longer one cannot be cosigned (c2sp.org/tlog-cosignature, cosigned_message)
)

DECIMAL = re.compile(r"0|[1-9][0-9]{0,18}")
_LINE = re.compile(r"[^\x00-\x1f]+")


class NotACheckpoint(Refused):
    """The text is not a checkpoint, whoever signed it."""


@dataclass(frozen=True)
class Checkpoint:
    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.size <= SIZE_MAX:
            raise NotACheckpoint(f"a ledger cannot have {self.size} entries")
        if len(self.root) != HASH_SIZE:
            raise NotACheckpoint(f"a root of {len(self.root)} bytes; SHA-256 has {HASH_SIZE}")
        if self.size == 0 and self.root != EMPTY_ROOT:
            raise NotACheckpoint("an empty ledger has the hash of nothing for its root")
        if len(self.origin.encode(errors="replace")) > ORIGIN_MAX:
            raise NotACheckpoint(f"an origin has at most {ORIGIN_MAX} bytes")
        if not all(_LINE.fullmatch(line) for line in (self.origin, *self.extensions)):
            raise NotACheckpoint("a line of the checkpoint is empty or has a control character")


def parse(text: str) -> Checkpoint:
    """Read the text of a checkpoint, without its signatures; raises NotACheckpoint."""
    if not text.endswith("\n"):
        raise NotACheckpoint("a checkpoint ends with a newline")
    lines = text[:-1].split("\n")
    if len(lines) < 3:
        raise NotACheckpoint("a checkpoint has a line each for its origin, size and root")
    origin, size, root, *extensions = lines
    if not DECIMAL.fullmatch(size):
        raise NotACheckpoint(
            f"the size {size[:40]!r} is not a decimal number without leading zeros"
        )
    return Checkpoint(origin, int(size), _parse_root(root), tuple(extensions))


def format(checkpoint: Checkpoint) -> str:
    """The text to sign."""
    root = exact_base64.encode(checkpoint.root)
    lines = [checkpoint.origin, str(checkpoint.size), root, *checkpoint.extensions]
    return "".join(f"{line}\n" for line in lines)


def open_checkpoint(
    signed: str, keys: Collection[Key], *, witnesses: Collection[Key] = (), quorum: int = 0
) -> Checkpoint:
    """The checkpoint in a signed note, once we trust it.

    One of `keys` must have signed, and it must bear the name of the ledger: a key that we trust for one
    ledger says nothing of another. At least `quorum` of `witnesses` must have cosigned.
    """
    text, by = open_signed(signed, [*keys, *witnesses])
    checkpoint = parse(text)
    if not any(key in keys and key.name == checkpoint.origin for key in by):
        raise NotTrusted(f"the ledger {checkpoint.origin} did not sign with a key we trust for it")
    # One key under two names is one witness.
    count = len({key.public for key in by if key in witnesses})
    if count < quorum:
        raise NotTrusted(f"cosigned by {count} of the witnesses we trust; {quorum} must cosign")
    return checkpoint


def _parse_root(root: str) -> bytes:
    try:
        return exact_base64.decode(root)
    except ValueError:
        raise NotACheckpoint(f"the root {root[:60]!r} is not exact base64") from None
