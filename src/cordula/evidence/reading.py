"""How is a study's file read? What is missing or unknown is told with its line, and nothing is guessed."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from cordula.evidence.refusal import not_known
from cordula.evidence.study import Arm, ArmResult, Between, Dose, Result, Source, Study
from cordula.evidence.table import Table, read_file
from cordula.evidence.words import listed, measures
from cordula.vocabulary.lines import line_of

NEVER = date(1, 1, 1)
# A closed list of words.toml, and the key of a study that takes its word from it.
WORDS = {
    "design": "designs",
    "population": "populations",
    "cells": "cells",
    "origin": "origins",
    "route": "routes",
    "state": "states",
    "numbers": "numbers",
}


def read_study(path: Path) -> tuple[Study, Table]:
    """The study, and its table with the faults found so far. EvidenceRefused where it is no TOML."""
    root = read_file(path)
    head = root.table("study")
    sources = {key: read_source(key, table) for key, table in root.named_tables("sources")}
    arms = {key: _arm(key, table) for key, table in root.named_tables("arms")}
    study = Study(
        **{key: head.text(key) for key in ("id", "name", "title", "phase", "who", "timing")},
        **{key: head.word(key, listed(name), f"one of the {name}") for key, name in WORDS.items()},
        looked_on=head.day("looked_on") or NEVER,
        registry=head.texts("registry"),
        country=head.text_or_none("country"),
        years=head.text_or_none("years"),
        shares_patients_with=head.texts("shares_patients_with"),
        memory=head.texts("memory"),
        notes=head.texts("notes"),
        dose=_dose(root.table("dose"), sources) if "dose" in root else None,
        sources=sources,
        arms=arms,
        results=tuple(_result(table, sources, arms) for table in root.tables("results")),
    )
    root.skip("dose")
    head.done()
    root.done()
    if study.id and study.id != path.stem:
        head.tell(f"“{study.id}” stands in the file {path.name}: name one after the other", "id")
    return study, root


def read_source(key: str, table: Table) -> Source:
    source = Source(
        key=key,
        label=table.text("label"),
        read=table.word("read", listed("reads"), "a way of reading"),
        standing=table.word("standing", listed("standings"), "a standing"),
        pmid=table.text_or_none("pmid"),
        doi=table.text_or_none("doi"),
        pmc=table.text_or_none("pmc"),
        registry=table.text_or_none("registry"),
        url=table.text_or_none("url"),
        read_on=table.day("read_on"),
    )
    table.done()
    return source


def _arm(key: str, table: Table) -> Arm:
    arm = Arm(key=key, words=table.text("words"), n=table.whole("n"))
    table.done()
    return arm


def _dose(table: Table, sources: dict[str, Source]) -> Dose:
    dose = Dose(
        amount=table.text("amount"),
        unit=table.text("unit"),
        source=sources.get(table.word("source", sources, "a source of this study")),
        flag=table.word("flag", listed("flags"), "a flag"),
        note=table.text_or_none("note"),
    )
    table.done()
    return dose


def _result(table: Table, sources: dict[str, Source], arms: dict[str, Arm]) -> Result:
    named = _source_of(table, sources)
    result = Result(
        measure=table.word("measure", measures(), "a measure of the evidence"),
        source=sources.get(named, Source(key=named, label=named)),
        flag=table.word("flag", listed("flags"), "a flag"),
        line=line_of(table.faults.lines, table.path),
        method=table.text_or_none("method"),
        subgroup=table.text_or_none("subgroup"),
        months=table.number("months"),
        p=table.text_or_none("p"),
        p_compares=table.word("p_compares", ("arms", "with_baseline"), "a comparison", "arms"),
        direction=_direction(table),
        arms=tuple(_arm_result(one, arms) for one in table.tables("arms")),
        between=_between(table.table("between")) if "between" in table else None,
        note=table.text_or_none("note"),
    )
    table.skip("between")
    table.done()
    return result


def _source_of(table: Table, sources: dict[str, Source]) -> str:
    if "source" not in table:
        table.skip("source")
        table.tell("a number without a source: name one of [sources]")
        return ""
    named = table.text("source")
    if named not in sources:
        table.tell(not_known(named, "a source of this study", sources), "source")
    return named


def _direction(table: Table) -> str | None:
    table.skip("direction")
    if "direction" not in table:
        return None
    return table.word("direction", listed("directions"), "a direction")


def _arm_result(table: Table, arms: dict[str, Arm]) -> ArmResult:
    numbers = {key: table.number(key) for key in ("mean", "median", "spread", "low", "high")}
    spread_is = None
    if "spread_is" in table:
        spread_is = table.word("spread_is", listed("spreads"), "a kind of spread")
    found = ArmResult(
        arm=table.word("arm", arms, "an arm of this study"),
        n=table.whole("n"),
        events=table.whole("events"),
        spread_is=spread_is,
        level=table.number("level"),
        **numbers,
    )
    table.skip("spread_is")
    table.done()
    return found


def _between(table: Table) -> Between:
    estimate = table.number("estimate")
    if estimate is None:
        table.tell("“between” needs its estimate")
    found = Between(
        estimate=Decimal(0) if estimate is None else estimate,
        low=table.number("low"),
        high=table.number("high"),
        level=table.number("level"),
        n=table.whole("n"),
    )
    table.done()
    return found
