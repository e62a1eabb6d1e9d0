"""What is the common odds ratio exactly, given the margins of every table, however empty its cells?

Given its margins a table has one free number; its chances are the noncentral hypergeometric ones. The
sum over studies is convolved, so the limits and P are exact. Cox & Snell 1989, ch. 2; Mehta, Patel & Gray
1985, doi:10.1080/01621459.1985.10478212."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import brentq
from scipy.special import gammaln, logsumexp

from cordula.stats.refusals import CannotBe
from cordula.stats.synthesis.binary import Tables, tables
from cordula.stats.synthesis.checks import Vector, one_of, probability

REACH = 60.0


@dataclass(frozen=True, slots=True)
class Exact:
    """log OR by conditional likelihood with exact limits: infinite where the data reach that far.
    `kind` says whether tails count the observed table whole (exact) or half (mid-p)."""

    kind: str
    k: int
    level: float
    estimate: float
    lower: float
    upper: float
    p_value: float


def exact_odds_ratio(
    events1: ArrayLike,
    n1: ArrayLike,
    events2: ArrayLike,
    n2: ArrayLike,
    *,
    kind: str = "exact",
    level: float = 0.95,
) -> Exact:
    """The conditional maximum-likelihood log OR, its limits and the two-sided P (twice the smaller tail);
    arguments (k,). Raises CannotBe where no table has a contrast."""
    t = tables(events1, n1, events2, n2)
    t = t.only(~t.without_contrast)
    one_of("the kind", kind, ("exact", "mid-p"))
    if not t.a.size:
        raise CannotBe("no study has both patients with and without the event; nothing to compare")
    first, logs = _of_the_sum(t)
    at = int(t.a.sum()) - first
    part = 1.0 if kind == "exact" else 0.5
    tail = (1 - probability("the level", level)) / 2
    above = _tail(logs, at, 0.0, part, True)
    below = _tail(logs, at, 0.0, part, False)
    return Exact(
        kind=kind,
        k=t.a.size,
        level=level,
        estimate=_most_likely(logs, at),
        lower=-math.inf if at == 0 else _limit(logs, at, part, tail, True),
        upper=math.inf if at == logs.size - 1 else _limit(logs, at, part, tail, False),
        p_value=min(1.0, 2 * min(above, below)),
    )


def hypergeometric(t: Tables, study: int) -> tuple[int, Vector]:
    """The least number of events of arm 1 that the margins allow, and the log counts of ways from there."""
    n1, n2, m = (int(x[study]) for x in (t.n1, t.n2, t.events))
    a = np.arange(max(0, m - n2), min(n1, m) + 1, dtype=np.float64)
    ways = _ways(float(n1), a) + _ways(float(n2), m - a)
    return int(a[0]), np.asarray(ways - ways.max())


def _ways(n: float, x: Vector) -> Vector:
    return np.asarray(gammaln(n + 1) - gammaln(x + 1) - gammaln(n - x + 1))


def _of_the_sum(t: Tables) -> tuple[int, Vector]:
    first, total = hypergeometric(t, 0)
    for study in range(1, t.a.size):
        least, ways = hypergeometric(t, study)
        first += least
        total = _convolved(total, ways)
    return first, total


def _convolved(one: Vector, other: Vector) -> Vector:
    """In logarithms, so that no way is lost however rare."""
    out = np.full((other.size, one.size + other.size - 1), -np.inf)
    for j, ways in enumerate(other):
        out[j, j : j + one.size] = one + ways
    return np.asarray(logsumexp(out, axis=0))


def _chances(logs: Vector, theta: float) -> Vector:
    tilted = logs + theta * np.arange(logs.size)
    return np.asarray(np.exp(tilted - logsumexp(tilted)))


def _tail(logs: Vector, at: int, theta: float, part: float, upper: bool) -> float:
    p = _chances(logs, theta)
    beyond = p[at + 1 :] if upper else p[:at]
    return float(beyond.sum() + part * p[at])


def _most_likely(logs: Vector, at: int) -> float:
    if at in (0, logs.size - 1):
        return -math.inf if at == 0 else math.inf
    steps = np.arange(logs.size)
    return float(brentq(lambda b: float(_chances(logs, b) @ steps) - at, -REACH, REACH, xtol=1e-13))


def _limit(logs: Vector, at: int, part: float, tail: float, lower: bool) -> float:
    return float(
        brentq(lambda b: _tail(logs, at, b, part, lower) - tail, -REACH, REACH, xtol=1e-12)
    )
