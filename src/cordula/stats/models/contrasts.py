"""How surely is a combination of coefficients known, when the covariance was estimated too?"""

import numpy as np

from cordula.stats.compiled import compiled
from cordula.stats.models.inputs import Floats
from cordula.stats.models.small import added
from cordula.stats.refusals import CannotBe


def satterthwaite(
    weights: Floats, phi: Floats, slopes: Floats, spread: Floats
) -> tuple[float, float]:
    """Variance and degrees of freedom of one combination: 2v²/(g′Ag), g_k = c′Φ F_k Φ c.

    Fai & Cornelius (1996), J Stat Comput Simul 54:363–378; A (q, q) the covariance of the σ's."""
    moved = phi @ weights
    variance = float(weights @ moved)
    gradient = (slopes @ moved) @ moved
    return variance, float(2.0 * variance**2 / (gradient @ spread @ gradient))


@compiled
def combined(
    weights: Floats,
    coefficients: Floats,
    covariance: Floats,
    phi: Floats,
    slopes: Floats,
    spread: Floats,
) -> tuple[float, float, float]:
    """Of one combination the value, its variance by `covariance`, and the degrees of freedom as `satterthwaite` has
    them, from slopes with the element of Σ last (p + 1, p + 1, q)."""
    p, q = len(phi), len(spread)
    value, variance, own = 0.0, 0.0, 0.0
    moved, gradient = np.zeros(p), np.zeros(q)
    for i in range(p):
        value += weights[i] * coefficients[i]
        for j in range(p):
            moved[i] += phi[i, j] * weights[j]
            variance += weights[i] * covariance[i, j] * weights[j]
        own += weights[i] * moved[i]
    for i in range(p):
        for j in range(p):
            added(gradient, slopes[i, j], moved[i] * moved[j])
    below = 0.0
    for k in range(q):
        for m in range(q):
            below += gradient[k] * spread[k, m] * gradient[m]
    return value, variance, 2.0 * own * own / below


def satterthwaite_f(
    rows: Floats, coefficients: Floats, phi: Floats, slopes: Floats, spread: Floats
) -> tuple[float, float]:
    """F and its denominator degrees of freedom for several combinations at once."""
    values, vectors = np.linalg.eigh(rows @ phi @ rows.T)
    _independent(values)
    turned = vectors.T @ rows
    f = float(np.mean(np.square(turned @ coefficients) / values))
    df = np.array([satterthwaite(row, phi, slopes, spread)[1] for row in turned])
    expected = float((df / (df - 2.0))[df > 2.0].sum())
    return f, 2.0 * expected / (expected - len(rows)) if expected > len(rows) else float("nan")


def kenward_roger_f(
    rows: Floats,
    coefficients: Floats,
    phi: Floats,
    adjusted: Floats,
    slopes: Floats,
    spread: Floats,
) -> tuple[float, float]:
    """F, scaled, and its denominator degrees of freedom: Kenward & Roger (1997), Biometrics 53:983–997."""
    size = len(rows)
    inner = rows @ phi @ rows.T
    _independent(np.asarray(np.linalg.eigvalsh(inner), dtype=np.float64))
    theta = phi @ rows.T @ np.linalg.inv(inner) @ rows @ phi
    products = np.einsum("ij,kjl->kil", theta, slopes)
    traces = np.einsum("kii->k", products)
    a1 = float(traces @ spread @ traces)
    a2 = float(np.einsum("km,kij,mji->", spread, products, products, optimize=True))
    scale, df = _matched(size, a1, a2)
    estimate = rows @ coefficients
    wald = float(estimate @ np.linalg.solve(rows @ adjusted @ rows.T, estimate)) / size
    return scale * wald, df


def _matched(size: int, a1: float, a2: float) -> tuple[float, float]:
    """Scale and degrees of freedom whose F has the moments of the statistic (their section 4)."""
    b = (a1 + 6.0 * a2) / (2.0 * size)
    g = ((size + 1) * a1 - (size + 4) * a2) / ((size + 2) * a2)
    below = 3.0 * size + 2.0 * (1.0 - g)
    c1, c2, c3 = g / below, (size - g) / below, (size + 2 - g) / below
    mean = 1.0 / (1.0 - a2 / size)
    variance = 2.0 / size * (1.0 + c1 * b) / ((1.0 - c2 * b) ** 2 * (1.0 - c3 * b))
    rho = variance / (2.0 * mean**2)
    df = 4.0 + (size + 2) / (size * rho - 1.0)
    return df / (mean * (df - 2.0)), df


def _independent(values: Floats) -> None:
    if values.min() <= 1e-12 * max(values.max(), 1e-300):
        raise CannotBe("the combinations repeat each other; drop those that follow from others")
