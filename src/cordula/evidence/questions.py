"""What is asked of the studies: which measure, compared how, at which times, and what counts for it?"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from cordula.evidence.library import OWN
from cordula.evidence.refusal import EvidenceRefused, Problem, Unknown, not_known
from cordula.evidence.table import Table, read_file
from cordula.evidence.words import listed, measures

EFFECTS = {
    "mean_difference": "identity",
    "standardised_mean_difference": "identity",
    "difference": "identity",
    "mean": "identity",
    "risk_difference": "identity",
    "odds_ratio": "log",
    "risk_ratio": "log",
    "hazard_ratio": "log",
    "proportion": "logit",
}
ONE_GROUP = ("mean", "proportion")


@dataclass(frozen=True, slots=True, kw_only=True)
class TauPriors:
    """The priors of τ, the first the main one, and how far a design may be off by itself."""

    priors: tuple[str, ...]
    why: str
    design_sd: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    id: str
    words: str
    measures: tuple[str, ...]
    effect: str
    unit: str
    months: tuple[Decimal, ...]
    within: Decimal
    methods: tuple[str, ...]
    designs: tuple[str, ...]
    populations: tuple[str, ...]
    for_cells: tuple[str, ...]
    tau: TauPriors
    arm: str = "cells"
    see_also: tuple[str, ...] = ()
    prior: bool = False

    @property
    def scale(self) -> str:
        """On which scale it is pooled: as it is, as the logarithm of a ratio, or as the log odds of a proportion."""
        return EFFECTS[self.effect]

    @property
    def compares(self) -> bool:
        return self.effect not in ONE_GROUP

    @property
    def better(self) -> str:
        """The direction that a child who does better would show, on this question's scale."""
        return measures()[self.measures[0]].better


def at_key(question: str, months: Decimal) -> str:
    """The key of an answer: “rvef-change@12”."""
    return f"{question}@{months:f}"


@cache
def questions() -> Mapping[str, Question]:
    found, problems = look_through(OWN / "questions.toml")
    if problems:
        raise EvidenceRefused(problems)
    return found


def question(id_: str) -> Question:
    found = questions().get(id_)
    if found is None:
        raise Unknown(id_, "a question", questions())
    return found


def look_through(path: Path) -> tuple[dict[str, Question], list[Problem]]:
    root = read_file(path)
    usual = root.table("defaults")
    priors = {key: _heterogeneity(table) for key, table in root.named_tables("tau")}
    within = usual.number("within") or Decimal(0)
    lists = {
        "designs": usual.words("designs", listed("designs"), "a design"),
        "populations": usual.words("populations", listed("populations"), "a population"),
        "for_cells": usual.words("for_cells", listed("cells"), "a kind of cells"),
    }
    usual.done()
    found = {
        key: _question(key, table, priors, within, lists)
        for key, table in root.named_tables("questions")
    }
    root.done()
    for key, one in found.items():
        for other in one.see_also:
            if other not in found:
                root.faults.tell(("questions", key), not_known(other, "a question", found))
    return found, root.faults.found


def _question(
    key: str,
    table: Table,
    priors: Mapping[str, TauPriors],
    within: Decimal,
    usual: Mapping[str, tuple[str, ...]],
) -> Question:
    named = table.word("tau", priors, "a set of priors")
    own = table.number("within")
    asked = Question(
        id=key,
        words=table.text("words"),
        measures=table.words("measures", measures(), "a measure of the evidence"),
        effect=table.word("effect", EFFECTS, "a way of comparing"),
        unit=table.text("unit"),
        months=tuple(_months(table)),
        within=within if own is None else own,
        methods=table.texts("methods"),
        designs=table.words("designs", listed("designs"), "a design"),
        populations=table.words("populations", listed("populations"), "a population"),
        for_cells=table.words("for_cells", listed("cells"), "a kind of cells"),
        tau=priors.get(named, TauPriors(priors=("half_normal 1",), why="", design_sd=1.0)),
        arm=table.text("arm", "cells"),
        see_also=table.texts("see_also"),
        prior=table.flag("prior"),
    )
    table.done()
    missing: dict[str, Any] = {
        name: values for name, values in usual.items() if not getattr(asked, name)
    }
    return replace(asked, **missing)


def _months(table: Table) -> list[Decimal]:
    given = table.values.get("months", [])
    table.skip("months")
    good = [Decimal(one) for one in given if type(one) in (int, Decimal)]
    if not good or len(good) < len(given):
        table.tell("“months” lists the times at which this is asked", "months")
    return good


def _heterogeneity(table: Table) -> TauPriors:
    sd = table.number("design_sd")
    found = TauPriors(priors=table.texts("priors"), why=table.text("why"), design_sd=float(sd or 0))
    table.done()
    return found
