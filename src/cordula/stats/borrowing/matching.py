"""Which parameters give a family these expected statistics? The M-step of its mixtures, by Newton.

normal: E[x], E[x²]; beta: E[log x], E[log(1 − x)]; gamma: E[x], E[log x]."""

import numpy as np
from scipy import special

from cordula.stats.borrowing.families import Array, Kind

_STEPS = 40


def statistics(kind: Kind, x: Array) -> tuple[Array, Array]:
    """The two sufficient statistics at x, each of x's shape."""
    if kind == "normal":
        return x, x**2
    if kind == "beta":
        return np.log(x), np.log1p(-x)
    return x, np.log(x)


def parameters(
    kind: Kind, one: Array, two: Array, near: tuple[Array, Array] | None
) -> tuple[Array, Array]:
    """The parameters whose expected statistics are `one` and `two`; Newton begins at `near`, if given."""
    if kind == "normal":
        return one, np.sqrt(np.maximum(two - one**2, 1e-12 * (1 + one**2)))
    if kind == "beta":
        return _beta(one, two, near)
    return _gamma(one, two)


def _gamma(mean: Array, log_mean: Array) -> tuple[Array, Array]:
    """log k − ψ(k) = log E[x] − E[log x]; the start is Minka's closed approximation."""
    gap = np.maximum(np.log(mean) - log_mean, 1e-12)
    shape = (3 - gap + np.sqrt((gap - 3) ** 2 + 24 * gap)) / (12 * gap)
    for _ in range(_STEPS):
        off = np.log(shape) - special.psi(shape) - gap
        # Newton in log k, where the equation is nearly straight.
        step = off / (1 - shape * special.zeta(2, shape))
        shape = shape * np.exp(-np.clip(step, -2, 2))
        if np.abs(step).max() < 1e-13:
            break
    return shape, shape / mean


def _beta(left: Array, right: Array, near: tuple[Array, Array] | None) -> tuple[Array, Array]:
    """ψ(a) − ψ(a+b) = E[log x], ψ(b) − ψ(a+b) = E[log(1−x)]; two equations, convex, solved in log a, log b."""
    a, b = near if near is not None else _start(left, right)
    for _ in range(_STEPS):
        whole, common = special.psi(a + b), special.zeta(2, a + b)
        off_a, off_b = special.psi(a) - whole - left, special.psi(b) - whole - right
        saa, sbb = a * (special.zeta(2, a) - common), b * (special.zeta(2, b) - common)
        sab, sba = -b * common, -a * common
        room = saa * sbb - sab * sba
        step_a = (sbb * off_a - sab * off_b) / room
        step_b = (saa * off_b - sba * off_a) / room
        a, b = a * np.exp(-np.clip(step_a, -1, 1)), b * np.exp(-np.clip(step_b, -1, 1))
        if max(np.abs(step_a).max(), np.abs(step_b).max()) < 1e-12:
            break
    return a, b


def _start(left: Array, right: Array) -> tuple[Array, Array]:
    """From the geometric means G of x and H of 1 − x: a ≈ ½ + G/(2(1 − G − H)) (Johnson & Kotz 1970)."""
    g, h = np.exp(left), np.exp(right)
    room = np.maximum(1 - g - h, 1e-12)
    return 0.5 + g / (2 * room), 0.5 + h / (2 * room)
