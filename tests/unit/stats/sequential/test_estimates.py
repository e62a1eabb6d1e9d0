from math import sqrt

import numpy as np
import pytest

from cordula.stats.refusals import CannotBe, NotConverged
from cordula.stats.sequential import (
    FinalInference,
    FutilityBounds,
    HaybittlePeto,
    OBrienFleming,
    OBrienFlemingSpending,
    Pocock,
    UserSpending,
    design,
    final_inference,
    repeated_interval,
    repeated_p,
    repeated_p_values,
    stagewise_p,
    two_sided_p,
)
from cordula.stats.sequential.normal import upper_quantile, upper_tail
from cordula.stats.streams import stream


def inference(*given, **named) -> FinalInference:
    found = final_inference(*given, **named)
    assert isinstance(found, FinalInference)
    return found


def test_one_look_has_the_fixed_answer() -> None:
    found = inference(design(1), 1, 2.3, standard_error=2.0)
    assert found.p == pytest.approx(upper_tail(2.3))
    assert found.estimate == pytest.approx(4.6, abs=1e-9)
    assert found.low == pytest.approx(4.6 - 2 * upper_quantile(0.025), abs=1e-8)
    assert found.high == pytest.approx(4.6 + 2 * upper_quantile(0.025), abs=1e-8)


def test_the_p_value_at_a_bound_is_the_alpha_spent_by_then() -> None:
    plan = design(4, spending=Pocock())
    for look in range(1, 5):
        p = stagewise_p(plan, look, plan.critical[look - 1])
        assert p == pytest.approx(plan.spent[look - 1], rel=1e-11)


def test_stopping_at_the_first_look_changes_no_estimate() -> None:
    """Nothing was looked at before: the drift seen is z √(I_K/I_1)."""
    found = inference(design(3), 1, 3.6)
    assert found.estimate == pytest.approx(3.6 * sqrt(3), abs=1e-8)


def test_the_interval_leaves_out_no_effect_exactly_when_the_trial_rejects() -> None:
    plan = design(3, spending=OBrienFlemingSpending())
    for look in (1, 2, 3):
        bound = plan.critical[look - 1]
        assert inference(plan, look, bound + 1e-4).low > -1e-4
        assert inference(plan, 3, plan.critical[2] - 1e-3).low < 0


def test_p_values_are_uniform_and_intervals_cover_whatever_the_stopping() -> None:
    plan, drift, trials = design(3, spending=Pocock()), 1.5, 1500
    step = np.full(3, 1 / 3)
    draws = stream(8, "stagewise").standard_normal((trials, 3))
    z = np.cumsum(draws * np.sqrt(step) + drift * step, axis=1) / np.sqrt(np.cumsum(step))
    above = z >= np.array(plan.critical)
    look = np.where(above.any(axis=1), above.argmax(axis=1), 2)
    seen = z[np.arange(trials), look]
    p = [stagewise_p(plan, int(k) + 1, float(v), drift) for k, v in zip(look, seen)]
    covered = np.mean([(0.025 < value < 0.975) for value in p])
    over = np.mean(np.array(p) > 0.5)
    assert abs(covered - 0.95) < 3 * sqrt(0.05 * 0.95 / trials)
    assert abs(over - 0.5) < 3 * sqrt(0.25 / trials)


def test_binding_futility_is_counted_and_other_futility_is_not() -> None:
    plain = design(2, spending=Pocock())
    free = design(2, spending=Pocock(), futility=FutilityBounds((0.5,)))
    assert stagewise_p(free, 2, 2.0) == stagewise_p(plain, 2, 2.0)
    assert stagewise_p(free, 2, 2.0, futility=True) < stagewise_p(plain, 2, 2.0)
    bound = design(2, spending=Pocock(), futility=FutilityBounds((0.5,), binding=True))
    assert stagewise_p(bound, 2, bound.critical[1]) == pytest.approx(0.025, rel=1e-11)


def test_two_sides_give_mirrored_answers() -> None:
    plan = design(3, 0.05, 2)
    up, down = inference(plan, 2, 2.6), inference(plan, 2, -2.6)
    assert (up.low, up.high) == pytest.approx((-down.high, -down.low), abs=1e-8)
    assert up.p == pytest.approx(two_sided_p(plan, 2, -2.6))


def test_a_stop_for_futility_has_an_estimate_too() -> None:
    plan = design(3, futility=FutilityBounds((0.0, 0.5), binding=True))
    found = inference(plan, 1, -0.4)
    assert found.estimate == pytest.approx(-0.4 * sqrt(3), abs=1e-8)
    assert inference(plan, 2, 0.2).high < inference(plan, 3, 1.5).high


@pytest.mark.parametrize("sides", [1, 2])
@pytest.mark.parametrize(
    "family",
    [OBrienFleming(), Pocock(), OBrienFlemingSpending(), UserSpending((0.005, 0.01, 0.03))],
)
def test_the_repeated_p_value_is_the_alpha_that_would_just_reject(family, sides: int) -> None:
    plan = design((0.3, 0.7, 1.0), 0.03, sides, family)
    for look in (1, 2, 3):
        p = repeated_p(plan, look, plan.critical[look - 1])
        assert p == pytest.approx(0.03, rel=1e-8)
    values = [repeated_p(plan, 2, z) for z in (1.0, 2.0, 3.0)]
    assert values == sorted(values, reverse=True)


def test_repeated_p_values_with_binding_futility_stay_true() -> None:
    plan = design(3, futility=FutilityBounds((0.5, 1.0), binding=True))
    assert repeated_p(plan, 3, plan.critical[2]) == pytest.approx(0.025, rel=1e-8)
    assert 0 < repeated_p(plan, 3, 0.2) <= 0.5


def test_haybittle_peto_has_no_repeated_p_value_before_the_last_look() -> None:
    first, last = repeated_p_values(design(2, spending=HaybittlePeto()), (2.0, 1.9))
    assert isinstance(first, NotConverged)
    assert isinstance(last, float)


def test_the_repeated_interval_holds_the_effect_at_all_looks_together() -> None:
    plan, trials = design(3, 0.05, 2), 40_000
    step = np.full(3, 1 / 3)
    draws = stream(9, "repeated").standard_normal((trials, 3))
    z = np.cumsum(draws * np.sqrt(step), axis=1) / np.sqrt(np.cumsum(step))
    missed = np.any(np.abs(z) >= np.array(plan.critical), axis=1).mean()
    assert abs(missed - 0.05) < 3 * sqrt(0.05 * 0.95 / trials)
    found = repeated_interval(plan, 2, 3.0, 1.2)
    assert found.high - 3.0 == pytest.approx(plan.critical[1] * 1.2)
    assert 3.0 - found.low == pytest.approx(plan.critical[1] * 1.2)


def test_what_cannot_be_is_refused() -> None:
    plan = design(3)
    with pytest.raises(CannotBe):
        repeated_interval(plan, 4, 1.0, 1.0)
    with pytest.raises(CannotBe):
        repeated_interval(plan, 1, 1.0, 0.0)
    with pytest.raises(CannotBe):
        final_inference(plan, 1, 2.0, level=95)
    with pytest.raises(CannotBe):
        final_inference(plan, 1, 2.0, standard_error=-1)
    with pytest.raises(CannotBe):
        stagewise_p(plan, 1, float("nan"))
