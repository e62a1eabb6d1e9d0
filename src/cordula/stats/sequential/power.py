"""How likely is a design to stop for each reason at each look, and what does it cost in information?

The drift is the effect times √(information at the last look): the mean of the last z."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf, isfinite

import numpy as np

from cordula.stats.asked import asked
from cordula.stats.refusals import CannotBe, finite
from cordula.stats.sequential.boundaries import Boundaries, check_error
from cordula.stats.sequential.normal import upper_quantile
from cordula.stats.sequential.quadrature import Floats, legendre, nodes_for
from cordula.stats.sequential.solving import crossings


@dataclass(frozen=True, slots=True)
class Power:
    """What a design does under one drift; each tuple has one entry a look.

    `rejected`: above the upper bound. `rejected_below`: below the lower one (two sides only).
    `futile`: stopped for futility. `expected_information`: as a share of the information at the last look."""

    drift: float
    rejected: tuple[float, ...]
    rejected_below: tuple[float, ...]
    futile: tuple[float, ...]
    expected_information: float

    @property
    def overall(self) -> float:
        """The probability to reject above, at any look."""
        return sum(self.rejected)

    @property
    def overall_both(self) -> float:
        """The probability to reject in either direction."""
        return sum(self.rejected) + sum(self.rejected_below)

    @property
    def stopped(self) -> tuple[float, ...]:
        """The probability to stop at each look, for whatever reason; the last look takes what is left."""
        early = tuple(map(sum, zip(self.rejected, self.rejected_below, self.futile, strict=True)))[
            :-1
        ]
        return (*early, 1.0 - sum(early))


@dataclass(frozen=True, slots=True)
class Characteristics:
    """A design beside the fixed one with the same α and power: all but the drift are ratios of information."""

    drift: float
    inflation: float
    expected_null: float
    expected_half: float
    expected_alternative: float


@asked
def power(boundaries: Boundaries, drift: float) -> Power:
    """Stopping probabilities under this drift; futility bounds, binding or not, are taken as followed.

    With two sides `rejected` counts rejections above only, `rejected_below` those below; `overall_both` adds them.
    Source: Jennison & Turnbull 2000, section 19.2."""
    if not isfinite(drift):
        raise CannotBe(f"the drift is {drift}; a finite number is needed")
    found = stopping(boundaries, drift)
    last = boundaries.information[-1]
    below = found[1] if boundaries.sides == 2 else np.zeros(boundaries.looks)
    futile = found[2] if boundaries.sides == 2 else found[1]
    early = found.sum(axis=0)[:-1]
    shares = np.array(boundaries.information) / last
    expected = float(early @ shares[:-1] + 1.0 - early.sum())
    parts = [tuple(part.tolist()) for part in (found[0], below, futile)]
    return Power(drift, parts[0], parts[1], parts[2], expected)


def stopping(boundaries: Boundaries, drift: float) -> Floats:
    """The raw answer of the recursion, shape (3, K): above upper, below lower, inside the inner region."""
    last = boundaries.information[-1]
    shares = tuple(value / last for value in boundaries.information)
    x, w = legendre(nodes_for(shares))
    edges = (boundaries.critical, boundaries.lower, boundaries.inner)
    upper, lower, inner = (np.array(edge) for edge in edges)
    return crossings(np.array(shares), upper, lower, inner, drift, x, w)


@dataclass(frozen=True, slots=True)
class Stopping:
    """Probabilities to stop at each look at or above the upper bounds and at or below the lower ones."""

    upper: tuple[float, ...]
    lower: tuple[float, ...]


@asked
def stopping_probabilities(
    information: Sequence[float],
    upper: Sequence[float],
    lower: Sequence[float] | None = None,
    effect: float = 0.0,
) -> Stopping:
    """Any bounds at any information, shape (K,) each: Z_k has mean effect·√information_k. No lower bound: −∞."""
    at = tuple(float(value) for value in information)
    below = (-inf,) * len(at) if lower is None else tuple(lower)
    if not len(at) == len(tuple(upper)) == len(below) > 0:
        raise CannotBe("information, upper and lower bounds must be equally many, one at least")
    rising = at[0] > 0 and all(b > a for a, b in pairwise(at))
    if not (rising and isfinite(at[-1])):
        raise CannotBe(f"the information is {at}; it must rise from above 0")
    if not all(low <= high for low, high in zip(below, upper, strict=True)):
        raise CannotBe("a lower bound lies above its upper one; it must lie below, or meet it")
    finite(effect=effect)
    x, w = legendre(nodes_for(at))
    high, low = np.array(upper, dtype=float), np.array(below, dtype=float)
    found = crossings(np.array(at), high, low, np.zeros(len(at)), effect, x, w)
    return Stopping(tuple(found[0].tolist()), tuple(found[1].tolist()))


@asked
def required_drift(boundaries: Boundaries, power: float) -> float:
    """The drift at which the design rejects above with this probability, its futility bounds followed."""
    from scipy.optimize import brentq

    if not 0 < power < 1:
        raise CannotBe(f"the power is {power}; it must lie between 0 and 1")

    def off(drift: float) -> float:
        return float(stopping(boundaries, drift)[0].sum()) - power

    low, high = -1.0, upper_quantile(boundaries.alpha / boundaries.sides) + 3.0
    while off(high) < 0:
        high *= 1.5
        if high > 60:
            raise CannotBe(
                f"a power of {power} is out of reach with these futility bounds; lower the bounds or the power"
            )
    while off(low) > 0:
        low -= 2.0
    return float(brentq(off, low, high, xtol=1e-12, rtol=1e-14))


@asked
def fixed_drift(alpha: float, sides: int, power: float) -> float:
    """The drift of the one-look design with this error and power: z_{α/s} + z_β."""
    check_error(alpha, sides)
    if not 0 < power < 1:
        raise CannotBe(f"the power is {power}; it must lie between 0 and 1")
    return upper_quantile(alpha / sides) + upper_quantile(1.0 - power)


@asked
def inflation_factor(boundaries: Boundaries, power: float) -> float:
    """How many times the information of a one-look design the last look needs for the same power."""
    drift = required_drift(boundaries, power)
    return (drift / fixed_drift(boundaries.alpha, boundaries.sides, power)) ** 2


@asked
def characteristics(boundaries: Boundaries, power_wanted: float | None = None) -> Characteristics:
    """Drift, inflation and expected information under no, half and the whole effect.

    With β spending the power is 1 − β and the drift is the one it was spent under."""
    if boundaries.drift is not None and power_wanted is None:
        drift, wanted = boundaries.drift, 1.0 - boundaries.beta_spent[-1]
    elif power_wanted is not None:
        drift, wanted = required_drift(boundaries, power_wanted), power_wanted
    else:
        raise CannotBe("no power is given, and the design spends no β; say which power is wanted")
    factor = (drift / fixed_drift(boundaries.alpha, boundaries.sides, wanted)) ** 2
    effects = (0.0, drift / 2, drift)
    spared = [factor * power(boundaries, effect).expected_information for effect in effects]
    return Characteristics(drift, factor, spared[0], spared[1], spared[2])
