"""What do the entries of one stretch of the ledger say of themselves, and is each what it was when it was recorded?

Knows no Django and nothing of the entries before: so stretches are read side by side, by several processors,
and joined afterwards at their seams (`audit_entries`).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from psycopg import Connection, Cursor

from cordula.events.envelope import FORMAT, KEYS
from cordula.ledger import canonical
from cordula.ledger.refusal import Refused
from cordula_web.records.command import SEAL
from cordula_web.records.findings import Problem

_ENTRIES = """
SELECT index, type, schema, recorded_at, occurred_at, actor, site, key, data, leaf
FROM entry WHERE index >= %s AND index < %s ORDER BY index
"""
_SUBJECTS = """
SELECT index, stream, version FROM entry_subject WHERE index >= %s AND index < %s ORDER BY index
"""
COLUMNS = ("index", "type", "schema", "recorded_at", "occurred_at", "actor", "site", "key")

Row = tuple[Any, ...]
Subject = tuple[int, str, int]


@dataclass(slots=True)
class Strand:
    """One history within the stretch: how it comes in, and where it goes out."""

    index: int
    version: int
    previous: str
    site: str
    last_version: int
    last_index: int
    last_leaf: bytes


@dataclass(slots=True)
class Stretch:
    """The entries of some indexes, read and checked one against the other."""

    start: int
    leaves: list[bytes] = field(default_factory=list)
    origin: str = ""
    first_at: datetime | None = None
    last_at: datetime | None = None
    strands: dict[str, Strand] = field(default_factory=dict)
    sealed: dict[str, int] = field(default_factory=dict)
    subjects: int = 0
    problems: list[Problem] = field(default_factory=list)

    def add(self, table: str, row: object, says: str) -> None:
        self.problems.append(Problem(table, str(row), says))


def read(connection: Connection[Any], start: int, bounds: tuple[int, int]) -> Stretch:
    """The stretch that should begin with entry `start`. It is read in binary, all at once."""
    with Cursor(connection) as cursor:
        entries = cursor.execute(_ENTRIES, bounds, binary=True).fetchall()
        subjects = cursor.execute(_SUBJECTS, bounds, binary=True).fetchall()
    return checked(start, entries, subjects)


def checked(start: int, entries: Iterable[Row], subjects: Iterable[Subject]) -> Stretch:
    """These rows against what the bytes in them say."""
    stretch = Stretch(start)
    said: list[Subject] = []
    for row in entries:
        _check_entry(row, stretch, said)
    _check_subjects(list(subjects), said, stretch)
    return stretch


def _check_entry(row: Row, stretch: Stretch, said: list[Subject]) -> None:
    index, data, leaf = row[0], row[8], row[9]
    if index != (place := stretch.start + len(stretch.leaves)):
        stretch.add("entry", index, f"stands where entry {place} should")
    computed = sha256(b"\x00" + data).digest()
    if leaf != computed:
        stretch.add("entry", index, "leaf is not the hash of data")
    stretch.leaves.append(computed)
    try:
        _check_document(canonical.decode(data), row, computed, stretch, said)
    except (Refused, KeyError, TypeError, ValueError, AttributeError) as fault:
        says = f"data is no entry of the ledger ({type(fault).__name__})"
        stretch.add("entry", index, says)


def _check_document(
    document: dict[str, Any], row: Row, leaf: bytes, stretch: Stretch, said: list[Subject]
) -> None:
    index = row[0]
    if document["v"] != FORMAT or document.keys() != KEYS:
        stretch.add("entry", index, "data is not in the format CLF-1")
    told = (
        document["seq"],
        document["type"],
        document["schema"],
        at := datetime.fromisoformat(document["at"]),
        datetime.fromisoformat(document["occ"]),
        document["actor"],
        document["site"],
        document["idem"],
    )
    if told != row[:8]:
        for name, inside, column in zip(COLUMNS, told, row, strict=False):
            if inside != column:
                stretch.add("entry", index, f"{name} is not what data says")
    _check_place_in_time(document["origin"], at, index, stretch)
    for subject in document["subjects"]:
        _check_subject(subject, document["site"], index, leaf, stretch)
        said.append((index, subject["stream"], subject["sv"]))
    if SEAL in row[8]:
        stretch.sealed.update((digest, index) for digest in _sealed(document["body"]))


def _check_place_in_time(origin: str, at: datetime, index: int, stretch: Stretch) -> None:
    if origin != stretch.origin:
        if stretch.origin:
            stretch.add("entry", index, f"belongs to {origin}, not to {stretch.origin}")
        stretch.origin = stretch.origin or origin
    if stretch.last_at is None:
        stretch.first_at = at
    elif at < stretch.last_at:
        stretch.add("entry", index, "recorded before the entry in front of it")
    stretch.last_at = at


def _check_subject(
    subject: dict[str, Any], site: str, index: int, leaf: bytes, stretch: Stretch
) -> None:
    stream, version, previous = subject["stream"], subject["sv"], subject["prev"]
    if type(stream) is not str or type(version) is not int:
        raise TypeError("a history has a name and a version")
    strand = stretch.strands.get(stream)
    if strand is None:
        stretch.strands[stream] = Strand(index, version, previous, site, version, index, leaf)
        return
    check_follows(
        stretch, stream, (index, version, previous), strand.last_version, strand.last_leaf
    )
    strand.last_version, strand.last_index, strand.last_leaf = version, index, leaf


def check_follows(
    found: Any, stream: str, new: tuple[int, int, str], version: int, leaf: bytes
) -> None:
    """Whether an entry of a history goes on from the one before it."""
    index, after, previous = new
    if after != version + 1:
        found.add("entry", index, f"is version {after} of {stream}, after version {version}")
    if previous != leaf.hex():
        found.add("entry", index, f"does not name the entry before it in {stream}")


def _check_subjects(rows: list[Subject], said: list[Subject], stretch: Stretch) -> None:
    stretch.subjects = len(rows)
    if rows == said or sorted(rows) == sorted(said):
        return
    for row in sorted({*rows} ^ {*said}):
        wrong = "names an entry that says otherwise" if row in rows else "is missing"
        stretch.add("entry_subject", f"{row[1]} version {row[2]}", f"(entry {row[0]}) {wrong}")


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
