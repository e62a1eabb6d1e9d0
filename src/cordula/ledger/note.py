"""Who vouches for this text? A signed note says so (c2sp.org/signed-note): text, a blank line, signatures.

    If you think cryptography is the answer to your problem,
    then you don't know what your problem is.

    — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=

A signature is base64(key id, 4 bytes || Ed25519 signature over the text, 64 bytes).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import NamedTuple, Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from cordula.ledger import exact_base64
from cordula.ledger.refusal import Refused

ED25519 = b"\x01"  # the signature type of plain notes
KEY_SIZE = 32
KEY_ID_SIZE = 4
SIGNATURES_MAX = 64  # the specification asks for a limit, of at least 16

_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
_PRIVATE = "PRIVATE+KEY+"


class NotTrusted(Refused):
    """The note is malformed, or not signed by those we trust."""


class Key(Protocol):
    """What opening a note needs to know of a key, whatever its signature type."""

    @property
    def name(self) -> str: ...
    @property
    def public(self) -> bytes: ...
    @property
    def key_id(self) -> bytes: ...
    def verifies(self, text: str, signature: bytes) -> bool: ...


class Signature(NamedTuple):
    name: str
    key_id: bytes
    raw: bytes


class Note(NamedTuple):
    """A note taken apart. Nothing in it is trusted yet."""

    text: str
    signatures: list[Signature]


@dataclass(frozen=True)
class TrustedKey:
    """The public half of an Ed25519 key, and its owner's name: `name+c74f20a3+base64(0x01 || key)`."""

    name: str
    public: bytes

    def __post_init__(self) -> None:
        check_key(self.name, self.public, KEY_SIZE)

    @property
    def key_id(self) -> bytes:
        return key_id(self.name, ED25519, self.public)

    @classmethod
    def parse(cls, text: str) -> "TrustedKey":
        return cls(*parse_key(text, ED25519))

    def format(self) -> str:
        return format_key(self.name, ED25519, self.public, self.public)

    def verifies(self, text: str, signature: bytes) -> bool:
        return verifies(self.public, text.encode(), signature)


@dataclass(frozen=True)
class Signer:
    """The private half: `seed` is 32 bytes that nobody can guess, such as `secrets.token_bytes(32)`.

    Whoever reads `PRIVATE+KEY+name+c74f20a3+base64(0x01 || seed)` can sign in this name.
    """

    name: str
    seed: bytes = field(repr=False)

    def __post_init__(self) -> None:
        check_key(self.name, self.seed, KEY_SIZE)

    @property
    def key(self) -> TrustedKey:
        return TrustedKey(self.name, self._private().public_key().public_bytes_raw())

    @classmethod
    def parse(cls, text: str) -> "Signer":
        """Read a private key. The text of an error never shows the key."""
        if not text.startswith(_PRIVATE):
            raise NotTrusted(f"not a private key: it does not begin with {_PRIVATE}")
        name, stated, seed = _split_key(text.removeprefix(_PRIVATE), ED25519)
        signer = cls(name, seed)
        if stated != signer.key.key_id.hex():
            raise NotTrusted(f"the private key of {name} does not belong to the key id it states")
        return signer

    def format(self) -> str:
        return _PRIVATE + format_key(self.name, ED25519, self.key.public, self.seed)

    def sign(self, text: str) -> str:
        """The text as a note, with this one signature."""
        _check_text(text)
        return f"{text}\n{self.signature_line(text)}"

    def signature_line(self, text: str) -> str:
        """A line to add to a note, newline included."""
        signature = self._private().sign(text.encode())
        return f"— {self.name} {exact_base64.encode(self.key.key_id + signature)}\n"

    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)


def open_note(note: str, keys: Iterable[Key], *, quorum: int = 1) -> str:
    """The note's text, once at least `quorum` of these keys are seen to have signed it."""
    text, by = open_signed(note, keys)
    # One key under two names is one witness, so the keys themselves are counted.
    count = len({key.public for key in by})
    if count < max(quorum, 1):
        raise NotTrusted(f"signed by {count} of the keys we trust; {max(quorum, 1)} must sign")
    return text


def open_signed(note: str, keys: Iterable[Key]) -> tuple[str, list[Key]]:
    """The note's text, and which of these keys signed it; there may be none.

    Signatures of other keys are not ours to judge. A bad one in the name of a key of ours refuses the note.
    """
    known = _by_identity(keys)
    text, signatures = parse(note)
    by = []
    for signature in signatures:
        key = known.get((signature.name, signature.key_id))
        if key is None:
            continue
        if not key.verifies(text, signature.raw):
            raise NotTrusted(f"{key.name} did not sign this text: it or the signature was changed")
        by.append(key)
    return text, by


def parse(note: str) -> Note:
    """Take a note apart, without trusting it; raises NotTrusted if it is malformed."""
    body, blank, lines = note.rpartition("\n\n")
    if not blank or not lines.endswith("\n"):
        raise NotTrusted(
            "not a signed note: there is no blank line with whole signature lines below"
        )
    text = body + "\n"
    _check_text(text)
    signatures = [_parse_signature(line) for line in lines[:-1].split("\n")]
    if len(signatures) > SIGNATURES_MAX:
        raise NotTrusted(f"{len(signatures)} signatures; at most {SIGNATURES_MAX} are read")
    return Note(text, signatures)


def check_key(name: str, material: bytes, size: int) -> None:
    """Raise NotTrusted if this cannot name a key, or the key has another size than its kind has."""
    _check_name(name)
    if len(material) != size:
        raise NotTrusted(f"the key of {name} has {len(material)} bytes; its kind has {size}")


def key_id(name: str, kind: bytes, public: bytes) -> bytes:
    return sha256(name.encode() + b"\n" + kind + public).digest()[:KEY_ID_SIZE]


def parse_key(text: str, kind: bytes) -> tuple[str, bytes]:
    """The name and public key in `name+c74f20a3+base64(kind || key)`, once its key id is seen to fit."""
    name, stated, public = _split_key(text, kind)
    if stated != key_id(name, kind, public).hex():
        raise NotTrusted(f"the key of {name} does not belong to the key id it states")
    return name, public


def format_key(name: str, kind: bytes, public: bytes, material: bytes) -> str:
    return f"{name}+{key_id(name, kind, public).hex()}+{exact_base64.encode(kind + material)}"


def verifies(public: bytes, message: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def _split_key(text: str, kind: bytes) -> tuple[str, str, bytes]:
    name, _, rest = text.partition("+")
    stated, _, encoded = rest.partition("+")
    try:
        material = exact_base64.decode(encoded)
    except ValueError:
        raise NotTrusted(f"the key of {name!r} is not name+id+base64") from None
    if material[:1] != kind:
        raise NotTrusted(f"the key of {name!r} is not of signature type 0x{kind.hex()}")
    return name, stated, material[1:]


def _by_identity(keys: Iterable[Key]) -> dict[tuple[str, bytes], Key]:
    known: dict[tuple[str, bytes], Key] = {}
    for key in keys:
        other = known.setdefault((key.name, key.key_id), key)
        if other.public != key.public:
            raise NotTrusted(f"two trusted keys of {key.name} share the key id {key.key_id.hex()}")
    return known


def _parse_signature(line: str) -> Signature:
    try:
        dash, name, encoded = line.split(" ")
        raw = exact_base64.decode(encoded)
    except ValueError:
        raise NotTrusted(f"not a signature line: {line[:80]!r}") from None
    if dash != "—" or len(raw) <= KEY_ID_SIZE:
        raise NotTrusted(f"not a signature line: {line[:80]!r}")
    _check_name(name)
    return Signature(name, raw[:KEY_ID_SIZE], raw[KEY_ID_SIZE:])


def _check_text(text: str) -> None:
    if not text.endswith("\n"):
        raise NotTrusted("the text of a note ends with a newline")
    if _CONTROL.search(text):
        raise NotTrusted("the text of a note has no control characters but newlines")
    _check_unicode(text)


def _check_name(name: str) -> None:
    if not name or "+" in name or _CONTROL.search(name) or any(map(str.isspace, name)):
        raise NotTrusted(f"{name!r} is no name for a key: it is empty or has a space or a +")
    _check_unicode(name)


def _check_unicode(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise NotTrusted("half a surrogate pair cannot be written in UTF-8") from None
