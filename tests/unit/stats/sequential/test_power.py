import numpy as np
import pytest

from cordula.stats.refusals import CannotBe
from cordula.stats.sequential import (
    FutilityBounds,
    Pocock,
    characteristics,
    design,
    fixed_drift,
    inflation_factor,
    power,
    required_drift,
    stopping_probabilities,
)
from cordula.stats.sequential.normal import upper_tail


def test_one_look_has_the_power_of_the_fixed_design() -> None:
    one = design(1)
    assert power(one, 2.8).overall == pytest.approx(upper_tail(one.critical[0] - 2.8), rel=1e-13)
    assert inflation_factor(one, 0.9) == pytest.approx(1.0, abs=1e-10)


def test_the_required_drift_gives_the_power_asked_for() -> None:
    for wanted in (0.01, 0.5, 0.8, 0.999):
        found = design(4, spending=Pocock(), futility=FutilityBounds((0.0, 0.3, 0.6)))
        assert power(found, required_drift(found, wanted)).overall == pytest.approx(wanted)


def test_what_stops_at_the_looks_sums_to_one() -> None:
    found = power(design(3, 0.05, 2, futility=FutilityBounds((0.3, 0.6))), 1.7)
    assert sum(found.stopped) == pytest.approx(1.0, abs=1e-14)
    shares = np.arange(1, 4) / 3
    assert found.expected_information == pytest.approx(shares @ found.stopped, abs=1e-12)


def test_two_sides_under_drifts_of_opposite_sign_are_mirrored() -> None:
    plan = design(3, 0.05, 2)
    up, down = power(plan, 2.0), power(plan, -2.0)
    assert up.rejected == pytest.approx(down.rejected_below, abs=1e-15)


def test_looking_more_often_costs_more_at_most_and_less_on_average() -> None:
    few, many = (characteristics(design(k, spending=Pocock()), 0.9) for k in (2, 5))
    assert few.inflation < many.inflation
    assert few.expected_alternative > many.expected_alternative
    assert many.drift == pytest.approx(fixed_drift(0.025, 1, 0.9) * many.inflation**0.5)


def test_a_power_out_of_reach_is_refused() -> None:
    with pytest.raises(CannotBe, match="between 0 and 1"):
        required_drift(design(2), 1.0)
    with pytest.raises(CannotBe, match="no power is given"):
        characteristics(design(2))
    with pytest.raises(CannotBe, match="finite"):
        power(design(2), float("nan"))


def test_any_bounds_at_any_information_have_their_probabilities() -> None:
    plan = design(3, futility=FutilityBounds((0.0, 0.5)))
    wanted = power(plan, 2.5)
    n = [20 * share for share in (1, 2, 3)]
    found = stopping_probabilities(n, plan.critical, plan.lower, 2.5 / 60**0.5)
    assert found.upper == pytest.approx(wanted.rejected, abs=1e-14)
    assert found.lower == pytest.approx(wanted.futile, abs=1e-14)
    for bounds in ((n, (2, 2)), ((3, 2, 1), (2, 2, 2)), (n, (2, 2, 2), (3, 0, 0))):
        with pytest.raises(CannotBe):
            stopping_probabilities(*bounds)
