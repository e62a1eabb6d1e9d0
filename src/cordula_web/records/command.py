"""What is asked of the one door, and what it answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cordula.events.codec import to_body
from cordula.events.envelope import Envelope
from cordula.events.event import Event
from cordula.events.sealed import Sealing
from cordula.vocabulary.identifiers import SiteId, Stream

# How a sealed value stands in the bytes of an entry. Bytes without it seal nothing.
SEAL = b'"sealed":"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """An event to be recorded once. The browser or the device makes the key, before it first sends.

    `expected` says at which version the person saw each history; `sealing` holds the words that the
    event seals."""

    event: Event
    key: str
    site: SiteId
    now: datetime
    expected: Mapping[Stream, int] | None = None
    sealing: Sealing | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """The entry is durable: its place in the ledger, and the version of each history it brought."""

    index: int
    leaf: bytes
    versions: Mapping[Stream, int]
    recorded_at: datetime


def answer(envelope: Envelope, leaf: bytes) -> Recorded:
    versions = {place.stream: place.version for place in envelope.places}
    return Recorded(envelope.index, leaf, versions, envelope.recorded_at)


def sealed_digests(value: Any) -> Iterator[str]:
    """The digests of the sealed values in an event's body, in the order of its fields."""
    if isinstance(value, dict) and value.keys() == {"sealed"}:
        yield value["sealed"]
        return
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for item in items:
        yield from sealed_digests(item)


def same_but_for_words(one: Event, other: Event) -> bool:
    """Whether two events say the same, sealed words aside: these get a new salt each time."""
    return (
        type(one) is type(other)
        and (one.by, one.at) == (other.by, other.at)
        and _unsealed(to_body(one)) == _unsealed(to_body(other))
    )


def _unsealed(value: Any) -> Any:
    if isinstance(value, dict):
        sealed = value.keys() == {"sealed"}
        return {key: "" if sealed else _unsealed(item) for key, item in value.items()}
    return [_unsealed(item) for item in value] if isinstance(value, list) else value
