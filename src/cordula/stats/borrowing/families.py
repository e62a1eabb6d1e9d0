"""What do the three conjugate families have in common: density, distribution, quantile, moments.

normal: mean, standard deviation. beta: a, b. gamma: shape, rate. Arrays broadcast."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import special

Kind = Literal["normal", "beta", "gamma"]
Array = NDArray[np.float64]

KINDS: tuple[Kind, ...] = ("normal", "beta", "gamma")
_LOG_ROOT_2PI = 0.5 * float(np.log(2 * np.pi))


def support(kind: Kind) -> tuple[float, float]:
    """Where the density may be positive."""
    return {"normal": (-np.inf, np.inf), "beta": (0.0, 1.0), "gamma": (0.0, np.inf)}[kind]


def log_density(
    kind: Kind, x: Array, first: Array, second: Array, rest: Array | None = None
) -> Array:
    """The logarithm of the density; −inf outside the support. `rest` is 1 − x, where it is known exactly."""
    lower, upper = support(kind)
    inside = (x >= lower) & (x <= upper)
    within = np.where(inside, x, 0.5)
    if kind == "normal":
        found = -0.5 * ((within - first) / second) ** 2 - np.log(second) - _LOG_ROOT_2PI
    elif kind == "beta":
        told = (
            special.xlog1py(second - 1, -within)
            if rest is None
            else special.xlogy(second - 1, rest)
        )
        found = special.xlogy(first - 1, within) + told - special.betaln(first, second)
    else:
        found = special.xlogy(first - 1, within) - second * within
        found = found + first * np.log(second) - special.gammaln(first)
    return np.where(inside, found, -np.inf)


def distribution(kind: Kind, x: Array, first: Array, second: Array) -> Array:
    """P(X ≤ x)."""
    if kind == "normal":
        return np.asarray(special.ndtr((x - first) / second))
    if kind == "beta":
        return np.asarray(special.betainc(first, second, np.clip(x, 0.0, 1.0)))
    return np.asarray(special.gammainc(first, second * np.maximum(x, 0.0)))


def survival(kind: Kind, x: Array, first: Array, second: Array) -> Array:
    """P(X > x), exact in the tail where 1 − P(X ≤ x) would be rounded away."""
    if kind == "normal":
        return np.asarray(special.ndtr((first - x) / second))
    if kind == "beta":
        return np.asarray(special.betaincc(first, second, np.clip(x, 0.0, 1.0)))
    return np.asarray(special.gammaincc(first, second * np.maximum(x, 0.0)))


def quantile(kind: Kind, p: Array, first: Array, second: Array) -> Array:
    """The x with P(X ≤ x) = p."""
    if kind == "normal":
        return np.asarray(first + second * special.ndtri(p))
    if kind == "beta":
        return np.asarray(special.betaincinv(first, second, p))
    return np.asarray(special.gammaincinv(first, p) / second)


def moments(kind: Kind, first: Array, second: Array) -> tuple[Array, Array]:
    """Mean and variance."""
    if kind == "normal":
        return first, second**2
    if kind == "beta":
        mean = first / (first + second)
        return mean, mean * (1 - mean) / (first + second + 1)
    return first / second, first / second**2


def slopes(
    kind: Kind, x: Array, first: Array, second: Array, rest: Array | None = None
) -> tuple[Array, Array]:
    """The first and second derivative of the log density in x, inside the support."""
    if kind == "normal":
        return (first - x) / second**2, np.broadcast_to(
            -1 / second**2, np.broadcast(x, first).shape
        )
    if kind == "beta":
        beyond = 1 - x if rest is None else rest
        left, right = (first - 1) / x, (second - 1) / beyond
        return left - right, -left / x - right / beyond
    left = (first - 1) / x
    return left - second, -left / x
