"""Several questions, one error: by how much must each P value be raised?

All take P values of shape (m,) and give them adjusted in the same order: reject where the adjusted P is at most α."""

from collections.abc import Callable, Sequence
from math import isfinite

import numpy as np

from cordula.stats.asked import asked
from cordula.stats.refusals import CannotBe

Adjusted = tuple[float, ...]


@asked
def bonferroni(p: Sequence[float]) -> Adjusted:
    """m times each; the familywise error is kept whatever the dependence."""
    values = checked(p)
    return _told(values * values.size)


@asked
def sidak(p: Sequence[float]) -> Adjusted:
    """1 − (1 − p)^m, for independent tests (Šidák 1967, JASA 62, 626)."""
    values = checked(p)
    return _told(-np.expm1(values.size * np.log1p(-np.minimum(values, 1 - 1e-16))))


@asked
def holm(p: Sequence[float]) -> Adjusted:
    """Step-down Bonferroni; keeps the familywise error whatever the dependence (Holm 1979, Scand J Stat 6, 65)."""
    values = checked(p)
    order = np.argsort(values, kind="stable")
    left = values.size - np.arange(values.size)
    return _back(np.maximum.accumulate(left * values[order]), order)


@asked
def hochberg(p: Sequence[float]) -> Adjusted:
    """Step-up, for independent or positively dependent tests (Hochberg 1988, Biometrika 75, 800)."""
    return _step_up(p, lambda m, rank: m - rank + 1)


@asked
def benjamini_hochberg(p: Sequence[float]) -> Adjusted:
    """Keeps the false discovery rate, not the familywise error (Benjamini & Hochberg 1995, JRSS B 57, 289)."""
    return _step_up(p, lambda m, rank: m / rank)


@asked
def benjamini_yekutieli(p: Sequence[float]) -> Adjusted:
    """The same whatever the dependence (Benjamini & Yekutieli 2001, Ann Stat 29, 1165)."""
    harmonic = sum(1 / k for k in range(1, len(p) + 1))
    return _step_up(p, lambda m, rank: harmonic * m / rank)


@asked
def hommel(p: Sequence[float]) -> Adjusted:
    """The closed test with Simes's (Hommel 1988, Biometrika 75, 383; adjusted as Wright 1992, Biometrics 48, 1005)."""
    values = checked(p)
    m, order = values.size, np.argsort(values, kind="stable")
    ranked = values[order]
    raised = ranked.copy()
    for size in range(m, 1, -1):
        # Of the sets with `size` hypotheses: the least Simes value they can have with the greatest P values in.
        greatest = ranked[m - size + 1 :]
        simes = float(np.min(size * greatest / np.arange(2, size + 1)))
        kept = np.minimum(simes, size * ranked[: m - size + 1])
        raised[: m - size + 1] = np.maximum(raised[: m - size + 1], kept)
        raised[m - size + 1 :] = np.maximum(raised[m - size + 1 :], simes)
    return _back(raised, order)


@asked
def fixed_sequence(p: Sequence[float]) -> Adjusted:
    """Each is tested at the whole α once all before it are rejected (Maurer, Hothorn & Lehmacher 1995)."""
    return _told(np.maximum.accumulate(checked(p)))


@asked
def fallback(p: Sequence[float], weights: Sequence[float]) -> Adjusted:
    """In order; each has its share of α and inherits those of the rejected before it (Wiens 2003, Pharm Stat 2, 211).

    The graph whose hypotheses each pass their whole share to the next."""
    from cordula.stats.multiplicity.graph import Graph, adjusted

    m = len(p)
    passed = tuple(tuple(float(j == i + 1) for j in range(m)) for i in range(m))
    return adjusted(Graph(tuple(weights), passed), p)


def checked(p: Sequence[float]) -> np.ndarray:
    values = np.asarray(p, dtype=float)
    if values.ndim != 1 or values.size == 0:
        raise CannotBe("P values must be a row of at least one")
    for value in values:
        if not (isfinite(value) and 0 <= value <= 1):
            raise CannotBe(f"a P value is {value}; it must lie from 0 to 1")
    return values


def _step_up(p: Sequence[float], factor: Callable[[int, int], float]) -> Adjusted:
    values = checked(p)
    m, order = values.size, np.argsort(values, kind="stable")
    raised = np.array([factor(m, k + 1) for k in range(m)]) * values[order]
    return _back(np.minimum.accumulate(raised[::-1])[::-1], order)


def _back(raised: np.ndarray, order: np.ndarray) -> Adjusted:
    out = np.empty(order.size)
    out[order] = raised
    return _told(out)


def _told(values: np.ndarray) -> Adjusted:
    return tuple(np.minimum(values, 1.0).tolist())
