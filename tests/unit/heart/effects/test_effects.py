"""What might a treatment do over time, apart from how it is read?"""

import numpy as np
import pytest

from cordula import heart
from cordula.heart.effects import Course, Effect, Exposure, amounts, pool, truth
from cordula.heart.measured import reading
from cordula.stats.refusals import CannotBe
from cordula.stats.streams import stream

BABY = heart.load("norwood-bts").scaled()
AT_ONCE = Course(because="assumed by this test")
INFANTS = heart.cohort(BABY, 200, seed=9)


def test_an_effect_at_once_is_there_from_its_first_day_and_stays():
    assert AT_ONCE.share(np.array([-1.0, 0.0, 365.0])).tolist() == [0.0, 1.0, 1.0]


def test_an_effect_comes_by_halves_and_goes_by_halves():
    course = Course("assumed by this test", onset_days=10, half_rise_days=5, half_life_days=100)

    assert course.share(np.array([9.0, 10.0])).tolist() == [0.0, 0.0]
    assert course.share(np.array([15.0])) == pytest.approx(0.5 * 2 ** (-0.05))
    assert course.share(np.array([1010.0])) == pytest.approx(2**-10, rel=1e-9)


def test_of_a_dose_some_percents_are_left_after_two_weeks():
    cells = Exposure("assumed", retained=0.57, half_time_hours=75, exposure_50=10)

    assert cells.left(np.array([14.0])) == pytest.approx(0.57 * 2 ** (-336 / 75))
    assert 0.02 < float(cells.left(np.array([14.0]))[0]) < 0.03


def test_an_exposure_only_grows_and_is_nearly_all_there_after_a_month():
    cells = Exposure("assumed", retained=0.3, half_time_hours=60, exposure_50=20)

    shares = cells.share(np.array([0.0, 1.0, 7.0, 30.0, 360.0]))

    assert shares[0] == 0
    assert np.all(np.diff(shares) > 0)
    assert shares[3] == pytest.approx(shares[4], rel=1e-3)


def test_an_assumption_without_an_owner_is_refused():
    with pytest.raises(CannotBe, match="whose it is and why"):
        Course(because="")
    with pytest.raises(CannotBe, match="whose it is and why"):
        Exposure("", 0.3, 60, 20)


def test_factors_multiply_and_leaks_add():
    effects = (
        Effect("contractility", 1.2, AT_ONCE),
        Effect("contractility", 1.5, AT_ONCE),
        Effect("inlet_leak", 0.1, AT_ONCE),
        Effect("inlet_leak", 0.2, AT_ONCE),
    )

    found = amounts(effects, 30.0)

    assert float(found["contractility"]) == pytest.approx(1.8)
    assert float(found["inlet_leak"]) == pytest.approx(0.3)


def test_half_of_an_effect_is_the_root_of_its_factor_and_half_of_its_leak():
    half = Course("assumed", half_rise_days=10)

    assert float(Effect("contractility", 1.44, half).amount(10.0)) == pytest.approx(1.2)
    assert float(Effect("inlet_leak", 0.4, half).amount(10.0)) == pytest.approx(0.2)


def test_a_factor_of_nought_is_refused():
    with pytest.raises(CannotBe, match="a factor above 0"):
        Effect("contractility", 0.0, AT_ONCE)


def test_the_truth_under_an_effect_is_what_a_what_if_says():
    found = truth(
        BABY.circuit, {}, (Effect("contractility", 1.38, AT_ONCE),), 90.0, ("ejection_fraction",)
    )

    asked = heart.what_if(BABY, contractility=1.38)
    assert found[0, 0] == pytest.approx(asked.after["ejection_fraction"], abs=1e-4)


def test_infants_may_answer_differently():
    each = np.linspace(1.0, 1.6, 200)

    found = truth(
        BABY.circuit,
        INFANTS.parameters,
        (Effect("contractility", each, AT_ONCE),),
        1.0,
        ("ejection_fraction",),
    )[:, 0]

    gained = found - INFANTS.outcomes["ejection_fraction"]
    assert gained[0] == pytest.approx(0, abs=1e-6)
    assert gained[-1] > 0.04


def test_the_pool_of_a_trial_is_baseline_first_arm_last_arm_and_says_who_is_left_out():
    infants, sound = pool(
        BABY.circuit,
        INFANTS.parameters,
        "ejection_fraction",
        365.0,
        first=(Effect("contractility", 1.38, AT_ONCE),),
    )

    assert infants.shape == (sound.sum(), 3)
    assert np.array_equal(infants[:, 0], infants[:, 2])
    assert (infants[:, 1] - infants[:, 0]).mean() == pytest.approx(0.05, abs=0.01)
    assert len(sound) == 200


def test_a_reading_never_enters_the_truth():
    infants, _ = pool(BABY.circuit, INFANTS.parameters, "ejection_fraction", 1.0, first=())

    read = reading("ejection_fraction").read(infants[:, 0], stream(1, "echo"))

    assert np.array_equal(infants[:, 0], infants[:, 1])
    assert (read - infants[:, 0]).std() == pytest.approx(0.05, abs=0.01)


def test_a_pool_is_what_the_simulation_of_a_trial_takes():
    from cordula.stats.simulation.patients import NO_POOL

    infants, _ = pool(BABY.circuit, INFANTS.parameters, "ejection_fraction", 1.0, first=())

    assert infants.dtype == NO_POOL.dtype
    assert infants.ndim == NO_POOL.ndim
    assert infants.shape[1] == NO_POOL.shape[1]
