"""Do groups differ in how likely one kind of event is, where other kinds forestall it? Gray's test."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtrc

from cordula.stats.asked import asked
from cordula.stats.models.inputs import Floats, Whole, labels, numbers
from cordula.stats.refusals import CannotBe
from cordula.stats.survival.competing import causes
from cordula.stats.survival.log_rank import at_risk, deaths


@dataclass(frozen=True, slots=True, eq=False)
class GrayTest:
    """Scores of the groups (k,) for one cause, their covariance (k, k), and the test that all are alike."""

    groups: tuple[object, ...]
    scores: Floats
    covariance: Floats
    chi_squared: float
    df: int
    p: float


@asked
def gray_test(
    time: ArrayLike, cause: ArrayLike, group: ArrayLike, *, of_cause: int = 1, rho: float = 0.0
) -> GrayTest:
    """Do groups differ in the cumulative incidence of one cause? `group` (n,) labels, the rest as above.

    Gray (1988), Ann Stat 16:1141–1154: a log-rank test in which those whom another cause took stay at risk,
    by the share not yet censored; weights (1 − F̂)^rho. Raises CannotBe where nothing can be compared."""
    t = numbers("time", time)
    if not 0.0 <= rho < np.inf:
        raise CannotBe(f"rho is {rho}; a weight's power is 0 or more, and finite")
    kind = causes(cause, t.size)
    arm, names = labels("group", group, t.size)
    if names.size < 2 or not (kind == of_cause).any():
        raise CannotBe(
            f"{names.size} group(s), {(kind == of_cause).sum()} events; two and one needed"
        )
    parts = [
        _of_group(t[arm == k], kind[arm == k], np.unique(t[kind > 0]), of_cause)
        for k in range(names.size)
    ]
    scores, covariance = _gray(parts, rho)
    inner = covariance[1:, 1:]
    df = int(np.linalg.matrix_rank(inner, hermitian=True))
    if df == 0:
        raise CannotBe("no event while two groups were under observation; nothing to compare")
    chi_squared = float(scores[1:] @ np.linalg.pinv(inner, hermitian=True) @ scores[1:])
    p = float(chdtrc(df, chi_squared))
    return GrayTest(tuple(names.tolist()), scores, covariance, chi_squared, df, p)


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """Just before each time (m,): at risk Y, free S, not by the cause G; events by the cause and by others."""

    risk: Floats
    free: Floats
    spared: Floats
    by_cause: Floats
    by_others: Floats


def _of_group(t: Floats, kind: Whole, at: Floats, of_cause: int) -> Group:
    one = np.zeros(t.size, dtype=np.int64)
    risk = at_risk(t, one, 1, at)[0]
    mine = deaths(t, kind == of_cause, one, 1, at)[0]
    others = deaths(t, (kind > 0) & (kind != of_cause), one, 1, at)[0]
    many = np.where(risk > 0.0, risk, 1.0)
    free = np.concatenate([[1.0], np.cumprod(1.0 - (mine + others) / many)[:-1]])
    spared = 1.0 - np.concatenate([[0.0], np.cumsum(free * mine / many)[:-1]])
    return Group(risk, free, spared, mine, others)


def _gray(groups: list[Group], rho: float) -> tuple[Floats, Floats]:
    """Scores and their covariance.

    With G free of the cause, S of all events, R = Y G/S and H(u) = ∫ over t > u of a R/G dΓ, the score is
    Σ ∫ {a − H (G − S)/Y} dM₁ − ∫ H G/Y dM₂ to first order, a martingale in each group."""
    k = len(groups)
    still = np.array([_ratio(g.risk * g.spared, g.free) for g in groups])
    total, d = still.sum(axis=0), sum(g.by_cause for g in groups)
    rise, share = _ratio(np.asarray(d), total), _ratio(still, total)
    weight = np.concatenate([[1.0], np.cumprod(1.0 - rise)[:-1]]) ** rho
    scores = np.array(
        [(weight * (g.by_cause - s * d)).sum() for g, s in zip(groups, share, strict=True)]
    )
    covariance = np.zeros((k, k))
    for r, g in enumerate(groups):
        own = weight * ((np.arange(k) == r)[:, None] - share)
        onward = own * _ratio(g.risk, g.free) * rise
        later = np.cumsum(onward[:, ::-1], axis=1)[:, ::-1] - onward
        first = own - later * _ratio(g.spared - g.free, g.risk)
        second = later * _ratio(g.spared, g.risk)
        covariance += (first * still[r] * rise) @ first.T + (second * g.by_others) @ second.T
    return scores, covariance


def _ratio(above: Floats, below: Floats) -> Floats:
    """Nought where nobody is left."""
    return np.where(below > 0.0, above / np.where(below > 0.0, below, 1.0), 0.0)
