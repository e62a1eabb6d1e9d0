"""Which constants and bounds spend exactly what was asked? The root finding around the recursion."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf, isfinite, isnan, log, nan
from typing import TYPE_CHECKING, Any

import numpy as np

from cordula.stats.compiled import kernel_or_twin
from cordula.stats.refusals import CannotBe
from cordula.stats.sequential import crossing, plain
from cordula.stats.sequential.normal import upper_quantile
from cordula.stats.sequential.quadrature import Floats, legendre, nodes_for

if TYPE_CHECKING:
    from cordula.stats.sequential.shapes import Shape

Numbers = tuple[float, ...]

crossings = kernel_or_twin(crossing.crossings, plain.crossings)
bounds_spending = kernel_or_twin(crossing.bounds_spending, plain.bounds_spending)
bounds_both = kernel_or_twin(crossing.bounds_both, plain.bounds_both)


@dataclass(frozen=True, slots=True)
class Both:
    """Bounds on both sides, the drift they were spent under and α spent."""

    upper: Numbers
    lower: Numbers
    drift: float
    spent: Numbers


def spending(
    information: Numbers, cumulative: Numbers, sides: int, lower: Numbers, inner: Numbers
) -> tuple[Numbers, Numbers]:
    """Upper bounds that bring α spent to `cumulative` at each look; and what is spent."""
    x, w = legendre(nodes_for(information))
    upper, spent = bounds_spending(
        np.array(information), np.array(cumulative), np.full(len(information), nan),
        np.array(lower), np.array(inner), sides, x, w,
    )  # fmt: skip
    found = tuple(upper.tolist())
    _found(found)
    return found, tuple(spent.tolist())


def shaped(
    information: Numbers, shape: "Shape", alpha: float, sides: int, lower: Numbers, inner: Numbers
) -> tuple[Numbers, Numbers]:
    """Upper bounds of this shape whose crossing probabilities sum to α: secant on its logarithm."""
    at, low, hole = np.array(information), np.array(lower), np.array(inner)
    reached = np.zeros(len(information))

    def off_with(nodes: int) -> Callable[[float], float]:
        x, w = legendre(nodes)

        def off(constant: float) -> float:
            upper = np.array(shape.scaled(constant, information))
            below = -upper if sides == 2 else low
            reached[:] = crossings(at, upper, below, hole, 0.0, x, w)[0]
            return log(max(sides * float(reached.sum()), 1e-300) / alpha)

        return off

    # Half the nodes cost a quarter, and bring the constant so near that all of them are asked twice or so.
    nodes = nodes_for(information)
    near = _secant(off_with(nodes // 2), _start(alpha, sides), 1e-4, alpha)
    constant = _secant(off_with(nodes), near, 1e-12, alpha).constant
    amounts = np.cumsum(sides * reached)
    return shape.scaled(constant, information), tuple(amounts.tolist())


@dataclass(frozen=True, slots=True)
class _Near:
    """A constant, and how steeply the log of α falls there."""

    constant: float
    slope: float


def _start(alpha: float, sides: int) -> _Near:
    # The log of a normal tail falls with a slope of about the bound itself.
    z = upper_quantile(alpha / sides)
    return _Near(z, -(z + 0.5))


def _secant(off: Callable[[float], float], near: _Near, tolerance: float, alpha: float) -> _Near:
    """The constant where `off` (log of α reached over α wanted, falling) is nought within the tolerance."""
    now, slope = near.constant, near.slope
    off_now = off(now)
    for _ in range(60):
        if abs(off_now) < tolerance:
            return _Near(now - off_now / slope if tolerance > 1e-9 else now, slope)
        step = -min(max(off_now / slope, -1.0), 1.0)
        if abs(step) < 1e-15 * abs(now):
            return _Near(now, slope)
        now, before, off_before = now + step, now, off_now
        off_now = off(now)
        slope = (off_now - off_before) / (now - before)
        if slope >= -1e-9 or not isfinite(slope):
            break
    raise CannotBe(
        f"no bound spends α = {alpha} exactly: the interim bounds alone spend more, or the form "
        "cannot reach it; choose higher interim bounds or another form"
    )


def both(
    information: Numbers,
    alpha: float,
    efficacy: Any,
    alphas: Numbers | None,
    betas: Numbers,
    upper: Numbers | None,
    binding: bool,
    drift: float | None,
) -> Both:
    """One-sided bounds that spend α and β together; the drift is found unless it is given."""
    if upper is None and alphas is None:
        return _shaped_both(information, alpha, efficacy, betas, drift)
    at, increments = np.array(information), np.diff((0.0, *betas))
    given = np.full(len(information), nan) if upper is None else np.array(upper)
    spent = np.diff((0.0, *alphas)) if alphas is not None else np.zeros(len(information))
    x, w = legendre(nodes_for(information))

    def at_drift(value: float) -> tuple[Floats, Floats, float]:
        return bounds_both(at, spent, increments, given, value, binding, x, w)

    if drift is None:
        last = float(increments[-1])
        drift = _drift(lambda value: at_drift(value)[2] - last, alpha, betas[-1])
    high, low, _ = at_drift(drift)
    low[-1] = high[-1]
    _found(tuple(high.tolist()))
    counted = low if binding else np.full(len(information), -inf)
    counted = np.append(counted[:-1], -inf)
    reached = crossings(at, high, counted, np.zeros(len(information)), 0.0, x, w)[0]
    return Both(
        tuple(high.tolist()), tuple(low.tolist()), drift, tuple(np.cumsum(reached).tolist())
    )


def _drift(missed: Callable[[float], float], alpha: float, beta: float) -> float:
    """The drift at which the probability to accept at the last look is what is left of β."""
    from scipy.optimize import brentq

    fixed = upper_quantile(alpha) + upper_quantile(beta)
    low, high = 0.5 * fixed, 1.2 * fixed
    while missed(high) > 0:
        high *= 1.3
        if high > 100:
            raise CannotBe(
                "no effect is great enough for these bounds to keep β; spend less of it early"
            )
    while missed(low) < 0:
        low *= 0.7
        if low < 1e-3:
            raise CannotBe(
                "these bounds miss less than β even without an effect; β must be smaller"
            )
    return float(brentq(missed, low, high, xtol=1e-13, rtol=1e-14))


def _shaped_both(
    information: Numbers, alpha: float, shape: "Shape", betas: Numbers, drift: float | None
) -> Both:
    """As `both` with bounds of a shape and binding futility: the constant is sought outside the drift."""

    def found(constant: float) -> Both:
        upper = shape.scaled(constant, information)
        return both(information, alpha, shape, None, betas, upper, True, drift)

    def off(constant: float) -> float:
        return log(max(found(constant).spent[-1], 1e-300) / alpha)

    return found(_secant(off, _start(alpha, 1), 1e-12, alpha).constant)


def _found(upper: Numbers) -> None:
    for look, bound in enumerate(upper, start=1):
        if isnan(bound) or bound == -inf:
            raise CannotBe(
                f"at look {look} no bound spends what is asked: fewer paths are left than that; "
                "lower the futility bounds or spend less there"
            )
