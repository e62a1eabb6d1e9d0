"""What do lists, facts, signatures and problems need to be told?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from cordula_web.frame.parts.page import Action, Text


@dataclass(frozen=True)
class WorkRow:
    title: Text
    url: str
    status: object
    due: Text = ""
    due_at: datetime | None = None
    din: str = ""
    subject: Text = ""
    next: Text = ""
    who: Text = ""
    changed: bool = False
    late: bool = False
    word: Text = ""  # instead of the usual word of the status


@dataclass(frozen=True)
class WorkList:
    caption: Text
    rows: Sequence[WorkRow]
    empty: Text = ""
    empty_next: Text = ""


@dataclass(frozen=True)
class Fact:
    label: Text
    value: Text
    note: Text = ""


@dataclass(frozen=True)
class Facts:
    rows: Sequence[Fact]
    caption: Text = ""


@dataclass(frozen=True)
class TableCell:
    """One value; a status is drawn with its shape, `id` sets the type of identifiers.

    With `column` a narrow screen, which has no room for the heads, names the value by it."""

    text: Text = ""
    note: Text = ""
    url: str = ""
    status: object = ""
    id: bool = False
    din: str = ""
    column: Text = ""


@dataclass(frozen=True)
class TableRow:
    cells: Sequence[TableCell]  # the first names the row
    struck: Text = ""  # why it no longer counts
    level: int = 0  # how deep it lies under the rows above


@dataclass(frozen=True)
class Table:
    caption: Text
    heads: Sequence[Text]
    rows: Sequence[TableRow]
    empty: Text = ""
    note: Text = ""

    def named(self) -> "Table":
        """The same, each value named by its column where a screen is narrow; what is empty needs no name."""
        return replace(self, rows=tuple(self._named(row) for row in self.rows))

    def _named(self, row: TableRow) -> TableRow:
        first, *others = row.cells
        heads = zip(others, self.heads[1:], strict=True)
        named = (replace(cell, column=head if cell.text else "") for cell, head in heads)
        return replace(row, cells=(first, *named))


@dataclass(frozen=True)
class Problem:
    text: Text
    url: str  # "#id_volume"


@dataclass(frozen=True)
class SignPanel:
    title: Text
    statement: Text  # the meaning of the signature, one sentence
    name: Text
    button: Text
    url: str = ""
    role: Text = ""
    warning: Text = ""
    hidden: Sequence[tuple[str, str]] = ()
    refuse: Action | None = None
    earlier: Sequence[Fact] = ()


@dataclass(frozen=True)
class Side:
    """A box beside the main part."""

    id: str
    title: Text
    sentence: Text = ""
    phone: str = ""
    phone_note: Text = ""
    facts: Facts | None = None
    actions: Sequence[Action] = ()
