"""How far apart are two odds, by the score test and the interval that belongs to it?"""

from math import copysign, exp, inf, log, sqrt

from cordula.stats.asked import asked
from cordula.stats.exact.one_rate import Alternative, Interval
from cordula.stats.exact.scores import ScoreTest, check_tables, from_logs, inverted, tested, z_of
from cordula.stats.refusals import CannotBe, NotConverged


@asked
def odds_ratio_test(
    events_1: int,
    n_1: int,
    events_2: int,
    n_2: int,
    null: float = 1.0,
    alternative: Alternative = "two-sided",
    corrected: bool = True,
) -> ScoreTest:
    """Score test of the odds ratio (Miettinen & Nurminen 1985, eq. 13)."""
    check_tables(events_1, n_1, events_2, n_2)
    if not 0 < null < inf:
        raise CannotBe(f"the odds ratio under H₀ is {null}; it must be above 0")
    return tested(_odds_z(events_1, n_1, events_2, n_2, null, corrected), alternative)


@asked
def odds_ratio_interval(
    events_1: int, n_1: int, events_2: int, n_2: int, level: float = 0.95, corrected: bool = True
) -> Interval | NotConverged:
    """The odds ratios that the score test does not reject; from 0 or to ∞ where a cell is empty."""
    check_tables(events_1, n_1, events_2, n_2)
    if events_1 + events_2 in (0, n_1 + n_2):
        return NotConverged(
            "score interval of an odds ratio", "the arms do not vary: every odds ratio fits"
        )

    def z(log_odds: float) -> float:
        return _odds_z(events_1, n_1, events_2, n_2, exp(log_odds), corrected)

    cells = (events_1, n_1 - events_1, events_2, n_2 - events_2)
    middle = log((cells[0] + 1e-9) * (cells[3] + 1e-9) / ((cells[1] + 1e-9) * (cells[2] + 1e-9)))
    return from_logs(inverted(z, -40.0, middle, 40.0, level, -inf, inf))


def _odds_z(
    events_1: int, n_1: int, events_2: int, n_2: int, null: float, corrected: bool
) -> float:
    p_1 = events_1 / n_1
    fit_1, fit_2 = _fitted_odds(events_1, n_1, events_2, n_2, null)
    spread = fit_1 * (1 - fit_1) * n_1, fit_2 * (1 - fit_2) * n_2
    if min(spread) <= 1e-300:
        return 0.0 if abs(p_1 - fit_1) < 1e-12 else copysign(inf, p_1 - fit_1)
    # The score of the odds is n₁(p₁ − p̃₁), and its information is what both arms' variances leave.
    variance = 1 / (1 / spread[0] + 1 / spread[1])
    return z_of(n_1 * (p_1 - fit_1), variance, n_1 + n_2, corrected)


def _fitted_odds(
    events_1: int, n_1: int, events_2: int, n_2: int, null: float
) -> tuple[float, float]:
    """Rates with this odds ratio of greatest likelihood: the events of both arms are kept in number."""
    total = events_1 + events_2
    if abs(null - 1) < 1e-12:
        return total / (n_1 + n_2), total / (n_1 + n_2)
    a = n_2 * (null - 1)
    b = n_1 * null + n_2 - total * (null - 1)
    root = sqrt(max(0.0, b * b + 4 * a * total))
    fit_2 = 2 * total / (b + root) if b > 0 else (root - b) / (2 * a)
    below = 1 - fit_2 + null * fit_2
    if below < 1e-12:
        return min(1.0, max(0.0, (total - n_2) / n_1)), fit_2
    return null * fit_2 / below, fit_2
