from math import inf, sqrt

import numpy as np
import pytest

from cordula.stats.refusals import CannotBe
from cordula.stats.sequential import (
    FutilityBounds,
    OBrienFlemingSpending,
    Pocock,
    assurance,
    characteristics,
    conditional_error,
    conditional_power,
    design,
    power,
    predictive_power,
    required_drift,
    stagewise_p,
)
from cordula.stats.sequential.normal import density, lower_tail, upper_tail
from cordula.stats.streams import stream
from tests.unit.stats.reference import case


def test_conditional_power_as_gsdesign() -> None:
    plan = design(3, 0.025)
    about = characteristics(plan, 0.8)
    n = [60 * about.inflation * share for share in plan.information]
    effects = [1.2 / sqrt(n[0]), 0.0, about.drift / sqrt(n[2])]
    found = [conditional_power(plan, 1, 1.2, effect * sqrt(n[2])) for effect in effects]
    case("cp01").near("theta", effects)
    case("cp01").near("condpower", [each.overall for each in found])
    case("cp01").near("upperprob", [each.rejected for each in found])
    seen = conditional_power(plan, 1, 1.2)  # as given, the effect seen
    assert seen.rejected == pytest.approx(found[0].rejected)


def test_one_look_to_come_has_the_closed_form() -> None:
    plan, z, drift = design((0.4, 1.0), 0.025), 1.1, 2.5
    wanted = upper_tail((plan.critical[1] - z * sqrt(0.4) - drift * 0.6) / sqrt(0.6))
    assert conditional_power(plan, 1, z, drift).overall == pytest.approx(wanted, rel=1e-13)


def test_conditional_power_averages_to_power() -> None:
    plan, drift = design(3, 0.025, futility=FutilityBounds((0.0, 0.5))), 2.2
    z = np.linspace(plan.lower[0], plan.critical[0], 4001)
    weight = np.array([density(value - drift * sqrt(1 / 3)) for value in z])
    later = np.array([conditional_power(plan, 1, value, drift).overall for value in z])
    assert np.trapezoid(weight * later, z) == pytest.approx(
        sum(power(plan, drift).rejected[1:]), abs=1e-7
    )


def test_the_conditional_error_averages_to_the_alpha_left() -> None:
    plan = design(2, 0.025, spending=Pocock())
    z = np.linspace(-9, plan.critical[0], 20001)
    error = np.array([density(v) * conditional_error(plan, 1, v) for v in z])
    assert np.trapezoid(error, z) == pytest.approx(0.025 - plan.spent[0], abs=1e-9)


def test_predictive_power_of_one_look_to_come_has_the_closed_form() -> None:
    """With a flat prior z√(1/t) is what the drift is thought to be, with variance 1/t."""
    plan, z, t = design((0.4, 1.0), 0.025), 1.4, 0.4
    centre = z * sqrt(t) + z * (1 - t) / sqrt(t)
    wanted = lower_tail((centre - plan.critical[1]) / sqrt((1 - t) + (1 - t) ** 2 / t))
    assert predictive_power(plan, 1, z) == pytest.approx(wanted, abs=1e-12)


def test_a_sure_prior_makes_predictive_power_conditional() -> None:
    plan = design(3)
    found = predictive_power(plan, 1, 1.0, prior_drift=2.8, prior_sd=1e-4)
    assert found == pytest.approx(conditional_power(plan, 1, 1.0, 2.8).overall, abs=1e-6)


def test_a_flat_prior_at_a_very_early_look_is_still_integrated() -> None:
    """The trap of the fixed wide grid: at 1 % of the information the drift is spread over ten."""
    plan, t, z = design((0.01, 1.0), 0.025, spending=OBrienFlemingSpending()), 0.01, 0.5
    centre = z * sqrt(t) + z * (1 - t) / sqrt(t)
    wanted = lower_tail((centre - plan.critical[1]) / sqrt((1 - t) + (1 - t) ** 2 / t))
    assert predictive_power(plan, 1, z) == pytest.approx(wanted, abs=1e-10)


def test_assurance_is_power_averaged() -> None:
    plan = design(2)
    draws = 2.8 + 1.1 * stream(7, "assurance").standard_normal(4000)
    simulated = np.mean([power(plan, drift).overall for drift in draws])
    assert assurance(plan, 2.8, 1.1) == pytest.approx(simulated, abs=0.02)
    assert assurance(plan, 2.8, 1e-5) == pytest.approx(power(plan, 2.8).overall, abs=1e-8)
    assert assurance(plan, 2.8, 1e-5, after=1) == pytest.approx(
        power(plan, 2.8).rejected[1] / (1 - power(plan, 2.8).rejected[0]), abs=1e-8
    )


def test_futility_to_come_is_followed_or_not() -> None:
    plan = design(3, futility=FutilityBounds((0.0, 1.0)))
    followed = conditional_power(plan, 1, 1.0, 2.5).overall
    assert followed < conditional_power(plan, 1, 1.0, 2.5, futility=False).overall


def test_inner_futility_is_refused_rather_than_passed_over() -> None:
    plan = design(3, 0.05, 2, futility=FutilityBounds((0.2, 0.6)))
    with pytest.raises(CannotBe, match="inner futility"):
        conditional_power(plan, 1, 1.0)
    assert 0 < conditional_power(plan, 1, 1.0, futility=False).overall < 1


def test_a_look_that_cannot_be_is_refused() -> None:
    plan = design(3)
    for look, z in ((0, 1.0), (3, 1.0), (1, inf)):
        with pytest.raises(CannotBe):
            conditional_power(plan, look, z)
    with pytest.raises(CannotBe):
        predictive_power(plan, 1, 1.0, prior_sd=0.0)
    with pytest.raises(CannotBe):
        assurance(plan, 1.0, 1.0, after=3)
    with pytest.raises(CannotBe):
        stagewise_p(plan, 4, 1.0)
    assert required_drift(plan, 0.8) > 0
