"""How does an entry get into the ledger? Under its lock, in order, with the tree's edge, in one statement.

This is the only code that inserts into the ledger's tables.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson
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
        return _WRITE, _values(self)


def limits(*, bulk: bool = False) -> list[Statement]:
    chosen = BULK_LIMITS if bulk else LIMITS
    return [(f"SET LOCAL {name} = '{value}'", ()) for name, value in chosen]


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


# The columns beside `data` are taken out of it by the database itself, so that they cannot say anything else.
_WRITE = """
WITH given AS MATERIALIZED (
    SELECT decode(split_part(line, ' ', 1), 'hex') AS leaf,
           decode(split_part(line, ' ', 2), 'hex') AS data
    FROM string_to_table(%s, E'\\n') AS line
), said AS MATERIALIZED (
    SELECT document.*, given.data, given.leaf
    FROM given, json_to_record(convert_from(given.data, 'UTF8')::json) AS document(
        seq bigint, type text, schema integer, at timestamptz, occ timestamptz,
        actor text, site text, idem text, subjects json)
), entries AS (
    INSERT INTO entry (index, type, schema, recorded_at, occurred_at, actor, site, key, data, leaf)
    SELECT seq, type, schema, at, occ, actor, site, idem, data, leaf FROM said ORDER BY seq
), subjects AS (
    INSERT INTO entry_subject (stream, version, index)
    SELECT place.stream, place.sv, said.seq
    FROM said, json_to_recordset(said.subjects) AS place(stream text, sv integer) ORDER BY said.seq
), nodes AS (
    INSERT INTO node (level, index, hash)
    SELECT level, index, decode(hash, 'hex')
    FROM json_to_recordset(%s::json) AS node(level integer, index bigint, hash text)
), streams AS (
    INSERT INTO stream_head (stream, site, version, index, leaf)
    SELECT stream, site, version, index, decode(leaf, 'hex') FROM json_to_recordset(%s::json)
        AS head(stream text, site text, version integer, index bigint, leaf text)
    ON CONFLICT (stream) DO UPDATE
    SET version = excluded.version, index = excluded.index, leaf = excluded.leaf
)
UPDATE head SET origin = %s, size = %s, frontier = %s, last_at = %s WHERE id = 1
"""


def _values(batch: Batch) -> list[Any]:
    head = batch.head
    nodes = [{"level": n.level, "index": n.index, "hash": n.hash.hex()} for n in batch.nodes]
    return [
        "\n".join([f"{written.leaf.hex()} {written.data.hex()}" for written in batch.entries]),
        orjson.dumps(nodes).decode(),
        orjson.dumps(_stream_rows(batch)).decode(),
        head.origin,
        head.size,
        head.frontier.to_bytes(),
        head.last_at,
    ]


def _stream_rows(batch: Batch) -> list[dict[str, Any]]:
    newest = {p.stream: w.envelope.index for w in batch.entries for p in w.envelope.places}
    return [
        {
            "stream": stream,
            "site": told.site,
            "version": told.version,
            "index": newest[stream],
            "leaf": told.leaf.hex(),
        }
        for stream, told in batch.touched.items()
    ]
