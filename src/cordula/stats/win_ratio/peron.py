"""Which of a pair is ahead where a time is censored? Péron's scoring, by the survival of each arm.

Péron et al. (2018), Stat Methods Med Res 27:1230–1239: a censored infant's event comes with the chances
that the Kaplan–Meier curve of her arm gives to the times after her last visit. Where a curve ends above
nought, what comes after is unknown, and the pair remains open by that much. The variance allows for both
curves having been estimated (Ozenne et al. 2021, Stat Methods Med Res 30:2198–2213)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cordula.stats.models.inputs import Floats
from cordula.stats.win_ratio.curves import (
    Curve,
    Side,
    curve,
    falls_on,
    moved_falls,
    moved_free,
    still_free,
)
from cordula.stats.win_ratio.endpoints import Hierarchy


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """Of each pair on one endpoint: the chance that arm 1 is ahead, and behind, (n1, n0)."""

    ahead: Floats
    behind: Floats

    def moved(self, ahead: Floats, behind: Floats) -> tuple[Floats, Floats]:
        """How Σ weight · chance moves with each infant's weight through the curves: (n1,) and (n0,)."""
        return np.zeros(len(self.ahead)), np.zeros(self.ahead.shape[1])


@dataclass(frozen=True, slots=True, eq=False)
class ScoredByCurves(Scored):
    """A time: the chances are products of `free` (so long or longer) and `falls` (just then)."""

    curves: tuple[Curve, Curve]
    free: tuple[Side, Side]
    falls: tuple[Side, Side]

    def moved(self, ahead: Floats, behind: Floats) -> tuple[Floats, Floats]:
        (one, two), (free1, free0), (falls1, falls0) = self.curves, self.free, self.falls
        first = moved_free(free1, ahead @ falls0.chance, one)
        first += moved_falls(falls1, behind @ free0.chance, one)
        second = moved_falls(falls0, ahead.T @ free1.chance, two)
        return first, second + moved_free(free0, behind.T @ falls1.chance, two)


@dataclass(frozen=True, slots=True, eq=False)
class Turned(Scored):
    """An endpoint on which less is better."""

    inner: Scored

    def moved(self, ahead: Floats, behind: Floats) -> tuple[Floats, Floats]:
        return self.inner.moved(behind, ahead)


def scored(of1: Hierarchy, of0: Hierarchy) -> list[Scored]:
    """Every pair on every endpoint, each as if the endpoints before it had left the pair open."""
    found = [_scored(of1, of0, e) for e in range(of1.sign.size)]
    return [s if of1.sign[e] > 0 else Turned(s.behind, s.ahead, s) for e, s in enumerate(found)]


def _scored(of1: Hierarchy, of0: Hierarchy, e: int) -> Scored:
    x, y, least = of1.value[e], of0.value[e], of1.least[e]
    if not of1.timed[e]:
        apart = x[:, None] - y[None, :]
        return Scored((apart >= least).astype(np.float64), (-apart >= least).astype(np.float64))
    seen1, seen0 = of1.seen[e], of0.seen[e]
    one, two = curve(x, seen1), curve(y, seen0)
    free = (
        still_free(x, seen1, one, two.at[1:] + least),
        still_free(y, seen0, two, one.at[1:] + least),
    )
    falls = falls_on(x, seen1, one), falls_on(y, seen0, two)
    ahead = free[0].chance @ falls[1].chance.T
    behind = (free[1].chance @ falls[0].chance.T).T
    return ScoredByCurves(ahead, behind, (one, two), free, falls)


def through_hierarchy(found: Sequence[Scored]) -> tuple[Floats, Floats]:
    """Chances of winning and of losing each pair on each endpoint: (endpoints, n1, n0) twice."""
    left = np.ones_like(found[0].ahead)
    won, lost = [], []
    for of in found:
        won.append(left * of.ahead)
        lost.append(left * of.behind)
        left = left * (1.0 - of.ahead - of.behind)
    return np.array(won), np.array(lost)


def moved_by_curves(found: Sequence[Scored], wins: bool) -> tuple[Floats, Floats]:
    """How the sum of wins (or losses) over pairs moves through the curves: (n1,) and (n0,)."""
    left, weights = np.ones_like(found[0].ahead), []
    for of in found:
        weights.append(left)
        left = left * (1.0 - of.ahead - of.behind)
    first, second = np.zeros(left.shape[0]), np.zeros(left.shape[1])
    later = np.zeros_like(left)
    for of, weight in zip(reversed(found), reversed(weights), strict=True):
        here, there = (weight * (1.0 - later), -weight * later)
        moved = of.moved(here, there) if wins else of.moved(there, here)
        first, second = first + moved[0], second + moved[1]
        gained = of.ahead if wins else of.behind
        later = gained + (1.0 - of.ahead - of.behind) * later
    return first, second
