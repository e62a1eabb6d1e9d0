"""Which bounds of a formula need the fewest infants, or close in on one another from both sides?"""

from dataclasses import dataclass
from math import inf

import numpy as np

from cordula.stats.asked import asked
from cordula.stats.refusals import CannotBe, finite
from cordula.stats.sequential.boundaries import Boundaries, check_error, design, information_of
from cordula.stats.sequential.futility import FutilityBounds
from cordula.stats.sequential.normal import upper_quantile
from cordula.stats.sequential.power import characteristics
from cordula.stats.sequential.quadrature import Floats, legendre, nodes_for
from cordula.stats.sequential.shapes import WangTsiatis
from cordula.stats.sequential.solving import crossings


@dataclass(frozen=True, slots=True)
class OptimalShape:
    """The Δ of least expected information, and the design it makes."""

    delta: float
    plan: Boundaries


@asked
def optimal_wang_tsiatis(
    looks: int | tuple[float, ...] = 3,
    alpha: float = 0.025,
    sides: int = 1,
    power: float = 0.8,
    under: str = "alternative",
) -> OptimalShape:
    """The Wang–Tsiatis Δ in −0.5 to 1 of least expected information under the “alternative”, “half” or “null”."""
    from scipy.optimize import minimize_scalar

    if under not in ("alternative", "half", "null"):
        raise CannotBe(f"under “{under}”; there are “alternative”, “half” and “null”")

    def cost(delta: float) -> float:
        plan = design(looks, alpha, sides, WangTsiatis(delta))
        return float(getattr(characteristics(plan, power), f"expected_{under}"))

    found = minimize_scalar(cost, bounds=(-0.5, 1.0), method="bounded", options={"xatol": 1e-7})
    return OptimalShape(float(found.x), design(looks, alpha, sides, WangTsiatis(float(found.x))))


@asked
def pampallona_tsiatis(
    looks: int | tuple[float, ...] = 3,
    alpha: float = 0.025,
    beta: float = 0.2,
    sides: int = 1,
    delta: float = 0.0,
    delta_futility: float = 0.0,
    binding: bool = True,
) -> Boundaries:
    """Bounds c₁ t^{Δ₁−½} above and (c₁ + c₀)√t − c₀ t^{Δ₀−½} below, which meet at the last look.

    c₁ and c₀ keep α and β at the drift c₁ + c₀ (Pampallona & Tsiatis 1994, J Stat Plan Inference 42, 19). With two
    sides the lower bound is the inner one, 0 where the formula is below it."""
    information = information_of(looks)
    check_error(alpha, sides)
    if not 0 < beta < 1:
        raise CannotBe(f"β is {beta}; it must lie between 0 and 1")
    finite(delta=delta, delta_futility=delta_futility)
    wedge = _Wedge(information, sides, delta, delta_futility, binding)
    high, low = wedge.solved(alpha, beta)
    upper, lower = wedge.edges(high, low)
    spent = tuple(np.cumsum(sides * wedge.reached(upper, lower, 0.0, binding)[0]).tolist())
    under = wedge.reached(upper, lower, high + low, True)
    missed = np.cumsum(under[2 if sides == 2 else 1])
    missed[-1] = 1.0 - under[0].sum()
    stopping = FutilityBounds(tuple(lower[:-1].tolist()), binding)
    return Boundaries(
        information, information, alpha, sides, tuple(upper.tolist()), tuple(lower.tolist()),
        binding, spent, WangTsiatis(delta), stopping, tuple(missed.tolist()), high + low,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Wedge:
    information: tuple[float, ...]
    sides: int
    delta: float
    delta_futility: float
    binding: bool

    def edges(self, high: float, low: float) -> tuple[Floats, Floats]:
        t = np.array(self.information)
        upper = high * t ** (self.delta - 0.5)
        lower = (high + low) * np.sqrt(t) - low * t ** (self.delta_futility - 0.5)
        if self.sides == 2:
            lower = np.maximum(lower, 0.0)
        return upper, np.minimum(lower, upper)

    def reached(self, upper: Floats, lower: Floats, drift: float, counted: bool) -> Floats:
        x, w = legendre(nodes_for(self.information))
        held = np.append(lower[:-1], -inf if self.sides == 1 else 0.0)
        nothing, none = np.full(upper.size, -inf), np.zeros(upper.size)
        below = -upper if self.sides == 2 else (held if counted else nothing)
        inner = held if self.sides == 2 and counted else none
        return crossings(np.array(self.information), upper, below, inner, drift, x, w)

    def solved(self, alpha: float, beta: float) -> tuple[float, float]:
        """c₁ for α outside, c₀ for β within."""
        from scipy.optimize import brentq

        def low_for(high: float) -> float:
            def off(low: float) -> float:
                edges = self.edges(high, low)
                return float(self.reached(*edges, high + low, True)[0].sum()) - (1 - beta)

            return float(brentq(off, -0.5 * high, 8.0, xtol=1e-13))

        def off(high: float) -> float:
            edges = self.edges(high, low_for(high))
            spent = self.sides * self.reached(*edges, 0.0, self.binding)[0].sum()
            return float(spent) - alpha

        z = upper_quantile(alpha / self.sides)
        high = float(brentq(off, 0.6 * z, 1.8 * z + 0.5, xtol=1e-12))
        return high, low_for(high)
