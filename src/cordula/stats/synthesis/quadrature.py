"""Nodes and weights on which posteriors are integrated, and the polynomial through them."""

from functools import cache

import numpy as np
from numpy.polynomial.legendre import leggauss, legval

from cordula.stats.synthesis.checks import Vector


@cache
def unit_nodes(n: int) -> tuple[Vector, Vector]:
    """Gauss–Legendre nodes and weights on (0, 1)."""
    x, w = leggauss(n)
    return (x + 1) / 2, w / 2


@cache
def legendre_transform(n: int) -> Vector:
    """Takes the values at `unit_nodes(n)` to Legendre coefficients: shape (n, n).

    c_m = (2m+1)/2 Σ w_i f(x_i) P_m(x_i), exact for polynomials of degree below n."""
    x, w = leggauss(n)
    values = legval(x, np.eye(n))
    return np.asarray((np.arange(n)[:, None] + 0.5) * values * w)
