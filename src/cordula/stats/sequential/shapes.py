"""What form have bounds that are set by a formula and one constant, rather than by a spending function?"""

from dataclasses import dataclass
from math import isfinite
from typing import Protocol, runtime_checkable

from cordula.stats.asked import asked
from cordula.stats.refusals import CannotBe


@runtime_checkable
class Shape(Protocol):
    """A family of bounds with one free constant, found so that the whole error is spent."""

    def scaled(self, constant: float, shares: tuple[float, ...]) -> tuple[float, ...]: ...


@asked
@dataclass(frozen=True, slots=True)
class WangTsiatis:
    """Wang & Tsiatis 1987 (Biometrics 43, 193): b_k = c t_k^{Δ − 1/2}."""

    delta: float

    def __post_init__(self) -> None:
        if not isfinite(self.delta):
            raise CannotBe(f"Δ is {self.delta}; Wang & Tsiatis take a number, usually 0 to 0.5")

    def scaled(self, constant: float, shares: tuple[float, ...]) -> tuple[float, ...]:
        last = shares[-1]
        return tuple(constant * (share / last) ** (self.delta - 0.5) for share in shares)


@asked
@dataclass(frozen=True, slots=True)
class OBrienFleming(WangTsiatis):
    """O'Brien & Fleming 1979 (Biometrics 35, 549): Wang–Tsiatis with Δ = 0."""

    delta: float = 0.0


@asked
@dataclass(frozen=True, slots=True)
class Pocock(WangTsiatis):
    """Pocock 1977 (Biometrika 64, 191): one bound at all looks, Wang–Tsiatis with Δ = 1/2."""

    delta: float = 0.5


@asked
@dataclass(frozen=True, slots=True)
class HaybittlePeto:
    """Haybittle 1971, Peto et al. 1976: one high bound at the interim looks, the rest at the last."""

    bound: float = 3.0

    def __post_init__(self) -> None:
        if not (isfinite(self.bound) and self.bound > 0):
            raise CannotBe(f"the interim bound is {self.bound}; Haybittle–Peto takes a z above 0")

    def scaled(self, constant: float, shares: tuple[float, ...]) -> tuple[float, ...]:
        return (*(self.bound for _ in shares[:-1]), constant)
