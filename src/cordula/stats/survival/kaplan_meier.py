"""How many are still free of the event at each time? The product-limit estimate."""

from dataclasses import dataclass
from math import inf, nan
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from cordula.stats.asked import asked
from cordula.stats.models.estimate import quantile
from cordula.stats.models.inputs import Flags, Floats, events, level_of, numbers
from cordula.stats.refusals import CannotBe

Interval = Literal["plain", "log", "log-log"]


@dataclass(frozen=True, slots=True)
class Quantile:
    """The time by which so many had the event, and its limits; infinite means not reached."""

    time: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True, eq=False)
class SurvivalAt:
    """At each asked time: how many are at risk, the estimate, its standard error and limits."""

    time: Floats
    at_risk: Floats
    survival: Floats
    se: Floats
    lower: Floats
    upper: Floats


@dataclass(frozen=True, slots=True, eq=False)
class KaplanMeier:
    """Steps at each distinct `time` (m,): numbers at risk, with the event and censored there.

    `hazard_variance` is Greenwood's sum, the variance of −log Ŝ. Limits are not a number only where
    nobody is left (Ŝ = 0), since no interval of these kinds has an answer there."""

    time: Floats
    at_risk: Floats
    events: Floats
    censored: Floats
    survival: Floats
    hazard_variance: Floats
    interval: Interval
    level: float

    @property
    def se(self) -> Floats:
        with np.errstate(invalid="ignore"):
            return self.survival * np.sqrt(self.hazard_variance)

    @property
    def lower(self) -> Floats:
        return _limits(self.survival, self.hazard_variance, self.interval, self.level)[0]

    @property
    def upper(self) -> Floats:
        return _limits(self.survival, self.hazard_variance, self.interval, self.level)[1]

    def at(self, times: ArrayLike) -> SurvivalAt:
        """The estimate at `times` (k,), in the same unit; after the last time it stays as it was."""
        asked = numbers("times", times)
        step = np.searchsorted(self.time, asked, side="right")
        survival = np.concatenate([[1.0], self.survival])[step]
        spread = np.concatenate([[0.0], self.hazard_variance])[step]
        risk = np.append(self.at_risk, 0.0)[np.searchsorted(self.time, asked, side="left")]
        lower, upper = _limits(survival, spread, self.interval, self.level)
        with np.errstate(invalid="ignore"):
            return SurvivalAt(asked, risk, survival, survival * np.sqrt(spread), lower, upper)

    def quantile(self, fraction: float = 0.5) -> Quantile:
        """The time at which `fraction` have had the event, limits by inverting the pointwise interval
        (Brookmeyer & Crowley 1982, Biometrics 38:29–41); the middle of a step that lies just there."""
        if not 0.0 < fraction < 1.0:
            raise CannotBe(f"the fraction is {fraction}; it lies between 0 and 1")
        left = 1.0 - fraction
        return Quantile(
            *(_crossed(self.time, c, left) for c in (self.survival, self.lower, self.upper))
        )

    @property
    def median(self) -> Quantile:
        return self.quantile(0.5)


@asked
def kaplan_meier(
    time: ArrayLike, event: ArrayLike, *, interval: Interval = "log-log", level: float = 0.95
) -> KaplanMeier:
    """Product-limit estimate of `time` (n,) with `event` (n,; 1 seen, 0 censored).

    Kaplan & Meier (1958), JASA 53:457–481; Greenwood's variance; limits on the plain, log or log −log
    scale (Kalbfleisch & Prentice 2002, section 1.4). Raises CannotBe for negative times."""
    t = numbers("time", time)
    if t.min() < 0.0:
        raise CannotBe(f"a time of {t.min()}; times count from nought")
    if interval not in ("plain", "log", "log-log"):
        raise CannotBe(f"interval is {interval!r}; it is plain, log or log-log")
    at, risk, died, censored = steps(t, events(event, t.size))
    with np.errstate(divide="ignore"):
        spread = np.cumsum(died / (risk * (risk - died)))
    survival = np.asarray(np.cumprod(1.0 - died / risk), dtype=np.float64)
    return KaplanMeier(at, risk, died, censored, survival, spread, interval, level_of(level))


def steps(time: Floats, seen: Flags) -> tuple[Floats, Floats, Floats, Floats]:
    """Distinct times, and at each how many are at risk, have the event, are censored: shape (m,)."""
    at, place = np.unique(time, return_inverse=True)
    died = np.bincount(place, weights=seen, minlength=at.size).astype(np.float64)
    left = np.bincount(place, minlength=at.size).astype(np.float64)
    risk = np.cumsum(left[::-1])[::-1]
    return at, risk, died, left - died


def _limits(s: Floats, spread: Floats, interval: Interval, level: float) -> tuple[Floats, Floats]:
    z = quantile(0.5 + level / 2)
    with np.errstate(divide="ignore", invalid="ignore"):
        sd = np.sqrt(spread)
        if interval == "plain":
            low, high = s - z * s * sd, s + z * s * sd
        elif interval == "log":
            low, high = s * np.exp(-z * sd), s * np.exp(z * sd)
        else:
            apart = z * sd / np.log(s)
            low, high = (s ** np.exp(-k * apart) for k in (1.0, -1.0))
    sure = spread == 0.0
    low, high = (np.where(sure, s, np.clip(v, 0.0, 1.0)) for v in (low, high))
    return np.where(s == 0.0, nan, low), np.where(s == 0.0, nan, high)


def _crossed(time: Floats, curve: Floats, left: float) -> float:
    """The first time at which the curve is at or below `left`."""
    reached = np.flatnonzero(curve <= left + 1e-12)
    if not reached.size:
        return inf
    first = int(reached[0])
    lower = np.flatnonzero(curve < left - 1e-12)
    if abs(curve[first] - left) <= 1e-12 and lower.size:
        return float((time[first] + time[lower[0]]) / 2)
    return float(time[first])
