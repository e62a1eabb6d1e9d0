"""What must a country say for itself: prices, law, banks, who paid for the page, and who has tried it?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib.resources import files
from pathlib import Path

from cordula.decision_aid.aid import Reference, Text
from cordula.decision_aid.figures import Figure, read_figures
from cordula.decision_aid.references import read_references
from cordula.decision_aid.refusal import AidRefused, Problem
from cordula.decision_aid.texts import text, text_at
from cordula.evidence.library import NEVER
from cordula.evidence.refusal import EvidenceRefused
from cordula.evidence.table import Table, read_file

SHIPPED = Path(str(files("cordula.decision_aid"))) / "sites" / "usa.toml"
LOCAL = ("law", "banks")
TEXTS = ("pay_cost", *LOCAL)
TRIED_BY = ("parents", "professionals")


@dataclass(frozen=True, slots=True, kw_only=True)
class Funding:
    """The owner's own statement of who paid, and who earns by any choice."""

    words: Text
    stated_by: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One test of the page with people."""

    who: str
    people: int
    on: date
    report: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    country: Text
    texts: Mapping[str, Text]
    figures: Mapping[str, Figure] = field(default_factory=dict)
    references: tuple[Reference, ...] = ()
    funding: Funding | None = None
    tried: tuple[Trial, ...] = ()
    reviewed_by: str | None = None
    reviewed_on: date | None = None

    @property
    def local(self) -> Mapping[str, Text]:
        """What stands on the page beside the choices: country, law, banks, funding."""
        named = {"country": self.country, **{k: v for k, v in self.texts.items() if k in LOCAL}}
        return named | ({"funding": self.funding.words} if self.funding else {})

    def has(self, owner: str) -> bool:
        """Whether the owner of the page has brought this: ``funding``, ``reviewed``, ``tried:parents`` …"""
        kind, _, who = owner.partition(":")
        if kind == "tried":
            return any(one.who == who for one in self.tried)
        return self.funding is not None if kind == "funding" else self.reviewed_by is not None


def read_site(path: Path = SHIPPED) -> Site:
    """A country's file. Raises AidRefused with every fault, each with its line."""
    # Asked first, for the words of the operating system would tell strangers where the file lies.
    if not path.is_file():
        raise AidRefused([Problem(path.name, 1, "there is no such file")])
    try:
        root = read_file(path)
    except EvidenceRefused as refused:
        raise AidRefused(refused.problems) from None
    site = _site(root)
    root.done()
    if root.faults.found:
        raise AidRefused(root.faults.found)
    return site


def _site(root: Table) -> Site:
    reviewed = root.table("reviewed") if "reviewed" in root else None
    found = Site(
        country=text(root, "country"),
        texts=_texts(root.table("texts")),
        figures=read_figures(root, 0) if "figures" in root else {},
        references=tuple(read_references(root)),
        funding=_funding(root.table("funding")) if "funding" in root else None,
        tried=tuple(map(_trial, root.tables("tried"))),
        reviewed_by=reviewed.text("by") if reviewed else None,
        reviewed_on=reviewed.day("on") if reviewed else None,
    )
    root.skip("figures", "funding", "reviewed")
    if reviewed:
        reviewed.done()
    return found


def _texts(table: Table) -> dict[str, Text]:
    found = {key: text(table, key) for key in TEXTS if key in table}
    if "pay_cost" not in found:
        table.tell("“pay_cost” is missing: what does storing cost in this country?")
    table.skip(*TEXTS)
    table.done()
    return found


def _funding(table: Table) -> Funding:
    found = Funding(
        words=text_at(table, "words"),
        stated_by=table.text("stated_by"),
        on=table.day("on") or NEVER,
    )
    table.done()
    return found


def _trial(table: Table) -> Trial:
    found = Trial(
        who=table.word("who", TRIED_BY, "a kind of reader"),
        people=table.whole("people") or 0,
        on=table.day("on") or NEVER,
        report=table.text("report"),
    )
    if found.people < 1:
        table.tell("a test with people says how many took part", "people")
    table.done()
    return found
