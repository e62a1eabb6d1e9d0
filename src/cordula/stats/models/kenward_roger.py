"""How much larger is the variance of the coefficients because the covariance was estimated?

Kenward & Roger (1997), Biometrics 53:983–997, equation (5): Φ + 2Φ{Σ W_ij (Q_ij − P_i Φ P_j − R_ij/4)}Φ. R depends
on how the covariance is written: here as L L′ with the logarithms of L's diagonal and each row of L over
its diagonal, as the `mmrm` package documents; the linear form of Kenward & Roger (2009) leaves R out."""

import numpy as np

from cordula.stats.compiled import compiled, kernel_or_twin
from cordula.stats.models.inputs import Floats, Whole
from cordula.stats.models.likelihood import dense, elements, weighed
from cordula.stats.models.small import added, dot, product, root


@compiled
def adjusted_kernel(
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
    p, visits = len(phi), len(sigma)
    places = elements(visits)
    total, curved = np.zeros((p + 1, p + 1)), np.zeros((visits, visits))
    if not linear:
        curved = _curved(sigma, spread, places)
    for g in range(len(a)):
        bend = _second(a[g], spread, places)
        for i in range(visits):
            added(bend[i], curved[i], -0.25)
        weighed(product(product(a[g], bend), a[g]), sums[g], stacked, total)
    inner = _less_moved(total, phi, slopes, spread)
    found = product(product(phi, inner), phi)
    for i in range(p):
        for j in range(i + 1):
            both = phi[i, j] + found[i, j] + found[j, i]
            found[i, j] = found[j, i] = both
    return found


@compiled
def _second(a: Floats, spread: Floats, places: Whole) -> Floats:
    """Σ W_km E_k A E_m of one pattern: (visits, visits)."""
    found = np.zeros(a.shape)
    for k in range(len(places)):
        i, j = places[k, 0], places[k, 1]
        for m in range(len(places)):
            s, t = places[m, 0], places[m, 1]
            w = spread[k, m] * (0.5 if i == j else 1.0) * (0.5 if s == t else 1.0)
            found[i, t] += w * a[j, s]
            found[i, s] += w * a[j, t]
            found[j, t] += w * a[i, s]
            found[j, s] += w * a[i, t]
    return found


@compiled
def _less_moved(total: Floats, phi: Floats, slopes: Floats, spread: Floats) -> Floats:
    """`total` without the outcome, less Σ W_km F_k Φ F_m."""
    p, q = len(phi), len(spread)
    found, once, turned = np.empty((p, p)), np.zeros((p, p * q)), np.zeros((p, p * q))
    for i in range(p):
        for j in range(p):
            found[i, j] = total[i, j]
            for k in range(q):
                for m in range(q):
                    once[i, j * q + m] += slopes[i, j, k] * spread[k, m]
            for m in range(p):
                for k in range(q):
                    turned[m, i * q + k] += phi[i, j] * slopes[j, m, k]
    for i in range(p):
        for m in range(p):
            found[i, m] -= dot(once[i], turned[m])
    return found


@compiled
def _curved(sigma: Floats, spread: Floats, places: Whole) -> Floats:
    """Σ W_ij ∂²Σ/∂θ_i∂θ_j with θ of the log-Cholesky form and W carried over to θ: (visits, visits).

    Within a row r of L: ∂²L_r/∂θ_rr² = L_r, ∂²L/∂θ_rr∂θ_rc = L_rr e_r e_c′, and no other."""
    low, size = root(sigma), len(sigma)
    w = _carried(low, spread, places)
    found, bent = np.zeros((size, size)), np.zeros((size, size))
    for k in range(len(places)):
        c, r = places[k, 0], places[k, 1]
        for m in range(len(places)):
            d, s = places[m, 0], places[m, 1]
            if r == s and r == c and s == d:
                added(bent[r], low[r], w[k, m])
            elif r == s and (r == c) != (s == d):
                bent[r, c if r != c else d] += w[k, m] * low[r, r]
            # ∂L/∂θ_k (∂L/∂θ_m)′ has one place: L_rr L_ss where both stand in one column, or the rows' product.
            both = 0.0
            for t in range(size):
                one = low[r, t] if r == c else (low[r, r] if t == c else 0.0)
                both += one * (low[s, t] if s == d else (low[s, s] if t == d else 0.0))
            found[r, s] += w[k, m] * both
    bent = product(bent, low.T)
    for i in range(size):
        for j in range(i + 1):
            both = found[i, j] + found[j, i] + bent[i, j] + bent[j, i]
            found[i, j] = found[j, i] = both
    return found


@compiled
def _carried(low: Floats, spread: Floats, places: Whole) -> Floats:
    """The covariance of the elements of Σ carried over to θ (q, q), in the order of `places` with the row last.

    dL = L ⌊L⁻¹ dΣ L⁻ᵀ⌋, ⌊⌋ the lower triangle with half of its diagonal."""
    size, q = len(low), len(places)
    back = np.zeros((size, size))
    for i in range(size):
        back[i, i] = 1.0 / low[i, i]
        for j in range(i):
            for k in range(j, i):
                back[i, j] -= low[i, k] * back[k, j] / low[i, i]
    turned = np.empty((q, q))
    for m in range(q):
        i, j = places[m, 0], places[m, 1]
        half = np.zeros((size, size))
        for s in range(size):
            for t in range(s + 1):
                half[s, t] = back[s, i] * back[t, j]
                half[s, t] += back[s, j] * back[t, i] if i != j else 0.0
                half[s, t] *= 0.5 if s == t else 1.0
        moved = product(low, half)
        for k in range(q):
            c, r = places[k, 0], places[k, 1]
            own = moved[r, r] / low[r, r]
            turned[k, m] = own if r == c else (moved[r, c] - low[r, c] * own) / low[r, r]
    return product(product(turned, spread), turned.T)


def adjusted_twin(
    sigma: Floats,
    phi: Floats,
    slopes: Floats,
    spread: Floats,
    a: Floats,
    sums: Floats,
    stacked: Whole,
    linear: bool,
) -> Floats:
    """The kernel's answer by whole arrays, and by the Jacobian of L L′ instead of its inverse."""
    p, slopes = len(phi), np.moveaxis(slopes, 2, 0)[:, :-1, :-1]
    bend = _second_moment_plain(spread, a)
    if not linear:
        bend -= 0.25 * a @ _curvature_plain(sigma, spread) @ a
    q = np.einsum("guv,guvij->ij", bend, dense(sums, stacked)[..., :p, :p])
    moved = np.einsum("km,kij,jl,mlu->iu", spread, slopes, phi, slopes, optimize=True)
    inner = phi @ (q - moved) @ phi
    return np.asarray(phi + inner + inner.T)


def _second_moment_plain(spread: Floats, a: Floats) -> Floats:
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


def _curvature_plain(sigma: Floats, spread: Floats) -> Floats:
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
            bent = _second_plain(low, one, two) @ low.T + first[i] @ first[j].T
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


def _second_plain(low: Floats, one: tuple[int, int], two: tuple[int, int]) -> Floats:
    """∂²L/∂θ∂θ′, nought unless both are of one row and one of them is its diagonal."""
    if one[0] != two[0] or (one[0] != one[1] and two[0] != two[1]):
        return np.zeros_like(low)
    return _first(low, two if one[0] == one[1] else one)


adjusted = kernel_or_twin(adjusted_kernel, adjusted_twin)
