"""How sure may one be of an answer? Rules that are written down decide; a person may judge otherwise, and signs."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from cordula.evidence.answer import Certainty, Input, Judgement, Pooled, Reason
from cordula.evidence.library import NEVER, OWN
from cordula.evidence.questions import Question, questions
from cordula.evidence.refusal import EvidenceRefused, Problem
from cordula.evidence.scales import NO_EFFECT
from cordula.evidence.selection import BY_NAME, Selection
from cordula.evidence.table import read_file
from cordula.evidence.words import in_words, listed, read_own
from cordula.vocabulary.words import said_later

JUDGEMENTS = OWN / "judgements"
OPEN = ("randomised_open", "controlled", "cohort")


def graded(
    asked: Question,
    months: Decimal,
    inputs: Sequence[Input],
    chosen: Selection,
    pooled: Pooled | None,
) -> Certainty:
    """The level by the rules, each step with its reason; a signed judgement leads where there is one."""
    rules = read_own("certainty.toml")
    begins = _begins(rules, inputs)
    reasons = tuple(_reasons(rules["rules"], asked, inputs, chosen, pooled)) if inputs else ()
    at = rules["levels"].index(begins) - sum(reason.steps for reason in reasons)
    judged = judgements().get((asked.id, months))
    level = judged.level if judged else rules["levels"][max(at, 0)]
    words = (
        rules["levels_in_words"][level]
        if inputs
        else said_later("No estimate, so nothing to be sure of.")
    )
    return Certainty(level=level, words=words, begins=begins, reasons=reasons, judgement=judged)


def _begins(rules: Mapping[str, Any], inputs: Sequence[Input]) -> str:
    """The lowest beginning of the designs pooled."""
    levels = rules["levels"]
    starts = [listed("designs")[one.design]["begins"] for one in inputs]
    return str(min(starts, key=levels.index)) if starts else str(levels[0])


def _reasons(
    rules: Mapping[str, Any],
    asked: Question,
    inputs: Sequence[Input],
    chosen: Selection,
    pooled: Pooled | None,
) -> Iterator[Reason]:
    values = {
        "open": any(one.design in OPEN for one in inputs) or None,
        "inconsistent": _inconsistent(pooled, rules["inconsistent"]["over"]),
        "indirect": _other_cells(asked, inputs),
        "few": _few(pooled, rules["few"]["under"]),
        "no_effect_within": _no_effect_within(asked, pooled),
        "unread": _unread(chosen),
        "asked_by_name": _by_name(inputs),
    }
    for name, value in values.items():
        if value is not None:
            rule = rules[name]
            because = rule["because"].format(value=value)
            yield Reason(rule=name, steps=rule["steps"], because=because, source=rule["source"])


def _inconsistent(pooled: Pooled | None, over: float) -> float | None:
    found = pooled.heterogeneity if pooled else None
    return found.i2 if found and found.i2 is not None and found.i2 > over else None


def _other_cells(asked: Question, inputs: Sequence[Input]) -> str | None:
    others = {one.cells for one in inputs} - set(asked.for_cells)
    given = asked.compares or asked.arm == "cells"
    return (
        ", ".join(in_words("cells", cells) for cells in sorted(others))
        if others and given
        else None
    )


def _few(pooled: Pooled | None, under: int) -> int | None:
    return pooled.children if pooled and (pooled.children or 0) < under else None


def _no_effect_within(asked: Question, pooled: Pooled | None) -> bool | None:
    nothing = NO_EFFECT[asked.scale]
    if pooled is None or nothing is None or not asked.compares:
        return None
    return True if pooled.main.low <= nothing <= pooled.main.high else None


def _unread(chosen: Selection) -> str | None:
    """Studies that bear on the question and whose numbers nobody has: they may say otherwise."""
    names = [one.name for one in chosen.left_out if one.numbers in ("awaited", "not_read")]
    names += [one.name for one in chosen.directions]
    return ", ".join(dict.fromkeys(names)) or None


def _by_name(inputs: Sequence[Input]) -> str | None:
    return ", ".join(one.name for one in inputs if one.flag in BY_NAME) or None


@cache
def judgements() -> Mapping[tuple[str, Decimal], Judgement]:
    """The signed judgements by question and time. Raises EvidenceRefused with every fault."""
    found, problems = look_through(JUDGEMENTS)
    if problems:
        raise EvidenceRefused(problems)
    return found


def look_through(folder: Path) -> tuple[dict[tuple[str, Decimal], Judgement], list[Problem]]:
    levels = read_own("certainty.toml")["levels"]
    found: dict[tuple[str, Decimal], Judgement] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.toml")):
        root = read_file(path)
        one = Judgement(
            question=root.word("question", questions(), "a question"),
            months=root.number("months") or Decimal(0),
            level=root.word("level", levels, "a level of certainty"),
            who=root.text("who"),
            when=str(root.day("when") or NEVER),
            why=root.text("why"),
        )
        root.done()
        if (one.question, one.months) in found:
            root.tell("two judgements of one answer: withdraw one", "question")
        found[one.question, one.months] = one
        problems += root.faults.found
    return found, problems
