"""What does the parents' page consist of, in the words of its content file?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from string import Formatter
from typing import Any

from cordula.decision_aid.figures import Figure
from cordula.vocabulary.words import _


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Some words of a file. Numbers stand in it as the {names} of figures, never as digits."""

    words: str
    cites: tuple[str, ...] = ()
    file: str
    line: int

    @property
    def figures(self) -> tuple[str, ...]:
        return _names(self.words)

    @property
    def said(self) -> str:
        """The words in the language that is spoken, the figures still by name."""
        return _(self.words)

    @property
    def said_figures(self) -> tuple[str, ...]:
        return _names(self.said)


def _names(words: str) -> tuple[str, ...]:
    return tuple(part[1] for part in Formatter().parse(words) if part[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Where something was read, as it is printed at the foot of the page."""

    key: str
    words: str
    url: str | None = None
    doi: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading, a sentence under it, and its points."""

    title: Text
    lead: Text | None = None
    points: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One choice: a column of the table."""

    key: str
    title: Text
    small: Text
    nothing: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One question asked of every choice, with an answer for each."""

    key: str
    title: Text
    cells: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    title: Text
    table: Text
    options: tuple[Option, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """So many dots filled of so many, and for whom."""

    filled: str
    of: str
    words: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """The same picture twice: same question, same denominator, both groups."""

    title: Text
    pictures: tuple[Picture, ...]
    sure: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeOff:
    title: Text
    lead: Text
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A line of the study's table: one answer for both groups, or one each. `good` asks whether it could help."""

    help: bool
    words: Text
    answers: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Largest:
    """What the largest study found."""

    title: Text
    lead: Text
    groups: tuple[Option, ...]
    could_help: Text
    could_harm: Text
    findings: tuple[Finding, ...]
    sure: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    title: Text
    big: Text
    words: Text
    picture: Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    title: Text
    lead: Text
    answers: tuple[Text, ...]
    points: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """A sentence that stands only while the evidence says so: this direction, or numbers not read."""

    study: str
    direction: str | None
    measure: str | None
    months: int | None
    numbers: str | None
    file: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Aid:
    """The whole page before a site's file, a language and a day are known."""

    id: str
    last_changed: date
    check_by: date
    title: Text
    intro: tuple[Text, ...]
    short: Section
    choices: Choices
    trade_off: TradeOff
    largest: Largest
    use: Use
    values: Values
    ask: Section
    unknown: Section
    about: Section
    local: Mapping[str, Text]
    labels: Mapping[str, Text]
    references: tuple[Reference, ...]
    figures: Mapping[str, Figure]
    holdings: tuple[Holding, ...]


def texts_in(part: Any) -> Iterator[Text]:
    """Every text of the page, or of a part of it, in the order of reading."""
    if isinstance(part, Text):
        yield part
    elif isinstance(part, tuple):
        for one in part:
            yield from texts_in(one)
    elif isinstance(part, Mapping):
        yield from texts_in(tuple(part.values()))
    elif is_dataclass(part):
        for field in fields(part):
            yield from texts_in(getattr(part, field.name))
