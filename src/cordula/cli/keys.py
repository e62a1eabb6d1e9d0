"""Whose signatures does the person at the terminal trust? Public keys, as typed or from a file."""

from pathlib import Path
from typing import Any

from cordula.cli.failures import BadInput
from cordula.ledger.note import Key, NotTrusted, TrustedKey
from cordula.ledger.witness import QuantumSafeWitnessKey, WitnessKey

ISSUERS: tuple[Any, ...] = (TrustedKey,)
WITNESSES: tuple[Any, ...] = (WitnessKey, QuantumSafeWitnessKey)

_FILE_MAX = 64 * 1024


def read_keys(told: tuple[str, ...], kinds: tuple[Any, ...]) -> list[Key]:
    """The keys in these texts; a text that is no key names a file of keys, one a line."""
    return [key for text in told for key in _keys(text.strip(), kinds)]


def _keys(text: str, kinds: tuple[Any, ...]) -> list[Key]:
    if "+" in text and not _is_file(text):
        return [_key(text, kinds)]
    lines = [line.strip() for line in _text(Path(text)).splitlines()]
    found = [_key(line, kinds) for line in lines if line and not line.startswith("#")]
    if not found:
        raise BadInput(f"{text} holds no key. A key is one line: name+id+base64.")
    return found


def _is_file(text: str) -> bool:
    try:
        return Path(text).is_file()
    except OSError:
        return False  # a key may be longer than the name of any file


def _text(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            return opened.read(_FILE_MAX).decode()
    except OSError as wrong:
        raise BadInput(f"the key {file} cannot be read: {wrong.strerror}.") from None
    except ValueError:
        raise BadInput(f"{file} is not a file with keys: it is not text.") from None


def _key(text: str, kinds: tuple[Any, ...]) -> Key:
    if text.startswith("PRIVATE+KEY+"):
        raise BadInput("that is a private key. It must never leave its owner; give the public one.")
    said = ""
    for kind in kinds:
        try:
            key: Key = kind.parse(text)
        except NotTrusted as wrong:
            said = said or str(wrong)
        else:
            return key
    raise BadInput(f"the key cannot be used: {said}.")
