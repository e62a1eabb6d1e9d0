"""How is the content file of the parents' page read? Every fault is told with its line, and nothing is guessed."""

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

from cordula.decision_aid import known
from cordula.decision_aid.aid import (
    Aid,
    Choices,
    Finding,
    Holding,
    Largest,
    Option,
    Pair,
    Picture,
    Row,
    Section,
    Text,
    TradeOff,
    Use,
    Values,
)
from cordula.decision_aid.figures import read_figures
from cordula.decision_aid.references import read_references
from cordula.decision_aid.refusal import AidRefused
from cordula.decision_aid.site import Site
from cordula.decision_aid.texts import text, texts
from cordula.evidence.library import NEVER
from cordula.evidence.refusal import EvidenceRefused
from cordula.evidence.table import Table, read_file
from cordula.evidence.words import listed, measures
from cordula.vocabulary.lines import line_of

OWN = Path(str(files("cordula.decision_aid")))
CONTENT = OWN / "aid.toml"


def read(site: Site, path: Path = CONTENT) -> Aid:
    """The page with a site's texts in their places. Raises AidRefused with every fault of the file."""
    try:
        root = read_file(path)
    except EvidenceRefused as refused:
        raise AidRefused(refused.problems) from None
    aid = _aid(root, site)
    root.done()
    if root.faults.found:
        raise AidRefused(root.faults.found)
    return aid


def _aid(root: Table, site: Site) -> Aid:
    choices = _choices(root.table("choices"), site)
    return Aid(
        id=root.text("id"),
        last_changed=root.day("last_changed") or NEVER,
        check_by=root.day("check_by") or NEVER,
        title=text(root, "title"),
        intro=texts(root, "intro"),
        short=_section(root.table("short")),
        choices=choices,
        trade_off=_trade_off(root.table("trade_off")),
        largest=_largest(root.table("largest")),
        use=_use(root.table("use")),
        values=_values(root.table("values")),
        ask=_section(root.table("ask")),
        unknown=_section(root.table("unknown")),
        about=_section(root.table("about")),
        local=site.local,
        labels=_labels(root.table("labels")),
        references=(*read_references(root), *site.references),
        figures={**read_figures(root, len(choices.options)), **site.figures},
        holdings=tuple(map(_holding, root.tables("holds"))),
    )


def _section(table: Table) -> Section:
    lead = text(table, "lead") if "lead" in table else None
    found = Section(title=text(table, "title"), lead=lead, points=texts(table, "points"))
    table.done()
    return found


def _choices(table: Table, site: Site) -> Choices:
    options = tuple(map(_option, table.tables("options")))
    found = Choices(
        title=text(table, "title"),
        table=text(table, "table"),
        options=options,
        rows=tuple(_row(one, site, len(options)) for one in table.tables("rows")),
    )
    table.done()
    return found


def _option(table: Table) -> Option:
    found = Option(
        key=table.text("key"),
        title=text(table, "title"),
        small=text(table, "small"),
        nothing=table.flag("nothing"),
    )
    table.done()
    return found


def _row(table: Table, site: Site, options: int) -> Row:
    found = Row(
        key=table.text("key"), title=text(table, "title"), cells=texts(table, "cells", site.texts)
    )
    if len(found.cells) != options:
        table.tell(f"{len(found.cells)} answers for {options} choices: each needs one", "cells")
    table.done()
    return found


def _trade_off(table: Table) -> TradeOff:
    pairs = tuple(map(_pair, table.tables("pairs")))
    found = TradeOff(title=text(table, "title"), lead=text(table, "lead"), pairs=pairs)
    table.done()
    return found


def _pair(table: Table) -> Pair:
    pictures = tuple(map(_picture, table.tables("pictures")))
    if len(pictures) != 2 or len({one.of for one in pictures}) != 1:
        table.tell("a trade-off is two pictures with the same denominator", "pictures")
    found = Pair(title=text(table, "title"), pictures=pictures, sure=text(table, "sure"))
    table.done()
    return found


def _picture(table: Table) -> Picture:
    filled, of = table.text("filled"), table.text("of")
    found = Picture(filled=filled, of=of, words=text(table, "words"))
    table.done()
    return found


def _largest(table: Table) -> Largest:
    names = ("title", "lead", "could_help", "could_harm", "sure")
    groups = tuple(map(_option, table.tables("groups")))
    findings = tuple(_finding(one, len(groups)) for one in table.tables("findings"))
    said = {name: text(table, name) for name in names}
    table.done()
    return Largest(groups=groups, findings=findings, **said)


def _finding(table: Table, groups: int) -> Finding:
    found = Finding(
        help=table.flag("help"), words=text(table, "words"), answers=texts(table, "answers")
    )
    if len(found.answers) not in (1, groups):
        table.tell(f"one answer for all, or one for each of the {groups} groups", "answers")
    table.done()
    return found


def _use(table: Table) -> Use:
    said = {name: text(table, name) for name in ("title", "big", "words")}
    found = Use(picture=_picture(table.table("picture")), **said)
    table.done()
    return found


def _values(table: Table) -> Values:
    found = Values(
        title=text(table, "title"),
        lead=text(table, "lead"),
        answers=texts(table, "answers"),
        points=texts(table, "points"),
    )
    table.done()
    return found


def _labels(table: Table) -> Mapping[str, Text]:
    return {key: text(table, key) for key in table.values}


def _holding(table: Table) -> Holding:
    found = Holding(
        study=table.word("study", known.studies(), "a study of the evidence"),
        direction=_word(table, "direction", listed("directions")),
        measure=_word(table, "measure", measures()),
        months=table.whole("months"),
        numbers=_word(table, "numbers", listed("numbers")),
        file=table.faults.file,
        line=line_of(table.faults.lines, table.path),
    )
    table.done()
    return found


def _word(table: Table, key: str, known: Mapping[str, object]) -> str | None:
    table.skip(key)
    return table.word(key, known, f"a known {key}") if key in table else None
