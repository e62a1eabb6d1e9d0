"""Above which mean of the first arm does the trial succeed, for each mean of the second? Kernel and twin.

P(θ₁ − θ₂ > q | y₁, y₂) rises with y₁ and falls with y₂, so the success region lies above a curve."""

import math

import numpy as np
from scipy import special

from cordula.stats.borrowing.families import Array
from cordula.stats.compiled import compiled, kernel_or_twin

# An arm is its prior's weights, means and standard deviations, shape (3, K), and its mean's standard error.


@compiled
def _updated(
    y: float, error: float, w: Array, m: Array, s: Array, to_w: Array, to_m: Array, to_v: Array
) -> None:
    most = -np.inf
    for k in range(len(w)):
        total = s[k] * s[k] + error * error
        to_w[k] = math.log(w[k]) - 0.5 * math.log(total) - 0.5 * (y - m[k]) ** 2 / total
        most = max(most, to_w[k])
        to_m[k] = (m[k] * error * error + y * s[k] * s[k]) / total
        to_v[k] = s[k] * s[k] * error * error / total
    whole = 0.0
    for k in range(len(w)):
        to_w[k] = math.exp(to_w[k] - most)
        whole += to_w[k]
    for k in range(len(w)):
        to_w[k] /= whole


@compiled
def _below(q: float, w1: Array, m1: Array, v1: Array, w2: Array, m2: Array, v2: Array) -> float:
    """P(θ₁ − θ₂ ≤ q)."""
    total = 0.0
    for i in range(len(w1)):
        for j in range(len(w2)):
            z = (q - m1[i] + m2[j]) / math.sqrt(2.0 * (v1[i] + v2[j]))
            total += w1[i] * w2[j] * 0.5 * math.erfc(-z)
    return total


@compiled
def _off(
    y1: float, one: Array, error1: float, post1: Array, post2: Array, q: float, level: float
) -> float:
    _updated(y1, error1, one[0], one[1], one[2], post1[0], post1[1], post1[2])
    found: float = _below(q, post1[0], post1[1], post1[2], post2[0], post2[1], post2[2])
    return found - level


@compiled
def _root(
    guess: float,
    width: float,
    one: Array,
    error1: float,
    post1: Array,
    post2: Array,
    q: float,
    level: float,
) -> float:
    """Widen from the guess until the level lies between, then regula falsi (Illinois), bisecting now and then."""
    low, high, reach = guess - width, guess + width, width
    off_low = _off(low, one, error1, post1, post2, q, level)
    off_high = _off(high, one, error1, post1, post2, q, level)
    while off_low < 0.0:
        reach *= 2.0
        low -= reach
        off_low = _off(low, one, error1, post1, post2, q, level)
    while off_high > 0.0:
        reach *= 2.0
        high += reach
        off_high = _off(high, one, error1, post1, post2, q, level)
    side, at = 0, 0.5 * (low + high)
    for turn in range(200):
        if turn % 8 == 7 or off_low == off_high:
            at = 0.5 * (low + high)
        else:
            at = (low * off_high - high * off_low) / (off_high - off_low)
        off = _off(at, one, error1, post1, post2, q, level)
        if abs(off) < 1e-13 or high - low < 1e-11 * error1:
            break
        if off > 0.0:
            low, off_low = at, off
            off_high = off_high * 0.5 if side == 1 else off_high
            side = 1
        else:
            high, off_high = at, off
            off_low = off_low * 0.5 if side == -1 else off_low
            side = -1
    return at


@compiled
def _curve_kernel(
    y2: Array, one: Array, error1: float, two: Array, error2: float, q: float, level: float
) -> Array:
    """The y₁ with P(θ₁ − θ₂ ≤ q | y₁, y₂) = level for rising y₂, each sought from its neighbour's answer."""
    post1, post2 = np.empty(one.shape), np.empty(two.shape)
    answer = np.empty(len(y2))
    guess, width = y2[0] + q, error1
    for n in range(len(y2)):
        _updated(y2[n], error2, two[0], two[1], two[2], post2[0], post2[1], post2[2])
        answer[n] = _root(guess, width, one, error1, post1, post2, q, level)
        rise = answer[n] - answer[n - 1] if n > 0 else 0.0
        guess, width = answer[n] + rise, max(0.3 * abs(rise), 1e-3 * error1)
    return answer


def _curve_twin(
    y2: Array, one: Array, error1: float, two: Array, error2: float, q: float, level: float
) -> Array:
    """The same by bisection of all points at once."""
    from_two = _twin_updated(y2, error2, two)
    low, high = y2 + q - error1, y2 + q + error1
    for reach in error1 * 2.0 ** np.arange(60):
        short = _twin_below(q, _twin_updated(low, error1, one), from_two) < level
        far = _twin_below(q, _twin_updated(high, error1, one), from_two) > level
        if not (short.any() or far.any()):
            break
        low, high = np.where(short, low - reach, low), np.where(far, high + reach, high)
    for _ in range(100):
        at = 0.5 * (low + high)
        more = _twin_below(q, _twin_updated(at, error1, one), from_two) > level
        low, high = np.where(more, at, low), np.where(more, high, at)
    return np.asarray(0.5 * (low + high))


def _twin_updated(y: Array, error: float, prior: Array) -> tuple[Array, Array, Array]:
    w, m, s = prior
    total = s**2 + error**2
    joint = np.log(w) - 0.5 * np.log(total) - 0.5 * (y[:, None] - m) ** 2 / total
    share = np.exp(joint - joint.max(axis=1, keepdims=True))
    mean = (m * error**2 + y[:, None] * s**2) / total
    return share / share.sum(axis=1, keepdims=True), mean, s**2 * error**2 / total


def _twin_below(q: float, one: tuple[Array, ...], two: tuple[Array, ...]) -> Array:
    spread = np.sqrt(one[2][None, :, None] + two[2][None, None, :])
    z = (q - one[1][:, :, None] + two[1][:, None, :]) / spread
    return np.asarray((one[0][:, :, None] * two[0][:, None, :] * special.ndtr(z)).sum((1, 2)))


critical_curve = kernel_or_twin(_curve_kernel, _curve_twin)
