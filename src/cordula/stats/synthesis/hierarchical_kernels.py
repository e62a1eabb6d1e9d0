"""The inner sums of the normal–normal hierarchical model, compiled; `hierarchical_twins` has them in NumPy."""

import math

import numpy as np

from cordula.stats.compiled import compiled
from cordula.stats.synthesis.checks import Vector

LOG_2PI = math.log(2 * math.pi)


@compiled
def conditionals(y: Vector, v: Vector, mean0: float, precision0: float, tau: Vector) -> Vector:
    """For each τ: log p(y|τ), and mean and variance of μ given τ. Shape (3, n).

    With μ ~ N(mean0, 1/precision0), or flat on the line where precision0 is 0 (density 1)."""
    out = np.empty((3, tau.size))
    for j in range(tau.size):
        t2 = tau[j] * tau[j]
        total, first, logs, product = precision0, precision0 * mean0, 0.0, 1.0
        for i in range(y.size):
            spread = v[i] + t2
            total += 1.0 / spread
            first += y[i] / spread
            product *= spread
            if product > 1e200 or product < 1e-200:
                logs += math.log(product)
                product = 1.0
        m = first / total
        rest = precision0 * (m - mean0) ** 2
        for i in range(y.size):
            rest += (y[i] - m) ** 2 / (v[i] + t2)
        out[0, j] = -0.5 * (logs + math.log(product) + math.log(total) + rest)
        out[1, j] = m
        out[2, j] = 1.0 / total
    out[0] -= 0.5 * y.size * LOG_2PI
    out[0] += 0.5 * math.log(precision0) if precision0 > 0 else 0.5 * LOG_2PI
    return out


@compiled
def moments(
    y: Vector, v: Vector, tau: Vector, weight: Vector, mean: Vector, variance: Vector
) -> Vector:
    """Means of μ and τ, SDs of μ, a further study and τ, then means and SDs of each study's own
    truth. Shape (5 + 2k,)."""
    k, n = y.size, tau.size
    out = np.zeros(5 + 2 * k)
    for j in range(n):
        t2 = tau[j] * tau[j]
        out[0] += weight[j] * mean[j]
        out[1] += weight[j] * tau[j]
        for i in range(k):
            out[5 + i] += weight[j] * (y[i] * t2 + mean[j] * v[i]) / (v[i] + t2)
    for j in range(n):
        t2 = tau[j] * tau[j]
        apart = variance[j] + (mean[j] - out[0]) ** 2
        out[2] += weight[j] * apart
        out[3] += weight[j] * (apart + t2)
        out[4] += weight[j] * (tau[j] - out[1]) ** 2
        for i in range(k):
            b = v[i] / (v[i] + t2)
            centre = y[i] * (1.0 - b) + mean[j] * b
            own = (1.0 - b) * v[i] + b * b * variance[j]
            out[5 + k + i] += weight[j] * (own + (centre - out[5 + i]) ** 2)
    out[2:5] = np.sqrt(out[2:5])
    out[5 + k :] = np.sqrt(out[5 + k :])
    return out


@compiled
def posterior(
    y: Vector,
    v: Vector,
    mean0: float,
    precision0: float,
    tau: Vector,
    share: Vector,
    log_prior: Vector,
) -> tuple[Vector, Vector, float]:
    """Weights, conditional means and variances (3, n), the moments, and log p(y); `share` is what each
    node stands for on the scale of τ. NaN where no node has a finite density."""
    out = conditionals(y, v, mean0, precision0, tau)
    top, total = -math.inf, 0.0
    for j in range(tau.size):
        out[0, j] += log_prior[j]
        top = max(top, out[0, j])
    for j in range(tau.size):
        # Below e^−300 of the peak a node is nothing, even to a heavy tail's second moment.
        below = out[0, j] - top
        out[0, j] = share[j] * math.exp(below) if below > -300.0 else 0.0
        total += out[0, j]
    for j in range(tau.size):
        out[0, j] /= total
    return out, moments(y, v, tau, out[0], out[1], out[2]), math.log(total) + top


@compiled
def at(weight: Vector, mean: Vector, sd: Vector, x: float) -> tuple[float, float, float]:
    """Distribution function, density and slope of a normal mixture at x."""
    below = density = slope = 0.0
    for j in range(weight.size):
        z = (x - mean[j]) / sd[j]
        here = weight[j] * math.exp(-0.5 * z * z) / sd[j]
        density += here
        slope -= here * z / sd[j]
        below += weight[j] * math.erfc(-z * 0.7071067811865476)
    return 0.5 * below, 0.3989422804014327 * density, 0.3989422804014327 * slope


@compiled
def mixture_quantile(weight: Vector, mean: Vector, sd: Vector, p: float, start: float) -> float:
    """Halley's steps from `start`, kept within a bracket; NaN if 200 do not settle."""
    low, high, x = -math.inf, math.inf, start
    width = np.sum(weight * sd)
    for _ in range(200):
        below, density, slope = at(weight, mean, sd, x)
        off = below - p
        if off > 0.0:
            high = x
        else:
            low = x
        if density > 1e-280:
            step = off / density
            bend = 1.0 - 0.5 * step * slope / density
            new = x - (step / bend if bend > 0.5 else step)
        else:
            new = math.nan
        if abs(new - x) <= 1e-6 * width and low <= new <= high:
            return new
        if not (low < new < high) or abs(new - x) > 8.0 * width * (1.0 + abs(x - start) / width):
            if low == -math.inf:
                new = x - 2.0 * (width + abs(x - start))
            elif high == math.inf:
                new = x + 2.0 * (width + abs(x - start))
            else:
                new = 0.5 * (low + high)
                if high - low <= 1e-15 * (abs(low) + abs(high)):
                    return new
        x = new
    return math.nan


@compiled
def bend_at(weight: Vector, mean: Vector, sd: Vector, x: float) -> tuple[float, float, float]:
    """Density, slope and curvature of a normal mixture at x, up to one factor."""
    density = slope = bend = 0.0
    for j in range(weight.size):
        z = (x - mean[j]) / sd[j]
        here = weight[j] * math.exp(-0.5 * z * z) / sd[j]
        density += here
        slope -= here * z / sd[j]
        bend += here * (z * z - 1.0) / (sd[j] * sd[j])
    return density, slope, bend


@compiled
def mixture_mode(weight: Vector, mean: Vector, sd: Vector, start: float) -> float:
    """The highest point near `start`, by Newton on the slope; uphill in strides where it bends upwards."""
    stride = 0.2 * np.sum(weight * sd)
    x = start
    for _ in range(200):
        _, slope, bend = bend_at(weight, mean, sd, x)
        step = -slope / bend if bend < 0.0 else math.copysign(stride, slope)
        step = max(-5.0 * stride, min(5.0 * stride, step))
        x += step
        if abs(step) <= 1e-5 * stride:
            return x
    return math.nan


@compiled
def mixture_shortest(
    weight: Vector, mean: Vector, sd: Vector, level: float, low: float, high: float
) -> tuple[float, float]:
    """The shortest interval, by Newton on equal density and mass from `low`, `high`; NaN if it fails."""
    for _ in range(40):
        fa, da, sa = at(weight, mean, sd, low)
        fb, db, sb = at(weight, mean, sd, high)
        mass, gap = fb - fa - level, da - db
        determinant = sa * db - sb * da
        if determinant == 0.0 or not math.isfinite(determinant):
            break
        left = -(gap * db + sb * mass) / determinant
        right = -(sa * mass + da * gap) / determinant
        bound = 0.25 * (high - low)
        shrink = min(1.0, bound / max(abs(left), abs(right), 1e-300))
        low, high = low + shrink * left, high + shrink * right
        if max(abs(left), abs(right)) <= 1e-7 * (high - low):
            return (low, high) if sa >= 0.0 >= sb else (math.nan, math.nan)
    return math.nan, math.nan


@compiled
def mixture_summary(
    weight: Vector, mean: Vector, sd: Vector, level: float, centre: float, spread: float, z: float
) -> tuple[float, float, float, float, float, float]:
    """Median, mode, central limits, shortest limits; `centre`, `spread` and `z` say where to begin."""
    median = mixture_quantile(weight, mean, sd, 0.5, centre)
    low = mixture_quantile(weight, mean, sd, 0.5 * (1.0 - level), centre - z * spread)
    high = mixture_quantile(weight, mean, sd, 0.5 * (1.0 + level), centre + z * spread)
    mode = mixture_mode(weight, mean, sd, median)
    left, right = mixture_shortest(weight, mean, sd, level, low, high)
    return median, mode, low, high, left, right
