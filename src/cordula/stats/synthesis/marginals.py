"""The posterior of one unknown: its density, its distribution function, its quantiles, its shortest interval."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import minimize_scalar
from scipy.special import ndtr, ndtri

from cordula.stats.synthesis.checks import Vector, places, probability
from cordula.stats.synthesis.hierarchical_kernels import mixture_quantile, mixture_summary
from cordula.stats.synthesis.quadrature import legendre_transform, unit_nodes
from cordula.stats.synthesis.series_kernels import (
    series_at,
    series_quantile,
    tau_density,
    tau_of,
    tau_summary,
)


@dataclass(frozen=True, slots=True)
class Summary:
    """A posterior in numbers. `lower` and `upper` cut off equal tails; the shortest interval has the
    same mass. `mean` or `sd` is None where the integral has no finite value."""

    mean: float | None
    sd: float | None
    median: float
    mode: float
    level: float
    lower: float
    upper: float
    shortest_lower: float
    shortest_upper: float


@dataclass(frozen=True, slots=True, eq=False)
class NormalMixture:
    """A posterior that is a normal for each τ: `weight`, `mean` and `sd` of shape (n,), one a node."""

    weight: Vector
    mean: Vector
    sd: Vector

    @property
    def centre(self) -> float:
        return float(self.weight @ self.mean)

    @property
    def spread(self) -> float:
        apart = self.sd**2 + (self.mean - self.centre) ** 2
        return math.sqrt(float(self.weight @ apart))

    def cdf(self, x: ArrayLike) -> Vector:
        """P(X ≤ x), shape of x."""
        return np.asarray(ndtr(self._z(x)) @ self.weight)

    def density(self, x: ArrayLike) -> Vector:
        """Shape of x."""
        inside = np.exp(-0.5 * self._z(x) ** 2) / math.sqrt(2 * math.pi)
        return np.asarray(inside @ (self.weight / self.sd))

    def quantile(self, p: ArrayLike) -> Vector:
        """Shape of p, each between 0 and 1."""
        wanted = np.asarray(p, dtype=np.float64)
        return np.array([self._quantile(float(one)) for one in wanted.ravel()]).reshape(
            wanted.shape
        )

    def shortest(self, level: float = 0.95) -> tuple[float, float]:
        """The shortest single interval that holds `level` of the mass."""
        told = self.summary(level)
        return told.shortest_lower, told.shortest_upper

    def summary(
        self, level: float = 0.95, *, mean: bool = True, sd: bool = True, start: float | None = None
    ) -> Summary:
        """`mean` and `sd` say whether they exist; `start` is a scale to begin the search with."""
        probability("the level", level)
        centre, spread = self.centre, self.spread if sd else (start or self._width())
        found = mixture_summary(
            self.weight, self.mean, self.sd, level, centre, spread, float(ndtri(0.5 + level / 2))
        )
        median, mode, low, high, left, right = found
        if not (right - left <= (high - low) * (1 + 1e-9)):
            left, right = _searched(self._quantile, level)
        return Summary(
            centre if mean else None,
            spread if sd else None,
            median,
            mode,
            level,
            low,
            high,
            left,
            right,
        )

    def _quantile(self, p: float) -> float:
        start = float(self.weight @ self.mean) + float(ndtri(probability("p", p))) * self._width()
        return float(mixture_quantile(self.weight, self.mean, self.sd, p, start))

    def _width(self) -> float:
        return float(self.weight @ self.sd)

    def _z(self, x: ArrayLike) -> Vector:
        return np.asarray((places(x)[..., None] - self.mean) / self.sd)


@dataclass(frozen=True, slots=True, eq=False)
class TauMarginal:
    """The posterior of τ: a Legendre series in u, with τ = a + (b−a)u, b·u² or b·(u/(1−u))²."""

    kind: int
    a: float
    b: float
    coefficients: Vector
    weight: Vector

    def cdf(self, tau: ArrayLike) -> Vector:
        """P(T ≤ τ), shape of τ."""
        return self._each(tau, lambda u: series_at(self.coefficients, u)[0], (0.0, 1.0))

    def density(self, tau: ArrayLike) -> Vector:
        """Shape of τ."""
        return self._each(
            tau,
            lambda u: tau_density(self.coefficients, max(u, 1e-9), self.kind, self.a, self.b),
            (0.0, 0.0),
        )

    def quantile(self, p: ArrayLike) -> Vector:
        """Shape of p."""
        wanted = np.asarray(p, dtype=np.float64)
        return np.array([self._quantile(float(one)) for one in wanted.ravel()]).reshape(
            wanted.shape
        )

    def summary(self, level: float, mean: float | None, sd: float | None) -> Summary:
        n = self.weight.size
        u, _ = unit_nodes(n)
        values = self.weight / nodes_of(self.kind, self.a, self.b, n)[1]
        found = tau_summary(self.coefficients, values, u, level, self.kind, self.a, self.b)
        median, mode, low, high, left, right = found
        if not (right - left <= (high - low) * (1 + 1e-9)):
            left, right = _searched(self._quantile, level)
        return Summary(mean, sd, median, mode, level, low, high, left, right)

    def _quantile(self, p: float) -> float:
        u = series_quantile(self.coefficients, probability("p", p), 0.5)
        return float(tau_of(u, self.kind, self.a, self.b)[0])

    def _each(
        self, tau: ArrayLike, told: Callable[[float], float], outside: tuple[float, float]
    ) -> Vector:
        wanted = places(tau)
        out = [self._one(float(t), told, outside) for t in wanted.ravel()]
        return np.array(out).reshape(wanted.shape)

    def _one(self, t: float, told: Callable[[float], float], outside: tuple[float, float]) -> float:
        if t < self.a or t < 0:
            return outside[0]
        u = self._place(t)
        return outside[1] if u >= 1 else float(told(u))

    def _place(self, t: float) -> float:
        if self.kind == 0:
            return (t - self.a) / (self.b - self.a)
        root = math.sqrt(t / self.b)
        return root if self.kind == 1 else root / (1 + root)


def _searched(quantile: Callable[[float], float], level: float) -> tuple[float, float]:
    """Where the density has more than one peak: the least width over the mass cut off below."""

    def width(p: float) -> float:
        return quantile(p + level) - quantile(p)

    cuts = np.linspace(0, 1 - level, 42)[1:-1]
    at = int(np.argmin([width(float(cut)) for cut in cuts]))
    step = float(cuts[1] - cuts[0])
    bounds = max(cuts[at] - step, 1e-9), min(cuts[at] + step, 1 - level - 1e-9)
    best = float(minimize_scalar(width, bounds=bounds, method="bounded").x)
    return quantile(best), quantile(best + level)


def tau_marginal(kind: int, a: float, b: float, weight: Vector) -> TauMarginal:
    """From the weights of the nodes u of a Gauss–Legendre rule; terms below rounding are dropped."""
    n = weight.size
    _, w = unit_nodes(n)
    coefficients = legendre_transform(n) @ (weight / w)
    size = np.abs(coefficients) / (np.arange(n) + 0.5)
    last = int(np.flatnonzero(size > 5e-16 * size.max())[-1])
    return TauMarginal(kind, a, b, coefficients[: last + 1], weight)


def nodes_of(kind: int, a: float, b: float, n: int) -> tuple[Vector, Vector]:
    """τ at the nodes, and the stretch of τ each stands for."""
    if kind == 0:
        u, w = unit_nodes(n)
        return a + (b - a) * u, (b - a) * w
    tau, share = _laid(kind, n)
    return b * tau, b * share


@cache
def _laid(kind: int, n: int) -> tuple[Vector, Vector]:
    u, w = unit_nodes(n)
    if kind == 1:
        return u * u, 2 * u * w
    r = u / (1 - u)
    return r * r, 2 * r / (1 - u) ** 2 * w
