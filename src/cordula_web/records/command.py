"""What is asked of the one door, and what it answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from cordula.events.codec import to_body
from cordula.events.envelope import Envelope
from cordula.events.event import Event
from cordula.events.sealed import Sealing
from cordula.ledger import canonical
from cordula.vocabulary.identifiers import SiteId, Stream


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


def request_hash(event: Event, site: SiteId) -> bytes:
    """What makes two commands the same, but for sealed words: these have a new salt each time."""
    request = {
        "actor": str(event.by),
        "body": _unsealed(to_body(event)),
        "occ": event.at.isoformat(),
        "schema": event.SCHEMA,
        "site": str(site),
        "type": type(event).__name__,
    }
    return sha256(canonical.encode(request)).digest()


def sealed_digests(body: Any) -> Iterator[str]:
    """The digests of the sealed values in a body, in the order of its fields."""
    if isinstance(body, dict):
        if body.keys() == {"sealed"}:
            yield body["sealed"]
            return
        body = list(body.values())
    if isinstance(body, list):
        for item in body:
            yield from sealed_digests(item)


def _unsealed(value: Any) -> Any:
    if isinstance(value, dict):
        if value.keys() == {"sealed"}:
            return {"sealed": ""}
        return {key: _unsealed(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_unsealed(item) for item in value]
    return value
