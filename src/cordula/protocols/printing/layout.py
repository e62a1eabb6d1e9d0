"""Plain text that fits a terminal and a sheet of paper: paragraphs that hang, and tables in columns."""

from collections.abc import Iterable, Sequence
from itertools import zip_longest
from textwrap import wrap

from cordula.display import plain

WIDTH = 96


def hanging(text: str, indent: int, first: str = "") -> list[str]:
    """A paragraph whose lines all stand under the first, after a label of its own."""
    lead = first.ljust(indent)
    lines = wrap(plain(text), WIDTH - indent, break_long_words=False, break_on_hyphens=False)
    return [f"{lead if n == 0 else ' ' * indent}{line}" for n, line in enumerate(lines or [""])]


def labelled(label: str, text: str) -> list[str]:
    """“Label: text”, whose further lines stand under the text."""
    lead = f"    {label}: "
    return hanging(text, len(lead), lead)


def paragraph(text: str) -> list[str]:
    """A paragraph whose first line alone stands at the edge."""
    return wrap(plain(text), WIDTH, subsequent_indent=" " * 4, break_on_hyphens=False)


def beside(left: str, right: str) -> str:
    """Two texts on one line, the second at its end."""
    left, right = plain(left), plain(right)
    return f"{left}{right.rjust(max(WIDTH - len(left), len(right) + 2))}"


def heading(text: str) -> list[str]:
    return ["", text.upper(), "─" * WIDTH]


def columns(rows: Iterable[Sequence[str]], indent: int = 4) -> list[str]:
    """Rows of cells, each column as wide as its widest cell; the last one is wrapped where it must."""
    table = [[plain(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)][:-1]
    lines: list[str] = []
    for *cells, last in table:
        lead = " " * indent + "".join(f"{c:<{w}}  " for c, w in zip(cells, widths, strict=True))
        lines += [line.rstrip() for line in hanging(last, len(lead), lead)]
    return lines


def grid(rows: Iterable[Sequence[str]], indent: int, widest: int) -> list[str]:
    """Rows of cells, each wrapped to so many characters, so that a table of many columns still fits."""
    table = [[wrap(plain(cell), widest) or [""] for cell in row] for row in rows]
    lines: list[Sequence[str]] = []
    for row in table:
        lines += zip_longest(*row, fillvalue="")
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return [(" " * indent + "  ".join(map(str.ljust, line, widths))).rstrip() for line in lines]
