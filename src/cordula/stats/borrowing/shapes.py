"""How does a component bend with its parameters? Natural parameters, expected statistics and their derivatives.

Every family is exponential: log f = e·T − A(e). It is climbed in two free numbers with no bounds: normal (mean, log sd),
beta (logit of the mean, log of a + b), gamma (log mean, log shape)."""

import math

import numpy as np
from scipy import special

from cordula.stats.borrowing.families import Array, Kind
from cordula.stats.borrowing.polygamma import digamma, trigamma
from cordula.stats.compiled import compiled, kernel_or_twin

CODES: dict[Kind, int] = {"normal": 0, "beta": 1, "gamma": 2}

# Rows of a table of shapes, one column a component.
# 0: −A; 1–2: e; 3–4: E[T]; 5–7: Var T (11, 12, 22); 8–11: de/dφ (11, 12, 21, 22);
# 12–14 and 15–17: the second derivatives of e₁ and of e₂ in φ (11, 12, 22).
ROWS = 18


@compiled
def _normal(m: float, log_sd: float, out: Array) -> None:
    p = math.exp(-2.0 * log_sd)
    out[0] = -0.5 * m * m * p - log_sd - 0.9189385332046727
    out[1], out[2] = m * p, -0.5 * p
    out[3], out[4] = m, m * m + 1.0 / p
    out[5], out[6], out[7] = 1.0 / p, 2.0 * m / p, 4.0 * m * m / p + 2.0 / (p * p)
    out[8], out[9], out[10], out[11] = p, -2.0 * m * p, 0.0, p
    out[12], out[13], out[14] = 0.0, -2.0 * p, 4.0 * m * p
    out[15], out[16], out[17] = 0.0, 0.0, -2.0 * p


@compiled
def _beta(logit: float, log_size: float, out: Array) -> None:
    n, p, q = math.exp(log_size), 1.0 / (1.0 + math.exp(-logit)), 1.0 / (1.0 + math.exp(logit))
    a, b, s = n * p, n * q, n * p * q
    common, bend = digamma(n), trigamma(n)
    out[0] = math.lgamma(n) - math.lgamma(a) - math.lgamma(b)
    out[1], out[2] = a - 1.0, b - 1.0
    out[3], out[4] = digamma(a) - common, digamma(b) - common
    out[5], out[6], out[7] = trigamma(a) - bend, -bend, trigamma(b) - bend
    out[8], out[9], out[10], out[11] = s, a, -s, b
    out[12], out[13], out[14] = s * (q - p), s, a
    out[15], out[16], out[17] = -s * (q - p), -s, b


@compiled
def _gamma(log_mean: float, log_shape: float, out: Array) -> None:
    s, r = math.exp(log_shape), math.exp(log_shape - log_mean)
    log_rate = log_shape - log_mean
    out[0] = s * log_rate - math.lgamma(s)
    out[1], out[2] = -r, s - 1.0
    out[3], out[4] = s / r, digamma(s) - log_rate
    out[5], out[6], out[7] = s / (r * r), 1.0 / r, trigamma(s)
    out[8], out[9], out[10], out[11] = r, -r, 0.0, s
    out[12], out[13], out[14] = -r, r, -r
    out[15], out[16], out[17] = 0.0, 0.0, s


@compiled
def shapes_kernel(code: int, free: Array) -> Array:
    """The table of shapes, (18, K), at the free numbers, (2, K)."""
    table = np.empty((free.shape[1], ROWS))
    for k in range(free.shape[1]):
        if code == 0:
            _normal(free[0, k], free[1, k], table[k])
        elif code == 1:
            _beta(free[0, k], free[1, k], table[k])
        else:
            _gamma(free[0, k], free[1, k], table[k])
    return table.T


def shapes_twin(code: int, free: Array) -> Array:
    one, two = free
    nothing = np.zeros_like(one)
    if code == 0:
        v = np.exp(2 * two)
        p, far = 1 / v, -0.5 * np.log(2 * np.pi) - two
        rows = [far - 0.5 * one**2 * p, one * p, -0.5 * p, one, one**2 + v, v, 2 * one * v]
        rows += [4 * one**2 * v + 2 * v**2, p, -2 * one * p, nothing, p]
        return np.array([*rows, nothing, -2 * p, 4 * one * p, nothing, nothing, -2 * p])
    if code == 1:
        n, p, q = np.exp(two), special.expit(one), special.expit(-one)
        a, b, s, bend = n * p, n * q, n * p * q, special.polygamma(1, n)
        rows = [-special.betaln(a, b), a - 1, b - 1]
        rows += [special.psi(a) - special.psi(n), special.psi(b) - special.psi(n)]
        rows += [special.polygamma(1, a) - bend, -bend, special.polygamma(1, b) - bend]
        return np.array([*rows, s, a, -s, b, s * (q - p), s, a, -s * (q - p), -s, b])
    s, r, log_r = np.exp(two), np.exp(two - one), two - one
    rows = [s * log_r - special.gammaln(s), -r, s - 1, s / r, special.psi(s) - log_r]
    rows += [s / r**2, 1 / r, special.polygamma(1, s), r, -r, nothing, s]
    return np.array([*rows, -r, r, -r, nothing, nothing, s])


shapes = kernel_or_twin(shapes_kernel, shapes_twin)


def statistics(kind: Kind, x: Array) -> tuple[Array, Array]:
    """The two sufficient statistics T at x, each of x's shape."""
    if kind == "normal":
        return x, x**2
    if kind == "beta":
        return np.log(x), np.log1p(-x)
    return x, np.log(x)


def bound(kind: Kind, free: Array) -> tuple[Array, Array]:
    """A family's own parameters (see `families`) from the free numbers, (2, K)."""
    if kind == "normal":
        return free[0], np.exp(free[1])
    if kind == "beta":
        return np.exp(free[1]) * special.expit(free[0]), np.exp(free[1]) * special.expit(-free[0])
    return np.exp(free[1]), np.exp(free[1] - free[0])
