"""What do the bounds do when the variance is estimated from few infants? Exactly, without simulation.

The bounds are kept on the P-value scale: reject at look k if the one-sided t test has P ≤ 1 − Φ(b_k). Without an
effect the sequence of t statistics is a Markov chain, since it is what is left of normal data when their scale is
taken away (Stein's theorem, Hall, Wijsman & Ghosh 1965, Ann Math Stat 36, 575); so one integral per look answers.
With an effect each stopping look is weighted by the likelihood ratio of its t statistic.

u = cos of the angle between the data and the effect, t = u √df/√(1 − u²); y = Φ⁻¹(P(T ≤ t)), the scale of the bounds."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from math import inf, isfinite, sqrt

import numpy as np

from cordula.stats.asked import asked
from cordula.stats.refusals import CannotBe, finite
from cordula.stats.sequential.boundaries import Boundaries
from cordula.stats.sequential.quadrature import Floats, legendre, nodes_for

REACH_Y = 8.5  # normal scores kept on either side; beyond lies 1e-17
FEW = 8  # fewer new degrees of freedom than this need the finer nodes


def _angles(new: float) -> int:
    """Nodes over how much of the data's length was there before: 1e-8 of probability, 1e-5 from FEW down to 4."""
    return 48 if new >= FEW else 192


@dataclass(frozen=True, slots=True)
class TOperating:
    """Exact stopping probabilities of a group-sequential t test; tuples have one entry a look."""

    drift: float
    rejected: tuple[float, ...]
    rejected_below: tuple[float, ...]
    futile: tuple[float, ...]

    @property
    def overall(self) -> float:
        return sum(self.rejected)

    @property
    def overall_both(self) -> float:
        return sum(self.rejected) + sum(self.rejected_below)


@asked
def t_critical(plan: Boundaries, df: Sequence[float]) -> tuple[float, ...]:
    """The t statistic that has the nominal level of each look, with these degrees of freedom."""
    from scipy.special import stdtrit

    _check(plan, df)
    levels = zip(df, plan.levels, strict=True)
    return tuple(inf if level == 0 else -float(stdtrit(v, level)) for v, level in levels)


@asked
def t_operating(
    plan: Boundaries, df: Sequence[float], drift: float = 0.0, as_z: bool = False
) -> TOperating:
    """What the design does when each look is a t test on all data so far; at no drift, its true error.

    df: degrees of freedom at each look, shape (K,) (infants less 2 for two arms). drift: difference/σ times
    √(n₁n₂/(n₁ + n₂)) at the last look. as_z: the bounds are held against t itself as if it were z, to show what
    that costs. Lower bounds are taken as followed; inner futility of two-sided designs is not offered."""
    _check(plan, df)
    finite(drift=drift)
    upper, lower = np.array(plan.critical), np.array(plan.lower)
    if as_z:
        upper, lower = _scores_of_t(upper, df), _scores_of_t(lower, df)
    found, chain = np.zeros((2, plan.looks)), _Chain.start(df[0])
    for look, dims in enumerate(df):
        if look:
            chain = chain.onward(plan, look, dims, (lower[look - 1], upper[look - 1]))
        noncentral = drift * sqrt(plan.information[look] / plan.information[-1])
        found[0, look] = chain.within(upper[look], REACH_Y, noncentral)
        found[1, look] = chain.within(-REACH_Y, lower[look], noncentral)
    nothing = (0.0,) * plan.looks
    above, below = (tuple(row) for row in found.tolist())
    two = plan.sides == 2
    return TOperating(drift, above, below if two else nothing, nothing if two else below)


@asked
def calibrated_t(plan: Boundaries, df: Sequence[float]) -> Boundaries:
    """The same plan with bounds that spend, on t statistics with these degrees of freedom, exactly its α.

    The bounds stay on the P-value scale: hold each look's P against the new `levels`. Binding futility counts."""
    _check(plan, df)
    upper: list[float] = []
    spent, chain = 0.0, _Chain.start(df[0])
    for look, dims in enumerate(df):
        if look:
            low = -upper[-1] if plan.sides == 2 else -inf
            low = plan.lower[look - 1] if plan.sides == 1 and plan.binding else low
            chain = chain.onward(plan, look, dims, (low, upper[-1]))
        target = (plan.spent[look] - spent) / plan.sides
        upper.append(chain.bound(target, plan.critical[look]))
        spent += plan.sides * chain.beyond(upper[-1])
    return replace(plan, critical=tuple(upper))


@dataclass(frozen=True)
class _Chain:
    """The paths at one look that have not stopped before: a density of y under no effect."""

    df: float
    at: Floats  # the y of the look before, empty at the first
    mass: Floats
    share: float  # information of the look before over that of this one
    before: float  # degrees of freedom there

    @classmethod
    def start(cls, df: float) -> "_Chain":
        return cls(df, np.zeros(0), np.zeros(0), 0.0, 0.0)

    def onward(self, plan: Boundaries, look: int, df: float, kept: tuple[float, float]) -> "_Chain":
        low, high = max(kept[0], -REACH_Y), min(kept[1], REACH_Y)
        x, w = legendre(max(64, nodes_for(plan.information)))
        half = max(0.0, 0.5 * (high - low))
        at = 0.5 * (low + high) + half * x
        share = plan.information[look - 1] / plan.information[look]
        return _Chain(df, at, half * w * self.density(at), share, self.df)

    @cached_property
    def _angle(self) -> tuple[Floats, Floats]:
        """q = how much of the data's length was there before: q² is Beta((df₋₁ + 1)/2, (df − df₋₁)/2)."""
        from scipy.special import roots_jacobi

        x, w = roots_jacobi(
            _angles(self.df - self.before),
            (self.df - self.before) / 2 - 1,
            (self.before + 1) / 2 - 1,
        )
        return np.sqrt((1 + x) / 2), w / w.sum()

    def _new_part(self, u: Floats) -> tuple[Floats, Floats]:
        """The cosine in what is new that leads to u from each node and q; and the scale of that step."""
        q, _ = self._angle
        old = _cosine(self.at, self.before)[0]
        scale = sqrt(1 - self.share) * np.sqrt(1 - q * q)
        away = u[:, None, None] - sqrt(self.share) * old[None, :, None] * q
        return away / scale, scale

    def density(self, y: Floats) -> Floats:
        """Of y at this look, shape as y."""
        from scipy.special import betaln

        normal = np.exp(-0.5 * y * y) / sqrt(2 * np.pi)
        if not self.at.size:
            return np.asarray(normal)
        u, v = _cosine(y, self.df)
        r, scale = self._new_part(u)
        p = self.df - self.before
        inside = np.maximum(1 - r * r, 0.0)
        steps = inside ** ((p - 3) / 2) / scale * np.exp(-betaln(0.5, (p - 1) / 2))
        of_u = (steps @ self._angle[1]) @ self.mass
        log_slope = betaln(0.5, self.df / 2) - (self.df / 2 - 1) * np.log(v)
        return np.asarray(of_u * normal * np.exp(log_slope))

    def beyond(self, bound: float) -> float:
        """P(y ≥ bound, and no stop before)."""
        from scipy.special import betainc, ndtr

        if not self.at.size:
            return float(ndtr(-bound))
        if bound == inf:
            return 0.0
        r, _ = self._new_part(_cosine(np.array([bound]), self.df)[0])
        p = self.df - self.before
        half = 0.5 * betainc((p - 1) / 2, 0.5, np.clip(1 - r * r, 0.0, 1.0))
        above = np.where(r > 0, half, 1 - half)
        return float(((above @ self._angle[1]) @ self.mass)[0])

    def bound(self, target: float, near: float) -> float:
        from scipy.optimize import brentq

        if target <= 0:
            return inf
        if self.beyond(-REACH_Y) <= target:
            raise CannotBe(
                "fewer paths are left than are to be rejected; lower the futility bounds"
            )
        low, high = near - 0.2, near + 0.2
        while self.beyond(low) < target:
            low -= 1.0
        while self.beyond(high) > target:
            high += 1.0
        return float(brentq(lambda y: self.beyond(y) - target, low, high, xtol=1e-11))

    def within(self, low: float, high: float, noncentral: float) -> float:
        """P(y between, and no stop before), under this noncentrality at this look."""
        if not (low < high and isfinite(low) and isfinite(high)):
            return 0.0
        if noncentral == 0 and high >= REACH_Y:
            return self.beyond(low)
        x, w = legendre(96)
        y = 0.5 * (low + high) + 0.5 * (high - low) * x
        ratio = _likelihood_ratio(_cosine(y, self.df)[0], self.df + 1, noncentral)
        return float(0.5 * (high - low) * (w @ (self.density(y) * ratio)))


def _cosine(y: Floats, df: float) -> tuple[Floats, Floats]:
    """u and 1 − u² of the normal score y: 1 − u² is Beta(df/2, ½)."""
    from scipy.special import betaincinv, ndtr

    v = np.maximum(betaincinv(df / 2, 0.5, 2 * ndtr(-np.abs(y))), 1e-300)
    return np.asarray(np.sign(y) * np.sqrt(1 - v)), v


def _likelihood_ratio(u: Floats, dimensions: float, noncentral: float) -> Floats:
    """Of u under this noncentrality against none: E exp(δuR − δ²/2), R being χ with so many dimensions."""
    from scipy.special import gammaln

    w, m = noncentral * u, dimensions
    centre = 0.5 * (w + np.sqrt(w * w + 4 * max(m - 1, 0.25)))
    x, weights = legendre(96)
    low, high = np.maximum(centre - 9.5, 0.0), centre + 9.5
    r = 0.5 * (high + low)[:, None] + 0.5 * (high - low)[:, None] * x
    log_chi = (m - 1) * np.log(r) - 0.5 * r * r - (m / 2 - 1) * np.log(2) - gammaln(m / 2)
    inside = np.exp(log_chi + w[:, None] * r - 0.5 * noncentral**2)
    return np.asarray(0.5 * (high - low) * (inside @ weights))


def _scores_of_t(t: Floats, df: Sequence[float]) -> Floats:
    from scipy.special import ndtri, stdtr

    with np.errstate(invalid="ignore"):
        tails = stdtr(np.array(df, dtype=float), -np.abs(t))
    return np.asarray(np.where(np.isinf(t), t, -np.sign(t) * ndtri(tails)))


def _check(plan: Boundaries, df: Sequence[float]) -> None:
    if len(df) != plan.looks:
        raise CannotBe(
            f"{len(df)} degrees of freedom for {plan.looks} looks; one for each is needed"
        )
    if not (
        df[0] >= 1 and df[-1] < 1e6 and all(after >= before + 4 for before, after in pairwise(df))
    ):
        raise CannotBe(
            f"the degrees of freedom are {tuple(df)}; from 1 up to a million, and at least four more at each look"
        )
    if any(plan.inner):
        raise CannotBe(
            "inner futility bounds are not offered for t statistics; simulate that design"
        )
