"""What do x events in n infants say of one rate?"""

from dataclasses import dataclass
from math import sqrt
from typing import Literal

import numpy as np

from cordula.stats.asked import asked
from cordula.stats.refusals import CannotBe, at_most, finite
from cordula.stats.sequential.normal import upper_quantile

Alternative = Literal["two-sided", "greater", "less"]
ALTERNATIVES = ("two-sided", "greater", "less")
# Probabilities equal but for rounding belong together, as in R's binom.test and fisher.test.
SAME = 1 + 1e-7


@dataclass(frozen=True, slots=True)
class Interval:
    low: float
    high: float
    level: float


@asked
def clopper_pearson(events: int, n: int, level: float = 0.95) -> Interval:
    """The exact interval, at least this level at every rate (Clopper & Pearson 1934, Biometrika 26, 404)."""
    from scipy.special import betaincinv

    check_counts(events, n)
    tail = _tail(level)
    low = 0.0 if events == 0 else float(betaincinv(events, n - events + 1, tail))
    high = 1.0 if events == n else float(betaincinv(events + 1, n - events, 1 - tail))
    return Interval(low, high, level)


@asked
def upper_limit(events: int, n: int, level: float = 0.95) -> float:
    """The exact one-sided upper limit: 0 of 19 leaves rates up to 14.6 % open at 95 %."""
    return clopper_pearson(events, n, 2 * level - 1).high


@asked
def wilson(events: int, n: int, level: float = 0.95) -> Interval:
    """The score interval without continuity correction (Wilson 1927, JASA 22, 209)."""
    check_counts(events, n)
    z, p = upper_quantile(_tail(level)), events / n
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    reach = z / (1 + z * z / n) * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return Interval(max(0.0, centre - reach), min(1.0, centre + reach), level)


@asked
def jeffreys(events: int, n: int, level: float = 0.95) -> Interval:
    """Quantiles of Beta(x + ½, n − x + ½); from 0 without events, to 1 with nothing else.

    So Brown, Cai & DasGupta 2001 (Stat Sci 16, 101); the bare quantiles would leave the rate seen outside."""
    from scipy.special import betaincinv

    check_counts(events, n)
    tail = _tail(level)
    low = 0.0 if events == 0 else float(betaincinv(events + 0.5, n - events + 0.5, tail))
    high = 1.0 if events == n else float(betaincinv(events + 0.5, n - events + 0.5, 1 - tail))
    return Interval(low, high, level)


@asked
def mid_p_interval(events: int, n: int, level: float = 0.95) -> Interval:
    """The rates whose one-sided mid-P values reach the tail: about this level on average (Lancaster 1961)."""
    from scipy.optimize import brentq

    check_counts(events, n)
    tail = _tail(level)

    def end(alternative: Alternative) -> float:
        def off(p: float) -> float:
            return binomial_p(events, n, p, alternative, mid=True) - tail

        return float(brentq(off, 1e-15, 1 - 1e-15, xtol=1e-14))

    low = 0.0 if events == 0 else end("greater")
    return Interval(low, 1.0 if events == n else end("less"), level)


@asked
def binomial_p(
    events: int, n: int, rate: float, alternative: Alternative = "two-sided", mid: bool = False
) -> float:
    """The exact P value against this rate; two-sided it sums all outcomes no more likely than the one seen.

    mid: count the outcome seen, and with it every one equally likely, by half."""
    check_counts(events, n)
    if not 0 <= rate <= 1:
        raise CannotBe(f"the rate under H₀ is {rate}; it must lie from 0 to 1")
    likely = pmf(n, rate)
    if alternative == "greater":
        whole, own = likely[events:].sum(), likely[events]
    elif alternative == "less":
        whole, own = likely[: events + 1].sum(), likely[events]
    elif alternative == "two-sided":
        whole = likely[likely <= likely[events] * SAME].sum()
        own = likely[np.abs(likely - likely[events]) <= likely[events] * 1e-7].sum()
    else:
        raise CannotBe(f"alternative “{alternative}”; there are {', '.join(ALTERNATIVES)}")
    return min(1.0, float(whole - 0.5 * own if mid else whole))


def pmf(n: int, rate: float) -> np.ndarray:
    """Binomial probabilities of 0 to n events, shape (n + 1,)."""
    from scipy.special import gammaln, xlog1py, xlogy

    k = np.arange(n + 1)
    ways = gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)
    return np.asarray(np.exp(ways + xlogy(k, rate) + xlog1py(n - k, -rate)))


def check_counts(events: int, n: int) -> None:
    finite(events=events, n=n)
    at_most(1_000_000, n=n)
    if n < 1 or not 0 <= events <= n or events != int(events) or n != int(n):
        raise CannotBe(
            f"{events} events in {n} infants; whole numbers, from 0 to n events, and at least one infant"
        )


def _tail(level: float) -> float:
    if not 0 < level < 1:
        raise CannotBe(f"the level is {level}; it must lie between 0 and 1")
    return (1 - level) / 2
