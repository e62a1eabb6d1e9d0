"""The forest plot: each study's estimate with its interval, the pooled ones below, and directions where no number was read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING

from cordula.evidence.answer import Answer
from cordula.evidence.plots.figure import (
    BRAND,
    INK,
    INK_2,
    RULE,
    RULE_2,
    SETTINGS,
    Figure,
    finished,
)
from cordula.evidence.questions import Question
from cordula.evidence.scales import NO_EFFECT
from cordula.evidence.wording import written
from cordula.evidence.words import measure

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

ROW_INCHES, WIDTH_INCHES, AROUND_INCHES = 0.42, 9.0, 1.5
# Round numbers on a ratio's axis.
TICKS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100)
POOLED = {
    "bayes": "Pooled, posterior",
    "random": "Pooled, random effects",
    "fixed": "Pooled, one common effect",
    "prediction": "A further study",
    "bias_adjusted": "With room for bias",
}
HEADINGS = ("Study", "Design", "Children", "Estimate", "Low", "High", "Unit", "Source", "How")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the plot. Without an estimate it only says its direction."""

    label: str
    under: str
    n: str
    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    said: str = ""
    shape: str = "study"
    weight: float = 0.0
    source: str = ""
    how: str = ""


def forest(answer: Answer) -> Figure | None:
    """None where no study gives a number or a direction."""
    rows = [*_directions(answer), *_studies(answer), *_pooled(answer)]
    if not rows:
        return None
    import matplotlib as mpl
    from matplotlib.figure import Figure as Canvas

    with mpl.rc_context(SETTINGS):
        canvas = Canvas(figsize=(WIDTH_INCHES, AROUND_INCHES + ROW_INCHES * len(rows)))
        axes = _axes(canvas, len(rows))
        _draw(axes, answer.asked, rows)
        return finished(
            canvas,
            answer.key,
            "forest",
            _title(answer),
            " ".join(answer.in_words),
            [HEADINGS, *(_cells(answer.asked, row) for row in rows)],
        )


def _title(answer: Answer) -> str:
    what = measure(answer.asked.measures[0]).words
    return f"{what}, {answer.months:f} months: {len(answer.inputs)} with numbers"


def _axes(canvas: "Canvas", rows: int) -> "Axes":
    """Labels to the left, numbers to the right, the plot between."""
    height = AROUND_INCHES + ROW_INCHES * rows
    bottom, top = 0.85 / height, 1 - 0.45 / height
    return canvas.add_axes((0.36, bottom, 0.36, top - bottom))


def _studies(answer: Answer) -> Iterator[Row]:
    for one in answer.inputs:
        yield Row(
            label=one.name,
            under=one.design_words,
            n=str(one.n) if one.n is not None else "?",
            estimate=one.estimate,
            low=one.low,
            high=one.high,
            weight=one.weight or 0.0,
            source=one.source,
            how=one.how,
        )


def _directions(answer: Answer) -> Iterator[Row]:
    """Studies without numbers, and what the same hearts showed by other measures: part of the picture all the same."""
    for one in (*answer.directions, *answer.beside):
        p = f", P {one.p}" if one.p else ""
        time = f", {one.months:f} months" if one.months else ""
        yield Row(
            label=one.name,
            under=f"{one.measure_words}{time}",
            n=str(one.n) if one.n is not None else "?",
            said=f"{one.direction_words}{p} (numbers not read)",
            shape="words",
            source=one.source,
        )


def _pooled(answer: Answer) -> Iterator[Row]:
    if answer.pooled is None:
        return
    shown = {**POOLED, "bayes": "Posterior of one study"} if answer.pooled.k == 1 else POOLED
    for kind, label in shown.items():
        one = getattr(answer.pooled, kind)
        if one is not None:
            shape = "line" if kind == "prediction" else "diamond"
            yield Row(
                label=label,
                under="",
                n="",
                estimate=one.estimate,
                low=one.low,
                high=one.high,
                shape=shape,
                how=one.method,
            )


def _draw(axes: "Axes", asked: Question, rows: Sequence[Row]) -> None:
    low, high = _span(asked, rows)
    if asked.scale == "log":
        axes.set_xscale("log")
    axes.set_xlim(low, high)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    nothing = NO_EFFECT[asked.scale] if asked.compares else None
    drawn = [at for at, row in enumerate(rows) if row.estimate is not None]
    if nothing is not None and drawn:
        axes.plot([nothing] * 2, [drawn[0] - 0.6, drawn[-1] + 0.4], color=RULE_2, linewidth=1)
    for at, row in enumerate(rows):
        _row(axes, asked, row, at, (low, high))
    _label(axes, asked, rows)


def _span(asked: Question, rows: Sequence[Row]) -> tuple[float, float]:
    """What the axis shows: studies, the posterior and no effect. What reaches further is drawn to the edge, with an arrow."""
    if asked.scale == "logit":
        return -0.02, 1.02
    near = [row for row in rows if row.shape == "study"] + [r for r in rows if r.shape == "line"]
    ends = [x for row in near for x in (row.low, row.high) if x is not None and isfinite(x) and x]
    nothing = NO_EFFECT[asked.scale]
    ends += [nothing] if nothing is not None and asked.compares else []
    if asked.scale == "log":
        return min([*ends, 0.5]) / 1.25, max([*ends, 2.0]) * 1.25
    low, high = (min(ends), max(ends)) if len(ends) > 1 else (-1.0, 1.0)
    room = 0.06 * (high - low)
    return low - room, high + room


def _row(axes: "Axes", asked: Question, row: Row, at: int, span: tuple[float, float]) -> None:
    across = axes.get_yaxis_transform()
    lift = 0.14 if row.under else 0.0
    axes.text(-0.98, at - lift, row.label, transform=across, va="center", ha="left", color=INK)
    axes.text(-0.98, at + 0.24, row.under, transform=across, va="center", color=INK_2, size=7.5)
    axes.text(-0.06, at - lift, row.n, transform=across, va="center", ha="right", color=INK_2)
    if row.estimate is None or row.low is None or row.high is None:
        axes.text(0.03, at - lift, row.said, transform=across, va="center", ha="left", color=INK)
        return
    limits = f"{written(asked, row.low)} to {written(asked, row.high)}"
    numbers = f"{written(asked, row.estimate)}  ({limits})"
    axes.text(1.06, at, numbers, transform=across, va="center", ha="left", color=INK)
    _mark(axes, row, at, span)


def _mark(axes: "Axes", row: Row, at: int, span: tuple[float, float]) -> None:
    if row.estimate is None or row.low is None or row.high is None:
        return
    low, high = max(row.low, span[0]), min(row.high, span[1])
    color = {"diamond": INK, "line": INK_2}.get(row.shape, BRAND)
    if row.shape == "diamond":
        xs, ys = [low, row.estimate, high, row.estimate], [at, at - 0.2, at, at + 0.2]
        axes.fill(xs, ys, facecolor=RULE, edgecolor=INK, linewidth=1)
    else:
        axes.plot([low, high], [at, at], color=color, linewidth=1.5, solid_capstyle="butt")
    if row.shape == "study":
        side = 4 + 7 * row.weight**0.5
        axes.plot([row.estimate], [at], marker="s", markersize=side, color=color)
    for end, sign in (
        (low, "<" if row.low < low else "|"),
        (high, ">" if row.high > high else "|"),
    ):
        if sign != "|" or row.shape == "line":
            axes.plot([end], [at], marker=sign, markersize=6, color=color, clip_on=False)


def _label(axes: "Axes", asked: Question, rows: Sequence[Row]) -> None:
    whole = axes.transAxes
    axes.text(-0.06, 1.01, "n", transform=whole, ha="right", va="bottom", size=9, color=INK_2)
    axes.text(1.06, 1.01, "Estimate (95%)", transform=whole, va="bottom", size=9, color=INK_2)
    if all(row.estimate is None for row in rows):
        axes.set_xticks([])
        axes.spines["bottom"].set_visible(False)
        return
    if asked.scale == "log":
        low, high = axes.get_xlim()
        shown = [tick for tick in TICKS if low <= tick <= high]
        axes.set_xticks(shown, [f"{tick:g}" for tick in shown])
        axes.set_xticks([], minor=True)
    axes.set_xlabel(asked.effect.replace("_", " ") if asked.unit == "ratio" else asked.unit)
    if asked.compares:
        low_side, high_side = "← lower with cells", "higher with cells →"
        below = -0.55 / (ROW_INCHES * len(rows) + AROUND_INCHES - 1.3)
        axes.text(0, below, low_side, transform=whole, ha="left", va="top", size=8, color=INK_2)
        axes.text(1, below, high_side, transform=whole, ha="right", va="top", size=8, color=INK_2)


def _cells(asked: Question, row: Row) -> tuple[str, ...]:
    values = (row.estimate, row.low, row.high)
    numbers = tuple("" if x is None else f"{x:.4g}" for x in values)
    estimate = (row.said, *numbers[1:]) if row.estimate is None else numbers
    return (row.label, row.under, row.n, *estimate, asked.unit, row.source, row.how)
