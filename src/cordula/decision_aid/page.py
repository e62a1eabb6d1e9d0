"""What does one reader see: this country, this language, this day? The same for the screen and for paper."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from cordula.decision_aid import checklist, days, dots, known
from cordula.decision_aid.aid import (
    Aid,
    Finding,
    Option,
    Pair,
    Picture,
    Reference,
    Row,
    Section,
    Text,
)
from cordula.decision_aid.site import LOCAL, Site
from cordula.display.signs import unbroken
from cordula.vocabulary.words import _, language


@dataclass(frozen=True, slots=True)
class Said:
    """Words as they are read, the numbers of the sources they stand on, and the column they stand under."""

    words: str
    sources: tuple[int, ...] = ()
    source_words: str = ""
    under: str = ""


@dataclass(frozen=True, slots=True)
class Points:
    title: str
    lead: Said | None
    points: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    small: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table: its question, and an answer under each column."""

    title: str
    cells: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture of dots, the number beside it, and whom it counts."""

    number: str
    out_of: str
    words: str
    label: str
    svg: str


@dataclass(frozen=True, slots=True)
class Two:
    title: str
    pictures: tuple[Drawn, ...]
    sure: Said


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of the largest study under one heading."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class About:
    title: str
    facts: tuple[tuple[str, str], ...]
    points: tuple[Said, ...]
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Everything on the page, in the order of reading."""

    id: str
    language: str
    labels: Mapping[str, str]
    missing: tuple[str, ...]
    title: str
    intro: tuple[Said, ...]
    short: Points
    choices: str
    choices_table: str
    options: tuple[Column, ...]
    rows: tuple[Line, ...]
    trade_off: str
    trade_off_lead: Said
    pairs: tuple[Two, ...]
    largest: str
    largest_lead: Said
    groups: tuple[Column, ...]
    found: tuple[Group, ...]
    largest_sure: Said
    use: str
    use_big: str
    use_words: Said
    use_picture: Drawn
    values: Points
    answers: tuple[str, ...]
    ask: Points
    unknown: Points
    about: About


def draw(aid: Aid, site: Site, today: date) -> Page:
    """The page in the language that is spoken, with its numbers in their places."""
    pen = _Pen(aid, site)
    return Page(
        id=aid.id,
        language=language(),
        labels={key: text.said for key, text in aid.labels.items()},
        missing=checklist.missing(aid, site, today),
        title=pen.words(aid.title),
        intro=pen.all(aid.intro),
        short=pen.points(aid.short),
        choices=pen.words(aid.choices.title),
        choices_table=pen.words(aid.choices.table),
        options=pen.columns(aid.choices.options),
        rows=tuple(pen.row(row, aid.choices.options) for row in aid.choices.rows),
        trade_off=pen.words(aid.trade_off.title),
        trade_off_lead=pen.say(aid.trade_off.lead),
        pairs=tuple(map(pen.two, aid.trade_off.pairs)),
        largest=pen.words(aid.largest.title),
        largest_lead=pen.say(aid.largest.lead),
        groups=pen.columns(aid.largest.groups),
        found=pen.found(aid),
        largest_sure=pen.say(aid.largest.sure),
        use=pen.words(aid.use.title),
        use_big=pen.words(aid.use.big),
        use_words=pen.say(aid.use.words),
        use_picture=pen.crowd(aid.use.picture),
        values=Points(
            pen.words(aid.values.title), pen.say(aid.values.lead), pen.all(aid.values.points)
        ),
        answers=tuple(map(pen.words, aid.values.answers)),
        ask=pen.points(aid.ask),
        unknown=pen.points(aid.unknown),
        about=pen.about(),
    )


class _Pen:
    """Fills figures into texts and numbers the sources, in the order of the list."""

    def __init__(self, aid: Aid, site: Site) -> None:
        self.aid, self.site = aid, site
        self.figures = {name: figure.written() for name, figure in aid.figures.items()}
        self.numbers = {one.key: number for number, one in enumerate(aid.references, 1)}

    def words(self, text: Text) -> str:
        return text.said.format(**self.figures)

    def say(self, text: Text) -> Said:
        return Said(self.words(text), self._numbered([text]), self.sources_of([text]))

    def all(self, texts: Iterable[Text]) -> tuple[Said, ...]:
        return tuple(map(self.say, texts))

    def points(self, part: Section) -> Points:
        lead = self.say(part.lead) if part.lead else None
        return Points(self.words(part.title), lead, self.all(part.points))

    def columns(self, options: Iterable[Option]) -> tuple[Column, ...]:
        return tuple(Column(self.words(one.title), self.words(one.small)) for one in options)

    def row(self, row: Row, options: Iterable[Option]) -> Line:
        told = zip(self.all(row.cells), self.columns(options), strict=True)
        cells = tuple(replace(said, under=column.title) for said, column in told)
        return Line(self.words(row.title), cells)

    def _numbered(self, texts: Iterable[Text]) -> tuple[int, ...]:
        return tuple(sorted({self.numbers[key] for text in texts for key in text.cites}))

    def sources_of(self, texts: Iterable[Text]) -> str:
        """“Sources 1, 3”, or nothing."""
        found = self._numbered(texts)
        label = self.aid.labels["source" if len(found) == 1 else "sources"].said
        return unbroken(f"{label} {', '.join(map(str, found))}") if found else ""

    def two(self, pair: Pair) -> Two:
        drawn = tuple(self.array(one, self.words(pair.title)) for one in pair.pictures)
        return Two(self.words(pair.title), drawn, self.say(pair.sure))

    def array(self, picture: Picture, question: str) -> Drawn:
        filled, of = (self.aid.figures[name].whole for name in (picture.filled, picture.of))
        out_of, words = f"{self.aid.labels['out_of'].said} {of}", self.words(picture.words)
        label = f"{question}: {filled} {out_of}, {words}"
        return Drawn(str(filled), out_of, words, label, dots.array(filled, of, label))

    def crowd(self, picture: Picture) -> Drawn:
        of, label = self.aid.figures[picture.of].whole, self.words(picture.words)
        return Drawn(self.figures[picture.filled], "", label, label, dots.crowd(of, label))

    def found(self, aid: Aid) -> tuple[Group, ...]:
        lines = {
            help: tuple(self._line(f) for f in aid.largest.findings if f.help is help)
            for help in (True, False)
        }
        return (
            Group(self.words(aid.largest.could_help), lines[True]),
            Group(self.words(aid.largest.could_harm), lines[False]),
        )

    def _line(self, finding: Finding) -> Line:
        return Line(self.words(finding.words), self.all(finding.answers))

    def about(self) -> About:
        about = self.points(self.aid.about)
        return About(about.title, tuple(self._facts()), about.points, self.aid.references)

    def _facts(self) -> Iterable[tuple[str, str]]:
        labels = {key: text.said for key, text in self.aid.labels.items()}
        yield labels["written_by"], labels["writers"]
        local = self.aid.local
        funding = local.get("funding")
        yield labels["funding"], self.words(funding) if funding else labels["not_stated"]
        yield labels["tried_by"], self._tried() or labels["nobody_yet"]
        yield labels["changed"], days.written(self.aid.last_changed)
        yield labels["evidence_of"], days.written(known.made_on())
        yield labels["check_by"], days.written(self.aid.check_by)
        here = [local[key] for key in LOCAL if key in local]
        if here:
            told = " ".join(
                f"{self.words(text)} {self.sources_of([text])}".strip() for text in here
            )
            yield labels["where"], f"{self.words(local['country'])}. {told}"

    def _tried(self) -> str:
        who = {"parents": _("parents"), "professionals": _("doctors and midwives")}
        return "; ".join(f"{t.people} {who[t.who]}, {days.written(t.on)}" for t in self.site.tried)
