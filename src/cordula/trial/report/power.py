"""How often does the design find a difference, under each truth that was tried?"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cordula.trial.design import Design
from cordula.trial.printing.numbers import rate
from cordula.trial.report.figure import BRAND, INK_2, RULE, Figure, drawn
from cordula.trial.simulation import OperatingCharacteristics

if TYPE_CHECKING:
    from matplotlib.axes import Axes

HEADS = ("Scenario", "Is there a difference?", "Finds one", "of it higher", "of it lower")


def power(design: Design, found: Sequence[OperatingCharacteristics]) -> Figure:
    """One line for each scenario, the null one on top; the line of the level is drawn where it must lie below."""

    def paint(axes: "Axes") -> None:
        for at, one in enumerate(reversed(found)):
            share = one.found[one.decided_by]
            filled = "none" if one.false else BRAND
            axes.errorbar(100 * share.value, at, xerr=200 * share.error, color=BRAND, marker="o",
                          markerfacecolor=filled, capsize=3, markersize=8)  # fmt: skip
        axes.axvline(100 * float(design.alpha), color=RULE, ls="--")
        axes.annotate(f"level {design.alpha}", (100 * float(design.alpha), len(found) - 0.45),
                      (4, 0), textcoords="offset points", fontsize=9, color=INK_2)  # fmt: skip
        axes.set_yticks(range(len(found)), [one.scenario for one in reversed(found)])
        axes.set_ylim(-0.6, len(found) - 0.2)
        axes.set_xlim(0, 100)
        axes.set_xlabel("trials that find a difference, in 100 (± 2 Monte Carlo errors)")

    says = (
        "A hollow mark is a truth without a difference: whatever is found there is found wrongly."
    )
    rows = [HEADS, *map(row, found)]
    title = "How often the design finds a difference"
    return drawn(paint, "power", title, says, rows, high=1.4 + 0.5 * len(found))


def row(one: OperatingCharacteristics) -> tuple[str, ...]:
    return (
        one.scenario,
        "no" if one.false else "yes",
        rate(one.found[one.decided_by]),
        rate(one.higher),
        rate(one.lower),
    )
