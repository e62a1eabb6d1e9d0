"""Beyond which value of the statistic does the trial stop at each look, and where does it stand?"""

from collections.abc import Sequence
from math import isfinite
from typing import TYPE_CHECKING

from cordula.trial.design import Design
from cordula.trial.monitoring.interim import Bound, bounds_of
from cordula.trial.report.figure import BRAND, INK, INK_2, RULE, Figure, drawn

if TYPE_CHECKING:
    from matplotlib.axes import Axes

HEADS = ("Look", "Information", "Bound on z", "Futility", "Level spent by then")
Points = Sequence[tuple[float, float]]


def planned(design: Design) -> Figure:
    """The bounds as the protocol has them."""
    return boundaries(
        bounds_of(design, (), 0), design.sides, "bounds", "The bounds as they were planned"
    )


def boundaries(
    bounds: Sequence[Bound], sides: int, name: str, title: str, seen: Points = ()
) -> Figure:
    """seen: information and z at each look that was held; z is from the first arm − the last."""

    def paint(axes: "Axes") -> None:
        _paint(axes, bounds, sides, seen)

    either = "above or below the lines" if sides == 2 else "beyond the line"
    says = f"The trial stops for a difference {either}; {len(bounds)} looks, {len(seen)} held."
    return drawn(paint, name, title, says, [HEADS, *map(row, bounds)])


def row(one: Bound) -> tuple[str, ...]:
    return (
        f"{one.look}{', held' if one.held else ''}",
        f"{100 * one.information:.1f} %",
        bound(one),
        "none" if one.futility is None else f"{one.futility:.3f}",
        f"{one.spent:.5f}",
    )


def bound(one: Bound) -> str:
    """In words where nothing is tested at this look."""
    return f"{one.critical:.3f}" if isfinite(one.critical) else "not tested here"


def _paint(axes: "Axes", bounds: Sequence[Bound], sides: int, seen: Points) -> None:
    tested = [one for one in bounds if isfinite(one.critical)]
    at = [one.information for one in tested]
    critical = [one.critical for one in tested]
    axes.plot(at, critical, color=BRAND, marker="s", label="bound for a difference")
    if sides == 2:
        axes.plot(at, [-one for one in critical], color=BRAND, marker="s")
    inner = [(one.information, one.futility) for one in bounds if one.futility is not None]
    if inner:
        axes.plot(*zip(*inner, strict=True), color=INK_2, marker="^", ls="--", label="futility")
    if seen:
        axes.plot(*zip(*seen, strict=True), color=INK, marker="o", ls=":", label="seen")
    axes.axhline(0, color=RULE, linewidth=0.8)
    axes.margins(y=0.2)
    axes.set_xlim(0, 1.04)
    axes.set_xlabel("share of the planned information")
    axes.set_ylabel("z (first arm − last arm)")
    axes.legend(frameon=False, fontsize=9, loc="upper left")
