"""How likely is a covariance matrix of the visits, which way is up, and how steep?

Minus twice the (restricted) log-likelihood of repeated measures with unstructured covariance, its gradient and
observed Hessian in the elements σ_ab (a ≤ b), row by row, and its expected Hessian: Jennrich & Schluchter
(1986), Biometrics 42:805–820, Lindstrom & Bates (1988), JASA 83:1014–1022. With A = V⁻¹, Φ = (X′AX)⁻¹,
F_k = X′A E_k A X, c_k = X′A E_k A r, Q_kl = X′A E_k A E_l A X:
gradient  tr(A E_k) − tr(Φ F_k) − r′A E_k A r
observed  −tr(A E_k A E_l) + 2 tr(Φ Q_kl) − tr(Φ F_k Φ F_l) + 2 r′A E_k A E_l A r − 2 c_k′ Φ c_l."""

import numpy as np

from cordula.stats.compiled import compiled, kernel_or_twin
from cordula.stats.models.inputs import Flags, Floats, Whole
from cordula.stats.models.small import inverse

Evaluated = tuple[bool, float, Floats, Floats, Floats, Floats, Floats, Floats, Floats]
"""Possible?, −2ℓ without its constant, gradient (q,), observed and expected Hessian (q, q), b = (−β, 1) (p + 1,),
Φ (p, p), F with the outcome as a last column (q, p + 1, p + 1), A by pattern (g, visits, visits)."""


@compiled
def elements(visits: int) -> Whole:
    """The places (a, b), a ≤ b, of a symmetric matrix, row by row: (q, 2)."""
    found = np.empty((visits * (visits + 1) // 2, 2), dtype=np.int64)
    k = 0
    for a in range(visits):
        for b in range(a, visits):
            found[k, 0], found[k, 1] = a, b
            k += 1
    return found


@compiled
def _inverses(sigma: Floats, patterns: Flags, counts: Floats) -> tuple[bool, Floats, float]:
    """Of the visits of each pattern, the inverse covariance with noughts elsewhere; and Σ n log|V|."""
    groups, visits = patterns.shape
    found, log_det = np.zeros((groups, visits, visits)), 0.0
    kept = np.empty(visits, dtype=np.int64)
    part = np.empty((visits, visits))
    for g in range(groups):
        size = 0
        for u in range(visits):
            if patterns[g, u]:
                kept[size] = u
                size += 1
        for i in range(size):
            for j in range(size):
                part[i, j] = sigma[kept[i], kept[j]]
        possible, inner, own = inverse(part, size)
        if not possible:
            return False, found, log_det
        log_det += counts[g] * own
        for i in range(size):
            for j in range(size):
                found[g, kept[i], kept[j]] = inner[i, j]
    return True, found, log_det


@compiled
def _weighed(a: Floats, sums: Floats, columns: Whole, found: Floats, at: int) -> None:
    """Adds Σ over patterns and visits of a_uv S_uv to found[at] (k, k)."""
    for g in range(a.shape[0]):
        for u in range(a.shape[1]):
            for v in range(a.shape[1]):
                w = a[g, u, v]
                if w != 0.0:
                    for s in range(1, columns[u, 0] + 1):
                        i = columns[u, s]
                        for t in range(1, columns[v, 0] + 1):
                            j = columns[v, t]
                            found[at, i, j] += w * sums[g, u, v, i, j]


@compiled
def _between(all_a: Floats, g: int, m: Floats) -> Floats:
    """a m a for the small symmetric a of one pattern."""
    a, size = all_a[g], m.shape[0]
    half, found = np.zeros((size, size)), np.zeros((size, size))
    for i in range(size):
        for j in range(size):
            for k in range(size):
                half[i, j] += a[i, k] * m[k, j]
    for i in range(size):
        for j in range(size):
            for k in range(size):
                found[i, j] += half[i, k] * a[k, j]
    return found


@compiled
def _trace(a: Floats, b: Floats, places: Whole, k: int, m: int) -> float:
    """tr(E_k a E_m b), made the same for (k, m) and (m, k): the mean of both."""
    total = 0.0
    for flip in range(1 if places[k, 0] == places[k, 1] else 2):
        i, j = places[k, flip], places[k, 1 - flip]
        for turn in range(1 if places[m, 0] == places[m, 1] else 2):
            s, t = places[m, turn], places[m, 1 - turn]
            total += 0.5 * (a[j, s] * b[t, i] + b[j, s] * a[t, i])
    return total


@compiled
def _moments(both: Floats, which: int, sums: Floats, columns: Whole, g: int, part: float) -> Floats:
    """Of each pair of visits, part · Σ both_ij S_uv,ij in one pattern: (visits, visits)."""
    visits = sums.shape[1]
    found = np.zeros((visits, visits))
    for u in range(visits):
        for v in range(visits):
            for s in range(1, columns[u, 0] + 1):
                i = columns[u, s]
                for t in range(1, columns[v, 0] + 1):
                    j = columns[v, t]
                    found[u, v] += part * both[which, i, j] * sums[g, u, v, i, j]
    return found


@compiled
def _slopes(a: Floats, sums: Floats, columns: Whole, places: Whole) -> Floats:
    """F_k with the outcome as a last column: (q, k, k)."""
    found = np.zeros((places.shape[0], sums.shape[3], sums.shape[3]))
    inner = np.empty(a.shape)
    for k in range(places.shape[0]):
        i, j = places[k, 0], places[k, 1]
        for g in range(a.shape[0]):
            for u in range(a.shape[1]):
                for v in range(a.shape[1]):
                    inner[g, u, v] = a[g, u, i] * a[g, j, v]
                    if i != j:
                        inner[g, u, v] += a[g, u, j] * a[g, i, v]
        _weighed(inner, sums, columns, found, k)
    return found


@compiled
def _by_patterns(
    a: Floats,
    counts: Floats,
    sums: Floats,
    columns: Whole,
    both: Floats,
    places: Whole,
    restricted: float,
) -> tuple[Floats, Floats, Floats]:
    """The parts of gradient and Hessians that add up over patterns; `both` holds Φ and b b′ (2, k, k)."""
    q = places.shape[0]
    gradient, observed, expected = np.zeros(q), np.zeros((q, q)), np.zeros((q, q))
    for g in range(a.shape[0]):
        fixed = _between(a, g, _moments(both, 0, sums, columns, g, restricted))
        rest = _between(a, g, _moments(both, 1, sums, columns, g, 1.0))
        for k in range(q):
            i, j = places[k, 0], places[k, 1]
            twice = 1.0 if i == j else 2.0
            gradient[k] += twice * (counts[g] * a[g, i, j] - fixed[i, j] - rest[i, j])
            for m in range(k + 1):
                own = counts[g] * _trace(a[g], a[g], places, k, m)
                bent = 2.0 * _trace(a[g], fixed, places, k, m)
                observed[k, m] += bent + 2.0 * _trace(a[g], rest, places, k, m) - own
                expected[k, m] += own - bent
    return gradient, observed, expected


@compiled
def _across(
    slopes: Floats, phi: Floats, b: Floats, observed: Floats, expected: Floats, restricted: float
) -> None:
    """Adds what couples patterns through the coefficients, and fills the upper halves."""
    q, p = slopes.shape[0], phi.shape[0]
    turned, pulled = np.zeros((q, p, p)), np.zeros((q, p))
    for k in range(q):
        for i in range(p):
            for j in range(p + 1):
                pulled[k, i] += slopes[k, i, j] * b[j]
            for j in range(p):
                for m in range(p):
                    turned[k, i, j] += phi[i, m] * slopes[k, m, j]
    for k in range(q):
        for m in range(k + 1):
            fixed, rest = 0.0, 0.0
            for i in range(p):
                for j in range(p):
                    fixed += turned[k, i, j] * turned[m, j, i]
                    rest += pulled[k, i] * phi[i, j] * pulled[m, j]
            observed[k, m] -= restricted * fixed + 2.0 * rest
            expected[k, m] += restricted * fixed
            observed[m, k], expected[m, k] = observed[k, m], expected[k, m]


def _evaluated(
    sigma: Floats, patterns: Flags, counts: Floats, sums: Floats, columns: Whole, restricted: float
) -> Evaluated:
    """At `sigma` (visits, visits); `restricted` 1 for REML, 0 for maximum likelihood."""
    p, places = sums.shape[3] - 1, elements(sigma.shape[0])
    q = places.shape[0]
    nothing, square = np.zeros(q), np.zeros((q, q))
    possible, a, log_det = _inverses(sigma, patterns, counts)
    total = np.zeros((1, p + 1, p + 1))
    _weighed(a, sums, columns, total, 0)
    held, phi, size = inverse(total[0], p)
    b = np.zeros(p + 1)
    if not (possible and held):
        return False, np.inf, nothing, square, square, b, phi, total, a
    b[p] = 1.0
    fit = log_det + restricted * size + total[0, p, p]
    for i in range(p):
        for j in range(p):
            b[i] -= phi[i, j] * total[0, j, p]
        fit += b[i] * total[0, i, p]
    both = np.zeros((2, p + 1, p + 1))
    for i in range(p + 1):
        for j in range(p + 1):
            both[1, i, j] = b[i] * b[j]
            if i < p and j < p:
                both[0, i, j] = phi[i, j]
    gradient, observed, expected = _by_patterns(a, counts, sums, columns, both, places, restricted)
    slopes = _slopes(a, sums, columns, places)
    _across(slopes, phi, b, observed, expected, restricted)
    return True, fit, gradient, observed, expected, b, phi, slopes, a


evaluated_kernel = compiled(_evaluated)


def evaluated_twin(
    sigma: Floats, patterns: Flags, counts: Floats, sums: Floats, columns: Whole, restricted: float
) -> Evaluated:
    """The kernel's answer by whole arrays, as the formulas above are written."""
    p, places = sums.shape[3] - 1, elements(len(sigma))
    unit = np.zeros((len(places), *sigma.shape))
    for k, (i, j) in enumerate(places):
        unit[k, i, j] = unit[k, j, i] = 1.0
    possible, a, log_det = _inverses(sigma, patterns, counts)
    total = np.einsum("guv,guvij->ij", a, sums)
    if not possible or np.linalg.matrix_rank(total[:p, :p], hermitian=True) < p:
        none = np.zeros(len(places)), np.zeros((2, len(places), len(places)))
        blank = np.zeros(p + 1), np.zeros((p, p)), np.zeros((len(places), p + 1, p + 1))
        return False, np.inf, none[0], none[1][0], none[1][1], *blank, a
    phi = np.linalg.inv(total[:p, :p])
    b = np.append(-phi @ total[:p, p], 1.0)
    fit = log_det + restricted * np.linalg.slogdet(total[:p, :p])[1] + b @ total[:, p]
    once = np.einsum("guv,kvw,gwx->gkux", a, unit, a)
    twice = np.einsum("guv,kvw,gmwx->gkmux", a, unit, once)
    slopes = np.einsum("gkuv,guvij->kij", once, sums)
    bends = np.einsum("gkmuv,guvij->kmij", twice, sums)
    f, c = slopes[:, :p, :p], (slopes @ b)[:, :p]
    own = np.einsum("g,guv,kvw,gwx,mxu->km", counts, a, unit, a, unit, optimize=True)
    bent = 2.0 * restricted * np.einsum("ij,kmji->km", phi, bends[:, :, :p, :p])
    fixed = restricted * np.einsum("ij,kjl,lu,mui->km", phi, f, phi, f, optimize=True)
    rest = 2.0 * np.einsum("i,kmij,j->km", b, bends, b) - 2.0 * c @ phi @ c.T
    gradient = np.einsum("g,guv,kvu->k", counts, a, unit) - (slopes @ b) @ b
    gradient -= restricted * np.einsum("ij,kji->k", phi, f)
    return (
        True,
        float(fit),
        gradient,
        bent - own - fixed + rest,
        own - bent + fixed,
        b,
        phi,
        slopes,
        a,
    )


evaluated = kernel_or_twin(evaluated_kernel, evaluated_twin)
