"""How much larger is the variance of the coefficients because the covariance was estimated?

Kenward & Roger (1997), Biometrics 53:983–997, equation (5): Φ + 2Φ{Σ W_ij (Q_ij − P_i Φ P_j − R_ij/4)}Φ. R depends
on how the covariance is written: here as L L′ with the logarithms of L's diagonal and each row of L over
its diagonal, as the `mmrm` package documents; the linear form of Kenward & Roger (2009) leaves R out."""

import numpy as np

from cordula.stats.models.inputs import Floats, Whole
from cordula.stats.models.likelihood import dense, elements


def adjusted(
    sigma: Floats,
    phi: Floats,
    slopes: Floats,
    spread: Floats,
    a: Floats,
    sums: Floats,
    stacked: Whole,
    linear: bool,
) -> Floats:
    """The adjusted covariance of the coefficients (p, p); arguments as `likelihood.evaluated` returns them."""
    p, slopes = len(phi), np.moveaxis(slopes, 2, 0)[:, :-1, :-1]
    bend = _second_moment(spread, a)
    if not linear:
        bend -= 0.25 * a @ _curvature(sigma, spread) @ a
    q = np.einsum("guv,guvij->ij", bend, dense(sums, stacked)[..., :p, :p])
    moved = np.einsum("km,kij,jl,mlu->iu", spread, slopes, phi, slopes, optimize=True)
    inner = phi @ (q - moved) @ phi
    return np.asarray(phi + inner + inner.T)


def _second_moment(spread: Floats, a: Floats) -> Floats:
    """Σ W_km A E_k A E_m A for each pattern: (g, visits, visits)."""
    unit = _units(a.shape[1])
    both = np.einsum("km,kuv,mwx->uvwx", spread, unit, unit, optimize=True)
    found = np.einsum("giu,uvwx,gvw,gxj->gij", a, both, a, a, optimize=True)
    return np.asarray(found, dtype=np.float64)


def _units(visits: int) -> Floats:
    """E_k = ∂Σ/∂σ_k: (q, visits, visits)."""
    places = elements(visits)
    unit = np.zeros((len(places), visits, visits))
    for k, (i, j) in enumerate(places):
        unit[k, i, j] = unit[k, j, i] = 1.0
    return unit


def _curvature(sigma: Floats, spread: Floats) -> Floats:
    """Σ W_ij ∂²Σ/∂θ_i∂θ_j with θ of the log-Cholesky form and W carried over to θ: (visits, visits)."""
    low = np.asarray(np.linalg.cholesky(sigma), dtype=np.float64)
    places = [(r, r) for r in range(len(low))] + [(r, c) for r in range(len(low)) for c in range(r)]
    first = [_first(low, place) for place in places]
    jacobian = np.array(
        [[(d @ low.T + low @ d.T)[i, j] for d in first] for i, j in elements(len(low))]
    )
    back = np.linalg.inv(jacobian)
    w = back @ spread @ back.T
    total = np.zeros_like(low)
    for i, one in enumerate(places):
        for j, two in enumerate(places):
            bent = _second(low, one, two) @ low.T + first[i] @ first[j].T
            total += w[i, j] * (bent + bent.T)
    return total


def _first(low: Floats, place: tuple[int, int]) -> Floats:
    """∂L/∂θ: the row itself for the logarithm of its diagonal, the diagonal for an element beside it."""
    row, column = place
    found = np.zeros_like(low)
    if row == column:
        found[row] = low[row]
    else:
        found[row, column] = low[row, row]
    return found


def _second(low: Floats, one: tuple[int, int], two: tuple[int, int]) -> Floats:
    """∂²L/∂θ∂θ′, nought unless both are of one row and one of them is its diagonal."""
    if one[0] != two[0] or (one[0] != one[1] and two[0] != two[1]):
        return np.zeros_like(low)
    return _first(low, two if one[0] == one[1] else one)
