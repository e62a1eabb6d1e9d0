"""How likely does the path of the statistic leave its bounds at each look? The recursion, compiled.

Z_k = B_k/√I_k with increments of B distributed N(θ ΔI, ΔI). What has not stopped is kept as masses at
quadrature nodes; one step spreads them to the next look (Armitage, McPherson & Rowe 1969;
Jennison & Turnbull 2000, chapter 19). The NumPy twins stand in `plain.py`."""

from math import erfc, exp, pi, sqrt

import numpy as np

from cordula.stats.compiled import compiled
from cordula.stats.sequential.quadrature import REACH, Floats

ROOT_TWO = sqrt(2.0)
ROOT_TWO_PI = sqrt(2.0 * pi)


@compiled
def beyond(
    at: Floats, mass: Floats, before: float, now: float, drift: float, bound: float, sign: float
) -> float:
    """P(sign·Z ≥ sign·bound at the look with information `now`, and no stop before)."""
    total = 0.0
    root_before, root_now, step = sqrt(before), sqrt(now), now - before
    scale = sign / (sqrt(step) * ROOT_TWO)
    for i in range(at.size):
        centre = at[i] * root_before + drift * step
        total += mass[i] * 0.5 * erfc((bound * root_now - centre) * scale)
    return total


@compiled
def subdensity(
    at: Floats, mass: Floats, before: float, now: float, drift: float, z: float
) -> float:
    """The density of Z at z at this look, of the paths that have not stopped before."""
    total = 0.0
    root_before, root_now, step = sqrt(before), sqrt(now), now - before
    for i in range(at.size):
        off = z * root_now - at[i] * root_before - drift * step
        total += mass[i] * exp(-0.5 * off * off / step)
    return total * root_now / (sqrt(step) * ROOT_TWO_PI)


@compiled
def arriving(mass: Floats, centres: Floats, score: float, sharpness: float) -> float:
    """Σ mass·exp(−sharpness (score − centre)²), without the terms below 1e-26."""
    total = 0.0
    for i in range(mass.size):
        off = score - centres[i]
        far = off * off * sharpness
        if far < 60.0:
            total += mass[i] * exp(-far)
    return total


@compiled
def bound_for(
    at: Floats, mass: Floats, before: float, now: float, drift: float, target: float, sign: float
) -> float:
    """The bound beyond which (above for sign 1, below for −1) lies the target: Newton on its logarithm.

    The log of the tail is concave, so that each step after the first comes from the same side."""
    if target <= 0.0:
        return sign * np.inf
    if target >= np.sum(mass):
        return -sign * np.inf
    bound: float = drift * sqrt(now) + sign * sqrt(max(0.0, -2.0 * np.log(2.0 * target)))
    for _ in range(100):
        tail = beyond(at, mass, before, now, drift, bound, sign)
        slope = subdensity(at, mass, before, now, drift, bound)
        if tail <= 0.0 or slope <= 0.0:
            return np.nan
        move = np.log(tail / target) * tail / slope
        bound += sign * min(max(move, -2.0), 2.0)
        if abs(move) < 1e-13 * max(1.0, abs(bound)):
            return bound
    return np.nan


@compiled
def carried(
    at: Floats,
    mass: Floats,
    before: float,
    now: float,
    drift: float,
    low: float,
    high: float,
    inner: float,
    x: Floats,
    w: Floats,
) -> tuple[Floats, Floats]:
    """Nodes and masses of the paths that go on: between low and high, and outside ±inner if inner > 0."""
    mean = drift * sqrt(now)
    left, right = max(low, mean - REACH), min(high, mean + REACH)
    halves = 2 if inner > 0.0 else 1
    to, kept = np.empty(halves * x.size), np.zeros(halves * x.size)
    step, root_now = now - before, sqrt(now)
    centres = at * sqrt(before) + drift * step
    for half in range(halves):
        begin = inner if halves == 2 and half == 1 else left
        end = -inner if halves == 2 and half == 0 else right
        begin, end = max(begin, left), min(end, right)
        half_width = max(0.0, 0.5 * (end - begin))
        for j in range(x.size):
            place = half * x.size + j
            to[place] = 0.5 * (begin + end) + half_width * x[j]
            if half_width > 0.0:
                reached = arriving(mass, centres, to[place] * root_now, 0.5 / step)
                kept[place] = half_width * w[j] * reached * root_now / (sqrt(step) * ROOT_TWO_PI)
    return to, kept


@compiled
def crossings(
    information: Floats,
    upper: Floats,
    lower: Floats,
    inner: Floats,
    drift: float,
    x: Floats,
    w: Floats,
) -> Floats:
    """Probabilities to stop at each look, shape (3, K): at or above upper, at or below lower, within ±inner."""
    out = np.zeros((3, information.size))
    at, mass, before = np.zeros(1), np.ones(1), 0.0
    for k in range(information.size):
        now = information[k]
        out[0, k] = beyond(at, mass, before, now, drift, upper[k], 1.0)
        if lower[k] > -np.inf:
            out[1, k] = beyond(at, mass, before, now, drift, lower[k], -1.0)
        if inner[k] > 0.0:
            out[2, k] = beyond(at, mass, before, now, drift, -inner[k], 1.0)
            out[2, k] -= beyond(at, mass, before, now, drift, inner[k], 1.0)
        if k + 1 < information.size:
            at, mass = carried(at, mass, before, now, drift, lower[k], upper[k], inner[k], x, w)
        before = now
    return out


@compiled
def bounds_spending(
    information: Floats,
    cumulative: Floats,
    given: Floats,
    lower: Floats,
    inner: Floats,
    sides: int,
    x: Floats,
    w: Floats,
) -> tuple[Floats, Floats]:
    """Upper bounds that spend α as told, and what is spent, each of shape (K,).

    A bound in `given` that is a number stands as it is; NaN asks for the bound that brings the α spent to
    `cumulative`. With two sides the lower bounds mirror the upper ones."""
    upper, spent = given.copy(), np.zeros(information.size)
    at, mass, before, sum_spent = np.zeros(1), np.ones(1), 0.0, 0.0
    for k in range(information.size):
        now = information[k]
        if np.isnan(upper[k]):
            target = (cumulative[k] - sum_spent) / sides
            upper[k] = bound_for(at, mass, before, now, 0.0, target, 1.0)
        sum_spent += sides * beyond(at, mass, before, now, 0.0, upper[k], 1.0)
        spent[k] = sum_spent
        low = -upper[k] if sides == 2 else lower[k]
        if k + 1 < information.size:
            at, mass = carried(at, mass, before, now, 0.0, low, upper[k], inner[k], x, w)
        before = now
    return upper, spent


@compiled
def bounds_both(
    information: Floats,
    alphas: Floats,
    betas: Floats,
    given: Floats,
    drift: float,
    binding: bool,
    x: Floats,
    w: Floats,
) -> tuple[Floats, Floats, float]:
    """One-sided bounds that spend α under no effect (increments alphas) and β under this drift (betas).

    Returns upper and lower bounds, shape (K,), and the probability to accept at the last look; the drift is
    right when that equals the last of betas. With a binding lower bound α counts only paths above it."""
    count = information.size
    upper, lower = given.copy(), np.full(count, -np.inf)
    at, mass, at_drift, mass_drift = np.zeros(1), np.ones(1), np.zeros(1), np.ones(1)
    before, missed = 0.0, 0.0
    for k in range(count):
        now = information[k]
        if np.isnan(upper[k]):
            upper[k] = bound_for(at, mass, before, now, 0.0, alphas[k], 1.0)
        lower[k] = bound_for(at_drift, mass_drift, before, now, drift, betas[k], -1.0)
        lower[k] = min(lower[k], upper[k])
        if k + 1 == count:
            missed = beyond(at_drift, mass_drift, before, now, drift, upper[k], -1.0)
            break
        low = lower[k] if binding else -np.inf
        at, mass = carried(at, mass, before, now, 0.0, low, upper[k], 0.0, x, w)
        at_drift, mass_drift = carried(
            at_drift, mass_drift, before, now, drift, lower[k], upper[k], 0.0, x, w
        )
        before = now
    return upper, lower, missed
