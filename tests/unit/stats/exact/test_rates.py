from math import inf

import numpy as np
import pytest
from scipy import stats

from cordula.stats.exact import (
    barnard,
    binomial_p,
    boschloo,
    clopper_pearson,
    conditional_odds_ratio,
    difference_interval,
    difference_test,
    exact_size,
    fisher_p,
    jeffreys,
    mid_p_interval,
    newcombe,
    odds_ratio_interval,
    odds_ratio_test,
    pooled_test,
    ratio_interval,
    ratio_test,
    score_table,
    upper_limit,
    wald_interval,
    wilson,
)
from cordula.stats.exact.one_rate import Interval, pmf
from cordula.stats.refusals import CannotBe, NotConverged
from tests.unit.stats.reference import case


def ends(interval: Interval | NotConverged) -> list[float]:
    assert isinstance(interval, Interval)
    return [interval.low, interval.high]


def test_one_rate_as_base_r() -> None:
    case("ex01").near("p", binomial_p(2, 20, 0.25))
    case("ex01").near("cp", ends(clopper_pearson(2, 20)))
    case("ex01").near("wilson", ends(wilson(2, 20)))
    case("ex01").near("cp0", ends(clopper_pearson(0, 15)))


def test_fisher_with_a_zero_cell_as_base_r() -> None:
    case("ex05").near("two", fisher_p(0, 14, 5, 16))
    case("ex05").near("less", fisher_p(0, 14, 5, 16, "less"))
    case("ex05").near("midp_less", fisher_p(0, 14, 5, 16, "less", mid=True))


def test_no_event_in_nineteen_leaves_rates_up_to_one_in_seven_open() -> None:
    assert upper_limit(0, 19) == pytest.approx(1 - 0.05 ** (1 / 19))
    assert upper_limit(0, 19) == pytest.approx(0.1459, abs=1e-4)


@pytest.mark.parametrize("n", [1, 7, 20])
def test_the_exact_interval_covers_at_every_rate(n: int) -> None:
    intervals = [clopper_pearson(x, n) for x in range(n + 1)]
    for rate in np.linspace(0.001, 0.999, 201):
        covered = [i.low <= rate <= i.high for i in intervals]
        assert pmf(n, rate) @ covered >= 0.95 - 1e-12


@pytest.mark.parametrize("method", [wilson, jeffreys, mid_p_interval])
def test_the_approximate_intervals_cover_on_average(method) -> None:
    n = 20
    intervals = [method(x, n) for x in range(n + 1)]
    covered = [
        pmf(n, rate) @ [i.low <= rate <= i.high for i in intervals]
        for rate in np.linspace(0.005, 0.995, 199)
    ]
    assert 0.94 < np.mean(covered) < 0.98


def test_the_two_sided_p_value_agrees_with_scipy() -> None:
    for x, n, rate in ((3, 20, 0.4), (0, 9, 0.3), (9, 9, 0.5), (11, 30, 0.2)):
        for alternative in ("two-sided", "less", "greater"):
            wanted = stats.binomtest(x, n, rate, alternative).pvalue
            assert binomial_p(x, n, rate, alternative) == pytest.approx(wanted, rel=1e-11)
    assert binomial_p(3, 20, 0.4, "less", mid=True) < binomial_p(3, 20, 0.4, "less")


TABLES = [(7, 15, 12, 14), (1, 9, 4, 11), (0, 14, 5, 16), (3, 8, 3, 8)]


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("alternative", ["two-sided", "less", "greater"])
def test_fisher_barnard_and_boschloo_agree_with_scipy(table, alternative: str) -> None:
    x, n, y, m = table
    seen = [[x, y], [n - x, m - y]]
    assert fisher_p(x, n, y, m, alternative) == pytest.approx(
        stats.fisher_exact(seen, alternative).pvalue, rel=1e-10
    )
    wanted = stats.barnard_exact(seen, alternative=alternative, n=128).pvalue
    assert barnard(x, n, y, m, alternative).p == pytest.approx(wanted, rel=1e-6)
    if alternative != "two-sided":
        wanted = stats.boschloo_exact(seen, alternative=alternative, n=128).pvalue
        assert boschloo(x, n, y, m, alternative).p == pytest.approx(wanted, rel=1e-6)


@pytest.mark.parametrize("table", TABLES)
def test_boschloo_is_never_above_fisher(table) -> None:
    for alternative in ("two-sided", "less", "greater"):
        assert boschloo(*table, alternative).p <= fisher_p(*table, alternative) + 1e-12


def test_barnard_keeps_its_error_at_every_common_rate() -> None:
    n, m = 6, 7
    p = np.array([[barnard(x, n, y, m).p for y in range(m + 1)] for x in range(n + 1)])
    assert exact_size(p <= 0.05).p <= 0.05
    assert exact_size(np.abs(score_table(n, m)) >= 1.959964).p > 0.05  # the plain z test does not


def test_the_region_is_as_likely_as_counted_by_hand() -> None:
    region = np.zeros((4, 3), bool)
    region[3, 0] = region[2, 0] = True
    found = exact_size(region)
    rates = np.linspace(0, 1, 10001)
    wanted = (rates**3 + 3 * rates**2 * (1 - rates)) * (1 - rates) ** 2
    assert found.p == pytest.approx(wanted.max(), abs=1e-8)
    assert found.rate == pytest.approx(rates[wanted.argmax()], abs=1e-3)


def test_looking_only_at_likely_rates_adds_its_error() -> None:
    found = barnard(7, 15, 12, 14, gamma=1e-4)
    assert 1e-4 < found.p <= barnard(7, 15, 12, 14).p + 1e-4 + 1e-12


@pytest.mark.parametrize("table", TABLES)
def test_the_conditional_odds_ratio_agrees_with_scipy(table) -> None:
    x, n, y, m = table
    wanted = stats.contingency.odds_ratio([[x, y], [n - x, m - y]])
    found, limits = conditional_odds_ratio(x, n, y, m), wanted.confidence_interval()
    assert found.estimate == pytest.approx(wanted.statistic, rel=1e-6)
    assert found.low == pytest.approx(limits.low, rel=1e-6)
    assert found.high == pytest.approx(limits.high, rel=1e-6)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("corrected", [True, False])
def test_the_score_interval_ends_where_its_test_rejects(table, corrected: bool) -> None:
    for low_or_high in ends(difference_interval(*table, corrected=corrected)):
        found = difference_test(*table, null=low_or_high, corrected=corrected)
        assert found.p == pytest.approx(0.05, abs=1e-6)
    for end in ends(ratio_interval(*table, corrected=corrected)):
        if 0 < end < inf:
            found = ratio_test(*table, null=end, corrected=corrected)
            assert found.p == pytest.approx(0.05, abs=1e-6)


def test_the_score_test_without_a_margin_is_the_pooled_z_test() -> None:
    z = score_table(15, 14)[7, 12]
    assert difference_test(7, 15, 12, 14, corrected=False).z == pytest.approx(z)
    assert ratio_test(7, 15, 12, 14, corrected=False).z == pytest.approx(z)


def test_newcombe_is_as_published() -> None:
    """Newcombe 1998, table II, rows a, c and h: 56/70 − 48/80, 5/56 − 0/29 and 10/10 − 0/10 by method 10."""
    assert ends(newcombe(56, 70, 48, 80)) == pytest.approx([0.0524, 0.3339], abs=5e-5)
    assert ends(newcombe(5, 56, 0, 29)) == pytest.approx([-0.0381, 0.1926], abs=5e-5)
    assert ends(newcombe(10, 10, 0, 10)) == pytest.approx([0.6075, 1.0], abs=5e-5)


def test_miettinen_and_nurminen_is_as_published() -> None:
    """Newcombe 1998, table II, method 6 (Miettinen–Nurminen has N/(N − 1)): 56/70 − 48/80 gives 0.0528 to 0.3382."""
    found = difference_interval(56, 70, 48, 80)
    assert ends(found) == pytest.approx([0.0528, 0.3382], abs=5e-5)


@pytest.mark.parametrize("table", [*TABLES, (5, 9, 0, 8), (9, 9, 3, 7)])
def test_the_score_interval_of_the_odds_ratio_ends_where_its_test_rejects(table) -> None:
    for end in ends(odds_ratio_interval(*table)):
        if 0 < end < inf:
            assert odds_ratio_test(*table, null=end).p == pytest.approx(0.05, abs=1e-6)
    without = odds_ratio_test(*table, corrected=False).z
    assert without == pytest.approx(difference_test(*table, corrected=False).z)


def test_the_rates_fitted_to_an_odds_ratio_have_it_and_keep_the_events() -> None:
    from cordula.stats.exact.odds import _fitted_odds

    for null in (1e-3, 0.3, 1.0, 2.5, 1e6):
        one, two = _fitted_odds(7, 15, 12, 14, null)
        assert 15 * one + 14 * two == pytest.approx(19)
        assert one * (1 - two) / ((1 - one) * two) == pytest.approx(null, rel=1e-6)


@pytest.mark.parametrize("table", TABLES)
def test_the_chi_squared_test_agrees_with_scipy(table) -> None:
    x, n, y, m = table
    for continuity in (True, False):
        found = pooled_test(x, n, y, m, continuity)
        wanted = stats.chi2_contingency([[x, n - x], [y, m - y]], correction=continuity)
        assert found.p == pytest.approx(wanted.pvalue, abs=1e-12)
        assert found.z**2 == pytest.approx(wanted.statistic, abs=1e-12)


def test_the_wald_interval_is_its_formula() -> None:
    low, high = ends(wald_interval(7, 15, 12, 14))
    error = (7 / 15 * 8 / 15 / 15 + 12 / 14 * 2 / 14 / 14) ** 0.5
    assert high - low == pytest.approx(2 * 1.959963984540054 * error)
    wider = wald_interval(7, 15, 12, 14, continuity=True)
    assert low - wider.low == pytest.approx(0.5 * (1 / 15 + 1 / 14))


def test_no_event_anywhere_leaves_every_ratio_possible() -> None:
    assert isinstance(ratio_interval(0, 15, 0, 14), NotConverged)
    assert ends(ratio_interval(0, 15, 5, 14))[0] == 0.0
    assert ends(ratio_interval(5, 15, 0, 14))[1] == inf
    low, high = ends(difference_interval(0, 15, 0, 14))
    assert -0.3 < low < 0 < high < 0.3


IMPOSSIBLE = {
    "more events than infants": lambda: clopper_pearson(5, 4),
    "no infants": lambda: wilson(0, 0),
    "a level of 95": lambda: wilson(1, 4, 95),
    "a rate of 2": lambda: binomial_p(1, 4, 2.0),
    "an unknown alternative": lambda: binomial_p(1, 4, 0.5, "bigger"),  # type: ignore[arg-type]
    "a negative count": lambda: fisher_p(-1, 4, 1, 4),
    "gamma of 1": lambda: barnard(1, 4, 2, 4, gamma=1.0),
    "a ratio of 0": lambda: ratio_test(1, 4, 2, 4, null=0.0),
    "a difference of 1": lambda: difference_test(1, 4, 2, 4, null=1.0),
}


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_counts_that_cannot_be_are_refused(name: str) -> None:
    with pytest.raises(CannotBe):
        IMPOSSIBLE[name]()
