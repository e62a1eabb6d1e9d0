"""The funnel plot: each study's estimate against its standard error, within the limits that chance alone would draw."""

from typing import TYPE_CHECKING

from cordula.evidence.answer import Answer
from cordula.evidence.plots.figure import BRAND, INK_2, RULE_2, SETTINGS, Figure, finished
from cordula.evidence.scales import usable
from cordula.evidence.words import measure

if TYPE_CHECKING:
    from matplotlib.axes import Axes

HEADINGS = ("Study", "Estimate on the pooled scale", "Standard error")
SCALES = {"identity": "estimate", "log": "logarithm of the ratio", "logit": "logarithm of the odds"}
Z = 1.96


def funnel(answer: Answer) -> Figure | None:
    """None below two studies with standard errors: one point is no funnel."""
    y, se = usable(answer.inputs)
    if len(y) < 2:
        return None
    import matplotlib as mpl
    from matplotlib.figure import Figure as Canvas

    from cordula.stats.synthesis.pooling import fixed_effect

    with mpl.rc_context(SETTINGS):
        canvas = Canvas(figsize=(6.0, 4.2), layout="constrained")
        axes = canvas.add_subplot()
        _limits(axes, fixed_effect(y, se).estimate, max(se) * 1.15)
        axes.scatter(y, se, s=36, color=BRAND, zorder=3)
        kept = [one for one in answer.inputs if one.y is not None]
        for one, at, error in zip(kept, y, se, strict=True):
            axes.annotate(one.name, (at, error), xytext=(6, 2), textcoords="offset points", size=8)
        axes.set_xlabel(f"{SCALES[answer.asked.scale]} ({answer.asked.unit})")
        axes.set_ylabel("standard error (precise studies above)")
        rows = [
            (one.name, f"{at:.4g}", f"{error:.4g}")
            for one, at, error in zip(kept, y, se, strict=True)
        ]
        title = f"{measure(answer.asked.measures[0]).words}: funnel of {len(y)} studies"
        return finished(
            canvas, answer.key, "funnel", title, answer.small_studies, [HEADINGS, *rows]
        )


def _limits(axes: "Axes", centre: float, deepest: float) -> None:
    """Within these lines lie 95% of studies of that precision, if all had one truth."""
    axes.plot([centre, centre], [0, deepest], color=RULE_2, linewidth=1)
    for side in (-Z, Z):
        axes.plot(
            [centre, centre + side * deepest],
            [0, deepest],
            color=INK_2,
            linewidth=1,
            linestyle="--",
        )
    axes.set_ylim(deepest, 0)
