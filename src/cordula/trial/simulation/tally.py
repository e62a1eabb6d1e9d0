"""What is counted of a block of trials, so that blocks can be added up in their order and nothing else need be kept."""

from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64] | NDArray[np.float64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sums:
    """Of some numbers: how many, their sum, the sum of their squares, the greatest. NaN is left out."""

    count: float = 0
    total: float = 0.0
    squares: float = 0.0
    greatest: float = -np.inf

    @classmethod
    def of(cls, values: Floats) -> "Sums":
        told = values[~np.isnan(values)]
        if not told.size:
            return cls()
        return cls(told.size, float(told.sum()), float((told * told).sum()), float(told.max()))

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            self.count + other.count,
            self.total + other.total,
            self.squares + other.squares,
            max(self.greatest, other.greatest),
        )

    @property
    def mean(self) -> float | None:
        return self.total / self.count if self.count else None

    @property
    def spread(self) -> float | None:
        """The standard deviation; of weights that sum to 1, that of their distribution."""
        if self.count == 0 or self.count == 1:
            return None
        freedom = self.count - 1 if self.count > 1 else self.count
        variance = (self.squares - self.total**2 / self.count) / freedom
        return float(np.sqrt(max(variance, 0.0)))

    @property
    def error(self) -> float | None:
        """The Monte Carlo standard error of the mean."""
        return None if self.spread is None else float(self.spread / np.sqrt(self.count))


@dataclass(frozen=True, slots=True)
class SafetyTally:
    """Of one safety rule: trials it stopped, children counted and months until then."""

    stopped: int
    counted: Sums
    months: Sums

    def __add__(self, other: "SafetyTally") -> "SafetyTally":
        return SafetyTally(
            self.stopped + other.stopped,
            self.counted + other.counted,
            self.months + other.months,
        )


@dataclass(frozen=True, slots=True)
class Tally:
    """Of some trials. stops: (looks, reasons), how many stopped where and why; found: (endpoints + 1,), how
    many found each endpoint, and any of them last; off: the estimate minus its target; unbiased: the
    median-unbiased estimate minus it; above: in how many trials the one and the other lie above it (just on it:
    half); covered and repeated: how many plain and repeated intervals hold the target, of `off.count`; wrong: in how
    many an endpoint without a true difference is found, of several endpoints."""

    trials: int
    stops: Counts
    found: Counts
    estimate: Sums
    off: Sums
    unbiased: Sums
    above: Counts
    covered: float
    repeated: float
    entered: Sums
    months: Sums
    safety: tuple[SafetyTally, ...]
    exact: bool = False
    wrong: float = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            trials=self.trials + other.trials,
            stops=self.stops + other.stops,
            found=self.found + other.found,
            estimate=self.estimate + other.estimate,
            off=self.off + other.off,
            unbiased=self.unbiased + other.unbiased,
            above=self.above + other.above,
            covered=self.covered + other.covered,
            repeated=self.repeated + other.repeated,
            entered=self.entered + other.entered,
            months=self.months + other.months,
            exact=self.exact,
            wrong=self.wrong + other.wrong,
            safety=tuple(a + b for a, b in zip(self.safety, other.safety, strict=True)),
        )


def above(*offs: Floats, mass: Floats | float = 1.0) -> Counts:
    """How often each of these lies above nought, and half as often where it lies just on it."""
    return np.array(
        [float((np.sign(off) + 1)[~np.isnan(off)] @ _weights(off, mass)) / 2 for off in offs]
    )


def _weights(off: Floats, mass: Floats | float) -> Floats:
    return np.asarray(np.broadcast_to(mass, off.shape)[~np.isnan(off)], dtype=float)


def added(tallies: list[Tally]) -> Tally:
    """All of them, from the first to the last: floating sums depend on their order, so it is kept."""
    return reduce(lambda one, other: one + other, tallies)
