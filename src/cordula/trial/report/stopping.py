"""How near is each count of deaths or serious events to the number that stops the trial?"""

from typing import TYPE_CHECKING

import numpy as np

from cordula.trial.report.figure import BRAND, INK, Figure, drawn
from cordula.trial.rules import SafetyRule

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def stopping(rule: SafetyRule, events: int | None = None, counted: int = 0) -> Figure:
    """The rule's table as a staircase; with events and counted, where the real trial stands."""
    from cordula.stats.stopping import stopping_table

    children = np.arange(1, rule.children + 1)
    there = rule.stops_at <= children

    def paint(axes: "Axes") -> None:
        axes.step(children[there], rule.stops_at[there], where="mid", color=BRAND, label="stops")
        if events is not None and counted:
            axes.plot([counted], [events], "o", color=INK, label="stands here")
        axes.set_xlim(0, rule.children + 1)
        axes.set_ylim(bottom=-0.3)
        axes.set_xlabel(f"children of the arm “{rule.arm}” counted")
        axes.set_ylabel("with the event")
        axes.legend(frameon=False, fontsize=9, loc="lower right")

    rows = [("Children counted", "Stop with so many or more")]
    for one in stopping_table(rule.stopping):
        counted_words = f"{one.first}" if one.first == one.last else f"{one.first} to {one.last}"
        rows.append((counted_words, "no number stops" if one.count is None else f"{one.count}"))
    says = f"On or above the staircase the rule stops the trial; acceptable is {rule.acceptable}."
    return drawn(paint, f"stopping-{rule.id}", f"Stopping rule: {rule.title}", says, rows)
