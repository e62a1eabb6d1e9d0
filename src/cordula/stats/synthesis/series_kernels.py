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
def tau_mode(coefficients: Vector, low: float, high: float, kind: int, a: float, b: float) -> float:
    """The highest point of the density of τ for u between `low` and `high`, by golden section."""
    g = 0.6180339887498949
    c, d = high - g * (high - low), low + g * (high - low)
    fc, fd = tau_density(coefficients, c, kind, a, b), tau_density(coefficients, d, kind, a, b)
    while high - low > 1e-9:
        if fc > fd:
            high, d, fd = d, c, fc
            c = high - g * (high - low)
            fc = tau_density(coefficients, c, kind, a, b)
        else:
            low, c, fc = c, d, fd
            d = low + g * (high - low)
            fd = tau_density(coefficients, d, kind, a, b)
    return 0.5 * (low + high)


@compiled
def tau_shortest(
    coefficients: Vector, level: float, floor: float, kind: int, a: float, b: float
) -> tuple[float, float]:
    """The shortest interval of τ, as two places u; it begins at `floor` where the density never rises
    again to what it is there."""
    least = series_at(coefficients, floor)[0]
    end = series_quantile(coefficients, least + level, 0.5)
    if tau_density(coefficients, floor, kind, a, b) >= tau_density(coefficients, end, kind, a, b):
        return 0.0, end
    low, high = floor, series_quantile(coefficients, 1.0 - level, 0.1)
    left, right = low, end
    gap_low = tau_density(coefficients, low, kind, a, b) - tau_density(coefficients, end, kind, a, b)
    gap_high = math.inf
    for _ in range(200):
        left = 0.5 * (low + high)
        if gap_high < math.inf:
            left = low - gap_low * (high - low) / (gap_high - gap_low)
        right = series_quantile(coefficients, series_at(coefficients, left)[0] + level, right)
        gap = tau_density(coefficients, left, kind, a, b)
        gap -= tau_density(coefficients, right, kind, a, b)
        if gap < 0.0:
            low, gap_low, gap_high = left, gap, 0.5 * gap_high
        else:
            high, gap_high, gap_low = left, gap, 0.5 * gap_low
        if gap == 0.0 or high - low <= 1e-12 or abs(gap) <= 1e-13 * abs(gap_low):
            break
    return left, right


@compiled
def tau_summary(
    coefficients: Vector, values: Vector, u: Vector, level: float, kind: int, a: float, b: float
) -> tuple[float, float, float, float, float, float]:
    """Median, mode, central limits and shortest limits of τ; `values` is its density at the nodes u."""
    median = series_quantile(coefficients, 0.5, 0.5)
    low = series_quantile(coefficients, 0.5 * (1.0 - level), 0.5 * median)
    high = series_quantile(coefficients, 0.5 * (1.0 + level), 0.5 + 0.5 * median)
    top = int(np.argmax(values))
    mode = a
    if top > 0:
        last = u[top + 1] if top + 1 < u.size else 1.0
        place = tau_mode(coefficients, u[top - 1], last, kind, a, b)
        mode = tau_of(place, kind, a, b)[0]
    left, right = tau_shortest(coefficients, level, u[0], kind, a, b)
    tau = (median, low, high, left, right)
    out = np.empty(5)
    for i in range(5):
        out[i] = tau_of(tau[i], kind, a, b)[0]
    return out[0], mode, out[1], out[2], out[3], out[4]
