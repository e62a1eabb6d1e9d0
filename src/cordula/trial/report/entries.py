"""How fast do children enter, as it was planned and as it went?"""

from typing import TYPE_CHECKING

from cordula.trial.design import Design
from cordula.trial.monitoring.accrual import Accrual
from cordula.trial.report.figure import BRAND, INK_2, RULE, Figure, drawn

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def looks_in_time(design: Design, per_month: float, follow_up: float) -> Figure:
    """When each look comes if children enter just as assumed. follow_up: months until a child is measured."""
    whole = design.participants / per_month
    looks = [(number / per_month + follow_up, number) for number in design.looks_after]

    def paint(axes: "Axes") -> None:
        last = looks[-1][0]
        axes.plot([0, whole, last], [0, *[design.participants] * 2], color=BRAND, label="entered")
        measured = [design.participants] * 2
        axes.plot(
            [follow_up, whole + follow_up], [0, measured[0]], color=INK_2, ls="--", label="measured"
        )
        for month, number in looks:
            axes.plot([month], [number], "o", color=BRAND)
            axes.annotate(f"look at {number}", (month, number), (-8, 6), ha="right",
                          textcoords="offset points", fontsize=9)  # fmt: skip
        _finish(axes, design.participants)

    rows = [("Look", "Children measured", "Month")]
    rows += [(f"{k}", f"{n}", f"{month:.1f}") for k, (month, n) in enumerate(looks, start=1)]
    says = (
        f"{per_month:g} children enter each month, and each is measured {follow_up:g} months after."
    )
    return drawn(paint, "entries", "When each look comes, as assumed", says, rows)


def accrual(told: Accrual) -> Figure:
    """Entries by month, beside the planned ones."""
    months = [one.month for one in told.months]
    entered = [one.entered for one in told.months]
    planned = [one.planned for one in told.months if one.planned is not None]

    def paint(axes: "Axes") -> None:
        axes.step([0, *months], [0, *entered], where="post", color=BRAND, lw=2, label="entered")
        if planned:
            axes.plot([0, *months], [0, *planned], color=INK_2, ls="--", label="planned")
        axes.axhline(told.planned, color=RULE, linewidth=0.8)
        _finish(axes, told.planned)

    rows = [("By the end of month", "Entered", "Planned by then")]
    rows += [(f"{m.month}", f"{m.entered}", _planned(m.planned)) for m in told.months]
    says = f"{told.entered} of {told.planned} children have entered."
    return drawn(paint, "accrual", "Children entered, and planned", says, rows)


def _planned(value: float | None) -> str:
    return "not told" if value is None else f"{value:.0f}"


def _finish(axes: "Axes", most: int) -> None:
    axes.set_ylim(0, most * 1.3)
    axes.set_xlim(left=0)
    axes.set_xlabel("months since the first child")
    axes.set_ylabel("children")
    axes.legend(frameon=False, fontsize=9, loc="upper left")
