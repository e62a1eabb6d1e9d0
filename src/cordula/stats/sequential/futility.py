"""When may a trial stop because the effect is not showing?"""

from dataclasses import dataclass, field
from math import isnan

from cordula.stats.asked import asked
from cordula.stats.refusals import CannotBe
from cordula.stats.sequential.spending import OBrienFlemingSpending, Spending


@asked
@dataclass(frozen=True, slots=True)
class FutilityBounds:
    """Bounds on the z scale for the looks before the last: stop at or below (with two sides: inside ±).

    −∞ (with two sides 0) where a look has none. Binding: the trial must stop, and α is spent so."""

    bounds: tuple[float, ...]
    binding: bool = False

    def __post_init__(self) -> None:
        if any(isnan(bound) for bound in self.bounds):
            raise CannotBe("a futility bound is not a number; write −∞ where a look has none")


@asked
@dataclass(frozen=True, slots=True)
class BetaSpending:
    """Bounds that spend β under the effect the trial is sized for (Pampallona, Tsiatis & Kim 2001)."""

    beta: float
    spending: Spending = field(default_factory=OBrienFlemingSpending)
    binding: bool = False

    def __post_init__(self) -> None:
        if not 0 < self.beta < 1:
            raise CannotBe(f"β is {self.beta}; it must lie between 0 and 1")


@asked
@dataclass(frozen=True, slots=True)
class NullSpending:
    """Lower bounds that spend a probability under no effect, the last look included (one-sided designs)."""

    total: float
    spending: Spending = field(default_factory=OBrienFlemingSpending)
    binding: bool = False

    def __post_init__(self) -> None:
        if not 0 < self.total < 1:
            raise CannotBe(f"the probability below is {self.total}; it must lie between 0 and 1")


Futility = FutilityBounds | BetaSpending | NullSpending
