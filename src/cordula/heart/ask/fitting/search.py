"""Which scores are the most plausible, for what was read and for what is usual? Many children at once.

Levenberg 1944 (Q Appl Math 2:164), Marquardt 1963 (J Soc Ind Appl Math 11:431) on the residuals of the readings and of
the prior together: the mode of the posterior. Several dampings are tried in one run, as lanes."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cordula.heart.ask.fitting.model import Model
from cordula.heart.expression import Values
from cordula.vocabulary.words import said_later

MOST_TURNS = 40
DAMPINGS = np.array([0.03, 0.3, 1.0, 10.0])
LEAST_DAMPING, MOST_DAMPING = 1e-8, 1e8
# What a full step would still gain, as half a squared standard deviation. A search ends at the first; where a valve that
# closes one step earlier leaves no better place to be found, it is near enough at the second: a tenth of an SD.
GAIN, NEAR = 1e-5, 5e-3
EDGE = said_later(
    "these numbers lie at the edge of what this circulation can bear: beside them its body lacks oxygen"
)
FAR = "no most plausible circulation was found in {turns} turns"


@dataclass(frozen=True, slots=True)
class Modes:
    """`scores` (count, freedoms), `slopes` of every outcome there, `reasons` ("" where a mode was found)."""

    scores: Values
    values: Values
    slopes: Values
    turns: NDArray[np.int64]
    reasons: NDArray[np.str_]


def modes(model: Model, read: NDArray[np.int64], given: Values, sds: Values) -> Modes:
    """The modes for readings `given` with `sds`, both (count, readings), of the outcomes numbered `read`."""
    return _Search(model, read, given, sds).modes()


class _Search:
    def __init__(self, model: Model, read: NDArray[np.int64], given: Values, sds: Values) -> None:
        self.model, self.read, self.given, self.sds = model, read, given, sds
        count = len(given)
        self.scores = np.zeros((count, len(model.family.free)))
        self.damping = np.full(count, 1e-2)
        self.turns = np.zeros(count, dtype=np.int64)
        self.open = np.ones(count, dtype=bool)
        self.values, self.slopes = model.with_slopes(self.scores)

    def modes(self) -> Modes:
        stuck = np.zeros(len(self.scores), dtype=bool)
        for _ in range(MOST_TURNS):
            going = np.flatnonzero(self.open)
            if not going.size:
                break
            self.turns[going] += 1
            better = self._step(going)
            stuck[going] = ~better & (self.damping[going] > MOST_DAMPING)
            self.open &= ~stuck
            moved = going[better]
            if moved.size:
                self.values[moved], self.slopes[moved] = self.model.with_slopes(self.scores[moved])
            self.open[self._arrived()] = False
        return Modes(self.scores, self.values, self.slopes, self.turns, self._reasons())

    def _step(self, going: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Try each damping; keep the best of those that are better than where we are."""
        slope, hessian = self._gradient(going)
        tried = DAMPINGS[:, None] * self.damping[going]
        whole = hessian + tried[..., None, None] * np.eye(hessian.shape[-1])
        steps = -np.linalg.solve(
            whole, np.broadcast_to(slope, (*tried.shape, slope.shape[-1]))[..., None]
        )
        scores = self.scores[going] + steps[..., 0]
        costs = self._costs(going, scores)
        best = np.argmin(costs, axis=0)
        lanes = np.arange(len(going))
        better = np.asarray(
            costs[best, lanes] < self._cost(self.values[going], going, self.scores[going])
        )
        self.scores[going[better]] = scores[best, lanes][better]
        following = np.where(better, tried[best, lanes], self.damping[going] * 100)
        self.damping[going] = np.maximum(following, LEAST_DAMPING)
        return better

    def _costs(self, going: NDArray[np.int64], scores: Values) -> Values:
        """Half the squares, of shape (dampings, going); infinite where the circulation has no steady state."""
        found = self.model(scores.reshape(-1, scores.shape[-1]))
        found = found.reshape(*scores.shape[:2], -1)
        return np.stack([self._cost(f, going, s) for f, s in zip(found, scores, strict=True)])

    def _cost(self, values: Values, going: NDArray[np.int64], scores: Values) -> Values:
        left = (values[:, self.read] - self.given[going]) / self.sds[going]
        cost = 0.5 * (left**2).sum(axis=1) + 0.5 * (scores**2).sum(axis=1)
        return np.asarray(np.where(np.isfinite(cost), cost, np.inf))

    def _gradient(self, going: NDArray[np.int64]) -> tuple[Values, Values]:
        left = (self.values[going][:, self.read] - self.given[going]) / self.sds[going]
        slopes = self.slopes[going][:, self.read] / self.sds[going][..., None]
        slope = np.einsum("nmf,nm->nf", slopes, left) + self.scores[going]
        return slope, information(slopes) + np.eye(slopes.shape[-1])

    def _arrived(self) -> NDArray[np.int64]:
        going = np.flatnonzero(self.open)
        slope, hessian = self._gradient(going)
        step = np.linalg.solve(hessian, slope[..., None])[..., 0]
        return np.asarray(going[0.5 * (slope * step).sum(axis=1) < GAIN])

    def _reasons(self) -> NDArray[np.str_]:
        reasons = np.full(len(self.scores), "", dtype="U120")
        slope, hessian = self._gradient(np.arange(len(self.scores)))
        gain = 0.5 * (slope * np.linalg.solve(hessian, slope[..., None])[..., 0]).sum(axis=1)
        for lane in np.flatnonzero(~(gain < NEAR)):
            reasons[lane] = EDGE if np.isnan(gain[lane]) else FAR.format(turns=self.turns[lane])
        return reasons


def information(slopes: Values) -> Values:
    """What the readings tell of the scores, (…, freedoms, freedoms), from slopes in their standard deviations."""
    return np.asarray(np.einsum("...mf,...mg->...fg", slopes, slopes))
