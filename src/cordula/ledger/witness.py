"""Who else saw the ledger at this size? A witness cosigns a checkpoint (c2sp.org/tlog-cosignature).

A cosignature is base64(key id, 4 bytes || POSIX time, 8 bytes || signature). Of the two kinds, Ed25519
signs `cosignature/v1`, the time and the checkpoint's text; ML-DSA-44, which also holds against quantum
computers, signs a structure of the witness's name, the time, the origin, the size and the root.
"""

from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey

from cordula.ledger import checkpoint, exact_base64, note
from cordula.ledger.checkpoint import NotACheckpoint
from cordula.ledger.note import NotTrusted

ED25519_COSIGNATURE = b"\x04"
ML_DSA_44 = b"\x06"
ML_DSA_44_KEY_SIZE = 1312

_TIME_SIZE = 8
_TIME_MAX = 2**63 - 1
_SUBTREE = b"subtree/v1\n\x00"


@dataclass(frozen=True)
class WitnessKey:
    """A witness's Ed25519 key: `name+id+base64(0x04 || key)`."""

    name: str
    public: bytes

    def __post_init__(self) -> None:
        note.check_key(self.name, self.public, note.KEY_SIZE)

    @property
    def key_id(self) -> bytes:
        return note.key_id(self.name, ED25519_COSIGNATURE, self.public)

    @classmethod
    def parse(cls, text: str) -> "WitnessKey":
        return cls(*note.parse_key(text, ED25519_COSIGNATURE))

    def format(self) -> str:
        return note.format_key(self.name, ED25519_COSIGNATURE, self.public, self.public)

    def verifies(self, text: str, signature: bytes) -> bool:
        time = cosigned_at(signature)
        return note.verifies(self.public, _cosigned_text(text, time), signature[_TIME_SIZE:])


@dataclass(frozen=True)
class QuantumSafeWitnessKey:
    """A witness's ML-DSA-44 key: `name+id+base64(0x06 || key)`."""

    name: str
    public: bytes

    def __post_init__(self) -> None:
        note.check_key(self.name, self.public, ML_DSA_44_KEY_SIZE)

    @property
    def key_id(self) -> bytes:
        return note.key_id(self.name, ML_DSA_44, self.public)

    @classmethod
    def parse(cls, text: str) -> "QuantumSafeWitnessKey":
        return cls(*note.parse_key(text, ML_DSA_44))

    def format(self) -> str:
        return note.format_key(self.name, ML_DSA_44, self.public, self.public)

    def verifies(self, text: str, signature: bytes) -> bool:
        message = _cosigned_message(self.name, text, cosigned_at(signature))
        try:
            MLDSA44PublicKey.from_public_bytes(self.public).verify(signature[_TIME_SIZE:], message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True)
class Witness:
    """The private half of a WitnessKey. It must see a consistency proof before it cosigns."""

    name: str
    seed: bytes = field(repr=False)

    def __post_init__(self) -> None:
        note.check_key(self.name, self.seed, note.KEY_SIZE)

    @property
    def key(self) -> WitnessKey:
        return WitnessKey(self.name, self._private().public_key().public_bytes_raw())

    def cosign(self, signed: str, at: int) -> str:
        """The signed checkpoint with our line added; `at` is the POSIX time in seconds."""
        text = note.parse(signed).text
        checkpoint.parse(text)
        signature = self._private().sign(_cosigned_text(text, at))
        raw = self.key.key_id + at.to_bytes(_TIME_SIZE, "big") + signature
        return f"{signed}— {self.name} {exact_base64.encode(raw)}\n"

    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)


def cosigned_at(signature: bytes) -> int:
    """The POSIX time that a cosignature states, without its key id."""
    time = int.from_bytes(signature[:_TIME_SIZE], "big")
    if len(signature) <= _TIME_SIZE or time > _TIME_MAX:
        raise NotTrusted("not a cosignature: it does not begin with a time")
    return time


def _cosigned_text(text: str, time: int) -> bytes:
    return f"cosignature/v1\ntime {time}\n{text}".encode()


def _cosigned_message(name: str, text: str, time: int) -> bytes:
    head = checkpoint.parse(text)
    if head.extensions:
        raise NotACheckpoint("ML-DSA-44 does not sign extension lines, so there must be none")
    seconds, start, end = (value.to_bytes(8, "big") for value in (time, 0, head.size))
    return _SUBTREE + _short(name) + seconds + _short(head.origin) + start + end + head.root


def _short(text: str) -> bytes:
    """Text after its length in one byte (RFC 8446 section 3.4, opaque<1..2^8-1>)."""
    raw = text.encode()
    if len(raw) > 255:
        raise NotTrusted(f"a name of {len(raw)} bytes; a witness can sign for at most 255")
    return bytes([len(raw)]) + raw
