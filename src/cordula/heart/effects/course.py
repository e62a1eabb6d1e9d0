"""Which share of its full size has an effect at a time? It comes, and it may go again."""

from dataclasses import dataclass
from math import inf, log

import numpy as np

from cordula.heart.expression import Values
from cordula.stats.refusals import CannotBe

HOURS = 24.0


@dataclass(frozen=True, slots=True)
class Course:
    """From 0 at `onset_days`, half there after `half_rise_days`, half gone again each `half_life_days`.

    No study of these cells gives such times: a course is an assumption, and `because` says whose and why."""

    because: str
    onset_days: float = 0.0
    half_rise_days: float = 0.0
    half_life_days: float = inf

    def __post_init__(self) -> None:
        if not self.because:
            raise CannotBe("a course is an assumption: say in `because` whose it is and why")
        if self.half_rise_days < 0 or not self.half_life_days > 0:
            raise CannotBe("the half times of a course are not below 0, and none is gone at once")

    def share(self, days: Values) -> Values:
        """Between 0 and 1, of the shape of `days`."""
        since = np.maximum(np.asarray(days, dtype=np.float64) - self.onset_days, 0.0)
        begun = np.asarray(days) >= self.onset_days
        risen = 1.0 - 2.0 ** (-since / self.half_rise_days) if self.half_rise_days else 1.0
        return np.asarray(np.where(begun, risen * 2.0 ** (-since / self.half_life_days), 0.0))


@dataclass(frozen=True, slots=True)
class Exposure:
    """An effect that grows with how much of the dose has been there for how long, and stays.

    What is left of the dose after t hours is `retained` · 2^(−t/`half_time_hours`); the share is 1 − e^(−exposure/
    `exposure_50`), exposure in hours of a whole dose. Retained parts of 0.10 to 0.57 and half times of 41 to 75 h were
    measured in dogs, pigs and rats; `exposure_50` was measured by nobody: an assumption, and `because` says so."""

    because: str
    retained: float
    half_time_hours: float
    exposure_50: float

    def __post_init__(self) -> None:
        if not self.because:
            raise CannotBe("an exposure is an assumption: say in `because` whose it is and why")
        if not 0 < self.retained <= 1 or not min(self.half_time_hours, self.exposure_50) > 0:
            raise CannotBe("a part between 0 and 1 is retained, and both times are above 0")

    def left(self, days: Values) -> Values:
        """The part of the dose that is still there."""
        hours = np.maximum(np.asarray(days, dtype=np.float64), 0.0) * HOURS
        return np.asarray(self.retained * 2.0 ** (-hours / self.half_time_hours))

    def share(self, days: Values) -> Values:
        """Between 0 and 1, of the shape of `days`."""
        whole = self.retained * self.half_time_hours / log(2)
        exposed = whole - self.left(np.asarray(days)) * self.half_time_hours / log(2)
        return np.asarray(-np.expm1(-exposed / self.exposure_50))
