"""Is every entry what it was when it was recorded? Bytes, columns, histories and tree, worked out anew."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from itertools import count
from typing import Any

from django.db import connection

from cordula.events.envelope import FORMAT, KEYS
from cordula.ledger import canonical
from cordula.ledger.merkle import Frontier
from cordula.ledger.refusal import Refused
from cordula_web.records.command import SEAL
from cordula_web.records.findings import Findings, Progress

_ENTRIES = """
SELECT index, type, schema, recorded_at, occurred_at, actor, site, key, data, leaf
FROM entry ORDER BY index
"""
_SUBJECTS = "SELECT index, stream, version FROM entry_subject ORDER BY index"
COLUMNS = ("index", "type", "schema", "recorded_at", "occurred_at", "actor", "site", "key")
AT_A_TIME = 2000
INDEX_MAX = 2**63 - 1

Row = tuple[Any, ...]
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
    # What the entry just read says of its place in the histories: index, stream, version.
    subjects: list[Row] = field(default_factory=list)


def rows_of(statement: str) -> Iterator[Row]:
    """Rows from a cursor of the server, in binary, so that a large table fits."""
    connection.ensure_connection()
    with connection.connection.cursor(name=f"audit_{next(_numbers)}", binary=True) as cursor:
        cursor.itersize = AT_A_TIME
        yield from cursor.execute(statement)


class Beside:
    """The rows of entry_subject, read in step with the entries they should belong to."""

    def __init__(self) -> None:
        self._rows = rows_of(_SUBJECTS)
        self._next: Row | None = next(self._rows, None)
        self.count = 0

    def up_to(self, index: int) -> list[Row]:
        taken: list[Row] = []
        while self._next is not None and self._next[0] <= index:
            taken.append(self._next)
            self._next = next(self._rows, None)
        self.count += len(taken)
        return taken

    def check(self, index: int, subjects: list[Row], found: Findings) -> None:
        rows = self.up_to(index)
        if rows == subjects or sorted(rows) == sorted(subjects):
            return
        for row in sorted({*rows} ^ {*subjects}):
            wrong = "names an entry that says otherwise" if row in rows else "is missing"
            found.add("entry_subject", f"{row[1]} version {row[2]}", f"(entry {row[0]}) {wrong}")


def check_entries(found: Findings, sizes: Iterable[int], progress: Progress) -> Ledger:
    """Go through all entries once; `sizes` are those at which a root is wanted."""
    ledger, wanted, beside = Ledger(), frozenset(sizes), Beside()
    total = _size()
    for row in rows_of(_ENTRIES):
        _check_entry(row, ledger, found)
        beside.check(row[0], ledger.subjects, found)
        size = ledger.frontier.size
        if size in wanted:
            ledger.roots[size] = ledger.frontier.root()
        if size % AT_A_TIME == 0:
            progress("entries", size, total)
    beside.check(INDEX_MAX, [], found)
    found.count("entry", ledger.frontier.size)
    found.count("entry_subject", beside.count)
    return ledger


def _check_entry(row: Row, ledger: Ledger, found: Findings) -> None:
    index, data, leaf = row[0], row[8], row[9]
    ledger.subjects = []
    if index != ledger.frontier.size:
        found.add("entry", index, f"stands where entry {ledger.frontier.size} should")
    computed = sha256(b"\x00" + data).digest()
    if leaf != computed:
        found.add("entry", index, "leaf is not the hash of data")
    for node in ledger.frontier.push(computed):
        ledger.nodes[node.level, node.index] = node.hash
    try:
        document = canonical.decode(data)
        _check_document(document, row, computed, ledger, found)
    except (Refused, KeyError, TypeError, ValueError, AttributeError) as fault:
        found.add("entry", index, f"data is no entry of the ledger ({type(fault).__name__})")


def _check_document(
    document: dict[str, Any], row: Row, leaf: bytes, ledger: Ledger, found: Findings
) -> None:
    index = row[0]
    if document["v"] != FORMAT or document.keys() != KEYS:
        found.add("entry", index, "data is not in the format CLF-1")
    at = datetime.fromisoformat(document["at"])
    told = (
        document["seq"],
        document["type"],
        document["schema"],
        at,
        datetime.fromisoformat(document["occ"]),
        document["actor"],
        document["site"],
        document["idem"],
    )
    if told != row[:8]:
        for name, inside, column in zip(COLUMNS, told, row, strict=False):
            if inside != column:
                found.add("entry", index, f"{name} is not what data says")
    _check_place_in_time(document["origin"], at, index, ledger, found)
    for subject in document["subjects"]:
        _check_subject(subject, document["site"], index, leaf, ledger, found)
    if SEAL in row[8]:
        for digest in _sealed(document["body"]):
            ledger.sealed[digest] = index


def _check_place_in_time(
    origin: str, at: datetime, index: int, ledger: Ledger, found: Findings
) -> None:
    if origin != ledger.origin:
        if ledger.origin:
            found.add("entry", index, f"belongs to {origin}, not to {ledger.origin}")
        ledger.origin = ledger.origin or origin
    if ledger.last_at is not None and at < ledger.last_at:
        found.add("entry", index, "recorded before the entry in front of it")
    ledger.last_at = at


def _check_subject(
    subject: dict[str, Any], site: str, index: int, leaf: bytes, ledger: Ledger, found: Findings
) -> None:
    stream, version = subject["stream"], subject["sv"]
    first, before, _, previous = ledger.streams.get(stream, (site, 0, -1, b""))
    if version != before + 1:
        found.add("entry", index, f"is version {version} of {stream}, after version {before}")
    if subject["prev"] != previous.hex():
        found.add("entry", index, f"does not name the entry before it in {stream}")
    ledger.streams[stream] = first, version, index, leaf
    ledger.subjects.append((index, stream, version))


def _sealed(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if value.keys() == {"sealed"}:
            yield value["sealed"]
        else:
            for item in value.values():
                yield from _sealed(item)
    elif isinstance(value, list):
        for item in value:
            yield from _sealed(item)


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


def _size() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM entry")
        return int(cursor.fetchone()[0])
