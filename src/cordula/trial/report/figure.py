"""A picture with its words and its rows: SVG that a screen reader can name, and the table that says the same."""

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# The interface's own colours: no green and no red, because no side of a plot is the good one.
INK, INK_2, RULE, BRAND = "#10222a", "#42555e", "#6d7f87", "#0d5362"
# Text stays text: no font travels with the picture. A fixed salt keeps its bytes the same.
SETTINGS: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "cordula",
    "font.family": "sans-serif",
    "font.sans-serif": ["IBM Plex Sans", "Noto Sans", "Arial", "DejaVu Sans", "sans-serif"],
    "font.size": 10,
    "axes.edgecolor": RULE,
    "axes.labelcolor": INK_2,
    "xtick.color": INK_2,
    "ytick.color": INK_2,
    "text.color": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
}
WIDE, HIGH = 8.0, 3.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """`name` is that of its files; `rows` begin with their headings."""

    name: str
    title: str
    description: str
    svg: str
    rows: tuple[tuple[str, ...], ...]

    def write(self, folder: Path) -> tuple[Path, Path]:
        """The picture and its table, side by side."""
        picture, table = folder / f"{self.name}.svg", folder / f"{self.name}.csv"
        out = StringIO()
        csv.writer(out, lineterminator="\n").writerows(self.rows)
        picture.write_text(self.svg, encoding="utf-8")
        table.write_text(out.getvalue(), encoding="utf-8")
        return picture, table


def drawn(
    paint: Callable[["Axes"], None],
    name: str,
    title: str,
    description: str,
    rows: Sequence[Sequence[str]],
    high: float = HIGH,
) -> Figure:
    """One picture of one pair of axes. rows begin with their headings."""
    import matplotlib as mpl
    from matplotlib.figure import Figure as Canvas

    out = StringIO()
    with mpl.rc_context(SETTINGS):
        canvas = Canvas(figsize=(WIDE, high), layout="constrained")
        paint(canvas.subplots())
        canvas.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    svg = _named(out.getvalue(), name, title, description)
    kept = tuple(tuple(row) for row in rows)
    return Figure(name=name, title=title, description=description, svg=svg, rows=kept)


def _named(svg: str, name: str, title: str, description: str) -> str:
    """Title and description first, as a screen reader needs them."""
    start = svg.index("<svg")
    end = svg.index(">", start)
    label = f' role="img" aria-labelledby="{name}-title {name}-desc"'
    words = (
        f'\n <title id="{name}-title">{escape(title)}</title>'
        f'\n <desc id="{name}-desc">{escape(description)}</desc>'
    )
    return f"{svg[start:end]}{label}>{words}{svg[end + 1 :]}"
