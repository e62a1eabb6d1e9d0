"""Which bytes stand for this value? Exactly one string of bytes, so that a hash means one thing.

The profile is RFC 8785 made narrower, until every JSON library that sorts keys writes the same bytes:

    {"at":"2026-11-22T05:17:03.120000Z","body":{"count":"1.42e9","unit":"1"},"seq":7}

Keys are a-z, 0-9 and _, numbers are integers up to 2^53 − 1 (a decimal is written as text), text is
NFC, nesting is at most 8 deep and the whole at most 64 KiB. Outside this profile libraries differ.
"""

import re
from functools import lru_cache
from typing import Any
from unicodedata import is_normalized

import orjson

from cordula.ledger.refusal import Refused

# The largest integer that every JSON reader keeps exactly (RFC 8785 section 3.2.2.3).
INTEGER_MAX = 2**53 - 1
DEPTH_MAX = 8
SIZE_MAX = 64 * 1024

_KEY = re.compile(r"[a-z0-9_]+")


class NotCanonical(Refused):
    """The value or the bytes are outside the profile; `path` is the place, as in body.counts[2]."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}" if path else reason)
        self.path = path
        self.reason = reason

    def inside(self, step: str) -> "NotCanonical":
        joint = "." if self.path and not self.path.startswith("[") else ""
        return NotCanonical(f"{step}{joint}{self.path}", self.reason)


def encode(value: object) -> bytes:
    """The canonical bytes of a value; raises NotCanonical if it is outside the profile."""
    _check(value, DEPTH_MAX)
    try:
        data = orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError as error:
        raise NotCanonical("", str(error)) from None
    if len(data) > SIZE_MAX:
        raise NotCanonical("", f"{len(data)} bytes; an entry has at most {SIZE_MAX}")
    return data


def decode(data: bytes) -> dict[str, Any]:
    """The object these bytes stand for; raises NotCanonical unless they are its one encoding."""
    if len(data) > SIZE_MAX:
        raise NotCanonical("", f"{len(data)} bytes; an entry has at most {SIZE_MAX}")
    try:
        value: object = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise NotCanonical("", f"not JSON: {error}") from None
    if type(value) is not dict:
        raise NotCanonical("", "not an object; an entry is {…}")
    # A doubled key, a space, another escape or −0 is JSON too. Writing the value anew shows them all.
    if encode(value) != data:
        raise NotCanonical("", "the same value has another, canonical encoding")
    return value


def _check(value: Any, room: int) -> None:
    # The audit of a whole ledger goes through here, so the commonest kinds come first. Kinds are compared
    # exactly: a subclass (an enumeration, a date) could be written otherwise than it compares.
    kind = type(value)
    if kind is str:
        if not value.isascii():
            _check_text(value)
    elif kind is dict:
        _check_object(value, room)
    elif kind is int:
        if not -INTEGER_MAX <= value <= INTEGER_MAX:
            raise NotCanonical("", "an integer beyond ±(2^53 − 1); write it as text")
    elif kind is list or kind is tuple:
        _check_array(value, room)
    elif kind is not bool and value is not None:
        raise NotCanonical("", f"a {kind.__name__} has no canonical form; write it as text")


def _check_object(value: dict[str, object], room: int) -> None:
    _check_room(room)
    _check_keys(value)
    for key, item in value.items():
        if type(item) is str and item.isascii():
            continue  # most items are such, and a call for each would cost as much as all the rest
        try:
            _check(item, room - 1)
        except NotCanonical as wrong:
            raise wrong.inside(key) from None


def _check_array(value: list[object] | tuple[object, ...], room: int) -> None:
    _check_room(room)
    for index, item in enumerate(value):
        try:
            _check(item, room - 1)
        except NotCanonical as wrong:
            raise wrong.inside(f"[{index}]") from None


def _check_room(room: int) -> None:
    if not room:
        raise NotCanonical("", f"nested deeper than {DEPTH_MAX} levels")


def _check_keys(value: dict[str, object]) -> None:
    if _are_keys(tuple(value)):
        return
    for key in value:
        if type(key) is not str or not _KEY.fullmatch(key):
            raise NotCanonical("", f"key {key!r} is not made of a-z, 0-9 and _")


@lru_cache(maxsize=1024)
def _are_keys(keys: tuple[str, ...]) -> bool:
    """The same few sets of keys come again in every entry, so each is looked at once."""
    try:
        # One match over all of them run together is much quicker than one match for each.
        return "" not in keys and (not keys or _KEY.fullmatch("".join(keys)) is not None)
    except TypeError:
        return False  # a key that is no text


def _check_text(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise NotCanonical("", "half a surrogate pair is no character") from None
    if not is_normalized("NFC", text):
        raise NotCanonical("", "text is not in Unicode normal form C; normalise it first")
