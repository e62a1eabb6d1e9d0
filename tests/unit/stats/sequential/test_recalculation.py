from math import sqrt

import pytest

from cordula.stats.refusals import CannotBe
from cordula.stats.sequential import (
    BetaSpending,
    FutilityBounds,
    HwangShihDeCani,
    OBrienFleming,
    OBrienFlemingSpending,
    PocockSpending,
    design,
    power,
    recalculated,
    repeated_p,
)


def test_looks_as_planned_change_nothing() -> None:
    plan = design(3, spending=PocockSpending())
    for seen in ((1 / 3,), (1 / 3, 2 / 3), (1 / 3, 2 / 3, 1.0)):
        assert recalculated(plan, seen).critical == pytest.approx(plan.critical, abs=1e-12)


def test_an_unplanned_look_is_the_design_with_that_look() -> None:
    plan = design(3, spending=OBrienFlemingSpending())
    found = recalculated(plan, (0.41, 0.55))
    wanted = design((0.41, 0.55, 1.0), spending=OBrienFlemingSpending())
    assert found.critical == pytest.approx(wanted.critical, abs=1e-12)


def test_events_are_information_in_the_users_unit() -> None:
    plan = design(2, spending=OBrienFlemingSpending())
    found = recalculated(plan, (13,), maximum=24)
    assert found.information == pytest.approx((13 / 24, 1.0))


def test_past_bounds_do_not_move_with_what_is_seen_later() -> None:
    plan = design(4, spending=HwangShihDeCani(-2))
    one, two = recalculated(plan, (0.3,)), recalculated(plan, (0.3, 0.66))
    assert one.critical[0] == pytest.approx(two.critical[0], abs=1e-12)


@pytest.mark.parametrize("last", [0.83, 1.0, 1.21])
def test_alpha_is_spent_exactly_however_early_or_late_the_end(last: float) -> None:
    plan = design(3, spending=OBrienFlemingSpending())
    found = recalculated(plan, (0.35, 0.6, last), final=True)
    assert found.looks == 3
    assert power(found, 0.0).overall == pytest.approx(0.025, rel=1e-11)
    assert found.critical[:2] == pytest.approx(recalculated(plan, (0.35, 0.6)).critical[:2])
    assert repeated_p(found, 3, found.critical[2]) == pytest.approx(0.025, rel=1e-8)


def test_a_shape_spends_at_other_looks_what_lies_between_its_own() -> None:
    plan = design(3, spending=OBrienFleming())
    found = recalculated(plan, (0.5,))
    assert found.spent[0] == pytest.approx((plan.spent[0] + plan.spent[1]) / 2)
    assert power(found, 0.0).overall == pytest.approx(0.025, rel=1e-11)


def test_futility_keeps_its_looks_and_beta_its_effect() -> None:
    bounds = design(3, futility=FutilityBounds((0.1, 0.7)))
    assert recalculated(bounds, (0.4, 0.8)).futility[:2] == (0.1, 0.7)
    plan = design(3, spending=OBrienFlemingSpending(), futility=BetaSpending(0.1))
    same = recalculated(plan, (1 / 3,))
    assert same.futility == pytest.approx(plan.futility, abs=1e-6)
    longer = recalculated(plan, (0.4, 0.8, 1.2))
    assert longer.drift == pytest.approx((plan.drift or 0) * sqrt(1.2))
    found = power(longer, longer.drift or 0)
    assert found.futile[0] == pytest.approx(longer.beta_spent[0], rel=1e-8)


IMPOSSIBLE = [(0.0,), (), (0.5, 0.4), (0.5, 1.0, 1.2)]


@pytest.mark.parametrize("seen", IMPOSSIBLE)
def test_information_that_cannot_be_is_refused(seen) -> None:
    with pytest.raises(CannotBe):
        recalculated(design(3, spending=PocockSpending()), seen)


def test_a_plan_without_information_is_refused() -> None:
    with pytest.raises(CannotBe):
        recalculated(design(2), (1.0,), maximum=0)
