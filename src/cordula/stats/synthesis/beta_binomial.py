"""How often, and how much more often in one arm, when risks vary between studies as a beta distribution does?

Arms with 0 or n events count as they are, and studies without any event too. Kuss 2015,
doi:10.1002/sim.6383, section 2.5; Griffiths 1973, doi:10.2307/2529131."""

import math

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import minimize
from scipy.special import betaln, chdtrc, expit, gammaln

from cordula.stats.refusals import CannotBe, NotConverged
from cordula.stats.synthesis.binary import tables
from cordula.stats.synthesis.checks import Vector, probability, same_length, whole
from cordula.stats.synthesis.mixed_counts import CountModel
from cordula.stats.synthesis.pooling import quantile, two_sided
from cordula.stats.synthesis.regression import Matrix

LEAST = 1e-7


def beta_binomial(
    events1: ArrayLike, n1: ArrayLike, events2: ArrayLike, n2: ArrayLike, *, level: float = 0.95
) -> CountModel | NotConverged:
    """The log OR of the mean risks of both arms, with one intra-study correlation ρ; arguments (k,).

    `tau2` of the answer holds ρ. Arms are not matched within studies, as in Kuss 2015."""
    t = tables(events1, n1, events2, n2)
    x, n = np.concatenate([t.a, t.c]), np.concatenate([t.n1, t.n2])
    for arm, events, size in ((1, t.a, t.n1), (2, t.c, t.n2)):
        if events.sum() in (0, size.sum()):
            raise CannotBe(
                f"arm {arm} has no event, or nothing but events, in all studies together"
            )
    arm_1 = np.repeat([1.0, 0.0], t.a.size)
    X = np.column_stack([arm_1, np.ones(arm_1.size)])
    return _fitted("beta-binomial", "OR", x, n, X, t.a.size, level)


def beta_binomial_proportion(
    events: ArrayLike, n: ArrayLike, *, level: float = 0.95
) -> CountModel | NotConverged:
    """The logit of the mean risk over single arms; arguments (k,). `tau2` of the answer holds ρ."""
    x, size = whole("the events", events), whole("the size", n, 1)
    same_length(events=x, sizes=size)
    if (x > size).any() or x.sum() in (0, size.sum()):
        raise CannotBe("events must not exceed patients, nor be none or all in every arm")
    return _fitted("beta-binomial", "PLO", x, size, np.ones((x.size, 1)), x.size, level)


def _log_likelihood(at: Vector, x: Vector, n: Vector, X: Matrix) -> float:
    """`at`: coefficients, then logit ρ; α = μ(1−ρ)/ρ, β = (1−μ)(1−ρ)/ρ."""
    mean, rho = expit(X @ at[:-1]), float(expit(at[-1]))
    ways = gammaln(n + 1) - gammaln(x + 1) - gammaln(n - x + 1)
    if rho < LEAST:
        with np.errstate(divide="ignore"):
            return float(np.sum(ways + x * np.log(mean) + (n - x) * np.log1p(-mean)))
    total = (1 - rho) / rho
    a, b = mean * total, (1 - mean) * total
    return float(np.sum(ways + betaln(x + a, n - x + b) - betaln(a, b)))


def _fitted(
    name: str, measure: str, x: Vector, n: Vector, X: Matrix, k: int, level: float
) -> CountModel | NotConverged:
    probability("the level", level)
    start = np.zeros(X.shape[1])
    start[-1] = math.log(x.sum() / (n.sum() - x.sum()))
    common = _climb(np.append(start, -40.0), x, n, X, held=True)
    best = common
    for rho in (-4.0, -1.5):
        found = _climb(np.append(common[0][:-1], rho), x, n, X, held=False)
        best = found if found[1] > best[1] + 1e-9 else best
    at, value = best
    free = at.size if expit(at[-1]) >= LEAST else at.size - 1
    covariance = _covariance(at, free, x, n, X)
    if covariance is None:
        return NotConverged(name, "the likelihood is flat at its highest point")
    estimate, se = float(at[0]), math.sqrt(covariance[0, 0])
    reach = quantile(0.5 + level / 2, math.inf) * se
    ratio = max(0.0, 2 * (value - common[1]))
    return CountModel(
        model=name,
        measure=measure,
        k=k,
        level=level,
        estimate=estimate,
        se=se,
        lower=estimate - reach,
        upper=estimate + reach,
        statistic=estimate / se,
        p_value=two_sided(estimate / se, math.inf),
        tau2=float(expit(at[-1])) if free == at.size else 0.0,
        log_likelihood=value,
        lr_p=0.5 * float(chdtrc(1, ratio)) if ratio > 0 else 1.0,
        remarks=("the spread given is the correlation ρ of patients within a study, not τ²",),
    )


def _climb(start: Vector, x: Vector, n: Vector, X: Matrix, held: bool) -> tuple[Vector, float]:
    """The highest point from `start`, with ρ held where told."""

    def down(at: Vector) -> float:
        return -_log_likelihood(np.append(at, start[-1]) if held else at, x, n, X)

    first = start[:-1] if held else start
    bounds = [(-30.0, 30.0)] * (start.size - 1) + ([] if held else [(-16.0, 12.0)])
    options = {"maxiter": 2000, "ftol": 1e-15, "gtol": 1e-9}
    rough = minimize(down, first, method="L-BFGS-B", bounds=bounds, options=options)
    fine = {"xatol": 1e-9, "fatol": 1e-13, "maxiter": 4000, "initial_simplex": _around(rough.x)}
    found = minimize(down, rough.x, method="Nelder-Mead", options=fine)
    at = np.append(found.x, start[-1]) if held else np.asarray(found.x)
    return at, -float(found.fun)


def _around(at: Vector) -> Matrix:
    corners: Matrix = np.vstack([at, at + 1e-3 * np.eye(at.size)])
    return corners


def _covariance(at: Vector, free: int, x: Vector, n: Vector, X: Matrix) -> Matrix | None:
    """Less the inverse of the second differences, over the `free` first coefficients."""
    bend, h = np.empty((free, free)), 1e-4
    for i in range(free):
        for j in range(free):
            told = 0.0
            for a in (1, -1):
                for b in (1, -1):
                    there = at.copy()
                    there[i] += a * h
                    there[j] += b * h
                    told += a * b * _log_likelihood(there, x, n, X)
            bend[i, j] = told / (4 * h * h)
    try:
        inverse: Matrix = np.asarray(np.linalg.inv(-bend), dtype=np.float64)
    except np.linalg.LinAlgError:
        return None
    return inverse if (np.diag(inverse) > 0).all() else None
