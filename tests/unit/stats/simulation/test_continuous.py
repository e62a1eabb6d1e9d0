"""Trials of a continuous outcome: kernel and twin alike, blocks of no matter, and theory where there is one."""

import dataclasses

import numpy as np
import pytest

from cordula.stats.refusals import CannotBe
from cordula.stats.simulation import continuous
from cordula.stats.simulation.continuous import Paths, simulated
from cordula.stats.simulation.continuous_plain import plain
from cordula.stats.simulation.dropout import intercept, leaves
from cordula.stats.simulation.patients import AS_MEASURED, LEFT_OUT, SET_TO, Patients
from cordula.stats.simulation.philox import words_of_key

STREAM = words_of_key(20261122, "trial")
PLAIN = Patients(
    means=(3.0, 0.0), sds=(6.0, 5.0), looks=(20, 40), follow_up_months=12.0, correlation=0.5
)
POOL = np.random.default_rng(20261122).normal(0, 6, (20, 3))
KINDS = {
    "plain": {},
    "missing at random": {"dropout": 0.2, "dropout_by_baseline": 0.7, "gap_months": 1.2},
    "with errors of measurement": {"error_sd": (2.0, 3.0), "baseline_sd": 7.0},
    "with virtual infants": {"pool": POOL},
    "with events": {
        "hazards": ((0.02, 0.01, 0.05), (0.01, 0.0, 0.05)),
        "handling": (SET_TO, LEFT_OUT, AS_MEASURED),
        "values": (-20.0, 0.0, -3.0),
    },
}


def arms(patients: int = 40) -> np.ndarray:
    return np.tile(np.array([0, 1], np.int8), patients // 2)[None, :]


def patients(**changes: object) -> Patients:
    return dataclasses.replace(PLAIN, **changes)  # type: ignore[arg-type]


def drawn(first: int, trials: int, **changes: object) -> Paths:
    return simulated(patients(**changes), arms(), STREAM, first, trials)


@pytest.mark.parametrize("adjusted", [True, False])
@pytest.mark.parametrize("kind", KINDS)
def test_kernel_and_twin_show_the_same_trials(kind: str, adjusted: bool) -> None:
    plan = patients(**KINDS[kind]).plan(arms())
    fast, slow = np.empty((6, 8, 2)), np.empty((6, 8, 2))

    continuous._kernel(STREAM, 2**32 - 4, *plan, adjusted, fast)
    plain(STREAM, 2**32 - 4, *plan, adjusted, slow)

    assert np.allclose(fast, slow, rtol=1e-12, atol=1e-12, equal_nan=True)


def test_a_trial_is_the_same_in_whichever_block_it_stands() -> None:
    whole, part = drawn(0, 50, dropout=0.1), drawn(30, 5, dropout=0.1)

    assert np.array_equal(whole.estimate[30:35], part.estimate)


def test_trials_that_fill_no_whole_stride_are_those_of_the_larger_block() -> None:
    """Each trial with its own arms, and a calendar: nothing of a neighbour's, or of the trials before, is seen."""
    orders = np.random.default_rng(20261122).permuted(np.repeat(arms(), 600, axis=0), axis=1)
    plan = patients(dropout=0.1, gap_months=1.0, hazards=((0.02, 0.0, 0.0), (0.0, 0.01, 0.0)))
    whole = simulated(plan, orders, STREAM, 0, 600)

    part = simulated(plan, orders[250:523], STREAM, 250, 273)

    for name in ("estimate", "error", "degrees", "values", "entered", "months"):
        assert np.array_equal(getattr(whole, name)[250:523], getattr(part, name), equal_nan=True)


def test_a_setting_of_its_own_moves_no_other_draw() -> None:
    """Turning measurement error off leaves entries and outcomes as they were."""
    one, other = drawn(0, 20, gap_months=1.0), drawn(0, 20, gap_months=1.0, error_sd=(1e-12, 0.0))

    assert np.array_equal(one.months, other.months)
    assert np.allclose(one.estimate, other.estimate, atol=1e-9)


def test_estimates_are_unbiased_and_as_exact_as_theory_says() -> None:
    """Variance of an ANCOVA estimate of n per arm: 2 sd² (1 − r²) / n · (1 + 1/(2n − 4)), equal spreads."""
    found = drawn(0, 40_000, sds=(6.0, 6.0))
    theory = 2 * 36 * 0.75 / 20 * (1 + 1 / 36)

    spread = found.estimate[:, 1].var()

    assert abs(found.estimate[:, 1].mean() - 3) < 4 * np.sqrt(theory / 40_000)
    assert abs(spread / theory - 1) < 4 * np.sqrt(2 / 40_000)
    assert abs((found.error[:, 1] ** 2).mean() / theory - 1) < 0.01


def test_the_stated_share_drops_out_on_average_though_it_depends_on_the_baseline() -> None:
    found = drawn(0, 20_000, dropout=0.2, dropout_by_baseline=1.0)

    share = 1 - found.values[:, 1].mean() / 40
    assert abs(share - 0.2) < 4 * np.sqrt(0.16 / 800_000)


def test_dropout_at_random_does_not_bias_an_analysis_of_covariance() -> None:
    """Where one slope holds in both arms; the t test of the same trials is misled if one arm loses its worst."""
    found = drawn(0, 40_000, sds=(6.0, 6.0), dropout=0.3, dropout_by_baseline=1.0)

    assert abs(found.estimate[:, 1].mean() - 3) < 4 * found.estimate[:, 1].std() / 200


def test_an_event_that_is_set_to_a_value_shows_in_the_mean_as_often_as_it_happens() -> None:
    """Arm 0 dies at 0.05 a month: 1 − exp(−0.6) by month 12; each is set to −20 instead of 3."""
    found = drawn(
        0,
        20_000,
        correlation=0.0,
        hazards=((0.05, 0.0, 0.0), (0.0, 0.0, 0.0)),
        handling=(SET_TO, LEFT_OUT, AS_MEASURED),
        values=(-20.0, 0.0, 0.0),
    )
    expected = 3 - 23 * (1 - np.exp(-0.6))
    assert abs(found.estimate[:, 1].mean() - expected) < 4 * found.estimate[:, 1].std() / 141


def test_looks_come_when_the_planned_number_has_reached_its_measurement() -> None:
    found = drawn(0, 5_000, gap_months=2.0)

    assert abs(found.months[:, 0].mean() - (20 * 2 + 12)) < 4 * np.sqrt(20) * 2 / 70
    assert (found.entered[:, 0] >= 20).all()
    assert found.entered[:, 0].mean() == pytest.approx(26, abs=0.3)
    assert (found.entered[:, 1] == 40).all()


def test_without_a_rate_of_entry_no_calendar_is_told() -> None:
    assert np.isnan(drawn(0, 3).months).all()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"sds": (6.0, 0.0)}, "spread of 0"),
        ({"correlation": 1.0}, "correlation of 1"),
        ({"dropout": 1.0}, "dropout of 1"),
        ({"looks": (40, 20)}, "each is after more patients"),
        ({"pool": np.zeros((3, 2))}, "virtual infants"),
        ({"hazards": ((-1.0, 0.0, 0.0), (0.0, 0.0, 0.0))}, "hazards"),
    ],
)
def test_what_cannot_be_is_refused(changes: dict[str, object], told: str) -> None:
    with pytest.raises(CannotBe, match=told):
        patients(**changes)


def test_arms_must_be_told_for_every_patient() -> None:
    with pytest.raises(CannotBe, match="one column for each of 40"):
        simulated(PLAIN, arms(20), STREAM, 0, 1)


def test_too_few_values_answer_nothing_rather_than_a_number() -> None:
    found = simulated(patients(looks=(2, 4)), arms(4), STREAM, 0, 5)

    assert np.isnan(found.estimate[:, 0]).all()
    assert (found.degrees[:, 0] == 0).all()
    assert (found.degrees[:, 1] == 1).all()


def test_nobody_drops_out_is_told_as_such() -> None:
    assert intercept(0.0, 2.0) == -np.inf
    with pytest.raises(CannotBe):
        intercept(1.0, 0.0)


def test_who_leaves_is_told_by_the_log_odds_as_by_the_chance() -> None:
    draw = np.random.default_rng(20261122)
    for odds in [*draw.normal(0, 3, 300), -20.0, 20.0, 0.0, -2.0]:
        chance = 1 / (1 + np.exp(-odds))
        for u in (chance * (1 - 1e-10), *draw.random(4)):
            assert leaves(u, odds) == (u < chance)
    assert not leaves(0.5**33, -np.inf)
