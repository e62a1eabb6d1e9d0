"""What do the codes mean in the site's own licensed tables?

ICCBBA licenses its tables to each site, so none is part of this software. A site puts its own into a folder as CSV
files in UTF-8 with a first line of column names; each file may be missing, and then its codes are shown without a name.

| file                     | columns                 | for example (invented)            |
|--------------------------|-------------------------|-----------------------------------|
| product_descriptions.csv | code, name, attributes  | DAX12, Practice product, Practice |
| special_testing.csv      | code, name              | ZZ999, Practice test              |
| facilities.csv           | fin, name               | A9999, Practice facility          |
| manufacturers.csv        | code, name              | XX, Practice maker                |
| compound_messages.csv    | number, structures      | 999, 001 003 005                  |

`structures` are data structure numbers in their order, separated by spaces.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from cordula.labels.product import ProductCode


class TableError(ValueError):
    """A table of the site that cannot be read: the file, the line, what is wrong."""

    def __init__(self, file: Path, line: int | None, problem: str) -> None:
        super().__init__(file, line, problem)
        self.file, self.line, self.problem = file, line, problem

    def __str__(self) -> str:
        where = self.file.name if self.line is None else f"{self.file.name}, line {self.line}"
        return f"{where}: {self.problem}."


@dataclass(frozen=True, slots=True)
class TableFile:
    """The columns of a file, and what a key and a value in it look like."""

    columns: tuple[str, ...]
    key: re.Pattern[str]
    value: re.Pattern[str] = re.compile(r".*\S.*")


FILES = {
    "product_descriptions": TableFile(
        ("code", "name", "attributes"), re.compile("[A-Z][A-Z0-9]{4}")
    ),
    "special_testing": TableFile(("code", "name"), re.compile("[A-Z0-9]{5}")),
    "facilities": TableFile(("fin", "name"), re.compile("[A-NP-Z1-9][A-NP-Z0-9]{2}[0-9]{2}")),
    "manufacturers": TableFile(("code", "name"), re.compile("[A-Z0-9]{2}")),
    "compound_messages": TableFile(
        ("number", "structures"), re.compile("[0-9]{3}"), re.compile(r"[0-9]{3}( [0-9]{3})*")
    ),
}

Rows = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Tables:
    """Each table from its code to the columns after it."""

    product_descriptions: Rows = field(default_factory=dict)
    special_testing: Rows = field(default_factory=dict)
    facilities: Rows = field(default_factory=dict)
    manufacturers: Rows = field(default_factory=dict)
    compound_messages: Rows = field(default_factory=dict)

    def describe(self, product: ProductCode) -> str | None:
        """The product's name in the site's table, or None where the table does not have it."""
        row = self.product_descriptions.get(product.description_code)
        return row[0] if row else None

    @property
    def orders(self) -> dict[str, tuple[str, ...]]:
        """The numbered compound messages, as `scan` takes them."""
        return {number: tuple(row[0].split()) for number, row in self.compound_messages.items()}


def load(folder: Path) -> Tables:
    """The site's tables; empty where the folder, or a file in it, is missing."""
    for file in sorted(folder.glob("*.csv")):
        if file.stem not in FILES:
            names = ", ".join(f"{name}.csv" for name in FILES)
            raise TableError(file, None, f"not a table of this folder, which may hold {names}")
    return Tables(**{name: _rows(folder / f"{name}.csv", FILES[name]) for name in FILES})


def _rows(file: Path, table: TableFile) -> Rows:
    if not file.exists():
        return {}
    rows: dict[str, tuple[str, ...]] = {}
    for line, (key, *values) in _lines(file, table):
        if key in rows:
            raise TableError(file, line, f"{key} stands here a second time")
        rows[key] = tuple(values)
    return MappingProxyType(rows)


def _lines(file: Path, table: TableFile) -> Iterator[tuple[int, list[str]]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            reader = csv.reader(opened, strict=True)
            _check_heading(file, table, next(reader, []))
            for row in reader:
                if any(cell.strip() for cell in row):
                    yield reader.line_num, _checked(file, reader.line_num, table, row)
    except UnicodeDecodeError as error:
        raise TableError(file, None, "not written in UTF-8") from error
    except csv.Error as error:
        raise TableError(file, reader.line_num, f"not CSV ({error})") from error


def _check_heading(file: Path, table: TableFile, heading: list[str]) -> None:
    if tuple(cell.strip().lower() for cell in heading) != table.columns:
        expected, found = ", ".join(table.columns), ", ".join(heading) or "nothing"
        raise TableError(file, 1, f"the columns must be {expected}; found {found}")


def _checked(file: Path, line: int, table: TableFile, row: list[str]) -> list[str]:
    cells = [cell.strip() for cell in row]
    if len(cells) != len(table.columns):
        problem = f"{len(table.columns)} columns are needed; found {len(cells)}"
        raise TableError(file, line, problem)
    for column, cell, pattern in zip(table.columns, cells, (table.key, table.value), strict=False):
        if not pattern.fullmatch(cell):
            raise TableError(file, line, f"“{cell}” cannot be the {column}")
    return cells
