"""Under which key does this site keep what must be erasable? One file, outside the database and its backups.

Everything else is derived from it (HKDF-SHA256, RFC 5869), one key for each purpose, so that what
wraps keys never also answers a search. Sealing is AES-256-GCM with a random nonce of 12 bytes.
"""

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from secrets import token_bytes, token_hex

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

HEADING = "cordula site key v1"
NONCE_BYTES, KEY_BYTES = 12, 32


class SiteKeyUnusable(RuntimeError):
    """The key file is missing, open to others, or not a key file; the message says what to do."""


class NotOpened(ValueError):
    """Sealed bytes were changed, or belong to another key or another subject."""


@dataclass(frozen=True, slots=True, repr=False)
class SiteKey:
    """The key of this site, by its id. Its text form never shows the key."""

    id: str
    secret: bytes

    def __repr__(self) -> str:
        return f"SiteKey({self.id})"

    def wrap(self, key: bytes, *, about: str) -> bytes:
        return seal(self._derived("wrap"), key, about=self._bound(about))

    def unwrap(self, wrapped: bytes, *, about: str) -> bytes:
        return open_sealed(self._derived("wrap"), wrapped, about=self._bound(about))

    def seal_text(self, text: str, *, about: str) -> str:
        sealed = seal(self._derived("text"), text.encode(), about=self._bound(about))
        return urlsafe_b64encode(sealed).decode()

    def open_text(self, text: str, *, about: str) -> str:
        sealed = urlsafe_b64decode(text)
        return open_sealed(self._derived("text"), sealed, about=self._bound(about)).decode()

    def index(self, text: str, *, about: str) -> bytes:
        """A keyed digest: equal texts can be found, and nobody without the key can try texts out."""
        code = HMAC(self._derived("index"), SHA256())
        code.update(self._bound(about) + b"\x00" + text.encode())
        return code.finalize()

    def _derived(self, purpose: str) -> bytes:
        info = f"{HEADING} {purpose}".encode()
        return HKDF(SHA256(), KEY_BYTES, salt=None, info=info).derive(self.secret)

    def _bound(self, about: str) -> bytes:
        return f"{about}\x00{self.id}".encode()


def seal(key: bytes, plain: bytes, *, about: bytes) -> bytes:
    """Nonce and ciphertext, bound to what they are about."""
    nonce = token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, about)


def open_sealed(key: bytes, sealed: bytes, *, about: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], about)
    except (InvalidTag, ValueError):
        raise NotOpened("sealed bytes could not be opened: changed, or of another key") from None


# --- The file ---------------------------------------------------------------------------------


def site_key() -> SiteKey:
    """The key of this installation, read once; at the very first start it is made."""
    return _read_once(Path(settings.SITE_KEY_FILE))


@cache
def _read_once(path: Path) -> SiteKey:
    if not path.exists():
        if _something_is_sealed():
            raise SiteKeyUnusable(_MISSING.format(path=path))
        create_key(path)
    return read_key(path)


def _something_is_sealed() -> bool:
    """A lost key must never be replaced by a new one that opens nothing."""
    from allauth.mfa.models import Authenticator

    from cordula_web.people.sealed_rows import SubjectKey

    return SubjectKey.objects.exists() or Authenticator.objects.exists()


def read_key(path: Path) -> SiteKey:
    """The key in this file. Refuses a file that others can read."""
    try:
        mode = path.stat().st_mode & 0o777
        lines = path.read_text().splitlines()
    except FileNotFoundError:
        raise SiteKeyUnusable(_MISSING.format(path=path)) from None
    if mode & 0o077:
        raise SiteKeyUnusable(f"{path} can be read by others (mode {mode:o}): chmod 600 {path}")
    if len(lines) != 3 or lines[0] != HEADING or len(secret := _decoded(lines[2])) != KEY_BYTES:
        raise SiteKeyUnusable(f"{path} is not a site key file: its first line is “{HEADING}”")
    return SiteKey(lines[1], secret)


_MISSING = (
    "The site key {path} is not there. Without it no name can be read. Put the file back from its"
    " own backup; only an empty installation makes a new one."
)


def create_key(path: Path) -> SiteKey:
    """A new key in a new file that only its owner can read. Never writes over a file."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = SiteKey(token_hex(4), token_bytes(KEY_BYTES))
    draft = path.with_name(f".{path.name}.{key.id}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(f"{HEADING}\n{key.id}\n{urlsafe_b64encode(key.secret).decode()}\n")
        file.flush()
        os.fsync(file.fileno())
    # A link appears whole or not at all; where another process was first, its key stands.
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
    return read_key(path)


def _decoded(line: str) -> bytes:
    try:
        return urlsafe_b64decode(line)
    except ValueError:
        return b""
