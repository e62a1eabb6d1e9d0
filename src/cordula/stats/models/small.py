"""Cholesky of matrices too small to call a library for, inside kernels."""

import numpy as np

from cordula.stats.compiled import compiled
from cordula.stats.models.inputs import Floats


@compiled
def inverse(a: Floats, size: int) -> tuple[bool, Floats, float]:
    """Whether the first `size` rows and columns of `a` are positive definite; then their inverse and
    the logarithm of their determinant."""
    low, found, log_det = np.zeros((size, size)), np.zeros((size, size)), 0.0
    for i in range(size):
        for j in range(i + 1):
            left = a[i, j]
            for k in range(j):
                left -= low[i, k] * low[j, k]
            if i == j:
                if not left > 1e-13 * a[i, i]:
                    return False, found, log_det
                low[i, i] = np.sqrt(left)
                log_det += 2.0 * np.log(low[i, i])
            else:
                low[i, j] = left / low[j, j]
    for column in range(size):
        _solved(low, column, found)
    return True, found, log_det


@compiled
def _solved(low: Floats, column: int, found: Floats) -> None:
    """One column of the inverse of L L′: forward, then back."""
    size = low.shape[0]
    for i in range(column, size):
        left = 1.0 if i == column else 0.0
        for k in range(column, i):
            left -= low[i, k] * found[k, column]
        found[i, column] = left / low[i, i]
    for i in range(size - 1, -1, -1):
        left = found[i, column]
        for k in range(i + 1, size):
            left -= low[k, i] * found[k, column]
        found[i, column] = left / low[i, i]
