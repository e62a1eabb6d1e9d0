"""How likely is a covariance matrix of the visits, which way is up, and how steep?

Minus twice the (restricted) log-likelihood of repeated measures with unstructured covariance, its gradient and
observed Hessian in the elements σ_ab (a ≤ b), row by row: Jennrich & Schluchter (1986), Biometrics 42:805–820,
Lindstrom & Bates (1988), JASA 83:1014–1022. With A = V⁻¹, Φ = (X′AX)⁻¹, F_k = X′A E_k A X,
c_k = X′A E_k A r, Q_kl = X′A E_k A E_l A X:
gradient  tr(A E_k) − tr(Φ F_k) − r′A E_k A r
observed  −tr(A E_k A E_l) + 2 tr(Φ Q_kl) − tr(Φ F_k Φ F_l) + 2 r′A E_k A E_l A r − 2 c_k′ Φ c_l."""

import numpy as np

from cordula.stats.compiled import compiled, kernel_or_twin
from cordula.stats.models.inputs import Flags, Floats, Whole
from cordula.stats.models.small import added, dot, inverse, product

Evaluated = tuple[bool, float, Floats, Floats, Floats, Floats, Floats, Floats]
"""Possible?, −2ℓ without its constant, gradient (q,), observed Hessian (q, q), b = (−β, 1) (p + 1,), Φ (p, p),
F with the outcome as a last column (p + 1, p + 1, q), A by pattern (g, visits, visits)."""


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
def weighed(a: Floats, sums: Floats, stacked: Whole, found: Floats) -> None:
    """Adds Z′AZ over the infants of one pattern, the outcome as a last column, to found (p + 1, p + 1)."""
    for s in range(len(sums)):
        u, i = stacked[0, s], stacked[1, s]
        for t in range(len(sums)):
            found[i, stacked[1, t]] += a[u, stacked[0, t]] * sums[s, t]


@compiled
def _slopes(a: Floats, sums: Floats, stacked: Whole, places: Whole, found: Floats) -> None:
    """Adds F_k of one pattern, the outcome as a last column, to found (p + 1, p + 1, q)."""
    visits, q = len(a), len(places)
    bent = np.empty((visits, visits, q))
    for u in range(visits):
        for v in range(visits):
            for k in range(q):
                i, j = places[k, 0], places[k, 1]
                other = a[u, j] * a[i, v] if i != j else 0.0
                bent[u, v, k] = a[u, i] * a[j, v] + other
    for s in range(len(sums)):
        for t in range(len(sums)):
            if sums[s, t] != 0.0:
                row = bent[stacked[0, s], stacked[0, t]]
                added(found[stacked[1, s], stacked[1, t]], row, sums[s, t])


@compiled
def _moments(both: Floats, sums: Floats, stacked: Whole, visits: int) -> Floats:
    """Of each pair of visits Σ `both`_ij S_ij: (visits, visits)."""
    found = np.zeros((visits, visits))
    for s in range(len(sums)):
        u, i = stacked[0, s], stacked[1, s]
        for t in range(len(sums)):
            found[u, stacked[0, t]] += both[i, stacked[1, t]] * sums[s, t]
    return found


@compiled
def _trace(a: Floats, b: Floats, places: Whole, k: int, m: int) -> float:
    """tr(E_k a E_m b), made the same for (k, m) and (m, k): the mean of both."""
    i, j, s, t = places[k, 0], places[k, 1], places[m, 0], places[m, 1]
    total = b[j, s] * a[t, i] + b[j, t] * a[s, i] + b[i, s] * a[t, j] + b[i, t] * a[s, j]
    total += a[j, s] * b[t, i] + a[j, t] * b[s, i] + a[i, s] * b[t, j] + a[i, t] * b[s, j]
    return float(total * (0.5 if i != j else 0.25) * (1.0 if s != t else 0.5))


@compiled
def _of_pattern(
    a: Floats, count: float, moments: Floats, places: Whole, gradient: Floats, observed: Floats
) -> None:
    """Adds the parts of gradient and Hessian that add up over patterns; `moments` of Φ and b b′."""
    rest = product(product(a, moments), a)
    bent = np.empty(a.shape)
    for i in range(len(a)):
        for j in range(len(a)):
            bent[i, j] = count * a[i, j] - 2.0 * rest[i, j]
    for k in range(len(places)):
        i, j = places[k, 0], places[k, 1]
        gradient[k] += (1.0 if i == j else 2.0) * (count * a[i, j] - rest[i, j])
        for m in range(k + 1):
            observed[k, m] -= _trace(a, bent, places, k, m)


@compiled
def _across(slopes: Floats, phi: Floats, b: Floats, observed: Floats, restricted: float) -> None:
    """Takes away what couples patterns through the coefficients, and fills the upper half."""
    p, q = len(phi), slopes.shape[2]
    turned, pulled, flat = np.zeros((p, p * q)), np.zeros((p, q)), slopes.reshape(p + 1, -1)
    for i in range(p):
        for m in range(p):
            times = restricted * phi[i, m]
            for t in range(p * q):
                turned[i, t] += times * flat[m, t]
        for j in range(p + 1):
            for k in range(q):
                pulled[i, k] += slopes[i, j, k] * b[j]
    carried = product(phi, pulled)
    # Each in a row of its own, and turned over, so that what is summed stands side by side.
    there, back = np.empty((q, p * p)), np.empty((q, p * p))
    for i in range(p):
        for j in range(p):
            for k in range(q):
                there[k, i * p + j] = back[k, j * p + i] = turned[i, j * q + k]
    for k in range(q):
        for m in range(k + 1):
            loss = dot(there[k], back[m])
            for i in range(p):
                loss += 2.0 * pulled[i, k] * carried[i, m]
            observed[k, m] -= loss
            observed[m, k] = observed[k, m]


def _evaluated(
    sigma: Floats, patterns: Flags, counts: Floats, sums: Floats, stacked: Whole, restricted: float
) -> Evaluated:
    """At `sigma` (visits, visits); `restricted` 1 for REML, 0 for maximum likelihood."""
    visits, places, p = len(sigma), elements(len(sigma)), stacked[1, -1]
    q = len(places)
    gradient, observed = np.zeros(q), np.zeros((q, q))
    possible, a, log_det = _inverses(sigma, patterns, counts)
    total, slopes = np.zeros((p + 1, p + 1)), np.zeros((p + 1, p + 1, q))
    for g in range(len(counts)):
        weighed(a[g], sums[g], stacked, total)
    held, phi, size = inverse(total, p)
    b = np.zeros(p + 1)
    if not (possible and held):
        return False, np.inf, gradient, observed, b, phi, slopes, a
    b[p] = 1.0
    fit = log_det + restricted * size + total[p, p]
    for i in range(p):
        for j in range(p):
            b[i] -= phi[i, j] * total[j, p]
        fit += b[i] * total[i, p]
    both = np.empty((p + 1, p + 1))
    for i in range(p + 1):
        for j in range(p + 1):
            both[i, j] = b[i] * b[j] + (restricted * phi[i, j] if i < p and j < p else 0.0)
    for g in range(len(counts)):
        moments = _moments(both, sums[g], stacked, visits)
        _of_pattern(a[g], counts[g], moments, places, gradient, observed)
        _slopes(a[g], sums[g], stacked, places, slopes)
    _across(slopes, phi, b, observed, restricted)
    return True, fit, gradient, observed, b, phi, slopes, a


evaluated_kernel = compiled(_evaluated)


def dense(sums: Floats, stacked: Whole) -> Floats:
    """Σ z_u z_v′ of the whole rows, for visits u, v: (g, visits, visits, p + 1, p + 1)."""
    visit, place = stacked
    size, p = visit.max() + 1, place.max()
    found = np.zeros((len(sums), size, size, p + 1, p + 1))
    found[:, visit[:, None], visit, place[:, None], place] = sums
    return found


def evaluated_twin(
    sigma: Floats, patterns: Flags, counts: Floats, sums: Floats, stacked: Whole, restricted: float
) -> Evaluated:
    """The kernel's answer by whole arrays, as the formulas above are written."""
    sums = dense(sums, stacked)
    p, places = sums.shape[3] - 1, elements(len(sigma))
    unit = np.zeros((len(places), *sigma.shape))
    for k, (i, j) in enumerate(places):
        unit[k, i, j] = unit[k, j, i] = 1.0
    possible, a, log_det = _inverses(sigma, patterns, counts)
    total = np.einsum("guv,guvij->ij", a, sums)
    if not possible or np.linalg.matrix_rank(total[:p, :p], hermitian=True) < p:
        none = np.zeros(len(places)), np.zeros((len(places), len(places)))
        blank = np.zeros(p + 1), np.zeros((p, p)), np.zeros((p + 1, p + 1, len(places)))
        return False, np.inf, *none, *blank, a
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
    observed = bent - own - fixed + rest
    return True, float(fit), gradient, observed, b, phi, np.moveaxis(slopes, 0, 2).copy(), a


evaluated = kernel_or_twin(evaluated_kernel, evaluated_twin)
