"""How are P values of separate stages combined, when later stages may be changed by what earlier ones showed?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isfinite, sqrt

from cordula.stats.asked import asked
from cordula.stats.refusals import CannotBe, NotConverged, finite, whole
from cordula.stats.sequential.boundaries import Boundaries
from cordula.stats.sequential.conditional import ConditionalPower, stopping_after
from cordula.stats.sequential.normal import upper_quantile
from cordula.stats.sequential.repeated import RepeatedInterval


@asked
@dataclass(frozen=True, slots=True)
class TwoMeans:
    """What one stage showed in two arms: means, standard deviations and counts, treated arm first."""

    mean_1: float
    mean_2: float
    sd_1: float
    sd_2: float
    n_1: int
    n_2: int

    def __post_init__(self) -> None:
        whole(2, n_1=self.n_1, n_2=self.n_2)
        finite(mean_1=self.mean_1, mean_2=self.mean_2, sd_1=self.sd_1, sd_2=self.sd_2)
        if min(self.sd_1, self.sd_2) <= 0:
            raise CannotBe("an arm of a stage needs two infants or more and a spread above 0")

    @property
    def standard_error(self) -> float:
        """Of the difference, from the pooled variance."""
        squares = (self.n_1 - 1) * self.sd_1**2 + (self.n_2 - 1) * self.sd_2**2
        pooled = squares / (self.n_1 + self.n_2 - 2)
        return sqrt(pooled * (1 / self.n_1 + 1 / self.n_2))

    def p(self, difference: float = 0.0) -> float:
        """One-sided t-test P value against this difference, for a greater one."""
        from scipy.special import stdtr

        t = (self.mean_1 - self.mean_2 - difference) / self.standard_error
        return float(stdtr(self.n_1 + self.n_2 - 2, -t))

    def z(self, difference: float = 0.0) -> float:
        """Φ⁻¹(1 − p), with its digits kept in both tails."""
        from scipy.special import ndtri, stdtr

        t = (self.mean_1 - self.mean_2 - difference) / self.standard_error
        df = self.n_1 + self.n_2 - 2
        tail = float(stdtr(df, -abs(t)))
        return float(-ndtri(tail)) if t > 0 else float(ndtri(tail))


@asked
def inverse_normal(plan: Boundaries, stage_z: Sequence[float]) -> tuple[float, ...]:
    """The combined z at each look so far: Σ √ΔI_i z_i / √I_k with the planned weights (Lehmacher & Wassmer 1999)."""
    if not 1 <= len(stage_z) <= plan.looks:
        raise CannotBe(f"{len(stage_z)} stages; the design has {plan.looks}")
    total, before, combined = 0.0, 0.0, []
    for now, z in zip(plan.information, stage_z, strict=False):
        if not isfinite(z):
            raise CannotBe(f"the z of a stage is {z}; a finite number is needed")
        total, before = total + sqrt(now - before) * z, now
        combined.append(total / sqrt(now))
    return tuple(combined)


@asked
def inverse_normal_of_p(plan: Boundaries, p: Sequence[float]) -> tuple[float, ...]:
    """The same from the stages' one-sided P values."""
    if not all(0 < value < 1 for value in p):
        raise CannotBe(f"the P values are {tuple(p)}; each must lie between 0 and 1")
    return inverse_normal(plan, [upper_quantile(value) for value in p])


@asked
def inverse_normal_conditional_power(
    plan: Boundaries, stage_z: Sequence[float], stage_drifts: Sequence[float], futility: bool = True
) -> ConditionalPower:
    """Power that is left, where the z of each stage to come has this mean (effect × √its own information).

    stage_drifts: shape (K − k,), for two means effect/σ · √(n r)/(1 + r) with n infants in the stage, ratio r."""
    look = len(stage_z)
    if not 1 <= look < plan.looks or len(stage_drifts) != plan.looks - look:
        raise CannotBe(
            f"{look} stages seen and {len(stage_drifts)} to come; the design has {plan.looks} in all"
        )
    for drift in stage_drifts:
        finite(stage_drift=drift)
    combined = inverse_normal(plan, stage_z)[-1]
    growth, mean = 0.0, []
    for k, drift in zip(range(look, plan.looks), stage_drifts, strict=True):
        growth += drift * sqrt(plan.information[k] - plan.information[k - 1])
        mean.append(growth)
    found = stopping_after(plan, look, combined, tuple(mean), futility)
    return ConditionalPower(sum(stage_drifts), tuple(found[0].tolist()))


@asked
def two_means_drift(difference: float, sd: float, n: float, ratio: float = 1.0) -> float:
    """The mean of a stage's z: difference/σ √n √r/(1 + r), with n infants in both arms, ratio r = n₁/n₂."""
    if not (sd > 0 and n > 0 and ratio > 0):
        raise CannotBe(
            "the standard deviation, the number of infants and the ratio must be above 0"
        )
    finite(difference=difference, sd=sd, n=n, ratio=ratio)
    return difference / sd * sqrt(n * ratio) / (1 + ratio)


@asked
def repeated_interval_by_stages(
    plan: Boundaries, stages: Sequence[Callable[[float], float]], start: float, scale: float
) -> RepeatedInterval | NotConverged:
    """The effects that the combined test would not have rejected so far, in either direction.

    stages: for each stage its z against any effect, a function that falls (such as `TwoMeans(...).z`).
    start, scale: where to begin to look and in which strides (estimate and standard error will do)."""
    from scipy.optimize import brentq

    finite(start=start, scale=scale)
    if scale <= 0:
        raise CannotBe(f"the stride is {scale}; it must be above 0, a standard error will do")
    look = len(stages)

    def off(effect: float, sign: float) -> float:
        combined = inverse_normal(plan, [z(effect) for z in stages])[-1]
        return combined - sign * plan.critical[look - 1]

    ends = []
    for sign in (1.0, -1.0):
        low, high, step = start - scale, start + scale, scale
        while off(low, sign) < 0 and step < 1e9 * scale:
            low, step = low - step, 2 * step
        while off(high, sign) > 0 and step < 1e9 * scale:
            high, step = high + step, 2 * step
        if off(low, sign) < 0 or off(high, sign) > 0:
            return NotConverged("repeated interval", "no effect is rejected on that side")
        ends.append(float(brentq(off, low, high, args=(sign,), xtol=1e-12 * scale, rtol=1e-14)))
    return RepeatedInterval(ends[0], ends[1])
