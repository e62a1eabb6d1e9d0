"""Above which mean of the first arm does the trial succeed, for each mean of the second? Kernel and twin.

P(θ₁ − θ₂ > q | y₁, y₂) rises with y₁ and falls with y₂, so the success region lies above a curve."""

import math

import numpy as np
from scipy import special

from cordula.stats.borrowing.families import Array
from cordula.stats.compiled import compiled, kernel_or_twin

# An arm is its prior's weights, means and standard deviations, shape (3, K), and its mean's standard error.
# Posterior variances do not depend on the results, so everything but weights and means is prepared once.


@compiled
def _prepared(arm: Array, error: float) -> Array:
    """Of each component: log of weight and height, mean, half the precision of its prediction, pull, variance."""
    ready = np.empty((5, arm.shape[1]))
    for k in range(arm.shape[1]):
        total = arm[2, k] ** 2 + error**2
        ready[0, k] = math.log(arm[0, k]) - 0.5 * math.log(total)
        ready[1, k] = arm[1, k]
        ready[2, k] = 0.5 / total
        ready[3, k] = arm[2, k] ** 2 / total
        ready[4, k] = ready[3, k] * error**2
    return ready


@compiled
def _updated(y: float, ready: Array, known: Array) -> None:
    """The posterior weights and means after the result y, into `known`, shape (2, K)."""
    most = -np.inf
    for k in range(ready.shape[1]):
        apart = y - ready[1, k]
        known[0, k] = ready[0, k] - ready[2, k] * apart * apart
        known[1, k] = ready[1, k] + ready[3, k] * apart
        most = max(most, known[0, k])
    whole = 0.0
    for k in range(ready.shape[1]):
        # One component keeps all the weight, and an exponential is spared.
        known[0, k] = 1.0 if ready.shape[1] == 1 else math.exp(known[0, k] - most)
        whole += known[0, k]
    for k in range(ready.shape[1]):
        known[0, k] /= whole


@compiled
def _off(
    y1: float, ready: Array, known_1: Array, known_2: Array, scale: Array, q: float, level: float
) -> float:
    """P(θ₁ − θ₂ ≤ q) − level."""
    _updated(y1, ready, known_1)
    total = 0.0
    for i in range(known_1.shape[1]):
        for j in range(known_2.shape[1]):
            z = (known_1[1, i] - known_2[1, j] - q) * scale[i, j]
            total += known_1[0, i] * known_2[0, j] * math.erfc(z)
    return 0.5 * total - level


@compiled
def _widened(
    guess: float,
    width: float,
    ready: Array,
    known_1: Array,
    known_2: Array,
    scale: Array,
    q: float,
    level: float,
) -> tuple[float, float, float, float]:
    """Two results between which the level lies, and how far each is off."""
    low, high, reach = guess - width, guess + width, width
    off_low = _off(low, ready, known_1, known_2, scale, q, level)
    off_high = _off(high, ready, known_1, known_2, scale, q, level)
    while off_low < 0.0:
        reach *= 2.0
        high, off_high = low, off_low
        low -= reach
        off_low = _off(low, ready, known_1, known_2, scale, q, level)
    while off_high > 0.0:
        reach *= 2.0
        low, off_low = high, off_high
        high += reach
        off_high = _off(high, ready, known_1, known_2, scale, q, level)
    return low, high, off_low, off_high


@compiled
def _root(
    guess: float,
    width: float,
    ready: Array,
    known_1: Array,
    known_2: Array,
    scale: Array,
    q: float,
    level: float,
) -> float:
    """Regula falsi (Illinois), bisecting now and then."""
    low, high, off_low, off_high = _widened(guess, width, ready, known_1, known_2, scale, q, level)
    side, at = 0, 0.5 * (low + high)
    for turn in range(200):
        if turn % 8 == 7 or off_low == off_high:
            at = 0.5 * (low + high)
        else:
            at = (low * off_high - high * off_low) / (off_high - off_low)
        off = _off(at, ready, known_1, known_2, scale, q, level)
        if abs(off) < 1e-13 or high - low < 1e-12 * (1.0 + abs(at)):
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
    ready_1, ready_2 = _prepared(one, error1), _prepared(two, error2)
    known_1, known_2 = np.empty((2, one.shape[1])), np.empty((2, two.shape[1]))
    scale = np.empty((one.shape[1], two.shape[1]))
    for i in range(one.shape[1]):
        for j in range(two.shape[1]):
            scale[i, j] = 1.0 / math.sqrt(2.0 * (ready_1[4, i] + ready_2[4, j]))
    answer = np.empty(len(y2))
    guess, width, before = y2[0] + q, error1, 0.0
    for n in range(len(y2)):
        _updated(y2[n], ready_2, known_2)
        answer[n] = _root(guess, width, ready_1, known_1, known_2, scale, q, level)
        rise = answer[n] - answer[n - 1] if n > 0 else 0.0
        bend = rise - before if n > 1 else 0.0
        guess, width, before = answer[n] + rise + bend, max(0.5 * abs(bend), 1e-6 * error1), rise
        if n == 0:
            width = error1
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
