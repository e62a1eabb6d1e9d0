from math import log, sqrt

import numpy as np
import pytest

from cordula.stats.refusals import CannotBe, NotConverged
from cordula.stats.sequential import (
    OBrienFlemingSpending,
    RepeatedInterval,
    TwoMeans,
    conditional_error,
    conditional_power,
    design,
    fisher_combination,
    fisher_conditional_power,
    fisher_design,
    inverse_normal,
    inverse_normal_conditional_power,
    inverse_normal_of_p,
    product_level,
    repeated_interval_by_stages,
    repeated_p,
    two_means_drift,
)
from cordula.stats.sequential.normal import upper_quantile, upper_tail
from cordula.stats.streams import stream
from tests.unit.stats.reference import case

PLAN = design((0.5, 1.0), 0.025, spending=OBrienFlemingSpending())


def test_an_interim_analysis_of_means_as_rpact() -> None:
    stage = TwoMeans(4.1, 0.3, 7.7, 8.4, 20, 20)
    to_come = two_means_drift(5, 8, 40)
    found = inverse_normal_conditional_power(PLAN, [stage.z()], [to_come])
    interval = repeated_interval_by_stages(PLAN, [stage.z], 3.8, stage.standard_error)
    assert isinstance(interval, RepeatedInterval)
    case("cp03").near("conditionalPower", found.overall)
    case("cp03").near("repCIlow", interval.low)
    case("cp03").near("repCIup", interval.high)
    case("cp03").near("repP", repeated_p(PLAN, 1, stage.z()))
    case("cp03").near("crp", conditional_error(PLAN, 1, stage.z()))


def test_fishers_combination_as_rpact() -> None:
    found = fisher_design(3, 0.025)
    case("cp05").near("criticalValues", found.critical)
    case("cp05").near("alphaSpent", found.spent)


def test_stages_of_planned_size_combine_to_the_cumulative_z() -> None:
    plan, z = design((0.3, 0.7, 1.0)), stream(1, "stages").standard_normal(3)
    path = np.cumsum(np.sqrt([0.3, 0.4, 0.3]) * z) / np.sqrt([0.3, 0.7, 1.0])
    assert inverse_normal(plan, z) == pytest.approx(path)
    assert inverse_normal_of_p(plan, [upper_tail(v) for v in z]) == pytest.approx(path)


def test_planned_stages_have_the_conditional_power_of_the_plan() -> None:
    plan, drift = design((0.3, 0.7, 1.0)), 2.4
    stages = [drift * sqrt(share) for share in (0.4, 0.3)]
    found = inverse_normal_conditional_power(plan, [1.1], stages)
    assert found.overall == pytest.approx(conditional_power(plan, 1, 1.1, drift).overall)


def test_a_stage_made_greater_has_more_power() -> None:
    small, great = (
        inverse_normal_conditional_power(PLAN, [1.5], [two_means_drift(5, 8, n)]).overall
        for n in (40, 80)
    )
    assert small < great


def test_the_interval_of_two_stages_ends_where_the_combined_test_just_rejects() -> None:
    stages = [TwoMeans(4.1, 0.3, 7.7, 8.4, 20, 20).z, TwoMeans(6.0, 1.0, 8.0, 7.5, 24, 22).z]
    found = repeated_interval_by_stages(PLAN, stages, 4.0, 2.0)
    assert isinstance(found, RepeatedInterval)
    assert inverse_normal(PLAN, [z(found.low) for z in stages])[1] == pytest.approx(
        PLAN.critical[1]
    )
    assert inverse_normal(PLAN, [z(found.high) for z in stages])[1] == pytest.approx(
        -PLAN.critical[1]
    )


def test_a_stage_that_says_nothing_gives_no_interval() -> None:
    found = repeated_interval_by_stages(PLAN, [lambda effect: 0.0], 0.0, 1.0)
    assert isinstance(found, NotConverged)


def test_the_z_of_means_keeps_its_digits_far_out() -> None:
    far = TwoMeans(40, 0, 1, 1, 50, 50)
    assert far.z() == pytest.approx(-far.z(80.0), rel=1e-9)
    assert TwoMeans(1, 0, 1, 1, 10, 10).p() == pytest.approx(
        upper_tail(TwoMeans(1, 0, 1, 1, 10, 10).z())
    )


def test_two_stages_are_those_of_bauer_and_koehne() -> None:
    """Bauer & Köhne 1994, table 1: α = 0.025 has c = 0.0038; with α₀ = 0.5 α₁ = 0.0102."""
    found = fisher_design(2, 0.025, "full level", futility=(0.5,))
    assert found.critical == pytest.approx((0.0102, 0.0038), abs=5e-5)
    first, last = found.critical
    assert first + last * log(0.5 / first) == pytest.approx(0.025, rel=1e-10)


@pytest.mark.parametrize("futility", [(), (0.5, 0.3)])
def test_the_alpha_of_fishers_test_is_what_simulated_p_values_spend(futility) -> None:
    found, trials = fisher_design(3, 0.025, futility=futility), 400_000
    p = stream(2, "fisher").random((trials, 3))
    product, alive, spent = np.cumprod(p, axis=1), np.ones(trials, bool), 0.0
    for look in range(3):
        hit = alive & (product[:, look] <= found.critical[look])
        spent += hit.mean()
        assert abs(spent - found.spent[look]) < 3.5 * sqrt(0.025 / trials)
        alive &= ~hit & (p[:, look] <= found.futility[look])


def test_spending_by_look_is_spent() -> None:
    found = fisher_design(4, 0.025, "spending", spent=(0.005, 0.01, 0.02, 0.025))
    assert found.spent == pytest.approx((0.005, 0.01, 0.02, 0.025), rel=1e-9)
    assert fisher_design(1, 0.04).critical == (0.04,)
    assert fisher_design(1, 0.04, "full level").critical == pytest.approx((0.04,))


def test_without_interaction_the_looks_between_cost_nothing() -> None:
    """rpact 3.3.4: getDesignFisher(kMax=3, alpha=.025, method="noInteraction", alpha0Vec=c(.5,.4))."""
    found = fisher_design(3, 0.025, "no interaction", futility=(0.5, 0.4))
    assert found.critical == pytest.approx(
        (0.010079526478, 0.001820950000, 0.000728380000), rel=1e-6
    )
    assert found.spent == pytest.approx((0.010079526478, 0.017188700676, 0.025), rel=1e-6)


def test_without_futility_the_full_level_stands_at_every_look() -> None:
    """rpact 3.3.4: getDesignFisher(kMax=3, alpha=.025, method="fullAlpha")."""
    found = fisher_design(3, 0.025, "full level")
    assert found.critical == pytest.approx((0.000728380000,) * 3, rel=1e-8)
    assert found.spent == pytest.approx((0.000728380000, 0.005990698005, 0.025), rel=1e-8)


def test_futility_that_is_not_binding_wins_no_alpha_back() -> None:
    free = fisher_design(3, 0.025, futility=(0.5, 0.4), binding=False)
    assert free.critical == fisher_design(3, 0.025).critical
    assert free.futility == (0.5, 0.4, 1.0)


def test_local_levels_are_equal() -> None:
    found = fisher_design(4, 0.05)
    levels = [product_level(c, k + 1) for k, c in enumerate(found.critical)]
    assert levels == pytest.approx([levels[0]] * 4)


def test_the_last_stage_of_fishers_test_needs_what_the_others_left() -> None:
    plan, p = fisher_design(2, 0.025), (0.1,)
    needed = plan.critical[1] / 0.1
    assert fisher_conditional_power(plan, p) == pytest.approx(needed)
    assert fisher_conditional_power(plan, p, 2.0) == pytest.approx(
        upper_tail(upper_quantile(needed) - 2)
    )
    assert fisher_conditional_power(plan, (1e-5,)) == 1.0
    assert fisher_combination((0.1, 0.2)) == pytest.approx((0.1, 0.02))


IMPOSSIBLE = {
    "too many stages": lambda: inverse_normal(PLAN, [1, 2, 3]),
    "a P value of 0": lambda: inverse_normal_of_p(PLAN, [0.0]),
    "one infant in an arm": lambda: TwoMeans(1, 0, 1, 1, 1, 5),
    "no stage to come": lambda: inverse_normal_conditional_power(PLAN, [1.0, 1.0], []),
    "a method unknown": lambda: fisher_design(3, 0.025, "best"),
    "futility below alpha": lambda: fisher_design(3, 0.025, futility=(0.01, 0.01)),
    "spending that falls": lambda: fisher_design(2, 0.025, "spending", spent=(0.03, 0.025)),
    "alpha of 0": lambda: fisher_design(3, 0.0),
    "a product of nothing": lambda: fisher_combination(()),
    "a stage too few": lambda: fisher_conditional_power(fisher_design(3), (0.1,)),
    "no spread": lambda: two_means_drift(1, 0, 10),
}


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_what_cannot_be_is_refused(name: str) -> None:
    with pytest.raises(CannotBe):
        IMPOSSIBLE[name]()
