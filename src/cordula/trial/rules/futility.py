"""When is it no use to go on? As the protocol says it, and as bounds on z."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import sqrt
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cordula.stats.sequential import Boundaries, Futility


@dataclass(frozen=True, slots=True, kw_only=True)
class FutilityRule:
    """Bounds of z at each look before the last, or the conditional power below which one stops, or a β
    that is spent at the looks. With two sides one stops inside ± the bound. `binding`: the level is kept
    only if the rule is obeyed."""

    bounds: tuple[Decimal, ...] = ()
    conditional_power: Decimal | None = None
    beta: Decimal | None = None
    spending: str | None = None
    parameter: Decimal | None = None
    binding: bool = False

    def stopping(self, efficacy: "Boundaries") -> "Futility":
        """The rule as `stats.sequential` takes it; `efficacy` are the bounds without futility."""
        from cordula.stats.sequential import BetaSpending, FutilityBounds
        from cordula.trial.rules.spending import spending_of

        if self.beta is not None:
            function = spending_of(self.spending or "obrien_fleming", self.parameter)
            return BetaSpending(float(self.beta), function, self.binding)
        if self.conditional_power is None:
            return FutilityBounds(tuple(float(x) for x in self.bounds), self.binding)
        return FutilityBounds(by_conditional_power(self.conditional_power, efficacy), self.binding)


def by_conditional_power(power: Decimal, bounds: "Boundaries") -> tuple[float, ...]:
    """The z at each look before the last at which the power to cross the last bound, if the trend goes on,
    is just this: √t (b_K − Φ⁻¹(1 − power) √(1 − t)), from Lan & Wittes 1988, Biometrics 44:579."""
    from scipy.special import ndtri

    last, lag = bounds.critical[-1], float(ndtri(1 - float(power)))
    return tuple(sqrt(t) * (last - lag * sqrt(1 - t)) for t in bounds.information[:-1])


def futility_of(row: Mapping[str, Any]) -> FutilityRule:
    """From the table [design.futility] of a protocol."""
    numbers = {
        key: Decimal(row[key]) for key in ("conditional_power", "beta", "parameter") if key in row
    }
    return FutilityRule(
        bounds=tuple(Decimal(x) for x in row.get("bounds", ())),
        spending=row.get("spending"),
        binding=bool(row.get("binding", False)),
        **numbers,
    )
