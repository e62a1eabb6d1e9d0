"""Personal words stay out of the ledger: the entry seals a digest, the words live elsewhere.

The digest is that of a selective disclosure (RFC 9901 section 4.2): SHA-256 over the base64url of
the JSON array [salt, name, value]. Without the salt nobody can guess the words from the digest, so
erasing the disclosure erases the words, and the ledger's proofs still hold.
"""

from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from json import dumps
from secrets import token_bytes


@dataclass(frozen=True, slots=True)
class Sealed:
    """What the ledger knows of a personal value: its salted digest, as 64 hex digits."""

    digest: str


@dataclass(frozen=True, slots=True)
class Disclosure:
    """A sealed value with what is needed to check it against its digest."""

    salt: str
    name: str
    value: str

    @property
    def digest(self) -> str:
        text = dumps([self.salt, self.name, self.value], ensure_ascii=False)
        return sha256(_base64url(text.encode()).encode()).hexdigest()


def _base64url(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


@dataclass
class Sealing:
    """Seals values for one event and keeps their disclosures until they are stored.

    >>> sealing = Sealing(random_bytes=lambda n: bytes(n))
    >>> sealing("reason", "bag was dropped").digest == sealing.disclosures[0].digest
    True
    """

    random_bytes: Callable[[int], bytes] = token_bytes
    disclosures: list[Disclosure] = field(default_factory=list)

    def __call__(self, name: str, value: str) -> Sealed:
        disclosure = Disclosure(_base64url(self.random_bytes(16)), name, value)
        self.disclosures.append(disclosure)
        return Sealed(disclosure.digest)
