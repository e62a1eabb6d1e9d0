"""What does this installation remember outside its database? The signing key, what it signed last, and all it ever signed.

A folder that the database's backups do not hold, so that a restored backup cannot bring back an older memory.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from fcntl import LOCK_EX, flock
from functools import cached_property
from pathlib import Path
from secrets import token_bytes

import orjson
from django.conf import settings

from cordula.ledger import checkpoint, note
from cordula.ledger.checkpoint import Checkpoint
from cordula.ledger.note import Signer, TrustedKey
from cordula.ledger.refusal import Refused


class KeysUnusable(Refused):
    """The folder of keys is not as it must be; the message says what to do."""


@dataclass(frozen=True, slots=True)
class SignedNote:
    """A checkpoint this installation signed, and when."""

    note: str
    signed_at: datetime

    @property
    def checkpoint(self) -> Checkpoint:
        return checkpoint.parse(note.parse(self.note).text)


@dataclass(frozen=True)
class Outside:
    """The folder, and what stands in it."""

    folder: Path

    @cached_property
    def key_file(self) -> Path:
        return self.folder / "signer.key"

    @cached_property
    def last_file(self) -> Path:
        return self.folder / "last-signed"

    @cached_property
    def log_file(self) -> Path:
        return self.folder / "checkpoints.log"

    @cached_property
    def closed_file(self) -> Path:
        return self.folder / "read-only"

    @contextmanager
    def locked(self) -> Iterator[None]:
        """One signature at a time, whichever process signs."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (self.folder / "signer.lock").open("w") as file:
            flock(file, LOCK_EX)
            yield

    # --- The key ------------------------------------------------------------------------------

    def signer(self) -> Signer:
        """The private key. Refuses a file that others can read."""
        try:
            mode = self.key_file.stat().st_mode & 0o777
        except FileNotFoundError:
            raise KeysUnusable(
                f"The signing key {self.key_file} is not there. Put it back from its own backup; only"
                " a ledger that was never signed gets a new one."
            ) from None
        if mode & 0o077:
            raise KeysUnusable(
                f"{self.key_file} can be read by others (mode {mode:o}): chmod 600 {self.key_file}"
            )
        return Signer.parse(self.key_file.read_text().strip())

    def trusted_key(self) -> TrustedKey:
        """The public half, which verifiers are given."""
        return self.signer().key

    def make_key(self, name: str) -> Signer:
        """A new key for a ledger that was never signed."""
        signer = Signer(name, token_bytes(32))
        _write_new(self.key_file, signer.format() + "\n")
        (self.folder / "signer.pub").write_text(signer.key.format() + "\n")
        return signer

    # --- What was signed ----------------------------------------------------------------------

    def last(self) -> SignedNote | None:
        """The newest checkpoint, from the file or, had the machine stopped in between, from the log."""
        try:
            return _read_signed(self.last_file.read_bytes())
        except FileNotFoundError:
            return None

    def log(self) -> list[SignedNote]:
        """Every checkpoint ever signed, oldest first. A last line that was cut short never counted."""
        if not self.log_file.exists():
            return []
        lines = self.log_file.read_bytes().split(b"\n")[:-1]
        return [_read_signed(line) for line in lines]

    def remember(self, signed: SignedNote) -> None:
        """On the disk before anybody else sees it: first as the last, then in the log."""
        line = orjson.dumps({"note": signed.note, "signed_at": signed.signed_at.isoformat()})
        self._complete_log()
        _replace(self.last_file, line)
        _append(self.log_file, line + b"\n")

    def _complete_log(self) -> None:
        """Had the machine stopped between the two files, the log lacks what was signed last."""
        last, log = self.last(), self.log()
        if last is not None and (not log or log[-1] != last):
            line = orjson.dumps({"note": last.note, "signed_at": last.signed_at.isoformat()})
            whole = b"".join(line + b"\n" for line in self._whole_lines())
            _replace(self.log_file, whole + line + b"\n")

    def _whole_lines(self) -> list[bytes]:
        return self.log_file.read_bytes().split(b"\n")[:-1] if self.log_file.exists() else []

    # --- Read-only ----------------------------------------------------------------------------

    def close(self, reason: str) -> None:
        """From now on nothing is recorded, until `reopen` finds that it was put right."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _replace(self.closed_file, reason.encode())

    def closed(self) -> str:
        """Why nothing may be recorded, or nothing."""
        try:
            return self.closed_file.read_text()
        except FileNotFoundError:
            return ""


def outside() -> Outside:
    return Outside(Path(settings.CORDULA_KEYS))


def _read_signed(line: bytes) -> SignedNote:
    try:
        row = orjson.loads(line)
        return SignedNote(row["note"], datetime.fromisoformat(row["signed_at"]))
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError):
        raise KeysUnusable("a line of the signed checkpoints cannot be read") from None


def _write_new(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    _sync_folder(path)


def _replace(path: Path, data: bytes) -> None:
    """Whole or not at all, and on the disk when this returns."""
    fresh = path.with_name(path.name + ".new")
    with fresh.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    _sync_folder(path)


def _append(path: Path, data: bytes) -> None:
    with path.open("ab") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    _sync_folder(path)


def _sync_folder(path: Path) -> None:
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
