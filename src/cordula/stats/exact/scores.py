"""How far apart are two rates, by the score test and the intervals that belong to it?

Miettinen & Nurminen 1985 (Stat Med 4, 213) multiply the variance under H₀ by N/(N − 1), Farrington & Manning 1990
(Stat Med 9, 1447) leave it."""

from collections.abc import Callable
from dataclasses import dataclass
from math import copysign, exp, inf, log, sqrt

from cordula.stats.asked import asked
from cordula.stats.exact.one_rate import Alternative, Interval, check_counts
from cordula.stats.refusals import CannotBe, NotConverged
from cordula.stats.sample_size.rates import fitted_difference, fitted_ratio
from cordula.stats.sequential.normal import lower_tail, upper_quantile, upper_tail


@dataclass(frozen=True, slots=True)
class ScoreTest:
    z: float
    p: float


@asked
def difference_test(
    events_1: int,
    n_1: int,
    events_2: int,
    n_2: int,
    null: float = 0.0,
    alternative: Alternative = "two-sided",
    corrected: bool = True,
) -> ScoreTest:
    """Score test of p₁ − p₂ = null (“less”: a smaller difference); corrected: with N/(N − 1) (Miettinen–Nurminen, else Farrington–Manning)."""
    check_tables(events_1, n_1, events_2, n_2)
    return tested(_difference_z(events_1, n_1, events_2, n_2, null, corrected), alternative)


@asked
def ratio_test(
    events_1: int,
    n_1: int,
    events_2: int,
    n_2: int,
    null: float = 1.0,
    alternative: Alternative = "two-sided",
    corrected: bool = True,
) -> ScoreTest:
    """Score test of p₁/p₂ = null."""
    check_tables(events_1, n_1, events_2, n_2)
    if not 0 < null < inf:
        raise CannotBe(f"the ratio under H₀ is {null}; it must be above 0")
    return tested(_ratio_z(events_1, n_1, events_2, n_2, null, corrected), alternative)


@asked
def difference_interval(
    events_1: int, n_1: int, events_2: int, n_2: int, level: float = 0.95, corrected: bool = True
) -> Interval:
    """The differences p₁ − p₂ that the score test does not reject."""
    check_tables(events_1, n_1, events_2, n_2)
    apart = events_1 / n_1 - events_2 / n_2

    def z(null: float) -> float:
        return _difference_z(events_1, n_1, events_2, n_2, null, corrected)

    edge = 1 - 1e-12
    return inverted(z, -edge, apart, edge, level, -1.0, 1.0)


@asked
def ratio_interval(
    events_1: int, n_1: int, events_2: int, n_2: int, level: float = 0.95, corrected: bool = True
) -> Interval | NotConverged:
    """The ratios p₁/p₂ that the score test does not reject; from 0 or to ∞ where an arm has no events."""
    check_tables(events_1, n_1, events_2, n_2)
    if events_1 == events_2 == 0:
        return NotConverged(
            "score interval of a ratio", "no events in either arm: every ratio fits"
        )

    def z(log_ratio: float) -> float:
        return _ratio_z(events_1, n_1, events_2, n_2, exp(log_ratio), corrected)

    p_1, p_2 = events_1 / n_1, events_2 / n_2
    middle = log(p_1 / p_2) if p_1 and p_2 else (-40.0 if p_2 else 40.0)
    return from_logs(inverted(z, -40.0, middle, 40.0, level, -inf, inf))


def _difference_z(
    events_1: int, n_1: int, events_2: int, n_2: int, null: float, corrected: bool
) -> float:
    p_1, p_2 = events_1 / n_1, events_2 / n_2
    fit_1, fit_2 = fitted_difference(p_1, p_2, n_1 / n_2, null)
    variance = fit_1 * (1 - fit_1) / n_1 + fit_2 * (1 - fit_2) / n_2
    return z_of(p_1 - p_2 - null, variance, n_1 + n_2, corrected)


def _ratio_z(
    events_1: int, n_1: int, events_2: int, n_2: int, null: float, corrected: bool
) -> float:
    p_1, p_2 = events_1 / n_1, events_2 / n_2
    fit_1, fit_2 = fitted_ratio(p_1, p_2, n_1 / n_2, null)
    variance = fit_1 * (1 - fit_1) / n_1 + null**2 * fit_2 * (1 - fit_2) / n_2
    return z_of(p_1 - null * p_2, variance, n_1 + n_2, corrected)


def from_logs(found: Interval) -> Interval:
    return Interval(
        0.0 if found.low == -inf else exp(found.low),
        inf if found.high == inf else exp(found.high),
        found.level,
    )


def z_of(apart: float, variance: float, n: int, corrected: bool) -> float:
    if abs(apart) < 1e-15:
        return 0.0
    if variance <= 1e-300:
        return copysign(inf, apart)
    return apart / sqrt(variance * (n / (n - 1) if corrected else 1.0))


def tested(z: float, alternative: Alternative) -> ScoreTest:
    if alternative == "two-sided":
        return ScoreTest(z, min(1.0, 2 * upper_tail(abs(z))))
    return ScoreTest(z, upper_tail(z) if alternative == "greater" else lower_tail(z))


def inverted(
    z: Callable[[float], float],
    low: float,
    middle: float,
    high: float,
    level: float,
    none_low: float,
    none_high: float,
) -> Interval:
    """Where z, falling in what is assumed, passes ± its bound; the end of the scale where it never does."""
    from scipy.optimize import brentq

    bound = two_sided_bound(level)
    middle = min(max(middle, low), high)
    below, above = none_low, none_high
    if z(low) > bound:
        below = float(brentq(lambda x: min(z(x), 1e9) - bound, low, middle, xtol=1e-13))
    if z(high) < -bound:
        above = float(brentq(lambda x: max(z(x), -1e9) + bound, middle, high, xtol=1e-13))
    return Interval(below, above, level)


def two_sided_bound(level: float) -> float:
    if not 0 < level < 1:
        raise CannotBe(f"the level is {level}; it must lie between 0 and 1")
    return upper_quantile((1 - level) / 2)


def check_tables(events_1: int, n_1: int, events_2: int, n_2: int) -> None:
    check_counts(events_1, n_1)
    check_counts(events_2, n_2)
