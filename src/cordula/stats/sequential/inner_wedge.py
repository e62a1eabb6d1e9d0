"""Between which values of ±z does a two-sided trial stop for futility, when β is spent look by look?

The inner half-width a_k holds P(|Z_k| < a_k, no stop before) under the drift at the β to be spent there; at the last
look it must meet the critical value, which settles the drift. A rejection in either direction counts as one."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf

import numpy as np

from cordula.stats.refusals import CannotBe
from cordula.stats.sequential import plain
from cordula.stats.sequential.normal import upper_quantile
from cordula.stats.sequential.quadrature import Floats, legendre, nodes_for

Numbers = tuple[float, ...]
Critical = Callable[[Numbers], tuple[Numbers, Numbers]]


@dataclass(frozen=True, slots=True)
class Inner:
    """Critical values, inner half-widths, α spent and the drift they belong to."""

    critical: Numbers
    inner: Numbers
    spent: Numbers
    drift: float


def inner_wedge(
    information: Numbers,
    alpha: float,
    betas: Numbers,
    critical_for: Critical,
    binding: bool,
    drift: float | None,
) -> Inner:
    """The bounds of a two-sided design with β spending; critical_for gives them for inner half-widths that bind."""
    from scipy.optimize import brentq

    increments = np.diff((0.0, *betas))
    free = critical_for((0.0,) * len(information))

    def made(value: float) -> tuple[Numbers, Numbers, Numbers, float]:
        critical, spent = free
        inner, missed = _widths(information, critical, increments, value)
        for _ in range(100 if binding else 0):
            # The widths move the critical values, and these the widths: a contraction, a digit a round.
            before = critical
            critical, spent = critical_for(inner)
            inner, missed = _widths(information, critical, increments, value)
            if max(abs(a - b) for a, b in zip(before, critical, strict=True)) < 1e-13:
                break
        return critical, inner, spent, missed

    if drift is None:
        fixed = upper_quantile(alpha / 2) + upper_quantile(betas[-1])
        low, high = 0.8 * fixed, 1.1 * fixed
        while made(high)[3] > increments[-1]:
            high *= 1.15
            if high > 100:
                raise CannotBe(
                    "no effect is great enough for these bounds to keep β; spend less of it early"
                )
        drift = float(brentq(lambda d: made(d)[3] - increments[-1], low, high, xtol=1e-12))
    critical, inner, spent, _ = made(drift)
    return Inner(critical, (*inner[:-1], critical[-1]), spent, drift)


def _widths(
    information: Numbers, critical: Numbers, betas: Floats, drift: float
) -> tuple[Numbers, float]:
    """The inner half-width of each look before the last (0 there), and the chance to accept at the last."""
    x, w = legendre(nodes_for(information))
    paths, widths = plain.START, []
    for k, now in enumerate(information[:-1]):
        width = _width(paths, now, drift, float(betas[k]), critical[k])
        widths.append(width)
        paths = plain.carried(paths, now, drift, -critical[k], critical[k], width, x, w)
    return (*widths, 0.0), _within(paths, information[-1], drift, critical[-1])


def _width(paths: plain.Paths, now: float, drift: float, target: float, most: float) -> float:
    from scipy.optimize import brentq

    if target <= 0:
        return 0.0
    edge = most if most < inf else abs(drift) * np.sqrt(now) + 9.0
    if _within(paths, now, drift, edge) <= target:
        return float(edge)
    return float(brentq(lambda a: _within(paths, now, drift, a) - target, 0.0, edge, xtol=1e-13))


def _within(paths: plain.Paths, now: float, drift: float, width: float) -> float:
    """P(|Z| < width, no stop before)."""
    above = plain.beyond(paths, now, drift, -width, 1.0)
    return above - plain.beyond(paths, now, drift, width, 1.0) if width > 0 else 0.0
