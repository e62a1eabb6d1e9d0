"""What is commonly claimed for this therapy, and what do the studies say of it?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from cordula.evidence.facts import facts
from cordula.evidence.library import NEVER, OWN, studies
from cordula.evidence.refusal import EvidenceRefused, Problem
from cordula.evidence.table import Table, read_file
from cordula.evidence.words import in_words, listed


@dataclass(frozen=True, slots=True)
class Saying:
    """What one study, or one fact, says of a claim."""

    says: str
    study: str | None = None
    fact: str | None = None

    @property
    def name(self) -> str:
        if self.study:
            return studies()[self.study].name
        return facts()[self.fact].source.citation if self.fact else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    id: str
    words: str
    verdict: str
    short: str
    said_for: tuple[Saying, ...]
    said_against: tuple[Saying, ...]
    missing: tuple[str, ...]
    would_change: str
    checked_on: date

    @property
    def verdict_words(self) -> str:
        return in_words("verdicts", self.verdict)


@cache
def claims() -> tuple[Claim, ...]:
    """The ledger of claims. Raises EvidenceRefused with every fault."""
    found, problems = look_through(OWN / "claims.toml")
    if problems:
        raise EvidenceRefused(problems)
    return found


def look_through(path: Path) -> tuple[tuple[Claim, ...], list[Problem]]:
    root = read_file(path)
    day = root.day("checked_on") or NEVER
    found = tuple(_claim(table, day) for table in root.tables("claims"))
    root.done()
    return found, root.faults.found


def _claim(table: Table, day: date) -> Claim:
    claim = Claim(
        id=table.text("id"),
        words=table.text("words"),
        verdict=table.word("verdict", listed("verdicts"), "a verdict"),
        short=table.text("short"),
        said_for=tuple(_sayings(table, "for")),
        said_against=tuple(_sayings(table, "against")),
        missing=table.texts("missing"),
        would_change=table.text("would_change"),
        checked_on=day,
    )
    if claim.verdict == "supported" and not claim.said_for:
        table.tell("“supported”, and no study says so", "verdict")
    table.done()
    return claim


def _sayings(table: Table, key: str) -> Iterator[Saying]:
    for row in table.tables(key):
        study = row.word("study", studies(), "a study") if "study" in row else None
        fact = row.word("fact", facts(), "a fact") if "fact" in row else None
        if study is None and fact is None:
            row.tell("who says so? name a study or a fact")
        row.skip("study", "fact")
        yield Saying(row.text("says"), study, fact)
        row.done()
