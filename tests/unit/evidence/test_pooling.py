"""The answer is what the estimators say of the chosen studies, told in the question's unit."""

from decimal import Decimal
from typing import Any

import pytest

from cordula.evidence.answer import Answer
from cordula.evidence.pooling import pool
from cordula.evidence.questions import TauPriors
from cordula.evidence.refusal import PoolingRefused
from tests.unit.evidence.cast import asking, change, counted, given, known, mean, result, study
from tests.unit.stats.reference import case


def answered(*results: Any, **asked: Any) -> Answer:
    named = {f"study-{at}": study(f"study-{at}", one) for at, one in enumerate(results)}
    return pool(asking(**asked), 12, known=named)


def test_random_effects_of_three_small_studies_agree_with_r() -> None:
    # yi<-c(5.1,3.2,6.4);vi<-c(2.1,1.4,2.8)^2; rma(yi,vi,test='adhoc')
    told = answered(given(5.1, 2.1), given(3.2, 1.4), given(6.4, 2.8)).pooled
    assert told is not None
    assert told.random is not None
    expected = case("mf_small3").expected["mhk"]
    assert (told.random.estimate, told.random.low, told.random.high) == pytest.approx(
        (expected[0], expected[2], expected[3]), rel=1e-5
    )


def test_the_posterior_of_four_studies_is_near_r_with_its_nearly_flat_prior() -> None:
    # bayesmeta-like exact integral, mu ~ N(0, 20), tau ~ half-normal(4); here mu is flat.
    wide = TauPriors(priors=("half_normal 4",), why="", design_sd=1.0)
    told = answered(
        given(-0.6, 1.2), given(3.4, 1.1), given(8.9, 2.5), given(1.1, 0.9), tau=wide
    ).pooled
    assert told is not None
    low, middle, high = case("bx02").expected["mu_q"]
    assert (told.main.low, told.main.estimate, told.main.high) == pytest.approx(
        (low, middle, high), rel=0.02, abs=0.03
    )


def test_means_and_spreads_become_the_difference_that_r_says() -> None:
    # escalc(measure='MD', m1i=c(6.2,4.1), sd1i=c(7.1,5.5), n1i=c(14,23), m2i=c(1.3,2.2), sd2i=c(8.0,6.1), n2i=c(15,21))
    one = result(mean("cells", 14, "6.2", "7.1"), mean("control", 15, "1.3", "8.0"))
    two = result(mean("cells", 23, "4.1", "5.5"), mean("control", 21, "2.2", "6.1"))
    inputs = answered(one, two).inputs
    expected = case("mf_escalc").expected["MD"]
    assert [i.y for i in inputs] == pytest.approx(expected[0], rel=1e-8)
    assert [(i.se or 0) ** 2 for i in inputs] == pytest.approx(expected[1], rel=1e-8)
    smd = answered(one, two, effect="standardised_mean_difference").inputs
    assert [i.y for i in smd] == pytest.approx(case("mf_escalc").expected["SMD"][0], rel=1e-8)


def test_ticap_is_told_with_student_s_t_because_it_has_fourteen_children() -> None:
    # By hand: (7.8 - 2.2) ± qt(.975, 10.140) * sqrt(4.9^2/7 + 3.1^2/7) = 5.6 ± 2.2240 * 2.19154
    told = pool("rvef-change", 12).pooled
    assert told is not None
    assert (told.main.estimate, told.main.low, told.main.high) == pytest.approx(
        (5.6, 5.6 - 2.2240 * 2.19154, 5.6 + 2.2240 * 2.19154), abs=5e-4
    )
    at_36 = pool("rvef-change", 36).pooled
    assert at_36 is not None
    assert (at_36.main.low, at_36.main.high) == pytest.approx((0.5, 11.1), abs=0.06)


def test_one_study_is_told_as_it_is_and_not_called_pooled() -> None:
    told = answered(change())
    assert told.pooled is not None
    assert told.pooled.k == 1
    assert told.pooled.main.method.startswith("Study-0 alone")
    assert any("One study is no pooling" in said for said in told.in_words)


def test_an_se_from_a_p_value_is_used_where_it_is_exact_and_refused_where_it_is_a_bound() -> None:
    bare = mean("cells", 20, "6.8", "1"), mean("control", 20, "0.0", "1")
    without = [type(arm)(arm=arm.arm, n=arm.n, mean=arm.mean) for arm in bare]  # no spread was read
    exact = answered(result(*without, p="0.03")).inputs
    assert exact[0].se == pytest.approx(6.8 / 2.170090, rel=1e-6)
    bound = answered(result(*without, p="<0.001"))
    assert not bound.inputs
    assert "tells no standard error" in bound.left_out[0].reason


def test_a_hazard_ratio_is_pooled_on_its_logarithm_and_told_as_a_ratio() -> None:
    told = pool("death", 96)
    assert told.pooled is not None
    assert (told.pooled.main.estimate, told.pooled.main.low) == (0.60, 0.21)
    assert any("“No difference” lies within" in said for said in told.in_words)


def test_proportions_are_pooled_by_a_model_of_the_counts() -> None:
    # rma.glmm(measure='PLO', xi=c(2,3,5,1), ni=c(12,20,31,9))
    counts = [(2, 12), (3, 20), (5, 31), (1, 9)]
    told = answered(
        *(result(counted("cells", x, n), measure="transplant") for x, n in counts),
        effect="proportion",
        measure="transplant",
        unit="proportion",
    ).pooled
    assert told is not None
    logit = case("mf_glmm2").expected["b"][0]
    assert told.main.estimate == pytest.approx(1 / (1 + 2.718281828459045**-logit), rel=1e-4)


def test_nought_of_ten_has_its_exact_upper_limit_and_nothing_is_added_to_it() -> None:
    none = result(counted("cells", 0, 10), measure="transplant")
    asked: dict[str, Any] = {"effect": "proportion", "measure": "transplant", "unit": "proportion"}
    one = answered(none, **asked).pooled
    assert one is not None
    assert one.main.high == pytest.approx(0.308, abs=5e-4)  # 1 - .025^(1/10)
    assert "0 of 10, 0%, 95% from 0% to 31%" in answered(none, **asked).in_words[0]
    both = answered(none, none, **asked).pooled
    assert both is not None
    assert both.main.estimate == 0
    assert both.main.high == pytest.approx(1 - 0.025 ** (1 / 20), rel=1e-9)


def test_an_odds_ratio_with_a_cell_of_zero_has_an_open_end_and_is_pooled_as_counts() -> None:
    asked: dict[str, Any] = {"effect": "odds_ratio", "measure": "transplant", "unit": "ratio"}
    zero = result(counted("cells", 0, 12), counted("control", 1, 11), measure="transplant")
    alone = answered(zero, **asked).inputs[0]
    assert alone.low == 0
    assert alone.y is None
    rest = result(counted("cells", 2, 31), counted("control", 4, 29), measure="transplant")
    told = answered(zero, rest, **asked).pooled
    assert told is not None
    assert told.main.method.startswith("conditional")
    assert 0 < told.main.low < told.main.estimate < told.main.high < 10


def test_a_risk_ratio_with_a_cell_of_zero_is_left_out_with_the_way_to_ask() -> None:
    zero = result(counted("cells", 0, 12), counted("control", 1, 11), measure="transplant")
    told = answered(zero, effect="risk_ratio", measure="transplant", unit="ratio")
    assert "cell of 0" in told.left_out[0].reason


def test_room_for_bias_widens_what_is_not_randomised_and_leaves_a_blinded_trial_alone() -> None:
    blinded = answered(change(), change("7.0")).pooled
    assert blinded is not None
    assert blinded.bias_adjusted is not None
    assert blinded.bias_adjusted.low == pytest.approx(blinded.main.low, rel=1e-9)
    named = known(*(study(n, change(), design="controlled") for n in ("one", "two")))
    judged = pool(asking(), 12, known=named).pooled
    assert judged is not None
    assert judged.bias_adjusted is not None
    assert judged.bias_adjusted.low < judged.main.low - 1


def test_leaving_out_each_of_three_names_the_one_left_out() -> None:
    told = answered(change(), change("3.0"), change("9.0")).leave_one_out
    assert [one.without for one in told] == ["study-0", "study-1", "study-2"]
    assert told[2].estimate == pytest.approx(3.0, abs=0.01)  # of 5 − 1 and 3 − 1
    assert answered(change(), change("3.0")).leave_one_out == ()


def test_the_panel_of_priors_begins_with_the_main_one_and_shows_what_they_change() -> None:
    told = answered(change(), change("9.0")).prior_sensitivity
    assert [row.main for row in told] == [True, False]
    assert told[0].prior == "half-normal(2)"
    assert (told[1].high or 0) - (told[1].low or 0) > (told[0].high or 0) - (told[0].low or 0)


def test_a_prior_for_a_trial_is_a_mixture_worth_fewer_children_when_made_robust() -> None:
    told = pool("change-without-cells", 12).predictive_prior
    assert told is not None
    assert sum(c.weight for c in told.robust) == pytest.approx(1)
    assert sum(c.weight * c.first for c in told.components) == pytest.approx(2.2, abs=0.01)
    assert told.ess is not None
    assert told.ess_robust is not None
    assert 0 < told.ess_robust < told.ess < 7  # it rests on seven children
    assert pool("rvef-change", 12).predictive_prior is None


def test_a_prior_of_a_proportion_is_a_beta_mixture_even_with_an_arm_without_events() -> None:
    counts = [(2, 12), (0, 20), (5, 31)]
    told = answered(
        *(result(counted("cells", x, n), measure="transplant") for x, n in counts),
        effect="proportion",
        measure="transplant",
        unit="proportion",
        prior=True,
        tau=TauPriors(priors=("half_normal 0.5",), why="", design_sd=1.0),
    ).predictive_prior
    assert told is not None
    assert told.kind == "beta"
    share = sum(c.weight * c.first / (c.first + c.second) for c in told.components)
    assert 0.05 < share < 0.3


def test_below_ten_studies_nothing_is_tested_for_small_study_effects() -> None:
    assert "cannot be seen" in answered(change(), change("9.0")).small_studies
    many = [change(f"{4 + at / 10}", 10 + at) for at in range(10)]
    assert "Egger" in answered(*many).small_studies


def test_a_time_before_the_start_is_refused() -> None:
    with pytest.raises(PoolingRefused, match="before the start"):
        pool("rvef-change", -1)


def test_records_open_as_a_table() -> None:
    import pandas as pd

    table = pd.DataFrame(answered(change(), change("9.0")).records())
    assert list(table["estimate"][:2]) == [4.0, 8.0]
    assert list(table["cells_mean"][:2]) == [5.0, 9.0]
    assert {"fixed", "random", "bayes", "prediction"} <= set(table["study"])


def test_the_months_of_an_answer_are_part_of_its_key() -> None:
    assert pool("rvef-change", Decimal(24)).key == "rvef-change@24"
