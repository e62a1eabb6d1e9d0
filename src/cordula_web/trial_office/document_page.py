"""How does a report of the trial engine become a page of the site? Section by section, with the site's own parts."""

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass

from cordula.trial.report import Document, Section
from cordula.trial.report import Table as Rows
from cordula_web.frame.parts import Fact, Facts

# Heads of tables that are lists of facts: “What” is found.
PLAIN = ("What",)


@dataclass(frozen=True, slots=True)
class Picture:
    """An image that needs no second request; its words are those a screen reader says."""

    address: str
    words: str


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A table whose every value knows its column, so that a narrow screen can name it. rows: name, then values;
    first: what the names are, where they are numbers."""

    caption: str
    note: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    first: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One section as the template draws it."""

    heading: str
    warnings: tuple[str, ...]
    said: tuple[str, ...]
    picture: Picture | None
    tables: tuple[ReportTable, ...]


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """kind and mark stand on top of the page, as they stand on every sheet of paper."""

    kind: str
    mark: str
    lead: str
    made: Facts
    parts: tuple[Part, ...]


def page_of(document: Document) -> DocumentPage:
    rows = [Fact(label, value) for label, value in document.facts]
    return DocumentPage(
        document.kind,
        document.mark,
        document.lead,
        Facts(rows, caption=document.title),
        tuple(_parts(document)),
    )


def _parts(document: Document) -> Iterator[Part]:
    for one in document.sections:
        tables = tuple(_table(rows) for rows in one.tables)
        yield Part(one.heading, one.warnings, one.said, _picture(one), tables)


def _picture(section: Section) -> Picture | None:
    figure = section.figure
    if figure is None:
        return None
    # As an image of its own: the page allows no style inside it, and a picture brings its own.
    address = "data:image/svg+xml;base64," + b64encode(figure.svg.encode()).decode()
    return Picture(address, f"{figure.title}. {figure.description}")


def _table(rows: Rows) -> ReportTable:
    """Where what a row is called says everything, its one value needs no name."""
    values = ("",) if rows.heads[0] in PLAIN and len(rows.heads) == 2 else rows.heads[1:]
    told = tuple((row[0], tuple(zip(values, row[1:], strict=True))) for row in rows.rows)
    numbered = any(row[0][:1].isdigit() for row in rows.rows)
    return ReportTable(rows.caption, rows.note, rows.heads, told, rows.heads[0] if numbered else "")
