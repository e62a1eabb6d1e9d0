"""Matrices too small to call a library for, inside kernels."""

import numpy as np

from cordula.stats.compiled import compiled
from cordula.stats.models.inputs import Floats

LEAST = 1e-13


@compiled
def inverse(a: Floats, size: int) -> tuple[bool, Floats, float]:
    """Whether the first `size` rows and columns of `a` are positive definite; then their inverse and
    the logarithm of their determinant.

    Gauss and Jordan's, whose pivots are those of Cholesky; whole rows at a time, which run wide."""
    found, log_det = np.empty((size, size)), 0.0
    for i in range(size):
        for j in range(size):
            found[i, j] = a[i, j]
    for k in range(size):
        row = found[k]
        pivot = row[k]
        if not pivot > LEAST * a[k, k]:
            return False, found, log_det
        log_det += np.log(pivot)
        row[k] = 1.0
        for j in range(size):
            row[j] /= pivot
        for i in range(size):
            if i != k:
                _less(found[i], row, k)
    return True, found, log_det


@compiled
def _less(other: Floats, row: Floats, k: int) -> None:
    """Takes from another row what clears its place k, which then holds the inverse's."""
    times = other[k]
    other[k] = 0.0
    for j in range(len(row)):
        other[j] -= times * row[j]


@compiled
def regressed(a: Floats, spare: float) -> tuple[float, int]:
    """Least squares from cross-products, in place: the last row and column of `a` is the outcome.

    Answers what is left of the outcome and how many columns counted; then the last column of `a` holds the
    coefficients, nought for a column of which only the share `spare` is not in those before it."""
    last, counted = len(a) - 1, 0
    whole = a.copy()
    for k in range(last):
        row = a[k]
        if row[k] > spare * whole[k, k]:
            pivot = row[k]
            counted += 1
            for j in range(last + 1):
                row[j] /= pivot
            for i in range(last + 1):
                times = a[i, k]
                if i != k and times != 0.0:
                    for j in range(last + 1):
                        a[i, j] -= times * row[j]
        else:
            for j in range(last + 1):
                a[k, j] = a[j, k] = 0.0
    return a[last, last], counted


@compiled
def product(a: Floats, b: Floats) -> Floats:
    """a b of small matrices."""
    found = np.zeros((a.shape[0], b.shape[1]))
    for i in range(a.shape[0]):
        for k in range(a.shape[1]):
            added(found[i], b[k], a[i, k])
    return found


@compiled
def added(total: Floats, row: Floats, times: float) -> None:
    """`times` · row, added to total."""
    for k in range(len(row)):
        total[k] += times * row[k]


@compiled
def root(a: Floats) -> Floats:
    """The lower triangle L of a positive definite L L′."""
    size = len(a)
    low = np.zeros((size, size))
    for i in range(size):
        for j in range(i + 1):
            left = a[i, j]
            for m in range(j):
                left -= low[i, m] * low[j, m]
            low[i, j] = np.sqrt(max(left, 1e-300)) if i == j else left / low[j, j]
    return low


@compiled
def dot(one: Floats, other: Floats) -> float:
    """Σ one · other in four sums, which run side by side and always add up in the same order."""
    a, b, c, d = 0.0, 0.0, 0.0, 0.0
    whole = len(one) // 4 * 4
    for i in range(0, whole, 4):
        a += one[i] * other[i]
        b += one[i + 1] * other[i + 1]
        c += one[i + 2] * other[i + 2]
        d += one[i + 3] * other[i + 3]
    for i in range(whole, len(one)):
        a += one[i] * other[i]
    return (a + b) + (c + d)
