"""How much of the error may have been spent by the time a share of the information is in?"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from math import e, exp, expm1, isfinite, log, sqrt
from typing import Protocol

import numpy as np

from cordula.stats.asked import asked
from cordula.stats.refusals import CannotBe
from cordula.stats.sequential.normal import upper_quantile, upper_tail


class Spending(Protocol):
    """A spending function: 0 at no information, all of it at share 1 and after, never falling between."""

    def spent(self, share: float, error: float, sides: int = 1) -> float: ...


@asked
@dataclass(frozen=True, slots=True)
class OBrienFlemingSpending:
    """Lan & DeMets 1983 (Biometrika 70, 659), eq. for α₁: 2(1 − Φ(z_{α/2}/√t)) on each side."""

    def spent(self, share: float, error: float, sides: int = 1) -> float:
        z = upper_quantile(error / (2 * sides))
        return 2 * sides * upper_tail(z / sqrt(share)) if share < 1 else error


@asked
@dataclass(frozen=True, slots=True)
class PocockSpending:
    """Lan & DeMets 1983, eq. for α₂: α ln(1 + (e − 1)t)."""

    def spent(self, share: float, error: float, sides: int = 1) -> float:
        return error * log(1.0 + (e - 1.0) * share) if share < 1 else error


@asked
@dataclass(frozen=True, slots=True)
class HwangShihDeCani:
    """Hwang, Shih & DeCani 1990 (Stat Med 9, 1439): α(1 − e^{−γt})/(1 − e^{−γ}); γ = 0 spends evenly."""

    gamma: float

    def __post_init__(self) -> None:
        if not isfinite(self.gamma) or abs(self.gamma) > 500:
            raise CannotBe(
                f"γ is {self.gamma}; Hwang, Shih & DeCani take a number from −500 to 500"
            )

    def spent(self, share: float, error: float, sides: int = 1) -> float:
        if share >= 1:
            return error
        if self.gamma == 0:
            return error * share
        if self.gamma < 0:
            # The same quotient, written so that nothing overflows at a steep γ.
            late = exp(-self.gamma * (share - 1.0))
            return error * late * expm1(self.gamma * share) / expm1(self.gamma)
        return error * expm1(-self.gamma * share) / expm1(-self.gamma)


@asked
@dataclass(frozen=True, slots=True)
class KimDeMets:
    """Kim & DeMets 1987 (Biometrika 74, 149): α t^ρ."""

    rho: float

    def __post_init__(self) -> None:
        if not (isfinite(self.rho) and self.rho > 0):
            raise CannotBe(f"ρ is {self.rho}; Kim & DeMets take a number above 0")

    def spent(self, share: float, error: float, sides: int = 1) -> float:
        return error * share**self.rho if share < 1 else error


@asked
@dataclass(frozen=True, slots=True)
class UserSpending:
    """What is spent by each of these shares, written down; between two shares in a straight line.

    `cumulative` ends at the whole error; `shares` are equally spaced where none are given."""

    cumulative: tuple[float, ...]
    shares: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        _rising("the error spent", self.cumulative, strictly=False)
        if self.shares:
            _rising("the shares of information", self.shares, strictly=True)
            if len(self.shares) != len(self.cumulative):
                raise CannotBe(
                    f"there are {len(self.shares)} shares and {len(self.cumulative)} amounts spent; "
                    "each share needs one amount"
                )

    def at(self, shares: tuple[float, ...]) -> "UserSpending":
        """The same amounts, tied to the looks of a plan."""
        return self if self.shares else UserSpending(self.cumulative, shares)

    def spent(self, share: float, error: float, sides: int = 1) -> float:
        count = len(self.cumulative)
        shares = self.shares or tuple((k + 1) / count for k in range(count))
        if abs(self.cumulative[-1] - error) > 1e-9 * error:
            raise CannotBe(
                f"the spending ends at {self.cumulative[-1]}, the error is {error}; they must be equal"
            )
        return float(np.interp(share, (0.0, *shares), (0.0, *self.cumulative)))


@asked
@dataclass(frozen=True, slots=True)
class SpendingFunction:
    """Any function f(share, error) of one's own; it is asked at each look and must not fall."""

    function: Callable[[float, float], float]

    def spent(self, share: float, error: float, sides: int = 1) -> float:
        return self.function(share, error) if share < 1 else error


def _rising(what: str, values: tuple[float, ...], strictly: bool) -> None:
    if not values or not all(isfinite(v) and v >= 0 for v in values):
        raise CannotBe(f"{what} is {values}; one number from 0 up is needed for each look")
    for before, after in pairwise(values):
        if after < before or (strictly and after == before):
            raise CannotBe(f"{what} falls from {before} to {after}; it must rise from look to look")


def cumulative(
    spending: Spending, shares: tuple[float, ...], error: float, sides: int = 1
) -> tuple[float, ...]:
    """What is spent by each look, shape (K,); refused where it falls or passes the whole error."""
    amounts = tuple(spending.spent(share, error, sides) for share in shares)
    before = 0.0
    for share, amount in zip(shares, amounts, strict=True):
        if not before <= amount <= error * (1 + 1e-12):
            raise CannotBe(
                f"spending is not monotone: {amount} at share {share:.4g} after {before}; "
                f"it must rise and end at {error}"
            )
        before = amount
    return amounts
