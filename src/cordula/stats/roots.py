"""Where does a function of one number cross nought? Brent's method, between two places where it differs in sign.

Brent 1973, Algorithms for Minimization without Derivatives, chapter 4: a step by interpolation where that closes in,
else half the way. It asks for the same places as SciPy's `brentq` and answers the same to the last bit, and
the command line does not wait for the rest of `scipy.optimize`."""

from collections.abc import Callable
from math import copysign

from cordula.stats.refusals import CannotBe

STEPS = 100


def root(
    function: Callable[[float], float], low: float, high: float, *, near: float, close: float
) -> float:
    """A place between `low` and `high` where the function is 0, within `near` + `close` times its size.

    Raises CannotBe where the function has one sign at both, or no answer is found in a hundred steps."""
    last, at_last = low, function(low)
    now, at_now = high, function(high)
    if at_last == 0 or at_now == 0:
        return last if at_last == 0 else now
    if _above(at_last) == _above(at_now):
        raise CannotBe(
            f"a crossing is sought between {low} and {high}, and there is none: "
            f"{at_last} and {at_now} lie on one side of 0"
        )
    far, at_far = last, at_last
    step = before = now - last
    for _ in range(STEPS):
        if abs(at_far) < abs(at_now):
            last, now, far = now, far, now
            at_last, at_now, at_far = at_now, at_far, at_now
        least, half = (near + close * abs(now)) / 2, (far - now) / 2
        if at_now == 0 or abs(half) < least:
            return now
        tried = half
        if abs(before) > least and abs(at_now) < abs(at_last):
            tried = _interpolated((last, at_last), (now, at_now), (far, at_far))
            if 2 * abs(tried) >= min(abs(before), 3 * abs(half) - least):
                tried = half
        before, step = (half, half) if tried == half else (step, tried)
        last, at_last = now, at_now
        now += step if abs(step) > least else copysign(least, half)
        at_now = function(now)
        if at_now != 0 and _above(at_last) != _above(at_now):
            far, at_far = last, at_last
            step = before = now - last
    raise CannotBe(f"no crossing was found between {low} and {high} in {STEPS} steps")


def _above(value: float) -> bool:
    return copysign(1.0, value) > 0


def _interpolated(
    last: tuple[float, float], now: tuple[float, float], far: tuple[float, float]
) -> float:
    """How far to go from `now`: by the chord of two places, or the inverse parabola of three."""
    (x0, y0), (x1, y1), (x2, y2) = last, now, far
    if x0 == x2:
        return -y1 * (x1 - x0) / (y1 - y0)
    to_last, to_far = (y0 - y1) / (x0 - x1), (y2 - y1) / (x2 - x1)
    return -y1 * (y2 * to_far - y0 * to_last) / (to_far * to_last * (y2 - y0))
