"""May a parent be shown these words? Numbers have sources, promises are not made, choices get equal room."""

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain

from cordula.decision_aid import known
from cordula.decision_aid.aid import Aid, Picture, Text, texts_in
from cordula.decision_aid.grade import grade
from cordula.decision_aid.reading import CONTENT, OWN
from cordula.decision_aid.refusal import Problem
from cordula.evidence.refusal import not_known
from cordula.vocabulary.words import language

SHORT = 3
Guard = Callable[[Aid], Iterator[Problem]]


@dataclass(frozen=True, slots=True)
class Guarded:
    """The words and limits of guarded.toml."""

    with_citation: tuple[str, ...]
    never: tuple[str, ...]
    numbers: tuple[str, ...]
    columns: float
    good_and_bad: float
    grade: float


@cache
def guarded() -> Guarded:
    table = tomllib.loads((OWN / "guarded.toml").read_text(encoding="utf-8"))
    words = {key: tuple(table[key]) for key in ("with_citation", "never", "numbers")}
    limits = {key: float(table[key]) for key in ("columns", "good_and_bad", "grade")}
    return Guarded(**words, **limits)  # type: ignore[arg-type]  # each key is named above


def check(aid: Aid) -> list[Problem]:
    """Every fault of the page in the language that is spoken; none where a parent may be shown it."""
    # The lists of words and the formula are English; a translation is held by its figures and its balance.
    of_language = (promises, too_hard) if language() == "en" else (untranslated,)
    guards: tuple[Guard, ...] = (bare_numbers, figures, citations, unbalanced, steering, holdings)
    return sorted(set(chain.from_iterable(guard(aid) for guard in (*guards, *of_language))))


def bare_numbers(aid: Aid) -> Iterator[Problem]:
    """A number in a text is a number without a source."""
    counting = _beginning_with(guarded().numbers, whole=True)
    for text in texts_in(aid):
        bare = re.sub(r"\{\w+\}", "", text.said)
        if found := re.search(r"\d[\d.,]*", bare) or counting.search(bare):
            yield _at(text, f"“{found[0]}” is a number without a source: name it under [figures]")


def figures(aid: Aid) -> Iterator[Problem]:
    """Each figure is known and used, and what is said with it cites where it was read."""
    used: set[str] = {"dots"}
    for block in blocks(aid):
        cited = {key for text in block for key in text.cites}
        for text in block:
            used.update(text.figures)
            yield from _figures_of(text, aid, cited)
    used |= {n for p in _pictures(aid) for n in (p.filled, p.of)}
    for name, figure in aid.figures.items():
        if name not in used:
            yield Problem(figure.file, figure.line, f"the figure “{name}” is used nowhere")


def _figures_of(text: Text, aid: Aid, cited: set[str]) -> Iterator[Problem]:
    for name in text.figures:
        figure = aid.figures.get(name)
        if figure is None:
            yield _at(text, not_known(name, "a figure", aid.figures))
        elif figure.source is not None and figure.source not in cited:
            yield _at(text, f"{{{name}}} was read in “{figure.source}”, which is not cited here")
    if sorted(text.figures) != sorted(text.said_figures):
        yield _at(text, f"the translation has other figures: {', '.join(text.said_figures)}")


def citations(aid: Aid) -> Iterator[Problem]:
    """What is cited is listed, and what is listed is cited."""
    known = {one.key for one in aid.references}
    cited = {key for text in texts_in(aid) for key in text.cites}
    for text in texts_in(aid):
        for key in set(text.cites) - known:
            yield _at(text, not_known(key, "a reference", known))
    for name, figure in aid.figures.items():
        if figure.source is not None and figure.source not in known:
            yield Problem(figure.file, figure.line, f"“{name}” has no source: {figure.source!r}")
    for key in sorted(known - cited):
        yield Problem("aid.toml", 1, f"the reference “{key}” is cited nowhere")


def promises(aid: Aid) -> Iterator[Problem]:
    """Words that promise stand with a citation of their own, or not at all."""
    words = guarded()
    uncited, never = _beginning_with(words.with_citation), _beginning_with(words.never)
    for text in texts_in(aid):
        if found := never.search(text.said):
            yield _at(text, f"“{found[0]}” may not stand on this page")
        elif not text.cites and (found := uncited.search(text.said)):
            yield _at(text, f"“{found[0]}” needs a citation of its own, or another word")


def unbalanced(aid: Aid) -> Iterator[Problem]:
    """Length is weight: no choice, and neither good nor bad, gets much more of it."""
    limits, choices = guarded(), aid.choices
    columns = zip(*(row.cells for row in choices.rows), strict=True)
    counts = {o.key: _words(cells) for o, cells in zip(choices.options, columns, strict=True)}
    yield from _balance(aid, counts, limits.columns, "columns")
    sides = {row.key: _words(row.cells) for row in choices.rows if row.key in ("good", "bad")}
    yield from _balance(aid, sides, limits.good_and_bad, "sides")


def _balance(aid: Aid, counts: dict[str, int], limit: float, what: str) -> Iterator[Problem]:
    if not counts or min(counts.values()) * limit < max(counts.values()):
        told = ", ".join(f"{key} {count}" for key, count in counts.items())
        yield _at(
            aid.choices.title, f"the {what} are out of balance: {told} words; {limit} at most"
        )


def steering(aid: Aid) -> Iterator[Problem]:
    """Doing nothing is a choice, and stands first."""
    if [one.nothing for one in aid.choices.options][:1] != [True]:
        yield _at(aid.choices.title, "the choice to do nothing is not the first one")


def holdings(aid: Aid) -> Iterator[Problem]:
    """A sentence without numbers still needs the evidence behind it."""
    for one in aid.holdings:
        study = known.studies()[one.study]
        if one.numbers is not None and study["numbers"] != one.numbers:
            says = f"the numbers of {study['name']} are now “{study['numbers']}”: rewrite what is said of it"
            yield Problem(one.file, one.line, says)
        wanted = (one.measure, one.months)
        found = {r["direction"] for r in study["results"] if (r["measure"], r["months"]) == wanted}
        if one.direction is not None and found != {one.direction}:
            says = f"{study['name']} now says {sorted(map(str, found))} of {one.measure}"
            yield Problem(one.file, one.line, says)


def untranslated(aid: Aid) -> Iterator[Problem]:
    """A page half in another language is not shown. A short text may be the same in both, and a site's file may
    be written in the language of its readers."""
    for text in texts_in(aid):
        if (
            text.file == CONTENT.name
            and text.said == text.words
            and len(text.words.split()) > SHORT
        ):
            yield _at(text, f"not translated into “{language()}”")


def too_hard(aid: Aid) -> Iterator[Problem]:
    found, limit = grade([text.said for text in texts_in(aid)]), guarded().grade
    if found > limit:
        yield _at(aid.title, f"this needs {found:.1f} years of school; {limit} at most")


def blocks(aid: Aid) -> Iterator[list[Text]]:
    """The parts in which a citation counts for every text: each section, and each pair of pictures by itself."""
    trade = aid.trade_off
    yield [aid.title, *aid.intro]
    yield [trade.title, trade.lead]
    parts = (aid.short, aid.largest, aid.use, aid.values, aid.ask, aid.unknown, aid.about)
    for part in (*parts, *trade.pairs, aid.labels):
        yield list(texts_in(part))
    # A cell of the table cites for itself, and so does a line about the country: the reader sees it alone.
    yield from ([text] for text in texts_in((aid.choices, aid.local)))


def _pictures(aid: Aid) -> Iterator[Picture]:
    yield from (picture for pair in aid.trade_off.pairs for picture in pair.pictures)
    yield aid.use.picture


def _words(cells: tuple[Text, ...]) -> int:
    return sum(len(cell.said.split()) for cell in cells)


def _beginning_with(words: tuple[str, ...], *, whole: bool = False) -> re.Pattern[str]:
    any_of = "|".join(rf"\b{re.escape(word)}" if word[0].isalpha() else word for word in words)
    return re.compile(rf"(?:{any_of}){r'(?![a-z])' if whole else '[a-z]*'}", re.IGNORECASE)


def _at(text: Text, says: str) -> Problem:
    return Problem(text.file, text.line, f"{says} (“{text.said[:60]}”)")
