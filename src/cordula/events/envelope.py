"""An entry of the ledger: an event with its place in the histories it concerns (CLF-1).

The bytes of an entry are stored once and never written again; `docs/ledger-format.md` shows them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cordula.events.codec import NotReadable, from_body, to_body
from cordula.events.event import Event, NotUnderstood
from cordula.events.kinds import KINDS
from cordula.ledger import canonical
from cordula.vocabulary.identifiers import AccountId, SiteId, Stream

FORMAT = 1
KEYS = frozenset(
    "actor at body idem occ origin schema seq site subjects type v".split()  # noqa: SIM905
)

# From (type, schema) to the function that lifts a body to the next schema. Stored bytes never change.
UPCASTERS: dict[tuple[str, int], Callable[[dict[str, Any]], dict[str, Any]]] = {}


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry stands in one history: the version it brings it to, and the leaf before."""

    stream: Stream
    version: int
    previous: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """An event as recorded: by which site, under which index, at which server time."""

    origin: str
    index: int
    recorded_at: datetime
    key: str
    site: SiteId
    places: tuple[Place, ...]
    event: Event


def seal(envelope: Envelope) -> bytes:
    """The canonical bytes of an entry."""
    event = envelope.event
    return canonical.encode(
        {
            "actor": str(event.by),
            "at": _utc(envelope.recorded_at),
            "body": to_body(event),
            "idem": envelope.key,
            "occ": event.at.isoformat(),
            "origin": envelope.origin,
            "schema": event.SCHEMA,
            "seq": envelope.index,
            "site": str(envelope.site),
            "subjects": [
                {"prev": place.previous, "stream": str(place.stream), "sv": place.version}
                for place in envelope.places
            ],
            "type": type(event).__name__,
            "v": FORMAT,
        }
    )


def open_entry(entry: bytes) -> Envelope:
    """The envelope in these bytes. An unknown type or a newer schema comes back as NotUnderstood.

    Raises NotReadable for bytes that are no entry of this format."""
    try:
        row = canonical.decode(entry)
        if row.keys() != KEYS or row["v"] != FORMAT:
            raise NotReadable("not an entry of format CLF-1")
        return _envelope(row)
    except NotReadable:
        raise
    except (canonical.NotCanonical, KeyError, TypeError, ValueError) as fault:
        raise NotReadable(f"not an entry of format CLF-1: {fault}") from fault


def _envelope(row: dict[str, Any]) -> Envelope:
    places = tuple(Place(Stream(p["stream"]), p["sv"], p["prev"]) for p in row["subjects"])
    return Envelope(
        origin=row["origin"],
        index=row["seq"],
        recorded_at=datetime.fromisoformat(row["at"]),
        key=row["idem"],
        site=SiteId(row["site"]),
        places=places,
        event=_event(row, places),
    )


def _event(row: dict[str, Any], places: tuple[Place, ...]) -> Event:
    kind, schema, body = row["type"], row["schema"], row["body"]
    actor, occurred = AccountId(row["actor"]), datetime.fromisoformat(row["occ"])
    while (lift := UPCASTERS.get((kind, schema))) is not None:
        body, schema = lift(body), schema + 1
    if kind not in KINDS or schema != KINDS[kind].SCHEMA:
        streams = tuple(place.stream for place in places)
        return NotUnderstood(by=actor, at=occurred, kind=kind, schema=schema, streams=streams)
    return from_body(kind, body, by=actor, at=occurred)


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
