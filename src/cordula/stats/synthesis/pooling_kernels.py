"""The sums of a random-effects fit without moderators, compiled.

The plain twin is `regression`, which does the same with matrices for any moderators.
With w = 1/(v + τ²) and P = W − ww'/Σw: tr P = Σw − Σw²/Σw and tr PP = Σw² − 2Σw³/Σw + (Σw²/Σw)²."""

import math

import numpy as np

from cordula.stats.compiled import compiled
from cordula.stats.synthesis.checks import Vector

CODES = {"DL": 0, "HE": 1, "SJ": 2, "HS": 3, "PM": 4, "EB": 4, "ML": 5, "REML": 6}


@compiled
def sums(y: Vector, v: Vector, tau2: float) -> tuple[float, float, float, float, float, float]:
    """Σw, Σw², Σw³, μ, Σw(y−μ)², Σw²(y−μ)²."""
    sw = sw2 = sw3 = swy = 0.0
    for i in range(y.size):
        w = 1.0 / (v[i] + tau2)
        sw += w
        sw2 += w * w
        sw3 += w * w * w
        swy += w * y[i]
    mu = swy / sw
    q = q2 = 0.0
    for i in range(y.size):
        w = 1.0 / (v[i] + tau2)
        off = w * (y[i] - mu)
        q += off * (y[i] - mu)
        q2 += off * off
    return sw, sw2, sw3, mu, q, q2


@compiled
def q_root(y: Vector, v: Vector, target: float) -> float:
    """τ² ≥ 0 at which Q(τ²) = target, 0 where Q(0) is below it, NaN if not found.

    Q falls with τ², and 1/Q is nearly straight: Newton on 1/Q, kept within a bracket."""
    q, q2 = sums(y, v, 0.0)[4:]
    if q <= target:
        return 0.0
    low, high, x = 0.0, math.inf, 0.0
    for _ in range(200):
        step = (q - target) * q / (target * q2)
        new = x + step
        if not (low < new < high):
            new = 0.5 * (low + high) if high < math.inf else 2.0 * x + 1.0
        if abs(new - x) <= 1e-14 * (new + 1e-300):
            return new
        x = new
        q, q2 = sums(y, v, x)[4:]
        if q > target:
            low = x
        else:
            high = x
        if high < math.inf and high - low <= 4e-16 * high:
            return x
    return math.nan


@compiled
def plain_tau2(y: Vector, v: Vector, code: int) -> float:
    """The estimators without a search: DerSimonian–Laird, Hedges, Sidik–Jonkman, Hunter–Schmidt."""
    k = y.size
    if code == 0 or code == 3:
        sw, sw2, _, _, q, _ = sums(y, v, 0.0)
        return (q - (k - 1)) / (sw - sw2 / sw) if code == 0 else (q - k) / sw
    spread = float(np.sum((y - np.mean(y)) ** 2))
    if code == 1:
        return spread / (k - 1) - float(np.mean(v))
    first = spread / k
    return first * sums(y, v, first)[4] / (k - 1)


@compiled
def scored_tau2(y: Vector, v: Vector, restricted: bool, most: int) -> tuple[float, int]:
    """ML or REML by Fisher scoring, halved where it would swing or cross 0; the second number is 0 where it did not settle."""
    x, last, share = max(0.0, plain_tau2(y, v, 1)), 0.0, 1.0
    for turn in range(1, most + 1):
        sw, sw2, sw3, _, _, q2 = sums(y, v, x)
        if restricted:
            step = (q2 - (sw - sw2 / sw)) / (sw2 - 2.0 * sw3 / sw + (sw2 / sw) ** 2)
        else:
            step = (q2 - sw) / sw2
        if x == 0.0 and step <= 0.0:
            return 0.0, turn
        # A step that goes back nearly as far as the last one went would swing for ever.
        if step * last < 0.0 and abs(step) > 0.5 * abs(last):
            share *= 0.5
        step *= share
        last = step
        while x + step < 0.0:
            step *= 0.5
            if x + step < 1e-12 * v.min():
                step = -x
        x += step
        if abs(step) <= 1e-13 * (x + v.min()):
            return x, turn
    return x, 0


@compiled
def possible(y: Vector, se: Vector) -> bool:
    """Whether every estimate is finite and every standard error finite and above 0."""
    fine = True
    for i in range(y.size):
        fine = fine and math.isfinite(y[i]) and 0.0 < se[i] < math.inf
    return fine


@compiled
def fitted(
    y: Vector, se: Vector, code: int, below: float, above: float
) -> tuple[float, int, float, float, float, float, float, float, float, float, Vector]:
    """τ², turns, its Q-profile limits for two χ² quantiles, μ, Σw, Σw(y−μ)², Q at τ² = 0, the typical
    sampling variance (Higgins & Thompson 2002, eq. 9), the information on τ², and the weights."""
    v, k = se * se, y.size
    turns = 1
    if code == 4:
        tau2 = q_root(y, v, k - 1.0)
    elif code >= 5:
        tau2, turns = scored_tau2(y, v, code == 6, 1000)
    else:
        tau2 = max(0.0, plain_tau2(y, v, code)) if code >= 0 else 0.0
    lower = upper = math.nan
    if above > 0.0:
        lower, upper = q_root(y, v, below), q_root(y, v, above)
    sw, sw2, sw3, mu, q, _ = sums(y, v, tau2)
    first, second, _, _, q0, _ = sums(y, v, 0.0)
    trace = first - second / first
    typical = (k - 1) / trace if k > 1 and trace > 0.0 else v[0]
    information = sw2 if code == 5 else sw2 - 2.0 * sw3 / sw + (sw2 / sw) ** 2
    weights = 1.0 / (v + tau2) / sw
    return tau2, turns, lower, upper, mu, sw, q, q0, typical, information, weights
