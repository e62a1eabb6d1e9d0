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
    by the share not yet censored; weights (1 − F̂⁰)^rho. The covariance holds under the null hypothesis: the
    incidence F̂⁰ of the cause is that of all groups together, other causes and censoring are each group's own;
    events at the same time count by the hypergeometric variance, never below 0. So with one cause alone it is
    near that of the log-rank test, not the same. At the 5% level 4,000 null trials of 60 rejected 4.5–5.3% with
    no ties, but 6.2–6.4% where times were so coarse that most were tied: there give times as finely as they are
    known. Raises CannotBe where nothing can be compared."""
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
    """At each time (m,): just before it at risk Y, free of all events S and not by the cause G; S just after it;
    events by the cause and by others."""

    risk: Floats
    free: Floats
    after: Floats
    spared: Floats
    by_cause: Floats
    by_others: Floats

    @property
    def whole(self) -> Floats:
        """Y/S: how many there would be, had nobody been taken yet."""
        return _ratio(self.risk, self.free)


@dataclass(frozen=True, slots=True, eq=False)
class Pooled:
    """Of all groups, at each time (m,): Y/S, events by the cause, the rise of F⁰, and 1 − F⁰ before and after."""

    whole: Floats
    by_cause: Floats
    rise: Floats
    before: Floats
    after: Floats


def _of_group(t: Floats, kind: Whole, at: Floats, of_cause: int) -> Group:
    one = np.zeros(t.size, dtype=np.int64)
    risk = at_risk(t, one, 1, at)[0]
    mine = deaths(t, kind == of_cause, one, 1, at)[0]
    others = deaths(t, (kind > 0) & (kind != of_cause), one, 1, at)[0]
    many = np.where(risk > 0.0, risk, 1.0)
    after = np.cumprod(1.0 - (mine + others) / many)
    free = np.concatenate([[1.0], after[:-1]])
    spared = 1.0 - np.concatenate([[0.0], np.cumsum(free * mine / many)[:-1]])
    return Group(risk, free, after, spared, mine, others)


def _pooled(groups: list[Group]) -> Pooled:
    """F⁰ rises by dN₁/Σ(Y/S), as every group's incidence does under the null hypothesis."""
    whole = np.asarray(sum(g.whole for g in groups))
    d = np.asarray(sum(g.by_cause for g in groups))
    rise = _ratio(d, whole)
    after = 1.0 - np.cumsum(rise)
    return Pooled(whole, d, rise, np.concatenate([[1.0], after[:-1]]), after)


def _gray(groups: list[Group], rho: float) -> tuple[Floats, Floats]:
    """Scores Σ L (dN₁ − R/R. dN₁.) with R = Y G/S and L = (1 − F⁰)^rho, and their covariance."""
    every = _pooled(groups)
    weight = np.maximum(every.before, 0.0) ** rho
    still = np.array([g.whole * g.spared for g in groups])
    share = _ratio(still, still.sum(axis=0))
    scores = [(weight * (g.by_cause - s * every.by_cause)).sum()
              for g, s in zip(groups, share, strict=True)]  # fmt: skip
    share = _ratio(np.array([g.whole for g in groups]), every.whole)
    kinds = np.eye(len(groups))
    parts = [_spread(g, weight * (own[:, None] - share), every)
             for g, own in zip(groups, kinds, strict=True)]  # fmt: skip
    return np.array(scores), np.sum(parts, axis=0)


def _spread(g: Group, own: Floats, every: Pooled) -> Floats:
    """What one group adds to the covariance (k, k), with `own` (k, m) what an event of hers adds to each score.

    With h = Y/S, d = own h, G⁰ = 1 − F⁰ and c(t) = ∫ over u > t of d dF⁰/G⁰, to first order the scores move by
    a = d + (1 − G⁰/S) c with each event of the cause and by b = −(G⁰/S) c with each other, so that this is
    ∫ a aᵀ/h dF⁰ + ∫ b bᵀ/h dF₂. Of n at risk of d events together, (n − d)/(n − 1): n = S Σh, and n = Y."""
    d = own * g.whole
    onward = d * _ratio(every.rise, every.before)
    later = np.cumsum(onward[:, ::-1], axis=1)[:, ::-1] - onward
    left = _ratio(every.after, g.after)
    first, second = d + (1.0 - left) * later, -left * later
    by_cause = every.rise * _tied(every.by_cause, every.whole * g.free)
    by_others = _ratio(g.by_others, g.whole) * _tied(g.by_others, g.risk)
    return (first * _ratio(by_cause, g.whole)) @ first.T + (
        second * _ratio(by_others, g.whole)
    ) @ second.T


def _tied(events: Floats, risk: Floats) -> Floats:
    """The share of the variance that is left where events come at the same time."""
    many = events > 1.0
    return np.where(many, _ratio(np.maximum(risk - events, 0.0), np.abs(risk - 1.0)), 1.0)


def _ratio(above: Floats, below: Floats) -> Floats:
    """Nought where nobody is left."""
    return np.where(below > 0.0, above / np.where(below > 0.0, below, 1.0), 0.0)
