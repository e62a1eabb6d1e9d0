"""Where does an interval lie beside “no difference”? A small drawing whose places are worked out here, without a script or a style."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import log
from typing import Any

Values = Mapping[str, Any]
# The width of the drawing in its own units, and the margin where an end that runs on is drawn to the edge.
WIDTH, MARGIN = 200.0, 8.0
# A proportion is drawn on the whole line from 0 to 1; everything else within its own interval and no effect.
WHOLE = (0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Band:
    """Places from the left; `nothing` is where there is no difference, None where nothing is compared."""

    low: str
    estimate: str
    high: str
    nothing: str | None
    width: str = f"{WIDTH:g}"


def band(answer: Values, found: Values) -> Band | None:
    """None where a limit has no end: such an interval has no place to be drawn."""
    ends = [_on_scale(answer, found[key]) for key in ("low", "estimate", "high")]
    low, middle, high = ends
    if low is None or middle is None or high is None:
        return None
    nothing = 0.0 if answer["compares"] else None
    start, end = WHOLE if answer["unit"] == "proportion" else _reach(low, high, nothing)
    return Band(
        low=_place(low, start, end),
        estimate=_place(middle, start, end),
        high=_place(high, start, end),
        nothing=None if nothing is None else _place(nothing, start, end),
    )


def _on_scale(answer: Values, number: float | None) -> float | None:
    """A ratio by its logarithm, so that a half and a double lie equally far from one."""
    if answer["scale"] != "log" or number is None:
        return number
    return log(number) if number > 0 else None


def _reach(low: float, high: float, nothing: float | None) -> tuple[float, float]:
    """As far to one side of no effect as to the other: neither side looks longer."""
    if nothing is None:
        room = (high - low) or 1.0
        return low - room / 4, high + room / 4
    furthest = max(abs(low - nothing), abs(high - nothing)) or 1.0
    return nothing - furthest, nothing + furthest


def _place(x: float, start: float, end: float) -> str:
    return f"{MARGIN + (x - start) / (end - start) * (WIDTH - 2 * MARGIN):.1f}"
