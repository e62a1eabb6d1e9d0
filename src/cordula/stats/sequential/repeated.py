"""What may be said at any look, whether or not the trial stops there?"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, isfinite, log

from cordula.stats.asked import asked
from cordula.stats.refusals import CannotBe, NotConverged, whole
from cordula.stats.sequential.boundaries import Boundaries, bounds
from cordula.stats.sequential.shapes import HaybittlePeto, Shape
from cordula.stats.sequential.spending import Spending, UserSpending

LEAST, GREATEST = 1e-12, 0.4999


@dataclass(frozen=True, slots=True)
class RepeatedInterval:
    """An interval that holds the effect at all looks together with probability 1 − α (two sides) or 1 − 2α."""

    low: float
    high: float


@asked
def repeated_interval(
    plan: Boundaries, look: int, estimate: float, standard_error: float
) -> RepeatedInterval:
    """Estimate ± critical value × standard error, in the unit of the estimate (Jennison & Turnbull 1989)."""
    _check(plan, look, estimate)
    if not (standard_error > 0 and isfinite(standard_error)):
        raise CannotBe(f"the standard error is {standard_error}; it must be above 0")
    reach = plan.critical[look - 1] * standard_error
    return RepeatedInterval(estimate - reach, estimate + reach)


@asked
def repeated_p(plan: Boundaries, look: int, z: float) -> float | NotConverged:
    """The least α at which the same design would have rejected at this look with this z.

    With two sides |z| counts. Answers at least 10⁻¹² and at most 0.5 a side (Jennison & Turnbull 2000,
    section 9.5). Haybittle–Peto bounds do not move with α before the last look: no answer there."""
    _check(plan, look, z)
    if isinstance(plan.efficacy, HaybittlePeto) and look < plan.looks:
        return NotConverged("repeated P value", "the interim bound is the same for every α")
    from scipy.optimize import brentq

    seen = abs(z) if plan.sides == 2 else z
    low, high = log(LEAST * plan.sides), log(GREATEST * plan.sides)

    def off(log_alpha: float) -> float:
        return _critical(plan, look, exp(log_alpha)) - seen

    if off(high) > 0:
        return 0.5 * plan.sides
    if off(low) < 0:
        return LEAST * plan.sides
    return exp(float(brentq(off, low, high, xtol=1e-12, rtol=1e-14)))


@asked
def repeated_p_values(plan: Boundaries, z: Sequence[float]) -> tuple[float | NotConverged, ...]:
    """The repeated P value at each look so far."""
    return tuple(repeated_p(plan, look, value) for look, value in enumerate(z, start=1))


def _critical(plan: Boundaries, look: int, alpha: float) -> float:
    """The critical value at this look, had the design been made with this α and nothing else changed."""
    futility = plan.stopping if plan.binding else None
    try:
        made = bounds(
            plan.information, plan.shares, alpha, plan.sides, _at(plan, alpha), futility, plan.drift
        )
    except CannotBe:
        # So great an α that the bounds would fall below binding futility: every z would do.
        return -1e3 if alpha > plan.alpha else 1e3
    return made.critical[look - 1]


def _at(plan: Boundaries, alpha: float) -> Spending | Shape:
    """The plan's own rule; amounts that were written down grow and shrink with α."""
    if not isinstance(plan.efficacy, UserSpending):
        return plan.efficacy
    ratio = alpha / plan.efficacy.cumulative[-1]
    amounts = tuple(amount * ratio for amount in plan.efficacy.cumulative)
    return UserSpending(amounts, plan.efficacy.shares)


def _check(plan: Boundaries, look: int, value: float) -> None:
    whole(1, look=look)
    if look > plan.looks:
        raise CannotBe(f"look {look}; the design has looks 1 to {plan.looks}")
    if not isfinite(value):
        raise CannotBe(f"what was seen is {value}; a finite number is needed")
