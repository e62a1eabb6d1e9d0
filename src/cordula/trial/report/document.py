"""What is a report made of? Headings, sentences, tables, and pictures that have their table with them.

One document becomes a page of the site, a file of HTML and a tagged PDF: all three say the same."""

from dataclasses import dataclass

from cordula.trial.report.figure import Figure

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The first cell of a row names it. note: what must be known to read the numbers."""

    caption: str
    heads: Row
    rows: tuple[Row, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """warnings come before all else of the section, because nothing else should be read without them."""

    heading: str
    said: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    figure: Figure | None = None
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """kind: simulation, open or closed. An open and a closed report say on every page which of them they are.

    facts: label and value of everything that is needed to make the same report again."""

    kind: str
    name: str
    title: str
    lead: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    # Told of children who do not exist: no paper may leave that out.
    practice: bool = False

    @property
    def mark(self) -> str:
        """What stands on every page."""
        return f"{PRACTICE} {MARKS[self.kind]}" if self.practice else MARKS[self.kind]


PRACTICE = "PRACTICE DATA. These children are not real."
MARKS = {
    "simulation": "Simulation. Nothing here is about real children.",
    "open": "OPEN PART. All children together; nothing here tells the arms apart.",
    "closed": "CLOSED PART. By arm, for members of the safety board alone.",
}


def table_of(figure: Figure) -> Table:
    """The rows of a picture, as the table that goes with it."""
    return Table(figure.title, figure.rows[0], figure.rows[1:])
