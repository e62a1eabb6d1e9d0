"""How is a new study written without an editor? Field by field; what was answered so far is kept on disk at once.

Stopping loses nothing: the same command takes up the draft where it was left."""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from cordula.evidence.words import listed, measures

Ask = Callable[["Field", str | None], str]
DRAFT = ".draft"
LISTED = {
    "design": "designs",
    "population": "populations",
    "cells": "cells",
    "origin": "origins",
    "route": "routes",
    "state": "states",
    "numbers": "numbers",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One question put to the person: its key, its words, what may be answered, and whether it may be left empty."""

    key: str
    words: str
    choices: tuple[str, ...] = ()
    optional: bool = False
    number: bool = False

    def fault(self, answer: str) -> str | None:
        """Why this cannot be the answer, or None."""
        if not answer:
            return None if self.optional else "an answer is needed"
        if self.choices and answer not in self.choices:
            return f"one of {', '.join(self.choices)} is needed"
        if self.number and not _is_number(answer):
            return f"“{answer}” is not a plain number such as 7.8"
        return None


HEAD = (
    Field("name", "Short name, as tables show it"),
    Field("title", "What was done, in one line of your own words"),
    Field("registry", "Registry number", optional=True),
    Field("phase", "Phase"),
    *(Field(key, key.capitalize(), tuple(listed(name))) for key, name in LISTED.items()),
    Field("who", "Who took part"),
    Field("timing", "When the cells were given"),
)
SOURCE = (
    Field("label", "The source: author, year and journal, or the like"),
    Field("read", "What of it did you read?", tuple(listed("reads"))),
    Field("standing", "Does it report its own numbers?", tuple(listed("standings"))),
    Field("pmid", "PMID", optional=True),
    Field("doi", "DOI", optional=True),
    Field("url", "Address", optional=True),
)
ARM = (Field("words", "What this arm had"), Field("n", "How many", optional=True, number=True))
RESULT = (
    Field("measure", "Measure (empty to end)", optional=True),
    Field("months", "At how many months", optional=True, number=True),
    Field("flag", "How far to trust it", tuple(listed("flags"))),
)
NUMBERS = (
    Field("n", "n", optional=True, number=True),
    Field("events", "Events (for a count)", optional=True, number=True),
    Field("mean", "Mean (for a measurement)", optional=True, number=True),
    Field("spread", "Its spread", optional=True, number=True),
    Field("spread_is", "Kind of spread", tuple(listed("spreads")), optional=True),
)


class Draft:
    """Answers by their keys, such as ``arms.cells.n``, written after each; asked again only where missing."""

    def __init__(self, path: Path, ask: Ask) -> None:
        self.path = path
        self.ask = ask
        self.answers: dict[str, str] = {}
        if path.exists():
            self.answers = tomllib.loads(path.read_text(encoding="utf-8"))

    def get(self, where: str, field: Field) -> str:
        key = f"{where}.{field.key}"
        if key not in self.answers:
            fault: str | None = None
            while True:
                answer = self.ask(field, fault).strip()
                fault = field.fault(answer)
                if fault is None:
                    break
            self.answers[key] = answer
            self._keep()
        return self.answers[key]

    def all(self, where: str, fields: tuple[Field, ...]) -> dict[str, str]:
        return {field.key: self.get(where, field) for field in fields}

    def _keep(self) -> None:
        lines = [f"{quoted(key)} = {quoted(value)}" for key, value in self.answers.items()]
        self.path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def add(folder: Path, id_: str, today: date, ask: Ask) -> Path:
    """Asks for the study and writes ``<id>.toml``; the draft beside it is removed when all is said."""
    draft = Draft(folder / f"{id_}{DRAFT}", ask)
    text = "\n".join(_file(draft, id_, today)) + "\n"
    path = folder / f"{id_}.toml"
    path.write_text(text, encoding="utf-8")
    draft.path.unlink(missing_ok=True)
    return path


def _file(draft: Draft, id_: str, today: date) -> Iterator[str]:
    head = draft.all("study", HEAD)
    registry = head.pop("registry")
    yield "[study]"
    yield from _lines({"id": id_, **head})
    if registry:
        yield f"registry = [{quoted(registry)}]"
    yield f"looked_on = {today.isoformat()}"
    yield from ("", "[sources.paper]")
    yield from _lines(draft.all("sources.paper", SOURCE))
    yield f"read_on = {today.isoformat()}"
    arms = ["cells", "control"] if listed("designs")[head["design"]]["controlled"] else ["cells"]
    for arm in arms:
        yield from ("", f"[arms.{arm}]")
        yield from _lines(draft.all(f"arms.{arm}", ARM), numbers=("n",))
    yield from _results(draft, arms)


def _results(draft: Draft, arms: list[str]) -> Iterator[str]:
    measure = Field(RESULT[0].key, RESULT[0].words, tuple(measures()), optional=True)
    at = 0
    while draft.get(f"results.{at}", measure):
        told = draft.all(f"results.{at}", RESULT)
        rows = {arm: draft.all(f"results.{at}.{arm}", NUMBERS) for arm in arms}
        yield from ("", "[[results]]")
        yield from _lines(told, numbers=("months",))
        yield 'source = "paper"'
        yield from ("arms = [", *(_row(arm, row) for arm, row in rows.items()), "]")
        at += 1


def _row(arm: str, row: Mapping[str, str]) -> str:
    numbers = ("n", "events", "mean", "spread")
    parts = _lines({"arm": arm, **row}, numbers)
    return f"  {{ {', '.join(parts)} }},"


def _lines(told: Mapping[str, str], numbers: tuple[str, ...] = ()) -> list[str]:
    return [
        f"{key} = {value.replace('−', '-') if key in numbers else quoted(value)}"
        for key, value in told.items()
        if value
    ]


def quoted(text: str) -> str:
    """A TOML text in quotes."""
    clean = "".join(sign if sign.isprintable() else " " for sign in text)
    escaped = clean.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _is_number(text: str) -> bool:
    found: Any = None
    try:
        found = tomllib.loads(f"x = {text.replace('−', '-')}")["x"]
    except tomllib.TOMLDecodeError:
        return False
    return type(found) in (int, float)
