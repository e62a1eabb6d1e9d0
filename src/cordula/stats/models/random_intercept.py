"""What do measurements say that come in clusters, each with a level of its own? The random-intercept model."""

from dataclasses import dataclass
from math import exp, log, pi, sqrt

import numpy as np
from numpy.typing import ArrayLike

from cordula.stats.asked import asked
from cordula.stats.models.contrasts import satterthwaite
from cordula.stats.models.estimate import Estimate, from_variance
from cordula.stats.models.inputs import Floats, columns, labels, numbers
from cordula.stats.refusals import CannotBe, NotConverged

GRID = np.concatenate([[0.0], np.exp(np.linspace(log(1e-4), log(1e4), 41))])


@dataclass(frozen=True, slots=True, eq=False)
class RandomIntercept:
    """Coefficients (p,) and covariance (p, p); standard deviations between clusters and within.

    `reason` is not empty where the variance between clusters was put at its boundary, nought; then degrees
    of freedom are those of independent measurements."""

    coefficients: Floats
    covariance: Floats
    between_sd: float
    within_sd: float
    log_likelihood: float
    slopes: Floats
    spread: Floats
    df_independent: int
    reason: str

    @property
    def standard_errors(self) -> Floats:
        return np.sqrt(np.diag(self.covariance))

    def estimate(self, contrast: ArrayLike, level: float = 0.95) -> Estimate:
        """The combination `contrast` (p,) by t with Satterthwaite's degrees of freedom."""
        weights = numbers("contrast", contrast, self.coefficients.size)
        if not weights.any():
            raise CannotBe("contrast is nought throughout; it says which coefficients to combine")
        variance = float(weights @ self.covariance @ weights)
        df = float(self.df_independent)
        if not self.reason:
            df = satterthwaite(weights, self.covariance, self.slopes, self.spread)[1]
        return from_variance(float(weights @ self.coefficients), variance, df, level)


@dataclass(frozen=True, slots=True, eq=False)
class Clusters:
    """Σ z z′ (k, k) over all rows, cluster sums (c, k) and sizes (c,), the outcome last in z."""

    products: Floats
    sums: Floats
    sizes: Floats
    n: int


@asked
def random_intercept(
    outcome: ArrayLike, cluster: ArrayLike, design: ArrayLike
) -> RandomIntercept | NotConverged:
    """REML of `outcome` (n,) on `design` (n, p) with a normal intercept for each `cluster` (n,).

    Laird & Ware (1982), Biometrics 38:963–974, with the ratio of variances profiled (one dimension, Newton
    after a grid). Answers NotConverged where measurements within clusters do not vary; raises CannotBe
    where columns repeat each other or no cluster has two measurements."""
    y = numbers("outcome", outcome)
    x = columns("design", design, y.size)
    place, names = labels("cluster", cluster, y.size)
    if names.size in (1, y.size):
        raise CannotBe(f"{y.size} measurements in {names.size} clusters; some repetition is needed")
    if y.size <= x.shape[1] or np.linalg.matrix_rank(x) < x.shape[1]:
        raise CannotBe("columns of the design repeat each other, or there are too few measurements")
    if np.ptp(y - x @ np.linalg.lstsq(x, y, rcond=None)[0]) <= 1e-12 * np.abs(y).max():
        return NotConverged("random intercept", "the design leaves nothing of the outcome to vary")
    z = np.column_stack([x, y])
    sums = np.zeros((names.size, z.shape[1]))
    np.add.at(sums, place, z)
    of = Clusters(z.T @ z, sums, np.bincount(place).astype(np.float64), y.size)
    ratio = _best_ratio(of)
    return _told(of, ratio) if ratio is not None else NotConverged(
        "random intercept", "measurements within clusters do not vary; the ratio has no bound"
    )  # fmt: skip


def _weighed(of: Clusters, ratio: float) -> Floats:
    """Z′ (I + ratio J)⁻¹ Z, since (I + ρ J)⁻¹ = I − ρ/(1 + nρ) J in a cluster of n."""
    shrunk = ratio / (1.0 + of.sizes * ratio)
    return of.products - (of.sums.T * shrunk) @ of.sums


def _profile(of: Clusters, ratio: float) -> float:
    """−2ℓ of REML over the ratio of variances, the residual variance put at its best."""
    total = _weighed(of, ratio)
    p = len(total) - 1
    size = np.linalg.slogdet(total[:p, :p])[1]
    rest = total[p, p] - total[:p, p] @ np.linalg.solve(total[:p, :p], total[:p, p])
    df = of.n - p
    spread = float(np.log1p(of.sizes * ratio).sum())
    return spread + float(size) + df * (1.0 + log(2 * pi * max(float(rest), 1e-300) / df))


def _best_ratio(of: Clusters) -> float | None:
    """The best of a grid, then golden section on the logarithm around it; None where it runs away."""
    values = [_profile(of, ratio) for ratio in GRID]
    best = int(np.argmin(values))
    if best == GRID.size - 1:
        return None
    low, high = log(GRID[max(best - 1, 1)] / (100.0 if best < 2 else 1.0)), log(GRID[best + 1])
    from scipy.optimize import minimize_scalar

    options = {"xatol": 1e-11}
    found = minimize_scalar(
        lambda t: _profile(of, exp(t)), bounds=(low, high), method="bounded", options=options
    )
    return exp(float(found.x)) if found.fun < values[0] - 1e-10 else 0.0


def _told(of: Clusters, ratio: float) -> RandomIntercept:
    total = _weighed(of, ratio)
    p = len(total) - 1
    phi = np.asarray(np.linalg.inv(total[:p, :p]), dtype=np.float64)
    b = np.append(-phi @ total[:p, p], 1.0)
    within = float(b @ total @ b) / (of.n - p)
    slopes, spread = _uncertainty(of, b, within, ratio * within)
    reason = "" if ratio > 0.0 else "the variance between clusters is at its boundary, nought"
    return RandomIntercept(
        coefficients=-b[:p],
        covariance=phi * within,
        between_sd=sqrt(ratio * within),
        within_sd=sqrt(within),
        log_likelihood=-0.5 * _profile(of, ratio),
        slopes=slopes,
        spread=spread,
        df_independent=of.n - p,
        reason=reason,
    )


def _uncertainty(of: Clusters, b: Floats, within: float, between: float) -> tuple[Floats, Floats]:
    """F_k for (within, between) and the covariance of both, from the observed information.

    A = (I − s J)/σ² in a cluster, s = τ²/(σ² + nτ²); products of A, I and J stay of the form αI + βJ,
    so every term of the Hessian is a weighted sum of the same cross-products."""
    n, p = of.sizes, len(b) - 1
    s = between / (within + n * between)
    a = np.array([np.full_like(n, 1.0 / within), -s / within])
    one, all_ = np.array([np.ones_like(n), 0 * n]), np.array([0 * n, np.ones_like(n)])
    units = (one, all_)
    once = [_times(_times(a, e, n), a, n) for e in units]
    slopes = np.array([_summed(of, m) for m in once])
    phi = np.linalg.inv(_summed(of, a)[:p, :p])
    hessian = np.empty((2, 2))
    for k in range(2):
        for m in range(2):
            bend = _summed(of, _times(_times(a, units[k], n), once[m], n))
            f, g = slopes[k][:p, :p], slopes[m][:p, :p]
            c, d = (slopes[k] @ b)[:p], (slopes[m] @ b)[:p]
            own = _times(_times(a, units[k], n), _times(a, units[m], n), n)
            hessian[k, m] = -float((n * (own[0] + own[1])).sum())
            hessian[k, m] += 2 * np.trace(phi @ bend[:p, :p]) - np.trace(phi @ f @ phi @ g)
            hessian[k, m] += 2 * b @ bend @ b - 2 * c @ phi @ d
    spread = 2.0 * np.linalg.pinv((hessian + hessian.T) / 2, hermitian=True)
    return slopes[:, :p, :p], np.asarray(spread, dtype=np.float64)


def _times(x: Floats, y: Floats, n: Floats) -> Floats:
    """(α₁I + β₁J)(α₂I + β₂J) = α₁α₂ I + (α₁β₂ + β₁α₂ + nβ₁β₂) J."""
    return np.array([x[0] * y[0], x[0] * y[1] + x[1] * y[0] + n * x[1] * y[1]])


def _summed(of: Clusters, x: Floats) -> Floats:
    """Z′ (αI + βJ) Z, α the same in every cluster."""
    return np.asarray(x[0][0] * of.products + (of.sums.T * x[1]) @ of.sums)
