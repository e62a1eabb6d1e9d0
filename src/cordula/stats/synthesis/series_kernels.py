"""A density on (0, 1) as a Legendre series: its value, its mass below a point, its quantiles; compiled.

Mass: ∫P_m = (P_{m+1} − P_{m−1})/(2m+1). NumPy's `legval` and `legint` are the twin."""

import math

import numpy as np

from cordula.stats.compiled import compiled
from cordula.stats.synthesis.checks import Vector


@compiled
def series_at(coefficients: Vector, u: float) -> tuple[float, float]:
    """Mass below u and density at u."""
    x = 2.0 * u - 1.0
    before, here = 1.0, x
    density = coefficients[0]
    mass = coefficients[0] * (x + 1.0)
    for m in range(1, coefficients.size):
        after = ((2 * m + 1) * x * here - m * before) / (m + 1)
        density += coefficients[m] * here
        mass += coefficients[m] * (after - before) / (2 * m + 1)
        before, here = here, after
    return 0.5 * mass, density


@compiled
def series_along(coefficients: Vector, u: Vector) -> Vector:
    """Density at each u."""
    return np.array([series_at(coefficients, u[j])[1] for j in range(u.size)])


@compiled
def series_quantile(coefficients: Vector, p: float, start: float) -> float:
    """u with mass p below it, by Newton within a bracket."""
    low, high, u = 0.0, 1.0, start
    for _ in range(100):
        mass, density = series_at(coefficients, u)
        if mass > p:
            high = u
        else:
            low = u
        new = u - (mass - p) / density if density > 1e-12 else -1.0
        if abs(new - u) <= 1e-9 * u and low <= new <= high:
            return new
        if not (low < new < high):
            new = 0.5 * (low + high)
        if high - low <= 1e-15:
            return new
        u = new
    return math.nan


@compiled
def tau_of(u: float, kind: int, a: float, b: float) -> tuple[float, float]:
    """τ and dτ/du: 0 is a + (b−a)u, 1 is b·u², 2 is b·(u/(1−u))²."""
    if kind == 0:
        return a + (b - a) * u, b - a
    if kind == 1:
        return b * u * u, 2.0 * b * u
    r = u / (1.0 - u)
    return b * r * r, 2.0 * b * r / (1.0 - u) ** 2


@compiled
def tau_density(coefficients: Vector, u: float, kind: int, a: float, b: float) -> float:
    return series_at(coefficients, u)[1] / tau_of(u, kind, a, b)[1]


@compiled
def tau_local(
    coefficients: Vector, u: float, kind: int, a: float, b: float
) -> tuple[float, float, float, float]:
    """At u: the mass below, the density in u, the density of τ, and the slope of the latter along u."""
    x = 2.0 * u - 1.0
    before, here = 1.0, x
    slope_before, slope_here = 0.0, 1.0
    mass, density, slope = coefficients[0] * (x + 1.0), coefficients[0], 0.0
    for m in range(1, coefficients.size):
        c = coefficients[m]
        after = ((2 * m + 1) * x * here - m * before) / (m + 1)
        density += c * here
        slope += c * slope_here
        mass += c * (after - before) / (2 * m + 1)
        slope_before, slope_here = slope_here, slope_before + (2 * m + 1) * here
        before, here = here, after
    stretch = tau_of(u, kind, a, b)[1]
    grows = 0.0
    if kind > 0:
        grows = 1.0 / u + (3.0 / (1.0 - u) if kind == 2 else 0.0)
    return 0.5 * mass, density, density / stretch, (2.0 * slope - density * grows) / stretch


@compiled
def tau_mode(coefficients: Vector, low: float, high: float, kind: int, a: float, b: float) -> float:
    """Where the density of τ is highest for u between `low` and `high`: regula falsi on its slope."""
    at_low = tau_local(coefficients, low, kind, a, b)[3]
    at_high = tau_local(coefficients, high, kind, a, b)[3]
    u, side = 0.5 * (low + high), 0
    for _ in range(100):
        new = low - at_low * (high - low) / (at_high - at_low)
        if not (low < new < high):
            new = 0.5 * (low + high)
        done = abs(new - u) <= 1e-8 * new
        u = new
        slope = tau_local(coefficients, u, kind, a, b)[3]
        if slope > 0.0:
            low, at_low = u, slope
            at_high *= 0.5 if side < 0 else 1.0
            side = -1
        else:
            high, at_high = u, slope
            at_low *= 0.5 if side > 0 else 1.0
            side = 1
        if done:
            break
    return u


@compiled
def tau_shortest(
    coefficients: Vector,
    level: float,
    floor: float,
    start: tuple[float, float],
    kind: int,
    a: float,
    b: float,
) -> tuple[float, float]:
    """The shortest interval of τ, as two places u: from 0 where the density there is not the lower one,
    else by Newton on equal density and mass from `start`; NaN if it fails."""
    end = series_quantile(coefficients, level, start[1])
    if tau_density(coefficients, floor, kind, a, b) >= tau_density(coefficients, end, kind, a, b):
        return 0.0, end
    low, high = start
    for _ in range(60):
        below, low_u, low_tau, low_slope = tau_local(coefficients, low, kind, a, b)
        above, high_u, high_tau, high_slope = tau_local(coefficients, high, kind, a, b)
        mass, gap = above - below - level, low_tau - high_tau
        determinant = low_slope * high_u - high_slope * low_u
        if determinant == 0.0 or not math.isfinite(determinant):
            break
        left = -(gap * high_u + high_slope * mass) / determinant
        right = -(low_slope * mass + low_u * gap) / determinant
        bound = min(0.25 * (high - low), 0.5 * (1.0 - high) if right > 0.0 else math.inf)
        bound = min(bound, 0.5 * low) if left < 0.0 else bound
        shrink = min(1.0, bound / max(abs(left), abs(right), 1e-300))
        low, high = low + shrink * left, high + shrink * right
        if max(abs(left), abs(right)) <= 1e-7 * (high - low):
            return low, high
    return math.nan, math.nan


@compiled
def tau_summary(
    coefficients: Vector, values: Vector, u: Vector, level: float, kind: int, a: float, b: float
) -> tuple[float, float, float, float, float, float]:
    """Median, mode, central limits and shortest limits of τ; `values` is its density at the nodes u."""
    median = series_quantile(coefficients, 0.5, 0.5)
    low = series_quantile(coefficients, 0.5 * (1.0 - level), 0.5 * median)
    high = series_quantile(coefficients, 0.5 * (1.0 + level), min(1.5 * median, 0.5 + 0.5 * median))
    top = int(np.argmax(values))
    mode = a
    if top > 0:
        last = u[top + 1] if top + 1 < u.size else 1.0 - 1e-9
        mode = tau_of(tau_mode(coefficients, u[top - 1], last, kind, a, b), kind, a, b)[0]
    left, right = tau_shortest(coefficients, level, u[0], (low, high), kind, a, b)
    out = np.empty(5)
    places = (median, low, high, left, right)
    for i in range(5):
        out[i] = tau_of(places[i], kind, a, b)[0]
    return out[0], mode, out[1], out[2], out[3], out[4]
