"""By how much must a lever be pulled for an outcome to reach a value? First for the child, then for those beside her."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from cordula.heart.expression import Values

# Who of many is meant, by number.
Who = NDArray[np.int64]
# What is missed, for positions from 0 to 1 of shape (k,): of the child, or of those of many who are meant.
Missed = Callable[[Values], Values]
MissedBySome = Callable[[Values, Who], Values]
# The last is in the outcome's unit: a hundredth of a percentage point.
GRID, TURNS, NEAR = 9, 8, 1e-4
FIRST_STEP = 0.9


def reached(missed: Missed) -> float:
    """The first position of one child at which nothing is missed; NaN where there is none between 0 and 1.

    A row of positions finds where the sign changes; the chord of Illinois (Dowell & Jarratt 1971, BIT 11:168) narrows it."""
    at = np.linspace(0.0, 1.0, GRID)
    left = missed(at)
    crossed = np.flatnonzero((left[:-1] < 0) & (left[1:] >= 0))
    if not crossed.size:
        return float("nan")
    first = int(crossed[0])
    return _narrowed(missed, at[first], at[first + 1], left[first], left[first + 1])


def _narrowed(missed: Missed, low: float, high: float, below: float, above: float) -> float:
    best = high
    for _ in range(TURNS):
        best = (low * above - high * below) / (above - below)
        now = float(missed(np.array([best]))[0])
        if abs(now) <= NEAR:
            break
        if now < 0:
            low, below, above = best, now, above / 2
        else:
            high, above, below = best, now, below / 2
    return float(best)


def reached_by_all(missed: MissedBySome, child: float, count: int) -> Values:
    """The same for many at once, by secants from where the child arrived; NaN for those who do not arrive.

    Only those who are still away, and still move, are asked again."""
    everyone = np.arange(count)
    before, at = np.full(count, FIRST_STEP * child), np.full(count, child)
    left_before, left = missed(before, everyone), missed(at, everyone)
    away = everyone
    for _ in range(TURNS):
        away = away[np.abs(left[away]) > NEAR]
        following = _following(before[away], at[away], left_before[away], left[away])
        moving = following != at[away]
        away, following = away[moving], following[moving]
        if not away.size:
            break
        before[away], left_before[away] = at[away], left[away]
        at[away], left[away] = following, missed(following, away)
    return np.where(np.abs(left) <= NEAR, at, np.nan)


def _following(before: Values, at: Values, left_before: Values, left: Values) -> Values:
    """Where the secant meets nothing missed, between 0 and 1; where it has none, no move."""
    with np.errstate(all="ignore"):
        secant = at - left * (at - before) / (left - left_before)
    return np.clip(np.where(np.isfinite(secant), secant, at), 0.0, 1.0)
