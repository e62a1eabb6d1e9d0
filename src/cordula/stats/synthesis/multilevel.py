"""What do estimates say together that belong to groups within groups, as schools to districts?

y = Xβ + Σ Z_a u_a + e, u_a ~ N(0, σ_a²): (restricted) likelihood by Fisher scoring with halving.
Konstantopoulos 2011, doi:10.1002/jrsm.35; Harville 1977, doi:10.1080/01621459.1977.10480998, section 5."""

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtrc

from cordula.stats.refusals import CannotBe, NotConverged
from cordula.stats.synthesis.checks import Vector, one_of, probability, studies
from cordula.stats.synthesis.regression import Coefficient, Matrix, coefficients, design, fit_at

TURNS = 500


@dataclass(frozen=True, slots=True, eq=False)
class Multilevel:
    """`sigma2` has one variance a level, the outermost first; `df` is infinite for z."""

    method: str
    level: float
    k: int
    coefficients: tuple[Coefficient, ...]
    covariance: Matrix
    df: float
    sigma2: tuple[float, ...]
    groups: tuple[int, ...]
    log_likelihood: float
    Q: float
    Q_df: int
    Q_p: float


@dataclass(frozen=True, slots=True, eq=False)
class Likelihood:
    value: float
    beta: Vector
    covariance: Matrix
    score: Vector
    information: Matrix


def multilevel(
    y: ArrayLike,
    se: ArrayLike,
    levels: Sequence[Sequence[Hashable]],
    moderators: ArrayLike | None = None,
    *,
    names: Sequence[str] = (),
    nested: bool = True,
    method: str = "REML",
    test: str = "z",
    level: float = 0.95,
) -> Multilevel | NotConverged:
    """`y`, `se` (k,); `levels`: one label an estimate for each level, outermost first. With `nested` a
    label means a group only within the group above it. `test`: z, or t with k − p.

    Raises CannotBe where a level has one group only or its labels do not match the estimates."""
    estimates, errors = studies(y, se, least=3)
    X, told = design(estimates.size, moderators, names)
    one_of("the method", method, ("REML", "ML"))
    one_of("the test", test, ("z", "t"))
    members = _members(levels, estimates.size, nested)
    found = _scored(estimates, errors**2, X, members, method == "REML")
    if isinstance(found, NotConverged):
        return found
    sigma2, fit = found
    k, p = X.shape
    df = math.inf if test == "z" else float(k - p)
    Q = fit_at(estimates, errors**2, X, 0.0).Q
    return Multilevel(
        method=method,
        level=probability("the level", level),
        k=k,
        coefficients=coefficients(told, fit.beta, fit.covariance, df, level),
        covariance=fit.covariance,
        df=df,
        sigma2=tuple(sigma2.tolist()),
        groups=tuple(round(float((1 / same.sum(1)).sum())) for same in members),
        log_likelihood=fit.value,
        Q=Q,
        Q_df=k - p,
        Q_p=float(chdtrc(k - p, Q)),
    )


def _members(levels: Sequence[Sequence[Hashable]], k: int, nested: bool) -> list[Matrix]:
    """ZZ' of each level: 1 where two estimates share a group."""
    above: list[Hashable] = [()] * k
    members = []
    for number, labels in enumerate(levels, 1):
        if len(labels) != k:
            raise CannotBe(f"level {number} has {len(labels)} labels for {k} estimates")
        full = list(zip(above, labels, strict=True)) if nested else list(labels)
        seen = {label: at for at, label in enumerate(dict.fromkeys(full))}
        if len(seen) < 2:
            raise CannotBe(f"level {number} has one group; its variance cannot be told")
        at = np.array([seen[label] for label in full])
        members.append((at[:, None] == at[None, :]).astype(np.float64))
        above = list(full)
    if not members:
        raise CannotBe("a multilevel fit needs at least one level of groups")
    return members


def _scored(
    y: Vector, v: Vector, X: Matrix, members: list[Matrix], restricted: bool
) -> tuple[Vector, Likelihood] | NotConverged:
    """A step is halved until the likelihood does not fall; a variance at 0 that would fall stays there."""
    sigma2 = np.full(len(members), max(float(np.var(y)), 1e-8) / len(members))
    here = _likelihood(y, v, X, members, sigma2, restricted)
    for _turn in range(TURNS):
        free = (sigma2 > 0) | (here.score > 0)
        step = np.zeros(sigma2.size)
        if free.any():
            inner = here.information[np.ix_(free, free)]
            step[free] = np.linalg.solve(inner, here.score[free])
        for _ in range(60):
            tried = np.maximum(sigma2 + step, 0.0)
            there = _likelihood(y, v, X, members, tried, restricted)
            if there.value >= here.value - 1e-12 * abs(here.value):
                break
            step /= 2
        moved = float(np.abs(tried - sigma2).max())
        sigma2, here = tried, there
        if moved <= 1e-11 * (float(sigma2.max()) + float(v.min())):
            return sigma2, here
    return NotConverged("multilevel", "Fisher scoring did not settle on the variances", TURNS)


def _likelihood(
    y: Vector, v: Vector, X: Matrix, members: list[Matrix], sigma2: Vector, restricted: bool
) -> Likelihood:
    M = np.diag(v) + sum(s * same for s, same in zip(sigma2, members, strict=True))
    inverse = np.linalg.inv(M)
    within = X.T @ inverse @ X
    covariance = np.asarray(np.linalg.inv(within), dtype=np.float64)
    beta = np.asarray(covariance @ (X.T @ inverse @ y), dtype=np.float64)
    P = inverse - inverse @ X @ covariance @ X.T @ inverse
    Py = P @ y
    k, p = X.shape
    value = -0.5 * (float(np.linalg.slogdet(M)[1]) + float(y @ Py))
    value -= 0.5 * (k - p if restricted else k) * math.log(2 * math.pi)
    if restricted:
        value -= 0.5 * float(np.linalg.slogdet(within)[1])
        value += 0.5 * float(np.linalg.slogdet(X.T @ X)[1])
    inner = P if restricted else inverse
    products = [inner @ same for same in members]
    score = np.array(
        [
            -0.5 * (float(np.trace(a)) - float(Py @ same @ Py))
            for a, same in zip(products, members, strict=True)
        ]
    )
    information = 0.5 * np.array([[float((a * b.T).sum()) for b in products] for a in products])
    return Likelihood(value, beta, covariance, score, information)
