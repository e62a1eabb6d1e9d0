"""What every event has in common: who did it, when, and whom it concerns."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from typing import Any, ClassVar

from cordula.vocabulary.identifiers import (
    AccountId,
    InfantId,
    MotherId,
    PlaceId,
    ProtocolId,
    Stream,
    UnitId,
    stream_of,
)

Subject = UnitId | InfantId | MotherId | PlaceId | ProtocolId

# A field with one of these names holds the subject, or the subjects, of an event.
SUBJECT_FIELDS = ("unit", "units", "infant", "mother", "place", "left", "protocol_file")


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened. `at` is when it is said to have happened, with its zone offset;
    when it was written down is the envelope's business."""

    SCHEMA: ClassVar[int] = 1

    by: AccountId
    at: datetime

    def concerns(self) -> tuple[Stream, ...]:
        """The histories this event belongs to; the first is the primary one."""
        return tuple(dict.fromkeys(map(stream_of, self.subjects())))

    def subjects(self) -> Iterator[Subject]:
        kind: Any = type(self)
        for name in _subject_fields(kind):
            value = getattr(self, name)
            if isinstance(value, tuple):
                yield from value
            elif value is not None:
                yield value


@cache
def _subject_fields(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind) if field.name in SUBJECT_FIELDS)


@dataclass(frozen=True, kw_only=True)
class NotUnderstood(Event):
    """An entry whose type or schema this version does not know. It is shown as such,
    and every gate that depends on its subject stays closed."""

    kind: str
    schema: int
    streams: tuple[Stream, ...] = ()

    def concerns(self) -> tuple[Stream, ...]:
        return self.streams
