"""A picture with its words and its rows: what a page, a file or a screen reader needs of a plot."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from cordula.evidence.plots.bare import bare

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Canvas

# The interface's own colours: no green and no red, because no side of a plot is the good one.
INK, INK_2, RULE, RULE_2 = "#10222a", "#42555e", "#d3dbdd", "#6d7f87"
BRAND, PAPER, WASH = "#0d5362", "#ffffff", "#f3f5f3"
FONTS = ["IBM Plex Sans", "Noto Sans", "Arial", "DejaVu Sans", "sans-serif"]
# Text stays text, named by family: no font travels with the picture. A fixed salt keeps the bytes the same.
SETTINGS: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "cordula",
    "font.family": "sans-serif",
    "font.sans-serif": FONTS,
    "font.size": 10,
    "axes.edgecolor": RULE_2,
    "axes.labelcolor": INK_2,
    "xtick.color": INK_2,
    "ytick.color": INK_2,
    "text.color": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """`name` is that of its files, `kind` how it is drawn; `rows` begin with their headings."""

    name: str
    kind: str
    title: str
    description: str
    svg: str
    rows: tuple[tuple[str, ...], ...]

    def csv(self) -> str:
        out = StringIO()
        csv.writer(out, lineterminator="\n").writerows(self.rows)
        return out.getvalue()

    def write(self, folder: Path) -> tuple[Path, Path]:
        """The picture and its table, side by side."""
        picture, table = folder / f"{self.name}.svg", folder / f"{self.name}.csv"
        picture.write_text(self.svg, encoding="utf-8")
        table.write_text(self.csv(), encoding="utf-8")
        return picture, table


def finished(
    canvas: "Canvas",
    key: str,
    kind: str,
    title: str,
    description: str,
    rows: Sequence[Sequence[str]],
) -> Figure:
    """The canvas as SVG with its title and description first, as a screen reader needs them."""
    out = StringIO()
    canvas.savefig(out, format="svg", metadata={"Date": None, "Creator": None}, transparent=False)
    name, told = f"{slug(key)}-{kind}", tuple(tuple(row) for row in rows)
    svg = _titled(bare(out.getvalue()), name, title, description)
    return Figure(name=name, kind=kind, title=title, description=description, svg=svg, rows=told)


def _titled(svg: str, name: str, title: str, description: str) -> str:
    start = svg.index("<svg")
    end = svg.index(">", start)
    label = f' role="img" aria-labelledby="{name}-title {name}-desc"'
    words = (
        f'\n <title id="{name}-title">{escape(title)}</title>'
        f'\n <desc id="{name}-desc">{escape(description)}</desc>'
    )
    return f"{svg[start:end]}{label}>{words}{svg[end + 1 :]}"


def slug(key: str) -> str:
    """“rvef-change@12” as a part of a file name and an id: “rvef-change-12mo”."""
    question, _, months = key.partition("@")
    return f"{question}-{months.replace('.', '-')}mo"
