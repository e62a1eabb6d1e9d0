"""What do the textbook's formulas for two rates say, shown beside the exact answers?"""

from math import sqrt

from cordula.stats.asked import asked
from cordula.stats.exact.one_rate import Interval, wilson
from cordula.stats.exact.scores import (
    ScoreTest,
    check_tables,
    difference_test,
    tested,
    two_sided_bound,
)


@asked
def pooled_test(
    events_1: int, n_1: int, events_2: int, n_2: int, continuity: bool = True
) -> ScoreTest:
    """The two-sided χ² test of two rates as its root z, with Yates's correction where asked for (Yates 1934)."""
    check_tables(events_1, n_1, events_2, n_2)
    z = difference_test(events_1, n_1, events_2, n_2, corrected=False).z
    if not continuity or z == 0:
        return tested(z, "two-sided")
    apart = abs(events_1 / n_1 - events_2 / n_2)
    taken = min(0.5 * (1 / n_1 + 1 / n_2), apart)
    return tested(z * (1 - taken / apart), "two-sided")


@asked
def wald_interval(
    events_1: int, n_1: int, events_2: int, n_2: int, level: float = 0.95, continuity: bool = False
) -> Interval:
    """p₁ − p₂ ± z times its standard error from each arm's own rate; too narrow in small arms, shown beside others."""
    check_tables(events_1, n_1, events_2, n_2)
    p_1, p_2 = events_1 / n_1, events_2 / n_2
    reach = two_sided_bound(level) * sqrt(p_1 * (1 - p_1) / n_1 + p_2 * (1 - p_2) / n_2)
    if continuity:
        reach += min(0.5 * (1 / n_1 + 1 / n_2), abs(p_1 - p_2))
    return Interval(max(-1.0, p_1 - p_2 - reach), min(1.0, p_1 - p_2 + reach), level)


@asked
def newcombe(events_1: int, n_1: int, events_2: int, n_2: int, level: float = 0.95) -> Interval:
    """The interval of p₁ − p₂ from two Wilson intervals (Newcombe 1998, Stat Med 17, 873, method 10)."""
    check_tables(events_1, n_1, events_2, n_2)
    one, two = wilson(events_1, n_1, level), wilson(events_2, n_2, level)
    p_1, p_2 = events_1 / n_1, events_2 / n_2
    below = sqrt((p_1 - one.low) ** 2 + (two.high - p_2) ** 2)
    above = sqrt((one.high - p_1) ** 2 + (p_2 - two.low) ** 2)
    return Interval(p_1 - p_2 - below, p_1 - p_2 + above, level)
