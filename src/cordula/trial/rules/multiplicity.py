"""Which of several endpoints does a set of P values find, without finding too often what is not there?

One rule for simulated and for real P values: `Multiplicity.found(p, alpha)`."""

from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Found = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Multiplicity:
    """none (each at the full level), fixed_sequence, holm, hochberg, or graphical with its weights."""

    method: str
    order: tuple[str, ...]
    weights: tuple[Decimal, ...] = ()
    passes_on: tuple[tuple[Decimal, ...], ...] = ()

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
        weights = np.array(self.weights, dtype=float)
        passes = np.array(self.passes_on, dtype=float)
        found = np.zeros(len(p), dtype=bool)
        while (crossed := np.flatnonzero(~found & (p <= weights * alpha))).size:
            one = int(crossed[0])
            found[one] = True
            weights, passes = _handed_on(weights, passes, one)
        return [bool(one) for one in found]


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
