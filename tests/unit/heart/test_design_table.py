"""The table that the design printed, cell by cell, by a prototype that was written apart."""

from functools import cache
from math import ceil
from statistics import NormalDist

import numpy as np
import pytest

from cordula import heart
from cordula.heart.ask.explain import Explanation
from cordula.heart.levers import pulled
from cordula.heart.measured import reading
from tests.unit.heart.vectors import table

DESIGN = table("design_table")
CELLS = [(stage, story) for stage, told in DESIGN["stages"].items() for story in told["stories"]]
# Half a unit of the last digit that was printed, and as much again for what the prototype rounded before.
NEAR = {
    "ejection_fraction": 0.001,
    "cardiac_output": 0.01,
    "mean_arterial_pressure": 0.1,
    "end_diastolic_pressure": 0.1,
    "arterial_saturation": 0.001,
    "venous_saturation": 0.001,
    "oxygen_delivery": 0.1,
}


@cache
def explained(stage: str) -> Explanation:
    found = heart.explain_ef(heart.load(stage).scaled(), 5.0)
    assert isinstance(found, Explanation)
    return found


@pytest.mark.parametrize("stage", DESIGN["stages"])
def test_the_output_of_each_stage_is_that_of_the_design(stage: str) -> None:
    told = DESIGN["stages"][stage]["cardiac_output"]
    assert explained(stage).before["cardiac_output"] == pytest.approx(told, abs=0.01)


@pytest.mark.parametrize(("stage", "story"), CELLS)
def test_every_cell_of_the_table_of_the_design_is_reproduced(stage: str, story: str) -> None:
    told = DESIGN["stages"][stage]["stories"][story]
    found = next(one for one in explained(stage).stories if one.id == story)
    assert found.amount.value == pytest.approx(told["amount"], abs=0.01)
    for outcome, near in NEAR.items():
        if outcome in told:
            change = found.changes[outcome].value
            assert change == pytest.approx(told[outcome], abs=near + 1e-6), outcome


@pytest.mark.parametrize("lever", DESIGN["per_arm"]["sizes"])
def test_the_infants_needed_for_each_arm_are_those_of_the_design(lever: str) -> None:
    """Its infants were drawn by other numbers: within a sixth, where the change is not nearly none."""
    told = DESIGN["per_arm"]["sizes"][lever]
    for outcome, size in list(told.items())[1:]:
        near = 0.5 if size > 1000 else 0.17
        assert _needed(lever, told["amount"], outcome) == pytest.approx(size, rel=near), outcome


def _needed(lever: str, amount: float, outcome: str) -> int:
    """For each arm, at 80 % power and two-sided 5 %, of the change between two readings."""
    before, change = _changed(lever, amount)
    sd = float(reading(outcome).spread(before[outcome]).mean()) * 2**0.5
    z = NormalDist().inv_cdf(0.975) + NormalDist().inv_cdf(DESIGN["per_arm"]["power"])
    return ceil(2 * (z * sd / float(change[outcome].mean())) ** 2)


@cache
def _changed(lever: str, amount: float) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    child = heart.load("norwood-bts").scaled()
    many = heart.cohort(child, DESIGN["per_arm"]["infants"], seed=7)
    amounts = np.full(len(many), amount)
    after = child.steady_many(pulled(child.circuit, many.parameters, {lever: amounts}))
    both = many.found & after.found
    before = {name: values[both] for name, values in many.outcomes.items()}
    return before, {name: after[name][both] - values for name, values in before.items()}
