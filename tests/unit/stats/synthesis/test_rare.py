import math

import numpy as np
import pytest
from scipy.special import gammaln

from cordula.stats.refusals import CannotBe
from cordula.stats.synthesis import (
    beta_binomial,
    beta_binomial_proportion,
    breslow_day,
    conditional_glmm,
    exact_odds_ratio,
    log_odds_ratio,
    mantel_haenszel,
    one_arm_glmm,
    one_arm_rate_glmm,
    peto,
    random_effects,
    unconditional_glmm,
)
from tests.unit.stats.reference import case
from tests.unit.stats.synthesis.cast import FEW, RARE, bcg_counts


def test_mantel_haenszel_and_peto_need_no_filling():
    for name, method in (("mh", mantel_haenszel), ("peto", peto)):
        found = method(*RARE)
        case("mf_rare").near(name, [found.estimate, found.se, found.p_value])
        assert (found.k, found.given) == (3, 4)
        assert found.remarks


def test_what_is_pooled_after_filling_differs_and_was_asked_for():
    filled = log_odds_ratio(*RARE, add=0.5)
    found = random_effects(filled.y, filled.se, test="z")
    case("mf_rare").near("reml", [found.estimate, found.se, found.tau2])
    assert abs(found.estimate - mantel_haenszel(*RARE).estimate) > 0.05


def test_mantel_haenszel_of_one_table_is_that_table():
    table = ([3], [10], [5], [12])
    assert mantel_haenszel(*table).estimate == pytest.approx(math.log(3 * 7 / (7 * 5)))
    ratio = mantel_haenszel(*table, measure="RR")
    assert ratio.estimate == pytest.approx(math.log(0.3 / (5 / 12)))
    assert ratio.se**2 == pytest.approx(1 / 3 - 1 / 10 + 1 / 5 - 1 / 12)
    assert mantel_haenszel(*table, measure="RD").estimate == pytest.approx(0.3 - 5 / 12)


def test_an_arm_without_any_event_has_no_ratio_but_an_exact_limit():
    empty = ([0, 0], [10, 12], [3, 2], [11, 12])
    for method in (mantel_haenszel, conditional_glmm):
        with pytest.raises(CannotBe, match="exact_odds_ratio"):
            method(*empty)
    found = exact_odds_ratio(*empty)
    assert found.estimate == -math.inf
    assert found.lower == -math.inf
    assert found.upper < 1.0


def test_the_exact_limits_put_their_tails_on_the_sum():
    # One table: Fisher's exact tails, by the noncentral hypergeometric chances written out.
    table = ([3], [10], [7], [12])
    found = exact_odds_ratio(*table)
    a = np.arange(0, 11)
    ways = np.exp(
        gammaln(11)
        - gammaln(a + 1)
        - gammaln(11 - a)
        + gammaln(13)
        - gammaln(11 - a)
        - gammaln(3 + a)
    )
    low, high = (ways * np.exp(limit * a) for limit in (found.lower, found.upper))
    assert low[3:].sum() / low.sum() == pytest.approx(0.025, rel=1e-8)
    assert high[:4].sum() / high.sum() == pytest.approx(0.025, rel=1e-8)
    at = ways * np.exp(found.estimate * a)
    assert a @ at / at.sum() == pytest.approx(3)
    mid = exact_odds_ratio(*table, kind="mid-p")
    assert found.lower < mid.lower < mid.upper < found.upper


def test_breslow_and_day_find_no_odds_in_conflict_where_all_are_one():
    total, df, p = breslow_day([2, 4, 6], [10, 20, 30], [1, 2, 3], [10, 20, 30])
    assert (df, p) == (2, pytest.approx(1.0, abs=0.02))
    assert total < 0.1


def test_the_count_models_agree_with_the_reference():
    near, apart = conditional_glmm(*FEW, exact=False), unconditional_glmm(*FEW)
    case("mf_glmm").near("cmal", [near.estimate, near.se, near.tau2])
    case("mf_glmm").near("umfs", [apart.estimate, apart.se, apart.tau2])
    single = one_arm_glmm([2, 3, 5, 1], [12, 20, 31, 9])
    case("mf_glmm2").near("b", [single.estimate, single.se, single.tau2])


def test_the_exact_conditional_model_at_no_spread_is_the_exact_estimate():
    assert conditional_glmm(*FEW).tau2 == 0
    assert conditional_glmm(*FEW).estimate == pytest.approx(
        exact_odds_ratio(*FEW).estimate, abs=1e-6
    )


@pytest.mark.parametrize(
    ("model", "estimate", "se", "tau2"),
    [
        # metafor: rma.glmm(measure="OR", data=dat.bcg, model="CM.EL"), printed to four places.
        (conditional_glmm, -0.7538, 0.1801, 0.3116),
    ],
)
def test_bcg_by_the_exact_conditional_model(model, estimate, se, tau2):
    found = model(*bcg_counts())
    assert found.estimate == pytest.approx(estimate, abs=6e-5)
    assert found.se == pytest.approx(se, abs=6e-5)
    assert found.tau2 == pytest.approx(tau2, abs=6e-5)
    assert found.lr_p < 1e-20


def test_the_integral_over_truths_is_that_of_a_fine_grid():
    x, n = np.array([0, 3, 9, 1]), np.array([12, 20, 31, 9])
    found = one_arm_glmm(x, n)
    assert found.tau2 > 0
    z = np.linspace(-9, 9, 4001)
    weight = np.exp(-0.5 * z**2) / math.sqrt(2 * math.pi) * (z[1] - z[0])
    eta = found.estimate + math.sqrt(found.tau2) * z
    ways = gammaln(n + 1) - gammaln(x + 1) - gammaln(n - x + 1)
    logs = x[:, None] * eta - n[:, None] * np.logaddexp(0, eta) + ways[:, None]
    assert found.log_likelihood == pytest.approx(np.log(np.exp(logs) @ weight).sum(), rel=1e-9)


def test_rates_without_events_count_as_they_are():
    found = one_arm_rate_glmm([0, 2, 1], [10.0, 20.0, 10.0])
    assert found.tau2 == 0
    assert found.estimate == pytest.approx(math.log(3 / 40), abs=1e-6)
    assert found.se == pytest.approx(1 / math.sqrt(3), rel=1e-5)


def test_beta_binomial_without_spread_is_binomial():
    found = beta_binomial_proportion([2, 3, 5, 1], [12, 20, 31, 9])
    assert found.tau2 == 0
    assert found.estimate == pytest.approx(math.log(11 / 61), abs=1e-5)
    pair = beta_binomial(*RARE)
    assert math.isfinite(pair.estimate)
    assert pair.k == 4


def test_beta_binomial_finds_the_correlation_it_was_given():
    rng = np.random.Generator(np.random.Philox(key=3))
    p = rng.beta(2.0, 6.0, 400)
    n = np.full(400, 25)
    found = beta_binomial_proportion(rng.binomial(n, p), n)
    assert found.estimate == pytest.approx(math.log(0.25 / 0.75), abs=4 * found.se)
    assert found.tau2 == pytest.approx(1 / 9, abs=0.02)
    assert found.lr_p < 1e-10


def test_nothing_to_compare_is_said():
    with pytest.raises(CannotBe, match="nothing to compare"):
        exact_odds_ratio([0], [10], [0], [10])
    with pytest.raises(CannotBe, match="nothing to compare"):
        peto([0], [10], [0], [10])
    with pytest.raises(CannotBe, match="logit is infinite"):
        one_arm_glmm([0, 0], [4, 5])
