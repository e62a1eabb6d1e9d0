"""What happened to this unit, told to a reader in another hospital?

Each entry becomes a line: when, what, and what its fields say. Random identifiers and digests are left out,
because they say nothing there; times are in UTC, because the reader may be in another zone.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

from cordula.display import clin_date, clin_datetime, plain, quantity
from cordula.events.event import SUBJECT_FIELDS, Event, NotUnderstood
from cordula.events.laboratory import Counted
from cordula.events.parts import Signature
from cordula.events.sealed import Sealed
from cordula.passport.passport import Verified
from cordula.vocabulary.identifiers import AccountId, ProductKey
from cordula.vocabulary.measures import UnknownMeasure, measure
from cordula.vocabulary.quantity import Quantity
from cordula.vocabulary.words import _

_SAYS_NOTHING = frozenset({"by", "at", "digest", "verdict", "log_digest", *SUBJECT_FIELDS})
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Told:
    """One entry in words. What was voided later stays readable and no longer counts."""

    version: int
    at: datetime
    recorded_at: datetime
    what: str
    details: tuple[tuple[str, str], ...]
    counts: bool

    @property
    def sentence(self) -> str:
        return "; ".join(f"{label} {text}".strip() for label, text in self.details)


def tell(verified: Verified) -> list[Told]:
    """The unit's history in words, oldest first."""
    words = {disclosure.digest: disclosure.value for disclosure in verified.disclosures}
    return [
        Told(
            version=version,
            at=envelope.event.at,
            recorded_at=envelope.recorded_at,
            what=_what(envelope.event),
            details=tuple(_details(envelope.event, words)),
            counts=version not in verified.unit.voided,
        )
        for version, envelope in enumerate(verified.envelopes, 1)
    ]


def not_understood(verified: Verified) -> list[int]:
    """The versions whose entries this program cannot read. They are sealed all the same."""
    told = enumerate(verified.envelopes, 1)
    return [number for number, one in told if isinstance(one.event, NotUnderstood)]


def moment(at: datetime) -> str:
    return plain(clin_datetime(at, UTC))


def _what(event: Event) -> str:
    kind = event.kind if isinstance(event, NotUnderstood) else type(event).__name__
    return _HUMP.sub(" ", kind).capitalize()


def _details(event: Event, words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if isinstance(event, NotUnderstood):
        yield "", _("not understood by this version of Cordula")
    elif isinstance(event, Counted):
        yield _measured(event)
        yield from _fields(event, words, without={"measure", "result"})
    else:
        yield from _fields(event, words)


def _measured(event: Counted) -> tuple[str, str]:
    try:
        return measure(event.measure).label, plain(quantity(event.result, event.measure))
    except UnknownMeasure:
        return event.measure, plain(quantity(event.result))


def _fields(
    event: Event, words: Mapping[str, str], without: frozenset[str] | set[str] = frozenset()
) -> Iterator[tuple[str, str]]:
    for field in fields(event):
        value = getattr(event, field.name)
        if field.name not in _SAYS_NOTHING | without and value is not None and value != ():
            yield field.name.replace("_", " "), _written(value, words)


def _written(value: Any, words: Mapping[str, str]) -> str:
    if isinstance(value, Sealed):
        told = words.get(value.digest)
        return _("sealed, not disclosed") if told is None else f"“{told}”"
    if isinstance(value, tuple):
        return ", ".join(_written(item, words) for item in value)
    for kind, write in _WRITE.items():
        if isinstance(value, kind):
            return write(value)
    if is_dataclass(value):
        inner = (getattr(value, field.name) for field in fields(value))
        return " ".join(_written(item, words) for item in inner if item is not None)
    return str(value).replace("_", " ")


# A bool is an int and a datetime is a date to Python, so the narrower kinds come first.
_WRITE: dict[type, Callable[[Any], str]] = {
    bool: lambda value: _("yes") if value else _("no"),
    datetime: moment,
    date: clin_date,
    Quantity: lambda value: plain(quantity(value)),
    ProductKey: lambda value: f"{value.product_code} {value.division}",
    Signature: lambda value: _("as {role}").format(role=value.role.replace("_", " ")),
    AccountId: lambda value: _("recorded"),
    Enum: lambda value: str(value.value).replace("_", " "),
}
