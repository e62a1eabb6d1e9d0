"""How many, in each arm? The answer that all sample sizes share, and the checks they share too."""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, isfinite

from cordula.stats.refusals import CannotBe
from cordula.stats.sequential.normal import upper_quantile

GREATEST = 1e9


@dataclass(frozen=True, slots=True)
class Size:
    """Numbers in arm 1 and arm 2 as the formula gives them, not yet whole."""

    n_1: float
    n_2: float

    @property
    def total(self) -> float:
        return self.n_1 + self.n_2

    def rounded(self) -> "Size":
        """Each arm brought up to a whole number; a hair above one is taken as the one meant."""
        return Size(ceil(self.n_1 - 1e-9), ceil(self.n_2 - 1e-9))


def divided(total: float, ratio: float) -> Size:
    """A total in the ratio n₁ : n₂ = ratio : 1."""
    return Size(total * ratio / (1 + ratio), total / (1 + ratio))


def check(alpha: float, sides: int, power: float | None = None, ratio: float = 1.0) -> None:
    """Refuses an error, a power or a ratio that cannot be."""
    if sides not in (1, 2):
        raise CannotBe(f"{sides} sides; a test has 1 or 2")
    if not 0 < alpha < 0.5 * sides:
        raise CannotBe(
            f"α is {alpha}; with {sides} side(s) it must lie between 0 and {0.5 * sides}"
        )
    if power is not None and not alpha / sides < power < 1:
        raise CannotBe(f"the power is {power}; it must lie between {alpha / sides} and 1")
    if not (isfinite(ratio) and ratio > 0):
        raise CannotBe(f"the ratio is {ratio}; it must be above 0")


def positive(**values: float) -> None:
    for name, value in values.items():
        if not (isfinite(value) and value > 0):
            raise CannotBe(f"{name.replace('_', ' ')} is {value}; it must be above 0")


def quantiles(alpha: float, sides: int, power: float) -> tuple[float, float]:
    """z_{α/s} and z_β."""
    return upper_quantile(alpha / sides), upper_quantile(1.0 - power)


def smallest(power_of: Callable[[float], float], power: float, least: float) -> float:
    """The number, not whole, at which a rising power reaches what is wanted; `least` is the first that can be."""
    from scipy.optimize import brentq

    if power_of(least) >= power:
        return least
    high = 2 * least
    while power_of(high) < power:
        high *= 2
        if high > GREATEST:
            raise CannotBe(
                f"more than {GREATEST:.0e} would be needed; the effect is too small for this power"
            )
    return float(brentq(lambda n: power_of(n) - power, max(least, high / 2), high, xtol=1e-10))
