"""What does the envelope of an entry say, before anybody asks what happened in it?

Only what every entry has, whatever its kind: a later kind of event must not make a passport unreadable.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cordula.events.envelope import FORMAT, KEYS
from cordula.ledger import canonical
from cordula.ledger.refusal import Refused as LedgerRefused
from cordula.vocabulary.identifiers import AccountId, SiteId

# Any kind of history, so that a kind that comes later can be read past.
_STREAM = re.compile(r"[a-z_]{1,20}:[a-z0-9-]{1,40}")
_LEAF = re.compile(r"(?:[0-9a-f]{64})?")


class NotAnEntry(LedgerRefused):
    """The bytes are no entry of CLF-1; the text names the key."""


@dataclass(frozen=True, slots=True)
class Row:
    """An entry's own words, with its place in the history we are reading."""

    value: dict[str, Any]

    def place_in(self, stream: str) -> tuple[int, str] | None:
        """The version this entry brings the history to, and the leaf before; None if it does not concern it."""
        for subject in self.value["subjects"]:
            if subject["stream"] == stream:
                return subject["sv"], subject["prev"]
        return None

    @property
    def streams(self) -> list[str]:
        return [subject["stream"] for subject in self.value["subjects"]]

    def sealed_digests(self) -> Iterator[str]:
        """The digests that stand for sealed values, wherever they stand in the body."""
        return _digests(self.value["body"])


def read(entry: bytes) -> Row:
    """The row in these bytes; raises NotAnEntry."""
    try:
        value = canonical.decode(entry)
    except LedgerRefused as wrong:
        raise NotAnEntry(str(wrong)) from None
    if value.keys() != KEYS:
        raise NotAnEntry("keys")
    for key, holds in _HOLDS.items():
        if not _safely(holds, value[key]):
            raise NotAnEntry(key)
    return Row(value)


def _safely(holds: Callable[[Any], bool], value: Any) -> bool:
    try:
        return holds(value)
    except (TypeError, ValueError):
        return False


def _number(value: Any, least: int) -> bool:
    return type(value) is int and value >= least


def _recorded_at(text: str) -> bool:
    moment = datetime.fromisoformat(text)
    return text == moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _occurred_at(text: str) -> bool:
    moment = datetime.fromisoformat(text)
    return moment.tzinfo is not None and text == moment.isoformat()


def _subjects(value: list[dict[str, Any]]) -> bool:
    streams = [subject["stream"] for subject in value if _subject(subject)]
    return len(streams) == len(value) == len(set(streams)) > 0


def _subject(value: dict[str, Any]) -> bool:
    return (
        value.keys() == {"prev", "stream", "sv"}
        and _LEAF.fullmatch(value["prev"]) is not None
        and _STREAM.fullmatch(value["stream"]) is not None
        and _number(value["sv"], 1)
    )


_HOLDS: dict[str, Callable[[Any], bool]] = {
    "v": lambda value: type(value) is int and value == FORMAT,
    "actor": lambda value: bool(AccountId(value)),
    "at": _recorded_at,
    "body": lambda value: type(value) is dict,
    "idem": lambda value: type(value) is str,
    "occ": _occurred_at,
    "origin": lambda value: type(value) is str,
    "schema": lambda value: _number(value, 1),
    "seq": lambda value: _number(value, 0),
    "site": lambda value: bool(SiteId(value)),
    "subjects": _subjects,
    "type": lambda value: type(value) is str,
}


def _digests(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _digests(item)
    elif isinstance(value, dict):
        if value.keys() == {"sealed"} and isinstance(value["sealed"], str):
            yield value["sealed"]
        for item in value.values():
            yield from _digests(item)
