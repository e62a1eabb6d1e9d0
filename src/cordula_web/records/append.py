"""How does an entry get into the ledger? Under its lock, in order, with the tree's edge, in one statement.

This is the only code that inserts into the ledger's tables.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings

from cordula.events.envelope import Envelope, Place, seal
from cordula.events.event import Event
from cordula.ledger.merkle import Frontier, Subtree, leaf_hash
from cordula.vocabulary.identifiers import SiteId, Stream
from cordula_web.records.histories import Told
from cordula_web.records.round_trip import Statement, together

# A commit is acknowledged only when it is on the disk; nobody waits for the lock for ever, and a
# writer that hangs loses it.
LIMITS = (
    ("synchronous_commit", "on"),
    ("lock_timeout", "2s"),
    ("statement_timeout", "10s"),
    ("idle_in_transaction_session_timeout", "5s"),
)
BULK_LIMITS = (*LIMITS[:2], ("statement_timeout", "60s"), LIMITS[3])


@dataclass(slots=True)
class Head:
    """The right edge of the ledger, while its lock is held."""

    origin: str
    frontier: Frontier
    last_at: datetime | None

    @property
    def size(self) -> int:
        return self.frontier.size


@dataclass(frozen=True, slots=True)
class Written:
    """An entry as it goes into the table."""

    envelope: Envelope
    data: bytes
    leaf: bytes


@dataclass(slots=True)
class Batch:
    """The rows of one transaction, until they are written all at once."""

    head: Head
    entries: list[Written] = field(default_factory=list)
    nodes: list[Subtree] = field(default_factory=list)
    touched: dict[Stream, Told] = field(default_factory=dict)

    def add(
        self, event: Event, *, key: str, site: SiteId, now: datetime, told: list[Told]
    ) -> Written:
        """Seal the event as the next entry of these histories."""
        head = self.head
        # Server time never goes back, whatever the clock does.
        head.last_at = max(now, head.last_at) if head.last_at else now
        envelope = Envelope(
            origin=head.origin,
            index=head.size,
            recorded_at=head.last_at,
            key=key,
            site=site,
            places=tuple(Place(t.stream, t.version + 1, t.leaf.hex()) for t in told),
            event=event,
        )
        data = seal(envelope)
        leaf = leaf_hash(data)
        self.nodes += head.frontier.push(leaf)
        written = Written(envelope, data, leaf)
        self.entries.append(written)
        for one in told:
            self.touched[one.stream] = one.after([(envelope, leaf)])
        return written

    def statement(self) -> Statement:
        """All rows in one statement: all or nothing."""
        return _WRITE, _columns(self)


def limits(*, bulk: bool = False) -> Statement:
    chosen = BULK_LIMITS if bulk else LIMITS
    calls = ", ".join("set_config(%s, %s, true)" for _ in chosen)
    return f"SELECT {calls}", [word for limit in chosen for word in limit]


# A statement of its own: whatever must be read under the lock has to be read after it, because a
# statement that waited for the lock still sees what it saw before (READ COMMITTED).
LOCK: Statement = (
    "SELECT origin, frontier, CASE WHEN size > 0 THEN last_at END FROM head WHERE id = 1 FOR UPDATE",
    (),
)


def head_of(row: tuple[Any, ...]) -> Head:
    origin, frontier, last_at = row
    return Head(origin or first_origin(), Frontier.from_bytes(bytes(frontier)), last_at)


def lock_head() -> Head:
    """Wait for the ledger's lock, and say where the ledger stands."""
    ((row,),) = together([LOCK])
    return head_of(row)


def first_origin() -> str:
    """The name of this ledger from its first entry on; the number is its epoch."""
    return f"{settings.CORDULA_ORIGIN}/1"


_WRITE = """
WITH entries AS (
    INSERT INTO entry (index, type, schema, recorded_at, occurred_at, actor, site, key, data, leaf)
    SELECT * FROM unnest(%s::bigint[], %s::text[], %s::integer[], %s::timestamptz[],
                         %s::timestamptz[], %s::text[], %s::text[], %s::text[],
                         %s::bytea[], %s::bytea[])
), subjects AS (
    INSERT INTO entry_subject (stream, version, index)
    SELECT * FROM unnest(%s::text[], %s::integer[], %s::bigint[])
), nodes AS (
    INSERT INTO node (level, index, hash)
    SELECT * FROM unnest(%s::integer[], %s::bigint[], %s::bytea[])
), streams AS (
    INSERT INTO stream_head (stream, site, version, index, leaf)
    SELECT * FROM unnest(%s::text[], %s::text[], %s::integer[], %s::bigint[], %s::bytea[])
    ON CONFLICT (stream) DO UPDATE
    SET version = excluded.version, index = excluded.index, leaf = excluded.leaf
)
UPDATE head SET origin = %s, size = %s, frontier = %s, last_at = %s WHERE id = 1
"""


def _columns(batch: Batch) -> list[Any]:
    head = batch.head
    return [
        *_transposed([_entry_row(w) for w in batch.entries], 10),
        *_transposed([row for w in batch.entries for row in _subject_rows(w.envelope)], 3),
        *_transposed([(n.level, n.index, n.hash) for n in batch.nodes], 3),
        *_transposed(_stream_rows(batch), 5),
        head.origin,
        head.size,
        head.frontier.to_bytes(),
        head.last_at,
    ]


def _entry_row(written: Written) -> tuple[Any, ...]:
    envelope = written.envelope
    event = envelope.event
    return (
        envelope.index,
        type(event).__name__,
        event.SCHEMA,
        envelope.recorded_at,
        event.at,
        str(event.by),
        str(envelope.site),
        envelope.key,
        written.data,
        written.leaf,
    )


def _subject_rows(envelope: Envelope) -> list[tuple[Any, ...]]:
    return [(str(place.stream), place.version, envelope.index) for place in envelope.places]


def _stream_rows(batch: Batch) -> list[tuple[Any, ...]]:
    newest = {p.stream: w.envelope.index for w in batch.entries for p in w.envelope.places}
    return [
        (str(told.stream), str(told.site), told.version, newest[told.stream], told.leaf)
        for told in batch.touched.values()
    ]


def _transposed(rows: Sequence[tuple[Any, ...]], width: int) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)] or [[] for _ in range(width)]
