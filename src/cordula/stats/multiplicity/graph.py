"""Where does the error of a rejected hypothesis go?

Graphical procedures: weights say how α is shared at the start, arrows what share of it each hypothesis passes on when
it is rejected (Bretz, Maurer, Brannath & Posch 2009, Stat Med 28, 586)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cordula.stats.asked import asked
from cordula.stats.multiplicity.adjusted import checked
from cordula.stats.refusals import CannotBe, at_most, whole

ROUNDING = 1e-12


@asked
@dataclass(frozen=True, slots=True)
class Graph:
    """weights: the share of α of each hypothesis, shape (m,), summing to at most 1.

    passed: passed[i][j] is the part of its share that i gives to j when i is rejected; rows sum to at most 1."""

    weights: tuple[float, ...]
    passed: tuple[tuple[float, ...], ...]
    names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        m = len(self.weights)
        if m == 0 or len(self.passed) != m or any(len(row) != m for row in self.passed):
            raise CannotBe(f"{m} weights need a table of arrows of {m} by {m}")
        if min(self.weights) < 0 or not sum(self.weights) <= 1 + ROUNDING:
            raise CannotBe(f"the weights are {self.weights}; none below 0, and at most 1 together")
        for i, row in enumerate(self.passed):
            if min(row) < 0 or not sum(row) <= 1 + ROUNDING or row[i] != 0:
                raise CannotBe(
                    f"hypothesis {i + 1} passes on {row}; none below 0, at most 1 together, nothing to itself"
                )
        if self.names and len(self.names) != m:
            raise CannotBe(f"{len(self.names)} names for {m} hypotheses")


@dataclass(frozen=True, slots=True)
class GraphStep:
    """One rejection: which hypothesis, at which level, and the weights of all afterwards."""

    hypothesis: int
    level: float
    weights: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class GraphTest:
    rejected: tuple[bool, ...]
    adjusted: tuple[float, ...]
    steps: tuple[GraphStep, ...]


@asked
def graphical_test(graph: Graph, p: Sequence[float], alpha: float = 0.025) -> GraphTest:
    """Rejects one by one whichever P value is at most its share of α, and passes that share on."""
    values = _fitting(graph, p)
    if not 0 < alpha < 1:
        raise CannotBe(f"α is {alpha}; it must lie between 0 and 1")
    weights, passed = np.array(graph.weights, dtype=float), np.array(graph.passed, dtype=float)
    left, steps = set(range(values.size)), []
    while found := [i for i in sorted(left) if values[i] <= weights[i] * alpha + 1e-15]:
        first = min(found, key=lambda i: values[i] / weights[i] if weights[i] > 0 else 0.0)
        level = float(weights[first] * alpha)
        left.discard(first)
        weights, passed = _without(weights, passed, first, left)
        steps.append(GraphStep(first, level, tuple(weights.tolist())))
    rejected = tuple(i not in left for i in range(values.size))
    return GraphTest(rejected, adjusted(graph, p), tuple(steps))


@asked
def adjusted(graph: Graph, p: Sequence[float]) -> tuple[float, ...]:
    """Adjusted P values: the least α at which each would be rejected (Bretz et al. 2009, algorithm 2)."""
    values = _fitting(graph, p)
    weights, passed = np.array(graph.weights, dtype=float), np.array(graph.passed, dtype=float)
    left, raised, reached = set(range(values.size)), np.ones(values.size), 0.0
    while left:
        needed = {i: _needed(values[i], weights[i]) for i in left}
        first = min(needed, key=lambda i: (needed[i], i))
        reached = max(reached, needed[first])
        if reached >= 1:
            break
        raised[first] = reached
        left.discard(first)
        weights, passed = _without(weights, passed, first, left)
    return tuple(raised.tolist())


@asked
def holm_graph(m: int, weights: Sequence[float] = ()) -> Graph:
    """Holm's procedure, weighted where weights are given: each passes its share to the others by their weights."""
    whole(1, m=m)
    at_most(1000, m=m)
    shares = tuple(weights) or (1 / m,) * m
    rows = []
    for i in range(m):
        others = sum(shares) - shares[i]
        rows.append(tuple(0.0 if i == j or others == 0 else shares[j] / others for j in range(m)))
    return Graph(shares, tuple(rows))


@asked
def fixed_sequence_graph(m: int) -> Graph:
    """All of α on the first, passed from each to the next."""
    whole(1, m=m)
    at_most(1000, m=m)
    first = (1.0, *(0.0,) * (m - 1))
    return Graph(first, tuple(tuple(float(j == i + 1) for j in range(m)) for i in range(m)))


def _needed(p: float, weight: float) -> float:
    if weight <= 0:
        return 0.0 if p == 0 else np.inf
    return float(p / weight)


def _without(
    weights: np.ndarray, passed: np.ndarray, gone: int, left: set[int]
) -> tuple[np.ndarray, np.ndarray]:
    """Weights and arrows once a hypothesis is rejected and taken out (Bretz et al. 2009, eq. 2 and 3)."""
    new_weights, new_passed = np.zeros_like(weights), np.zeros_like(passed)
    for i in left:
        new_weights[i] = weights[i] + weights[gone] * passed[gone, i]
        back = 1.0 - passed[i, gone] * passed[gone, i]
        for j in left:
            if i != j and back > ROUNDING:
                new_passed[i, j] = (passed[i, j] + passed[i, gone] * passed[gone, j]) / back
    return new_weights, new_passed


def _fitting(graph: Graph, p: Sequence[float]) -> np.ndarray:
    values = checked(p)
    if values.size != len(graph.weights):
        raise CannotBe(f"{values.size} P values for {len(graph.weights)} hypotheses")
    return values
