"""After a trial has stopped: how strong is the evidence, and how great the effect, with the stopping allowed for?"""

from dataclasses import dataclass
from math import inf, isfinite, sqrt

import numpy as np

from cordula.stats.asked import asked
from cordula.stats.refusals import CannotBe, NotConverged, finite, whole
from cordula.stats.roots import root
from cordula.stats.sequential.boundaries import Boundaries
from cordula.stats.sequential.quadrature import legendre, nodes_for
from cordula.stats.sequential.solving import crossings


@dataclass(frozen=True, slots=True)
class FinalInference:
    """The stagewise-ordering answer: P value against no effect, median-unbiased estimate and interval.

    In units of the drift, or of the effect where its standard error at the stopping look was given."""

    p: float
    estimate: float
    low: float
    high: float
    level: float


@asked
def stagewise_p(
    plan: Boundaries, look: int, z: float, drift: float = 0.0, futility: bool | None = None
) -> float:
    """P(an outcome at least as far above, under this drift): earlier stops above come first, then z at this look.

    futility: whether lower bounds stop the paths; where not said, only if binding, since a bound that may be
    passed over must not lower the P value. Source: Fairbanks & Madsen 1982; Tsiatis, Rosner & Mehta 1984."""
    _check(plan, look, z)
    finite(drift=drift)
    return _beyond(plan, look, z, drift, futility)


def _beyond(plan: Boundaries, look: int, z: float, drift: float, futility: bool | None) -> float:
    """As `stagewise_p`, whose questions of its arguments are not asked again at each of a thousand drifts."""
    shares = np.array(plan.information[:look]) / plan.information[-1]
    upper, lower = np.array(plan.critical[:look]), np.array(plan.lower[:look])
    inner = np.array(plan.inner[:look])
    counted = plan.binding if futility is None else futility
    if not counted:
        inner[:] = 0.0
        if plan.sides == 1:
            lower[:] = -inf
    upper[-1], lower[-1], inner[-1] = z, -inf, 0.0
    # The drift belongs to the last look; the recursion takes the effect per unit of its information.
    x, w = legendre(nodes_for(tuple(shares.tolist())))
    return float(crossings(shares, upper, lower, inner, drift, x, w)[0].sum())


@asked
def two_sided_p(plan: Boundaries, look: int, z: float) -> float:
    """Twice the smaller of the two stagewise P values."""
    above = stagewise_p(plan, look, z)
    return 2 * min(above, 1.0 - above)


@asked
def final_inference(
    plan: Boundaries,
    look: int,
    z: float,
    standard_error: float | None = None,
    level: float | None = None,
    futility: bool | None = None,
) -> FinalInference | NotConverged:
    """The effect after stopping at this look (from 1) with this z, by stagewise ordering.

    standard_error: of the estimate at this look; the answer is then in its unit, else in units of the drift.
    level: of the interval; 1 − α with two sides and 1 − 2α with one, where none is given.
    Source: Jennison & Turnbull 2000, sections 8.3 to 8.5."""
    _check(plan, look, z)
    kept = level if level is not None else 1.0 - plan.alpha * (2 if plan.sides == 1 else 1)
    if not 0 < kept < 1:
        raise CannotBe(f"the level of the interval is {kept}; it must lie between 0 and 1")
    ratio = sqrt(plan.information[-1] / plan.information[look - 1])
    unit = 1.0 if standard_error is None else standard_error / ratio
    if not (unit > 0 and isfinite(unit)):
        raise CannotBe(f"the standard error is {standard_error}; it must be above 0")
    wanted = ((1 - kept) / 2, 0.5, (1 + kept) / 2)
    found = [_drift_with(plan, look, z, p, ratio, futility) for p in wanted]
    if any(drift is None for drift in found):
        return NotConverged(
            "stagewise ordering", "the P value hardly changes with the effect there"
        )
    low, middle, high = (unit * (drift or 0.0) for drift in found)
    p = _beyond(plan, look, z, 0.0, futility)
    return FinalInference(2 * min(p, 1 - p) if plan.sides == 2 else p, middle, low, high, kept)


def _drift_with(
    plan: Boundaries, look: int, z: float, p: float, ratio: float, futility: bool | None
) -> float | None:
    """The drift under which the stagewise P value is p, or none within forty standard errors of what was seen."""

    def off(drift: float) -> float:
        return _beyond(plan, look, z, drift, futility) - p

    low, high, step = z * ratio - 1.0, z * ratio + 1.0, 1.0
    while off(low) > 0:
        low, step = low - step, step * 1.6
        if step > 40 * ratio:
            return None
    step = 1.0
    while off(high) < 0:
        high, step = high + step, step * 1.6
        if step > 40 * ratio:
            return None
    return root(off, low, high, near=1e-11, close=1e-13)


def _check(plan: Boundaries, look: int, z: float) -> None:
    whole(1, look=look)
    if look > plan.looks:
        raise CannotBe(f"look {look}; the design has looks 1 to {plan.looks}")
    if not isfinite(z):
        raise CannotBe(f"z is {z}; a finite number is needed")
