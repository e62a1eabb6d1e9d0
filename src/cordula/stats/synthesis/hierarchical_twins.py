"""The sums of `hierarchical_kernels` in plain NumPy: slower, shorter, and checked against them."""

import math

import numpy as np
from scipy.special import ndtr

from cordula.stats.synthesis.checks import Vector

LOG_2PI = math.log(2 * math.pi)


def plain_conditionals(
    y: Vector, v: Vector, mean0: float, precision0: float, tau: Vector
) -> Vector:
    w = 1 / (v + tau[:, None] ** 2)
    total = w.sum(1) + precision0
    mean = (w @ y + precision0 * mean0) / total
    rest = (w * (y - mean[:, None]) ** 2).sum(1) + precision0 * (mean - mean0) ** 2
    logs = 0.5 * np.log(w).sum(1) - 0.5 * np.log(total) - 0.5 * rest - 0.5 * y.size * LOG_2PI
    logs += 0.5 * math.log(precision0) if precision0 > 0 else 0.5 * LOG_2PI
    return np.array([logs, mean, 1 / total])


def plain_moments(
    y: Vector, v: Vector, tau: Vector, weight: Vector, mean: Vector, variance: Vector
) -> Vector:
    t2 = tau[:, None] ** 2
    b = v / (v + t2)
    own = (1 - b) * y + b * mean[:, None]
    own_v = (1 - b) * v + b**2 * variance[:, None]
    mu, centre, shrunk = weight @ mean, weight @ tau, weight @ own
    mu_v = weight @ (variance + (mean - mu) ** 2)
    spreads = [mu_v, mu_v + weight @ tau**2, weight @ (tau - centre) ** 2]
    shrunk_v = weight @ (own_v + (own - shrunk) ** 2)
    return np.concatenate([[mu, centre], np.sqrt(spreads), shrunk, np.sqrt(shrunk_v)])


def plain_posterior(
    y: Vector,
    v: Vector,
    mean0: float,
    precision0: float,
    tau: Vector,
    share: Vector,
    log_prior: Vector,
) -> tuple[Vector, Vector, float]:
    logs, mean, variance = plain_conditionals(y, v, mean0, precision0, tau)
    logs = logs + log_prior
    top = float(logs.max())
    mass = share * np.exp(logs - top)
    total = float(mass.sum())
    out = np.array([mass / total, mean, variance])
    return out, plain_moments(y, v, tau, *out), math.log(total) + top


def plain_at(weight: Vector, mean: Vector, sd: Vector, x: float) -> tuple[float, float, float]:
    z = (x - mean) / sd
    here = weight * np.exp(-0.5 * z**2) / (sd * math.sqrt(2 * math.pi))
    return float(weight @ ndtr(z)), float(here.sum()), float(-(here * z / sd).sum())
