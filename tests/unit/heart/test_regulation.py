"""Levers, and what the body holds when it is asked to."""

import numpy as np
import pytest

from cordula import heart
from cordula.heart.cohort_state import steady_many
from cordula.heart.levers import pulled
from cordula.heart.regulation import BAROREFLEX, VOLUME, Held, held
from cordula.stats.refusals import CannotBe
from tests.unit.heart.vectors import steady

NORWOOD = heart.load("norwood-bts")
STRONGER = pulled(NORWOOD, {}, {"contractility": np.array([1.0, 1.38, 0.7])})

# The same gain of five points of ejection fraction in three ways, and less stiffness: what else changes.
STORIES = [
    ("contractility", 1.38, (4.99, 0.18, 6.8, -0.2, 1.7, 4.9, 3.4)),
    ("systemic_resistance", 0.46, (4.99, 0.22, -15.8, 0.7, -6.5, 2.5, 7.3)),
    ("inlet_leak", 0.26, (4.99, -0.12, -4.3, 0.1, -1.3, -4.0, -2.2)),
    ("stiffness", 0.8, (1.9, 0.32, 11.5, -1.7, 2.8, 8.0, 6.0)),
]
READ = {
    "ejection_fraction": 100,
    "cardiac_output": 1,
    "mean_arterial_pressure": 1,
    "end_diastolic_pressure": 1,
    "arterial_saturation": 100,
    "venous_saturation": 100,
    "oxygen_delivery": 1,
}


@pytest.mark.parametrize(("lever", "amount", "expected"), STORIES)
def test_a_lever_does_what_an_independent_solver_found(
    lever: str, amount: float, expected: tuple[float, ...]
) -> None:
    before = steady("norwood-bts")
    after = steady_many(
        NORWOOD, pulled(NORWOOD, {}, {lever: np.array([amount])}), steps=480, tolerance_ml=1e-7
    )
    for (outcome, times), value in zip(READ.items(), expected, strict=True):
        found = float(after[outcome][0] - before[outcome]) * times
        assert found == pytest.approx(value, abs=max(0.08, 0.01 * abs(value))), outcome


def test_a_lever_that_the_circuit_lacks_is_refused_with_the_nearest() -> None:
    with pytest.raises(CannotBe, match="did you mean “contractility”"):
        pulled(NORWOOD, {}, {"contractilty": np.array([1.1])})


def test_without_anything_held_nothing_is_regulated() -> None:
    open_loop = held(NORWOOD, STRONGER, [])
    plain = steady_many(NORWOOD, STRONGER)
    assert np.array_equal(
        open_loop.state["mean_arterial_pressure"], plain["mean_arterial_pressure"]
    )
    assert plain["mean_arterial_pressure"][1] > plain["mean_arterial_pressure"][0] + 5


def test_the_reflex_holds_the_pressure_by_resistance() -> None:
    found = held(NORWOOD, STRONGER, [Held("mean_arterial_pressure", 58.2, BAROREFLEX)])
    assert np.allclose(found.state["mean_arterial_pressure"], 58.2, atol=0.03)
    assert list(found.reasons) == ["", "", ""]
    assert found.factors[BAROREFLEX][1] < 0.9
    assert found.factors[BAROREFLEX][2] > 1.1


def test_pressure_and_filling_are_held_together() -> None:
    both = [
        Held("mean_arterial_pressure", 58.2, BAROREFLEX),
        Held("atrial_pressure", 5.85, VOLUME),
    ]
    found = held(NORWOOD, STRONGER, both)
    assert np.allclose(found.state["mean_arterial_pressure"], 58.2, atol=0.03)
    assert np.allclose(found.state["atrial_pressure"], 5.85, atol=0.03)


def test_what_cannot_be_held_within_its_bounds_is_said() -> None:
    weak = pulled(NORWOOD, {}, {"contractility": np.array([0.4])})
    found = held(NORWOOD, weak, [Held("mean_arterial_pressure", 90, BAROREFLEX, most=1.2)])
    assert "could not be held by systemic_resistance" in found.reasons[0]
    assert "0.25 to 1.2 are allowed" in found.reasons[0]
