"""How does the likelihood bend when the covariance is written by regressions of each visit on those before it?

Σ = K D K′, K the inverse of the unit lower triangle with −B below its diagonal, θ = (B row by row, log d). Any θ is a
covariance that can be, and −2ℓ bends in θ almost as a parabola, which Newton's way needs (Pourahmadi 1999, Biometrika
86:677–690). ∂Σ/∂B_vu = k_v σ_u′ + σ_u k_v′ and ∂Σ/∂log d_v = d_v k_v k_v′, k_v a column of K, σ_u one of Σ."""

import numpy as np

from cordula.stats.compiled import compiled
from cordula.stats.models.inputs import Floats, Whole
from cordula.stats.models.likelihood import elements
from cordula.stats.models.small import inverse, product, root


@compiled
def _split(sigma: Floats) -> tuple[Floats, Floats]:
    """B below the diagonal with log d on it, and K: each (visits, visits)."""
    size = len(sigma)
    low, theta, k = root(sigma), np.zeros((size, size)), np.zeros((size, size))
    for i in range(size):
        theta[i, i], k[i, i] = 2.0 * np.log(low[i, i]), 1.0
        for j in range(i):
            k[i, j] = low[i, j] / low[j, j]
        for j in range(i - 1, -1, -1):
            theta[i, j] = k[i, j]
            for m in range(j + 1, i):
                theta[i, j] -= theta[i, m] * k[m, j]
    return theta, k


@compiled
def _joined(theta: Floats) -> Floats:
    """The covariance of these regressions."""
    size = len(theta)
    sigma = np.zeros((size, size))
    for v in range(size):
        for w in range(v):
            for k in range(v):
                sigma[v, w] += theta[v, k] * sigma[k, w]
            sigma[w, v] = sigma[v, w]
        sigma[v, v] = np.exp(theta[v, v])
        for k in range(v):
            sigma[v, v] += theta[v, k] * sigma[k, v]
    return sigma


@compiled
def _carried(
    sigma: Floats, theta: Floats, k: Floats, gradient: Floats, observed: Floats
) -> tuple[Floats, Floats, Floats, Floats]:
    """Gradient and Hessian in θ from those in the elements of Σ; for each θ the unit of its uncertainty, squared
    and inverted, for one infant; and the elements' slopes by θ (q, q)."""
    size, q = len(sigma), len(gradient)
    places = elements(size)
    g, d = np.empty((size, size)), np.empty(size)
    for m in range(q):
        i, j = places[m, 0], places[m, 1]
        g[i, j] = g[j, i] = gradient[m] if i == j else 0.5 * gradient[m]
    for v in range(size):
        d[v] = np.exp(theta[v, v])
    kg = product(k.T, g)
    kgk, kgs = product(kg, k), product(kg, sigma)
    turned, slope, unit = np.empty((q, q)), np.empty(q), np.empty(q)
    for m in range(q):
        u, v = places[m, 0], places[m, 1]
        slope[m] = d[v] * kgk[v, v] if u == v else 2.0 * kgs[v, u]
        unit[m] = 1.0 if u == v else 2.0 * sigma[u, u] / d[v]
        for n in range(q):
            i, j = places[n, 0], places[n, 1]
            if u == v:
                turned[n, m] = d[v] * k[i, v] * k[j, v]
            else:
                turned[n, m] = k[i, v] * sigma[u, j] + sigma[i, u] * k[j, v]
    half = product(observed, turned)
    bend = np.empty((q, q))
    for m in range(q):
        for n in range(m + 1):
            bent = _curvature(sigma, k, kgk, kgs, d, places[m], places[n])
            for i in range(q):
                bent += turned[i, m] * half[i, n]
            bend[m, n] = bend[n, m] = bent
    return slope, bend, unit, turned


@compiled
def _curvature(
    sigma: Floats, k: Floats, kgk: Floats, kgs: Floats, d: Floats, one: Whole, two: Whole
) -> float:
    """Σ gradient · ∂²Σ/∂θ∂θ′."""
    u, v, s, t = one[0], one[1], two[0], two[1]
    found = 0.0
    if u != v and s != t:
        found = 2.0 * (k[s, v] * kgs[t, u] + k[u, t] * kgs[v, s] + sigma[u, s] * kgk[v, t])
    elif u != v:
        found = 2.0 * d[t] * k[u, t] * kgk[v, t]
    elif s != t:
        found = 2.0 * d[v] * k[s, v] * kgk[t, v]
    elif v == t:
        found = d[v] * kgk[v, v]
    return found


Onward = tuple[Floats, float, float, Floats, float]
"""The next covariance; by how much −2ℓ should fall; how much the step was held back; and of where it starts the
covariance of its elements (q, q; of one not held back), and the least share of a visit's variance that the others
leave."""


@compiled
def onward(sigma: Floats, gradient: Floats, observed: Floats, held: float) -> Onward:
    """Newton's step in θ from `sigma`, held back by `held` infants' worth, or by as many as make it lead downhill;
    no d grows or shrinks by more than e² at once."""
    theta, k = _split(sigma)
    slope, bend, unit, turned = _carried(sigma, theta, k, gradient, observed)
    step, promised, held, inner = _step(slope, bend, unit, held)
    places, part = elements(len(sigma)), 1.0
    for m in range(len(step)):
        if places[m, 0] == places[m, 1] and abs(part * step[m]) > 2.0:
            part = 2.0 / abs(step[m])
    for m in range(len(step)):
        theta[places[m, 1], places[m, 0]] += part * step[m]
    spread = product(product(turned, inner), turned.T)
    for m in range(len(step)):
        for n in range(len(step)):
            spread[m, n] *= 2.0
    return _joined(theta), promised, held, spread, _apart(sigma)


@compiled
def _step(
    slope: Floats, bend: Floats, unit: Floats, held: float
) -> tuple[Floats, float, float, Floats]:
    """The step, by how much −2ℓ should fall, how much it was held back, and the inverse of what bends it."""
    size = len(slope)
    while True:
        bent = bend.copy()
        for k in range(size):
            bent[k, k] += held * unit[k]
        possible, inner, _ = inverse(bent, size)
        if possible or held > 1e12:
            break
        held = 4.0 * held if held > 0.1 else 0.2
    step, promised = np.zeros(size), 0.0
    for i in range(size):
        for j in range(size):
            step[i] -= inner[i, j] * slope[j]
        promised -= 0.5 * slope[i] * step[i]
    return step, promised, held, inner


@compiled
def _apart(sigma: Floats) -> float:
    possible, inner, _ = inverse(sigma, len(sigma))
    least = 1.0 if possible else 0.0
    for v in range(len(sigma)):
        if possible and 1.0 / (inner[v, v] * sigma[v, v]) < least:
            least = 1.0 / (inner[v, v] * sigma[v, v])
    return least
