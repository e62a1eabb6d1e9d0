"""What does a table of two arms say once both margins are taken as given?

Fisher 1935 (J R Stat Soc 98, 39): arm 1 has `events_1` of `n_1`, arm 2 `events_2` of `n_2`."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf

import numpy as np

from cordula.stats.asked import asked
from cordula.stats.exact.one_rate import SAME, Alternative, check_counts
from cordula.stats.refusals import CannotBe


@dataclass(frozen=True, slots=True)
class OddsRatio:
    """The conditional estimate of greatest likelihood with its exact interval."""

    estimate: float
    low: float
    high: float
    level: float


@asked
def fisher_p(
    events_1: int,
    n_1: int,
    events_2: int,
    n_2: int,
    alternative: Alternative = "two-sided",
    mid: bool = False,
) -> float:
    """Fisher's exact P value; “less”: fewer events in arm 1. mid: the table seen counts by half."""
    values, likely = given_margins(events_1, n_1, events_2, n_2)
    own = likely[values == events_1][0]
    if alternative == "less":
        whole = likely[values <= events_1].sum()
    elif alternative == "greater":
        whole = likely[values >= events_1].sum()
    else:
        whole = likely[likely <= own * SAME].sum()
        own = likely[np.abs(likely - own) <= own * 1e-7].sum()
    return min(1.0, float(whole - 0.5 * own if mid else whole))


@asked
def conditional_odds_ratio(
    events_1: int, n_1: int, events_2: int, n_2: int, level: float = 0.95
) -> OddsRatio:
    """The odds ratio given the margins: where its mean is what was seen, and where a tail is (1 − level)/2."""
    if not 0 < level < 1:
        raise CannotBe(f"the level is {level}; it must lie between 0 and 1")
    values, likely = given_margins(events_1, n_1, events_2, n_2)
    first, last, tail = values[0], values[-1], (1 - level) / 2

    def mean(x: np.ndarray) -> float:
        return float(x @ values) - events_1

    def above(x: np.ndarray) -> float:
        return float(x[values >= events_1].sum()) - tail

    def below(x: np.ndarray) -> float:
        return tail - float(x[values <= events_1].sum())

    ends = []
    for off, at_first, at_last in ((mean, 0.0, inf), (above, 0.0, None), (below, None, inf)):
        if events_1 == first and at_first is not None:
            ends.append(at_first)
        elif events_1 == last and at_last is not None:
            ends.append(at_last)
        else:
            ends.append(_root(off, values, likely))
    return OddsRatio(ends[0], ends[1], ends[2], level)


def given_margins(
    events_1: int, n_1: int, events_2: int, n_2: int
) -> tuple[np.ndarray, np.ndarray]:
    """The possible events of arm 1 and their probabilities without an effect."""
    from scipy.special import gammaln

    check_counts(events_1, n_1)
    check_counts(events_2, n_2)
    total = events_1 + events_2
    k = np.arange(max(0, total - n_2), min(total, n_1) + 1)

    def ways(n: int, x: np.ndarray) -> np.ndarray:
        return np.asarray(gammaln(n + 1) - gammaln(x + 1) - gammaln(n - x + 1))

    whole = ways(n_1 + n_2, np.array(total))
    return k, np.exp(ways(n_1, k) + ways(n_2, total - k) - whole)


def _root(off: Callable[[np.ndarray], float], values: np.ndarray, likely: np.ndarray) -> float:
    from scipy.optimize import brentq

    def at(log_odds: float) -> float:
        weight = np.log(likely) + (values - values.mean()) * log_odds
        tilted = np.exp(weight - weight.max())
        return float(off(tilted / tilted.sum()))

    return float(np.exp(brentq(at, -60.0, 60.0, xtol=1e-13)))
