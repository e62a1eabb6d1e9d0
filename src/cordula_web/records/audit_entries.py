"""Is every entry what it was when it was recorded? Stretches of the ledger, joined at their seams, and the tables beside."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from django.db import connection

from cordula.ledger.merkle import Frontier
from cordula_web.records.audit_stretch import Row, Strand, Stretch, check_follows
from cordula_web.records.findings import Findings

AT_A_TIME = 2000
_numbers = count()


@dataclass(slots=True)
class Ledger:
    """What the entries themselves say of the ledger."""

    frontier: Frontier = field(default_factory=Frontier)
    origin: str = ""
    last_at: datetime | None = None
    roots: dict[int, bytes] = field(default_factory=dict)
    nodes: dict[tuple[int, int], bytes] = field(default_factory=dict)
    # Of each history: site, version, index and leaf of its newest entry.
    streams: dict[str, tuple[str, int, int, bytes]] = field(default_factory=dict)
    sealed: dict[str, int] = field(default_factory=dict)


def rows_of(statement: str) -> Iterator[Row]:
    """Rows from a cursor of the server, in binary, so that a large table fits."""
    connection.ensure_connection()
    with connection.connection.cursor(name=f"audit_{next(_numbers)}", binary=True) as cursor:
        cursor.itersize = AT_A_TIME
        yield from cursor.execute(statement)


def joined(stretches: Iterable[Stretch], sizes: Iterable[int], found: Findings) -> Ledger:
    """The ledger that these stretches are, one after the other; `sizes` are those at which a root is wanted."""
    ledger, wanted = Ledger(), frozenset(sizes)
    for stretch in stretches:
        found.problems += stretch.problems
        found.count("entry", len(stretch.leaves))
        found.count("entry_subject", stretch.subjects)
        _check_seam(stretch, ledger, found)
        _grow(stretch.leaves, wanted, ledger)
        ledger.sealed |= stretch.sealed
    return ledger


def _grow(leaves: Iterable[bytes], wanted: frozenset[int], ledger: Ledger) -> None:
    frontier = ledger.frontier
    for leaf in leaves:
        for node in frontier.push(leaf):
            ledger.nodes[node.level, node.index] = node.hash
        if frontier.size in wanted:
            ledger.roots[frontier.size] = frontier.root()


def _check_seam(stretch: Stretch, ledger: Ledger, found: Findings) -> None:
    """Does the stretch go on where the ones before it ended?"""
    first = stretch.start
    if ledger.origin and stretch.origin not in ("", ledger.origin):
        found.add("entry", first, f"belongs to {stretch.origin}, not to {ledger.origin}")
    ledger.origin = ledger.origin or stretch.origin
    if ledger.last_at and stretch.first_at and stretch.first_at < ledger.last_at:
        found.add("entry", first, "recorded before the entry in front of it")
    ledger.last_at = stretch.last_at or ledger.last_at
    for stream, strand in stretch.strands.items():
        ledger.streams[stream] = _joined(stream, strand, ledger, found)


def _joined(
    stream: str, strand: Strand, ledger: Ledger, found: Findings
) -> tuple[str, int, int, bytes]:
    site, version, _, leaf = ledger.streams.get(stream, (strand.site, 0, -1, b""))
    check_follows(found, stream, (strand.index, strand.version, strand.previous), version, leaf)
    return site, strand.last_version, strand.last_index, strand.last_leaf


# --- The tables beside the entries ------------------------------------------------------------


def check_nodes(ledger: Ledger, found: Findings) -> None:
    stored = {
        (level, index): h for level, index, h in rows_of("SELECT level, index, hash FROM node")
    }
    for place in sorted(stored.keys() | ledger.nodes.keys()):
        if stored.get(place) != ledger.nodes.get(place):
            wrong = "is missing" if place not in stored else "hash is not that of its entries"
            found.add("node", f"level {place[0]} index {place[1]}", wrong)
    found.count("node", len(stored))


def check_head(ledger: Ledger, found: Findings) -> None:
    statement = "SELECT id, origin, size, frontier, CASE WHEN size > 0 THEN last_at END FROM head"
    rows = list(rows_of(statement))
    should = (
        1,
        ledger.origin,
        ledger.frontier.size,
        ledger.frontier.to_bytes(),
        ledger.last_at,
    )
    if len(rows) != 1:
        found.add("head", "", f"has {len(rows)} rows; it has one")
        return
    for name, stands, told in zip(
        ("id", "origin", "size", "frontier", "last_at"), rows[0], should, strict=True
    ):
        if stands != told:
            found.add("head", "1", f"{name} is not what the entries give")
    found.count("head", 1)


def check_stream_heads(ledger: Ledger, found: Findings) -> None:
    rows = rows_of("SELECT stream, site, version, index, leaf FROM stream_head")
    stored = {stream: (site, version, index, leaf) for stream, site, version, index, leaf in rows}
    names = ("site", "version", "index", "leaf")
    for stream in sorted(stored.keys() | ledger.streams.keys()):
        if stream not in stored:
            found.add("stream_head", stream, "is missing")
        elif stream not in ledger.streams:
            found.add("stream_head", stream, "has no entry")
        else:
            pairs = zip(names, stored[stream], ledger.streams[stream], strict=True)
            for name in (name for name, stands, told in pairs if stands != told):
                found.add("stream_head", stream, f"{name} is not what the entries give")
    found.count("stream_head", len(stored))
