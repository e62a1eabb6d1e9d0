"""What does an arm's Kaplan–Meier curve say of an infant whose time is censored, and how surely?"""

from dataclasses import dataclass

import numpy as np

from cordula.stats.models.inputs import Flags, Floats, Whole


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """Kaplan–Meier of one arm: S just after `at` (k + 1,), whose first step is before any event.

    `last` is the last time known; infinite where the curve reaches nought. `influence` (n, k + 1) is how
    S moves with each infant's weight."""

    at: Floats
    survival: Floats
    last: float
    influence: Floats

    def step(self, time: Floats) -> Whole:
        return np.asarray(np.searchsorted(self.at, time, side="right") - 1, dtype=np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """One arm's part in a product: for infants (n,) and asked times (k,)."""

    chance: Floats
    own: Whole
    steps: Whole
    active: Flags


def curve(time: Floats, seen: Flags) -> Curve:
    """The curve of one arm. Its influence is −exp(−Λ̂) ∫ dM/Y, Λ̂ of Nelson–Aalen (Ozenne et al. 2021)."""
    at = np.unique(time[seen])
    risk = (time[:, None] >= at).astype(np.float64)
    died = ((time[:, None] == at) & seen[:, None]).astype(np.float64)
    y, d = risk.sum(axis=0), died.sum(axis=0)
    survival = np.cumprod(1.0 - d / y)
    martingale = np.cumsum((died - risk * d / y) / y, axis=1)
    moved = -np.exp(-np.cumsum(d / y)) * martingale
    influence = np.hstack([np.zeros((time.size, 1)), moved])
    ends = np.inf if survival.size and survival[-1] <= 0.0 else float(time.max())
    return Curve(
        np.concatenate([[-np.inf], at]), np.concatenate([[1.0], survival]), ends, influence
    )


def still_free(time: Floats, seen: Flags, of: Curve, asked: Floats) -> Side:
    """The chance that each infant's event comes at `asked` or later: (n, k), at least so much."""
    own, steps = of.step(time), of.step(asked)
    known = np.where(asked <= of.last, of.survival[steps], 0.0)
    ratio = known / np.where(seen, 1.0, of.survival[own])[:, None]
    after = asked > time[:, None]
    chance = np.where(after, np.where(seen[:, None], 0.0, ratio), 1.0)
    return Side(chance, own, steps, after & ~seen[:, None] & (asked <= of.last))


def falls_on(time: Floats, seen: Flags, of: Curve) -> Side:
    """The chance that each infant's event falls on each step of her arm's curve: (n, k)."""
    own, steps = of.step(time), np.arange(1, of.at.size)
    drops = -np.diff(of.survival)
    after = (of.at[1:] > time[:, None]) & ~seen[:, None]
    guessed = drops / np.where(seen, 1.0, of.survival[own])[:, None]
    exactly = (of.at[1:] == time[:, None]) & seen[:, None]
    return Side(np.where(after, guessed, exactly.astype(np.float64)), own, steps, after)


def moved_free(side: Side, weight: Floats, of: Curve) -> Floats:
    """How Σ weight · chance moves with each infant's weight, through the curve: (n,)."""
    slope = _slope(side, weight, of)
    pull = np.zeros(of.at.size)
    np.add.at(pull, side.steps, slope.sum(axis=0))
    np.add.at(pull, side.own, -(slope * side.chance).sum(axis=1))
    return of.influence @ pull


def moved_falls(side: Side, weight: Floats, of: Curve) -> Floats:
    """As `moved_free`, for the chances of falling on a step."""
    slope = _slope(side, weight, of)
    pull = np.zeros(of.at.size)
    np.add.at(pull, side.steps - 1, slope.sum(axis=0))
    np.add.at(pull, side.steps, -slope.sum(axis=0))
    np.add.at(pull, side.own, -(slope * side.chance).sum(axis=1))
    return of.influence @ pull


def _slope(side: Side, weight: Floats, of: Curve) -> Floats:
    """The weights over S at each infant's own time; nought where the curve has no say."""
    own = np.where(side.active, of.survival[side.own][:, None], 1.0)
    return np.asarray(np.where(side.active, weight, 0.0) / own, dtype=np.float64)
