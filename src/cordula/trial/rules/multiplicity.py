"""Which of several endpoints may be found, without finding too often what is not there?

One rule for simulated and for real P values. `Multiplicity.found(p, alpha)` judges P values of one moment;
`shares(found)` says how much of the level each endpoint has once these are found, which `rules.several` asks at
every look."""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from cordula.stats.refusals import CannotBe

Floats = NDArray[np.float64]
Found = NDArray[np.bool_]

# What a method stops a trial with where the protocol does not say it: where one endpoint comes before the others,
# with that one, and where none does, with all of them.
STOPS_WITH = {"none": "first", "fixed_sequence": "first"}
METHODS = ("none", "fixed_sequence", "holm", "hochberg", "graphical")


@dataclass(frozen=True, slots=True, kw_only=True)
class Multiplicity:
    """none (each at the full level), fixed_sequence, holm, hochberg, or graphical with its weights.

    stops_with: whether a trial ends once the first, any, or all of its endpoints are found; no choice lets it find
    more than its level of what is not there."""

    method: str
    order: tuple[str, ...]
    weights: tuple[Decimal, ...] = ()
    passes_on: tuple[tuple[Decimal, ...], ...] = ()
    stops_with: str = ""

    def __post_init__(self) -> None:
        if self.method != "graphical":
            return
        for name, share in zip(self.order, _reached(self), strict=True):
            if not share > 0:
                raise CannotBe(
                    f"“{name}” can never be tested: it has no weight, and no arrow of “passes_on” brings it any"
                )

    @property
    def stopping(self) -> str:
        """first, any or all: as the protocol says it, else as goes with the method."""
        return self.stops_with or STOPS_WITH.get(self.method, "all")

    @property
    def at_the_end(self) -> bool:
        """Whether nothing is tested before the last look: so by Hochberg, whose step up rests on Simes’ inequality
        for P values of one moment; over several looks nobody has shown that it keeps its level."""
        return self.method == "hochberg"

    def shares(self, found: tuple[bool, ...]) -> tuple[float, ...]:
        """The share of the level at which each endpoint is tested once these are found; 0 where it waits or is
        found already. By Hochberg `found` shares the level out; told here is the equal part of those left."""
        return _shares(self, found)

    def found(self, p: Floats, alpha: float) -> Found:
        """Whether each endpoint is found. p: shape (trials, endpoints) in this order, NaN counts as 1."""
        p = np.where(np.isnan(p), 1.0, p)
        if self.method == "none":
            return np.asarray(p <= alpha)
        if self.method == "fixed_sequence":
            return np.asarray(np.cumprod(p <= alpha, axis=1), dtype=bool)
        if self.method == "graphical":
            return np.array([self._graph(row, alpha) for row in p])
        return _by_steps(p, alpha, up=self.method == "hochberg")

    def _graph(self, p: Floats, alpha: float) -> list[bool]:
        """Bretz, Maurer, Brannath, Posch 2009 (doi:10.1002/sim.3495), algorithm 1."""
        found = [False] * len(p)
        levels = [share * alpha for share in self.shares(tuple(found))]
        while crossed := [i for i, level in enumerate(levels) if level > 0 and p[i] <= level]:
            for one in crossed:
                found[one] = True
            levels = [share * alpha for share in self.shares(tuple(found))]
        return found


@lru_cache(maxsize=1024)
def _shares(rule: Multiplicity, found: tuple[bool, ...]) -> tuple[float, ...]:
    left = [not one for one in found]
    if rule.method == "none":
        return tuple(float(one) for one in left)
    if rule.method == "fixed_sequence":
        return tuple(float(one and not any(left[:place])) for place, one in enumerate(left))
    if rule.method == "graphical":
        return _of_graph(rule, found)
    return tuple(one / max(1, sum(left)) for one in left)


def _of_graph(rule: Multiplicity, found: tuple[bool, ...]) -> tuple[float, ...]:
    """The weights once these are found; the order in which they were does not matter (Bretz et al. 2009, lemma 1)."""
    weights = np.array(rule.weights, dtype=float)
    passes = np.array(rule.passes_on, dtype=float)
    for one in np.flatnonzero(found).tolist():
        weights, passes = _handed_on(weights, passes, one)
    return tuple(weights.tolist())


def _reached(rule: Multiplicity) -> tuple[float, ...]:
    """What each endpoint has once all the others are found, which is the most that it can ever have."""
    count = len(rule.order)
    return tuple(
        _of_graph(rule, tuple(other != one for other in range(count)))[one] for one in range(count)
    )


def _handed_on(weights: Floats, passes: Floats, one: int) -> tuple[Floats, Floats]:
    """The graph without this endpoint: its weight goes along its arrows, and arrows that went through it on."""
    after = weights + weights[one] * passes[one]
    after[one] = 0.0
    round_trip = 1 - passes[:, one] * passes[one, :]
    through = passes + np.outer(passes[:, one], passes[one, :])
    with np.errstate(divide="ignore", invalid="ignore"):
        left = np.where(round_trip[:, None] > 0, through / round_trip[:, None], 0.0)
    left[one, :], left[:, one] = 0.0, 0.0
    np.fill_diagonal(left, 0.0)
    return after, left


def _by_steps(p: Floats, alpha: float, up: bool) -> Found:
    """Holm 1979 from the smallest P value on until one fails; Hochberg 1988 from the greatest until one does not."""
    count = p.shape[1]
    order = np.argsort(p, axis=1, kind="stable")
    passed = np.take_along_axis(p, order, axis=1) <= alpha / np.arange(count, 0, -1)
    if up:
        kept = np.flip(np.maximum.accumulate(np.flip(passed, axis=1), axis=1), axis=1)
    else:
        kept = np.minimum.accumulate(passed, axis=1)
    found = np.empty_like(kept)
    np.put_along_axis(found, order, kept, axis=1)
    return np.asarray(found, dtype=bool)
