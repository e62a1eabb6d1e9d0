"""Pressure against volume over one beat, before and after: a picture that stands in the page, with nothing fetched."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from cordula.heart.circulation import Steady

INK, INK_2, RULE, BRAND = "#10222a", "#42555e", "#6d7f87", "#0d5362"
SETTINGS: dict[Any, Any] = {
    "svg.fonttype": "path",
    "svg.hashsalt": "cordula",
    "font.size": 11,
    "axes.edgecolor": RULE,
    "axes.labelcolor": INK_2,
    "xtick.color": INK_2,
    "ytick.color": INK_2,
    "axes.spines.top": False,
    "axes.spines.right": False,
}


@dataclass(frozen=True, slots=True)
class Picture:
    """An SVG as an address of its own, and what it shows for those who do not see it."""

    source: str
    words: str


@dataclass(frozen=True, slots=True)
class Loop:
    """Pressure (mmHg) against volume (mL) of the measured ventricle over one beat, closed."""

    volume: Sequence[float]
    pressure: Sequence[float]


def loop_of(steady: "Steady") -> Loop:
    volume, pressure = steady.curves().loop(steady.circulation.circuit.measures.ventricle)
    return Loop([*volume, volume[0]], [*pressure, pressure[0]])


def loops(before: Loop, after: Loop | None, words: str) -> Picture:
    """One loop; with another drawn dashed and darker over it."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with rc_context(SETTINGS):
        figure = Figure(figsize=(4.2, 3.1))
        # Fixed margins: letting matplotlib find them takes as long as the whole model.
        axes = figure.add_axes((0.14, 0.17, 0.83, 0.79))
        _drawn(axes, before, RULE if after else BRAND, "-", _("before"))
        if after is not None:
            _drawn(axes, after, BRAND, "--", _("after"))
            axes.legend(frameon=False, fontsize=10, loc="upper left")
        axes.set_xlabel(_("volume, mL"))
        axes.set_ylabel(_("pressure, mmHg"))
        axes.set_xlim(left=0)
        axes.set_ylim(bottom=0)
        out = StringIO()
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    svg = out.getvalue().encode()
    return Picture(f"data:image/svg+xml;base64,{b64encode(svg).decode()}", words)


def _drawn(axes: Any, loop: Loop, colour: str, line: str, label: str) -> None:
    axes.plot(loop.volume, loop.pressure, color=colour, linestyle=line, linewidth=2.2, label=label)
