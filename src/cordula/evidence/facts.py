"""Which sourced numbers does one need beside the studies: what happens without cells, units, banks, genes, harms of collecting?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from cordula.evidence.checks import source_faults
from cordula.evidence.library import NEVER, OWN
from cordula.evidence.refusal import EvidenceRefused, Problem, Unknown
from cordula.evidence.study import Source
from cordula.evidence.table import Table, read_file
from cordula.evidence.words import listed


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One number of a fact: an amount, a range, one in so many, events among n, or only words."""

    of: str | None = None
    value: Decimal | None = None
    value_is: str | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    one_in: int | None = None
    more_than: Decimal | None = None
    events: int | None = None
    n: int | None = None
    spread: Decimal | None = None
    spread_is: str | None = None
    unit: str | None = None
    p: str | None = None
    said: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    id: str
    words: str
    values: tuple[Value, ...]
    source: Source
    flag: str
    topic: str
    read_on: date
    unit: str | None = None
    n: int | None = None
    population: str | None = None
    note: str | None = None


def load(folder: Path = OWN / "facts") -> Mapping[str, Fact]:
    """The facts of a folder by their ids. Raises EvidenceRefused with every fault of every file."""
    found, problems = look_through(folder)
    if problems:
        raise EvidenceRefused(problems)
    return found


@cache
def facts() -> Mapping[str, Fact]:
    return load()


def fact(id_: str) -> Fact:
    found = facts().get(id_)
    if found is None:
        raise Unknown(id_, "a fact of the evidence", facts())
    return found


def look_through(folder: Path) -> tuple[dict[str, Fact], list[Problem]]:
    found: dict[str, Fact] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.toml")):
        root = read_file(path)
        day = root.day("read_on") or NEVER
        for table in root.tables("facts"):
            one = _fact(table, path.stem, day)
            if one.id in found:
                table.tell(f"“{one.id}” is told twice", "id")
            found[one.id] = one
        root.done()
        problems += root.faults.found
    return found, problems


def _fact(table: Table, topic: str, day: date) -> Fact:
    one = Fact(
        id=table.text("id"),
        words=table.text("words"),
        values=tuple(_value(row) for row in table.tables("values")),
        source=_source(table.table("source"), day),
        flag=table.word("flag", listed("flags"), "a flag"),
        topic=topic,
        read_on=day,
        unit=table.text_or_none("unit"),
        n=table.whole("n"),
        population=table.text_or_none("population"),
        note=table.text_or_none("note"),
    )
    for says in _faults(one):
        table.tell(says)
    table.done()
    return one


def _faults(one: Fact) -> Iterator[str]:
    yield from (
        f"{one.id}: a number without a source: {says}" for says in source_faults(one.source)
    )
    if not one.values:
        yield f"{one.id} says nothing: give it values"
    for value in one.values:
        n = value.n if value.n is not None else one.n
        if value.events is not None and (n is None or value.events > n):
            yield f"{one.id}: {value.events} events among {n if n is not None else 'nobody knows how many'}"
        if value.low is not None and value.high is not None and value.low >= value.high:
            yield f"{one.id}: the range {value.low} to {value.high} encloses nothing"


def _source(table: Table, day: date) -> Source:
    keys = ("pmid", "doi", "pmc", "registry", "url")
    named: dict[str, Any] = {key: table.text_or_none(key) for key in keys}
    label = table.text_or_none("label")
    table.done()
    return Source(key="source", label=label or "", read_on=day, **named)


def _value(table: Table) -> Value:
    told: dict[str, Any] = {}
    for keys, take in (
        (("of", "value_is", "spread_is", "unit", "p"), table.text_or_none),
        (("value", "low", "high", "more_than", "spread"), table.number),
        (("one_in", "events", "n"), table.whole),
    ):
        told |= {key: take(key) for key in keys}
    if "said" in table:
        told["said"] = table.word("said", listed("said"), "a known finding")
    table.skip("said")
    table.done()
    return Value(**told)
