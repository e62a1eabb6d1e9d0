import numpy as np
import pytest
from scipy.special import ndtr, ndtri

from cordula.stats.refusals import CannotBe
from cordula.stats.synthesis import (
    correlation_of_change,
    freeman_tukey,
    hedges_correction,
    log_hazard_ratio,
    log_hazard_ratio_of_log_rank,
    log_hazard_ratio_of_p,
    log_odds_ratio,
    log_rate,
    log_risk_ratio,
    logit_proportion,
    mean_difference,
    proportion_of_logit,
    ratio_of_means,
    raw_proportion,
    risk_difference,
    sd_of_change,
    sd_of_se,
    se_of_interval,
    se_of_p,
    se_of_sd,
    standardised_mean_difference,
    standardised_mean_difference_unequal,
)
from tests.unit.stats.reference import case
from tests.unit.stats.synthesis.cast import RARE

ARMS = ([6.2, 4.1], [7.1, 5.5], [14, 23], [1.3, 2.2], [8.0, 6.1], [15, 21])


@pytest.mark.parametrize(
    ("name", "measure"),
    [
        ("MD", mean_difference),
        ("SMD", standardised_mean_difference),
        ("SMDH", standardised_mean_difference_unequal),
        ("ROM", ratio_of_means),
    ],
)
def test_means_are_compared_as_the_reference_does(name, measure):
    found = measure(*ARMS)
    case("mf_escalc").near(name, [found.y, found.v])


def test_the_pooled_variance_is_used_only_when_asked_for():
    apart, together = mean_difference(*ARMS), mean_difference(*ARMS, equal_variances=True)
    pooled = (13 * 7.1**2 + 14 * 8.0**2) / 27 * (1 / 14 + 1 / 15)
    assert together.v[0] == pytest.approx(pooled)
    assert together.v[0] != pytest.approx(apart.v[0])


def test_hedges_correction_is_the_exact_one():
    assert hedges_correction(2) == pytest.approx(np.sqrt(1 / np.pi))
    assert abs(hedges_correction(4) - (1 - 3 / 15)) > 1e-3


def test_a_zero_cell_is_refused_unless_somebody_asks_for_a_half():
    with pytest.raises(CannotBe, match=r"cell of 0.*mantel_haenszel"):
        log_odds_ratio(*RARE)
    with pytest.raises(CannotBe, match="cell of 0"):
        log_risk_ratio(*RARE)
    asked = log_odds_ratio(*RARE, add=0.5)
    case("mf_rare").near("yi", asked.y)
    case("mf_rare").near("vi", asked.v)
    assert asked.studies == (0, 1, 2)
    assert any("0.5 was added" in remark for remark in asked.remarks)
    assert any("left out" in remark for remark in asked.remarks)


def test_a_half_for_all_changes_tables_without_a_zero_too():
    only, everywhere = (log_odds_ratio(*RARE, add=0.5, to=to) for to in ("only zero", "all"))
    assert only.y[1] != everywhere.y[1]
    assert only.y[0] == everywhere.y[0]


def test_log_ratios_are_of_the_table():
    odds = log_odds_ratio([3], [10], [5], [12])
    assert odds.y == pytest.approx(np.log(3 * 7 / (7 * 5)))
    assert odds.v == pytest.approx(1 / 3 + 1 / 7 + 1 / 5 + 1 / 7)
    risk = log_risk_ratio([3], [10], [5], [12])
    assert risk.y == pytest.approx(np.log(0.3 / (5 / 12)))
    assert risk.v == pytest.approx(1 / 3 - 1 / 10 + 1 / 5 - 1 / 12)
    difference = risk_difference([3], [10], [5], [12])
    assert difference.v == pytest.approx(0.3 * 0.7 / 10 + (5 / 12) * (7 / 12) / 12)


def test_a_risk_difference_without_any_spread_is_refused():
    with pytest.raises(CannotBe, match="all or nothing"):
        risk_difference([0], [10], [0], [12])
    assert risk_difference([0], [10], [3], [12]).v > 0


def test_single_proportions_need_an_event_and_a_non_event():
    with pytest.raises(CannotBe, match="one_arm_glmm"):
        logit_proportion([0, 3], [10, 10])
    with pytest.raises(CannotBe, match="one_arm_glmm"):
        raw_proportion([10], [10])
    logit = logit_proportion([3], [10])
    assert logit.v == pytest.approx(1 / 3 + 1 / 7)
    assert proportion_of_logit(logit.y) == pytest.approx(0.3)


def test_freeman_tukey_is_for_who_was_warned():
    with pytest.raises(CannotBe, match="Schwarzer"):
        freeman_tukey([1], [10])
    found = freeman_tukey([0, 5], [10, 10], warned=True)
    assert found.v == pytest.approx([1 / 42, 1 / 42])
    assert found.y[1] == pytest.approx(np.pi / 4)
    assert found.remarks


def test_a_log_rate_needs_an_event():
    assert log_rate([4], [20.0]).y == pytest.approx(np.log(0.2))
    with pytest.raises(CannotBe, match="one_arm_rate_glmm"):
        log_rate([0], [20.0])


def test_three_ways_to_a_hazard_ratio_agree():
    v = 24 * 0.25
    z = -1.2
    by_sums = log_hazard_ratio_of_log_rank([z * np.sqrt(v)], [v])
    by_p = log_hazard_ratio_of_p([2 * ndtr(z)], [24], [True])
    reach = ndtri(0.975) / np.sqrt(v)
    y = z / np.sqrt(v)
    by_limits = log_hazard_ratio(np.exp([y]), np.exp([y - reach]), np.exp([y + reach]))
    assert by_sums.y == pytest.approx([y])
    assert by_p.y == pytest.approx([y])
    assert by_limits.y == pytest.approx([y])
    assert by_sums.v == pytest.approx(by_limits.v)
    assert by_p.v == pytest.approx(by_limits.v)


def test_a_hazard_ratio_outside_its_limits_is_refused():
    with pytest.raises(CannotBe, match="does not lie within"):
        log_hazard_ratio([2.0], [0.5], [1.5])


def test_standard_errors_come_back_from_what_a_paper_prints():
    se = se_of_sd([7.1], [14])
    assert sd_of_se(se, [14]) == pytest.approx([7.1])
    z, t = ndtri(0.975), 2.1603686564610127  # qt(.975, 13)
    assert se_of_interval([1 - z], [1 + z]) == pytest.approx([1.0])
    assert se_of_interval([1 - t], [1 + t], df=[13]) == pytest.approx([1.0])
    assert se_of_p([-2.0], [0.0455002639]) == pytest.approx([1.0], rel=1e-6)


def test_the_sd_of_a_change_and_its_correlation_undo_each_other():
    change = sd_of_change([6.0], [7.0], [0.6])
    assert change == pytest.approx([np.sqrt(36 + 49 - 2 * 0.6 * 42)])
    assert correlation_of_change([6.0], [7.0], change) == pytest.approx([0.6])
    with pytest.raises(CannotBe, match="within −1 and 1"):
        sd_of_change([6.0], [7.0], 1.0)
    with pytest.raises(CannotBe, match="imply a correlation"):
        correlation_of_change([6.0], [7.0], [20.0])


@pytest.mark.parametrize(
    ("arms", "reason"),
    [
        (([1], [0.0], [9], [1], [1.0], [9]), "SD of arm 1 of study 1 is 0.0"),
        (([1], [1.0], [1], [1], [1.0], [9]), "at least 2"),
        (([1], [1.0], [9.5], [1], [1.0], [9]), "whole number"),
        (([np.nan], [1.0], [9], [1], [1.0], [9]), "finite"),
        (([1, 2], [1.0], [9], [1], [1.0], [9]), "each study needs one"),
    ],
)
def test_arms_that_cannot_be_are_refused_with_their_reason(arms, reason):
    with pytest.raises(CannotBe, match=reason):
        mean_difference(*arms)


def test_more_events_than_patients_are_refused():
    with pytest.raises(CannotBe, match="12 events among 10"):
        log_odds_ratio([12], [10], [1], [10])


def test_a_ratio_of_means_needs_one_sign():
    with pytest.raises(CannotBe, match="one sign"):
        ratio_of_means([1], [1], [9], [-1], [1], [9])
