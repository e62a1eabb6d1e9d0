"""Does something about the studies explain why they differ?

Random-effects meta-regression with matrices, for any moderators; with none it is the plain twin of the
compiled pooling. Viechtbauer 2010, doi:10.18637/jss.v036.i03; Knapp & Hartung 2003, doi:10.1002/sim.1482."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import chdtrc, fdtrc

from cordula.stats.refusals import CannotBe, NotConverged
from cordula.stats.synthesis.checks import Vector, one_of, probability, studies
from cordula.stats.synthesis.pooling import METHODS, TESTS, quantile, two_sided

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Coefficient:
    """One line of a regression."""

    name: str
    estimate: float
    se: float
    lower: float
    upper: float
    statistic: float
    p_value: float


@dataclass(frozen=True, slots=True, eq=False)
class Regression:
    """A meta-regression. `df` is infinite for z; `QE` is what heterogeneity is left, `QM` the test of all
    moderators (χ², or F with knha and adhoc); `R2` in per cent of τ² without them, None where that is 0."""

    method: str
    test: str
    level: float
    k: int
    coefficients: tuple[Coefficient, ...]
    covariance: Matrix
    df: float
    tau2: float
    QE: float
    QE_df: int
    QE_p: float
    QM: float
    QM_df: int
    QM_p: float
    I2: float
    H2: float
    R2: float | None


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """What a weighted fit at one τ² leaves: P = W − WX(X'WX)⁻¹X'W."""

    inverse: Matrix
    beta: Vector
    P: Matrix
    Py: Vector
    Q: float
    w: Vector


def meta_regression(
    y: ArrayLike,
    se: ArrayLike,
    moderators: ArrayLike | None = None,
    *,
    names: Sequence[str] = (),
    intercept: bool = True,
    method: str = "REML",
    test: str = "knha",
    level: float = 0.95,
) -> Regression | NotConverged:
    """`y`, `se` (k,), `moderators` (k, p) or (k,); `method` as `random_effects`, or FE for τ² = 0.

    Raises CannotBe where the moderators cannot be told apart or leave no degrees of freedom."""
    estimates, errors = studies(y, se, least=2)
    X, told = design(estimates.size, moderators, names, intercept)
    one_of("the method", method, (*METHODS, "FE"))
    one_of("the test", test, TESTS)
    v = errors**2
    tau2 = tau2_of(estimates, v, X, method)
    if isinstance(tau2, NotConverged):
        return tau2
    return _told(estimates, v, X, told, tau2, method, test, probability("the level", level))


def design(
    k: int, moderators: ArrayLike | None, names: Sequence[str] = (), intercept: bool = True
) -> tuple[Matrix, tuple[str, ...]]:
    """The design matrix (k, p) and the names of its columns; full rank, fewer columns than studies."""
    columns = [np.ones((k, 1))] if intercept else []
    extra = 0
    if moderators is not None:
        found = np.asarray(moderators, dtype=np.float64)
        found = found[:, None] if found.ndim == 1 else found
        if found.ndim != 2 or found.shape[0] != k or not np.isfinite(found).all():
            raise CannotBe(
                f"the moderators have shape {found.shape}; ({k}, p) finite numbers needed"
            )
        columns.append(found)
        extra = found.shape[1]
    if not columns:
        raise CannotBe("a regression needs an intercept or a moderator")
    X = np.hstack(columns)
    if np.linalg.matrix_rank(X) < X.shape[1]:
        raise CannotBe("the moderators say the same thing twice; leave one out")
    if X.shape[1] >= k:
        raise CannotBe(f"{k} studies cannot carry {X.shape[1]} coefficients; fewer are needed")
    if names and len(tuple(names)) != extra:
        raise CannotBe(
            f"{len(tuple(names))} names for {extra} moderators; one name for each is needed"
        )
    given = tuple(names) or tuple(f"moderator {i + 1}" for i in range(extra))
    return X, (*(("intercept",) if intercept else ()), *given)


def fit_at(y: Vector, v: Vector, X: Matrix, tau2: float) -> Sums:
    """The weighted fit at one τ²."""
    w = 1 / (v + tau2)
    WX = w[:, None] * X
    inverse = np.asarray(np.linalg.inv(X.T @ WX), dtype=np.float64)
    P = np.diag(w) - WX @ inverse @ WX.T
    Py = P @ y
    beta = np.asarray(inverse @ (WX.T @ y), dtype=np.float64)
    return Sums(inverse, beta, P, Py, float(y @ Py), w)


def tau2_of(y: Vector, v: Vector, X: Matrix, method: str) -> float | NotConverged:
    """τ² ≥ 0 by any of the methods of `random_effects`."""
    if method == "FE":
        return 0.0
    if method in ("PM", "EB"):
        return q_root(y, v, X, float(y.size - X.shape[1]))
    if method in ("ML", "REML"):
        return _scored(y, v, X, method)
    return max(0.0, _closed(y, v, X, method))


def q_root(y: Vector, v: Vector, X: Matrix, target: float) -> float | NotConverged:
    """τ² at which Q(τ²) = target; 0 where Q(0) is below. Newton from the left, as Q is convex."""
    tau2 = 0.0
    for _ in range(500):
        fit = fit_at(y, v, X, tau2)
        off = fit.Q - target
        if off <= 0 and tau2 == 0:
            return 0.0
        step = off / float(fit.Py @ fit.Py)
        tau2 = max(0.0, tau2 + step)
        if abs(step) <= 1e-13 * (tau2 + float(v.min())):
            return tau2
    return NotConverged("Q profile", "no τ² was found for this Q", 500)


def _closed(y: Vector, v: Vector, X: Matrix, method: str) -> float:
    k, free = y.size, float(X.shape[0] - X.shape[1])
    if method == "HE":
        H = np.eye(k) - X @ np.linalg.inv(X.T @ X) @ X.T
        return float(y @ H @ y - np.diag(H) @ v) / free
    if method == "SJ":
        first = float(np.mean((y - y.mean()) ** 2))
        return first * fit_at(y, v, X, first).Q / free
    fit = fit_at(y, v, X, 0.0)
    if method == "HS":
        return (fit.Q - k) / float(fit.w.sum())
    return (fit.Q - free) / float(np.trace(fit.P))


def _scored(y: Vector, v: Vector, X: Matrix, method: str) -> float | NotConverged:
    """Fisher scoring; a step that would swing back and forth, or cross 0, is halved."""
    tau2, last, share = max(0.0, _closed(y, v, X, "HE")), 0.0, 1.0
    for _ in range(1000):
        fit = fit_at(y, v, X, tau2)
        inner = fit.P if method == "REML" else np.diag(fit.w)
        step = (float(fit.Py @ fit.Py) - float(np.trace(inner))) / float((inner * inner).sum())
        if tau2 == 0 and step <= 0:
            return 0.0
        share *= 0.5 if step * last < 0 and abs(step) > 0.5 * abs(last) else 1.0
        step *= share
        last = step
        while tau2 + step < 0:
            step = step / 2 if tau2 + step / 2 > 1e-12 * v.min() else -tau2
        tau2 += step
        if abs(step) <= 1e-13 * (tau2 + float(v.min())):
            return tau2
    return NotConverged(method, "Fisher scoring did not settle on a τ²", 1000)


def _told(
    y: Vector,
    v: Vector,
    X: Matrix,
    names: tuple[str, ...],
    tau2: float,
    method: str,
    test: str,
    level: float,
) -> Regression | NotConverged:
    k, p = X.shape
    fit, at_zero = fit_at(y, v, X, tau2), fit_at(y, v, X, 0.0)
    scale = 1.0 if test == "z" else fit.Q / (k - p)
    covariance = fit.inverse * (max(1.0, scale) if test == "adhoc" else scale)
    df = math.inf if test == "z" else float(k - p)
    typical = (k - p) / float(np.trace(at_zero.P))
    tested = [i for i in range(p) if names[i] != "intercept"] or [0]
    QM, QM_p = _omnibus(fit.beta[tested], covariance[np.ix_(tested, tested)], df)
    without = tau2_of(y, v, np.ones((k, 1)), method)
    explained = None
    if not isinstance(without, NotConverged) and without > 0:
        explained = 100 * max(0.0, (without - tau2) / without)
    return Regression(
        method=method,
        test=test,
        level=level,
        k=k,
        coefficients=coefficients(names, fit.beta, covariance, df, level),
        covariance=covariance,
        df=df,
        tau2=tau2,
        QE=at_zero.Q,
        QE_df=k - p,
        QE_p=float(chdtrc(k - p, at_zero.Q)),
        QM=QM,
        QM_df=len(tested),
        QM_p=QM_p,
        I2=100 * tau2 / (tau2 + typical),
        H2=tau2 / typical + 1,
        R2=explained,
    )


def coefficients(
    names: Sequence[str], beta: Vector, covariance: Matrix, df: float, level: float
) -> tuple[Coefficient, ...]:
    """Estimates with z or t intervals."""
    se = np.sqrt(np.diag(covariance))
    reach = quantile(0.5 + level / 2, df) * se
    return tuple(
        Coefficient(
            name=name,
            estimate=float(b),
            se=float(s),
            lower=float(b - r),
            upper=float(b + r),
            statistic=float(b / s),
            p_value=two_sided(float(b / s), df),
        )
        for name, b, s, r in zip(names, beta, se, reach, strict=True)
    )


def _omnibus(beta: Vector, covariance: Matrix, df: float) -> tuple[float, float]:
    m = beta.size
    total = float(beta @ np.linalg.solve(covariance, beta))
    if math.isinf(df):
        return total, float(chdtrc(m, total))
    return total / m, float(fdtrc(m, df, total / m))
