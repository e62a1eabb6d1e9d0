"""The recursion of `crossing.py` in plain NumPy: the twin that answers without Numba, and checks it with."""

import numpy as np

from cordula.stats.sequential.quadrature import REACH, Floats

Paths = tuple[Floats, Floats, float]  # nodes, masses, information
START: Paths = (np.zeros(1), np.ones(1), 0.0)


def beyond(paths: Paths, now: float, drift: float, bound: float, sign: float) -> float:
    from scipy.special import ndtr

    at, mass, before = paths
    centre = at * np.sqrt(before) + drift * (now - before)
    return float(mass @ ndtr(sign * (centre - bound * np.sqrt(now)) / np.sqrt(now - before)))


def subdensity(paths: Paths, now: float, drift: float, z: Floats) -> Floats:
    at, mass, before = paths
    step = now - before
    off = z[:, None] * np.sqrt(now) - at * np.sqrt(before) - drift * step
    return np.asarray(np.exp(-0.5 * off * off / step) @ mass * np.sqrt(now / (2 * np.pi * step)))


def bound_for(paths: Paths, now: float, drift: float, target: float, sign: float) -> float:
    if target <= 0.0:
        return sign * np.inf
    if target >= paths[1].sum():
        return -sign * np.inf
    bound = drift * np.sqrt(now) + sign * np.sqrt(max(0.0, -2.0 * np.log(2.0 * target)))
    for _ in range(100):
        tail = beyond(paths, now, drift, bound, sign)
        slope = subdensity(paths, now, drift, np.array([bound]))[0]
        if tail <= 0.0 or slope <= 0.0:
            break
        move = np.log(tail / target) * tail / slope
        bound += sign * np.clip(move, -2.0, 2.0)
        if abs(move) < 1e-13 * max(1.0, abs(bound)):
            return float(bound)
    return float("nan")


def carried(
    paths: Paths,
    now: float,
    drift: float,
    low: float,
    high: float,
    inner: float,
    x: Floats,
    w: Floats,
) -> Paths:
    mean = drift * np.sqrt(now)
    left, right = max(low, mean - REACH), min(high, mean + REACH)
    parts = [(left, right)]
    if inner > 0.0:
        parts = [(left, min(-inner, right)), (max(inner, left), right)]
    middle = [0.5 * (a + b) + max(0.0, 0.5 * (b - a)) * x for a, b in parts]
    weight = [max(0.0, 0.5 * (b - a)) * w for a, b in parts]
    to = np.concatenate(middle)
    return to, np.concatenate(weight) * subdensity(paths, now, drift, to), now


def crossings(
    information: Floats,
    upper: Floats,
    lower: Floats,
    inner: Floats,
    drift: float,
    x: Floats,
    w: Floats,
) -> Floats:
    out, paths = np.zeros((3, information.size)), START
    for k, now in enumerate(information):
        out[0, k] = beyond(paths, now, drift, upper[k], 1.0)
        out[1, k] = beyond(paths, now, drift, lower[k], -1.0)
        if inner[k] > 0.0:
            above = (beyond(paths, now, drift, edge, 1.0) for edge in (-inner[k], inner[k]))
            out[2, k] = next(above) - next(above)
        if k + 1 < information.size:
            paths = carried(paths, now, drift, lower[k], upper[k], inner[k], x, w)
    return out


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
    upper, spent, paths, total = given.copy(), np.zeros(information.size), START, 0.0
    for k, now in enumerate(information):
        if np.isnan(upper[k]):
            upper[k] = bound_for(paths, now, 0.0, (cumulative[k] - total) / sides, 1.0)
        total += sides * beyond(paths, now, 0.0, upper[k], 1.0)
        spent[k] = total
        low = -upper[k] if sides == 2 else lower[k]
        if k + 1 < information.size:
            paths = carried(paths, now, 0.0, low, upper[k], inner[k], x, w)
    return upper, spent


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
    upper, lower = given.copy(), np.full(information.size, -np.inf)
    null, shifted, missed = START, START, 0.0
    for k, now in enumerate(information):
        if np.isnan(upper[k]):
            upper[k] = bound_for(null, now, 0.0, alphas[k], 1.0)
        lower[k] = min(bound_for(shifted, now, drift, betas[k], -1.0), upper[k])
        if k + 1 == information.size:
            missed = beyond(shifted, now, drift, upper[k], -1.0)
            break
        low = lower[k] if binding else -np.inf
        null = carried(null, now, 0.0, low, upper[k], 0.0, x, w)
        shifted = carried(shifted, now, drift, lower[k], upper[k], 0.0, x, w)
    return upper, lower, missed
