"""Published and independent results, each within the tolerance that is promised for it."""

from dataclasses import replace

import numpy as np
import pytest

from cordula import heart
from cordula.heart.circulation import Steady
from cordula.heart.cohort_state import CohortState, steady_many
from tests.unit.heart.vectors import steady, table

CIRCUITS = table("circuits")
DAYS = table("infants")["growing_infant"]
TRIAL = table("infants")["single_ventricle_trial"]


def worst(got: dict[str, float], wanted: dict[str, float]) -> tuple[float, str]:
    return max((abs(got[name] / value - 1), name) for name, value in wanted.items())


def indexed(found: Steady) -> dict[str, float]:
    """Outcomes, and those that are printed for a square metre of body surface."""
    surface = found.circulation.numbers().get("body_surface", 1.0)
    pairs = (
        ("cardiac_index", "cardiac_output"),
        ("stroke_volume_index", "stroke_volume"),
        ("end_diastolic_volume_index", "end_diastolic_volume"),
        ("end_systolic_volume_index", "end_systolic_volume"),
    )
    return found.outcomes | {name: found[outcome] / surface for name, outcome in pairs}


@pytest.mark.parametrize(
    "name", ["regazzoni-adult", "ahmad-fontan", "norwood-bts", "norwood-sano", "glenn", "fontan"]
)
def test_a_reference_circulation_is_reproduced(name: str) -> None:
    off, outcome = worst(indexed(steady(name)), CIRCUITS[name]["outcomes"])
    assert off <= CIRCUITS[name]["tolerance"], (name, outcome, off)


def test_the_neonate_of_goodwin_is_reproduced() -> None:
    _within_rounding("goodwin-neonate", {"pulmonary_pressure_systolic": 0, "ejection_fraction": 2})


@pytest.mark.slow
@pytest.mark.parametrize("name", ["coarctation", "hlhs-pre"])
def test_a_defect_of_the_growing_infant_is_reproduced(name: str) -> None:
    _within_rounding(name, {"ejection_fraction": 3, "flow_ratio": 1})


def _within_rounding(name: str, decimals: dict[str, int], found: Steady | None = None) -> None:
    """Printed numbers are known to half a unit of their last digit only."""
    found = found or steady(name)
    for outcome, value in CIRCUITS[name]["outcomes"].items():
        digits = decimals.get(outcome, 0 if value == int(value) else 3 if value < 1 else 1)
        allowed = CIRCUITS[name]["tolerance"] * value + 0.5 * 10.0**-digits
        assert abs(found[outcome] - value) <= allowed, (outcome, found[outcome], value)


def test_the_infant_of_goodwin_holds_in_its_vessels_what_the_origin_holds_at_its_start() -> None:
    """The origin prints no pressures; the volumes it begins with are those of its own steady state."""
    start = CIRCUITS["goodwin-infant-start"]
    held = {name: v[0] for name, v in steady("goodwin-infant").curves().volume_ml.items()}
    off, _ = worst(held, start["outcomes"])
    assert off <= start["tolerance"]
    veins = ("ETV", "ITV")
    assert worst(held, {name: start["outcomes"][name] for name in veins})[0] <= 0.001
    together = sum(start["outcomes"].values())
    assert sum(held[name] for name in start["outcomes"]) == pytest.approx(together, rel=0.004)


def test_the_infant_of_goodwin_is_reproduced_with_what_the_other_solver_was_given() -> None:
    """Its printed pressures need 5 % more stressed volume: chest pressure on all but the lungs' vessels, and the
    origin's right atrium. A total volume of 17.6 mL more does the same, so that this is a finding, not a proof."""
    other = steady("goodwin-infant").circulation.given(CIRCUITS["goodwin-infant"]["given"])
    found = other.steady()
    assert isinstance(found, Steady)
    whole = ("systolic", "diastolic", "mean")
    decimals = {f"pulmonary_pressure_{name}": 0 for name in whole}
    decimals |= {"diastolic_pressure": 1, "cardiac_output": 2, "ejection_fraction": 2}
    _within_rounding("goodwin-infant", decimals | {"end_diastolic_volume": 1}, found)


@pytest.mark.parametrize("day", DAYS["days"])
def test_the_growing_infant_is_reproduced(day: str) -> None:
    found = steady("normal", int(day))
    numbers = found.circulation.numbers()
    got = found.outcomes | numbers | {"phn_z": phn_z(found)}
    got["output_ml_kg_min"] = found["cardiac_output"] * 1000 / numbers["weight"]
    for name, value in DAYS["days"][day].items():
        allowed = DAYS["tolerance"] * abs(value) + 0.5 * 10.0 ** -DAYS["decimals"][name]
        assert abs(got[name] - value) <= allowed, (day, name, got[name], value)


@pytest.mark.parametrize("day", DAYS["days"])
def test_the_left_ventricle_of_the_growing_infant_is_of_usual_size(day: str) -> None:
    assert abs(phn_z(steady("normal", int(day)))) <= 2


@pytest.mark.parametrize("day", table("infants")["right_ventricular_volume"]["days"])
def test_the_right_ventricle_of_the_growing_infant_is_of_usual_size(day: str) -> None:
    """Graham's curves, of which the design has these two ages; it has no coefficients of Colan's to hold a z-score to."""
    _, low, high = table("infants")["right_ventricular_volume"]["days"][day]
    assert low <= steady("normal", int(day))["other_end_diastolic_volume"] <= high


def phn_z(found: Steady) -> float:
    size = table("infants")["left_ventricular_volume"]
    surface = 0.1 * found.circulation.numbers()["weight"] ** (2 / 3)
    indexed_volume = found["end_diastolic_volume"] / surface ** size["exponent"]
    return float((indexed_volume - size["mean"]) / size["sd"])


@pytest.mark.parametrize("name", ["norwood-bts", "norwood-sano"])
def test_the_means_of_the_single_ventricle_trial_are_met(name: str) -> None:
    found, wanted = steady(name), TRIAL[name]
    assert abs(found["flow_ratio"] - wanted["flow_ratio"]) <= 0.05
    pressure = "coronary_perfusion_pressure"
    assert abs(found[pressure] - wanted[pressure]) <= 2


def test_a_conduit_in_place_of_the_shunt_raises_coronary_perfusion_as_in_the_trial() -> None:
    """Not fitted: the infant with the shunt is given a conduit instead, as wide as keeps her Qp:Qs, and nothing else
    of the other infant. The trial's groups differed by 5 mmHg; the model says 7, of the same sign."""
    shunted = steady("norwood-bts")
    conduit = _with_a_conduit(shunted["flow_ratio"])
    gained = conduit["coronary_perfusion_pressure"] - shunted["coronary_perfusion_pressure"]
    assert conduit["flow_ratio"] == pytest.approx(shunted["flow_ratio"], abs=0.02)
    assert gained == pytest.approx(32 - 27, abs=3)


def _with_a_conduit(flow_ratio: float) -> CohortState:
    """Among conduits of many widths, the one with this Qp:Qs."""
    own = steady("norwood-bts").circulation.numbers()
    circuit = heart.load("norwood-sano")
    keep = {name: np.asarray(own[name]) for name in circuit.parameters if name in own}
    part = np.linspace(0.1, 0.5, 81)
    widths = {"conduit.k1": 0.1 * part, "conduit.k2": 0.0126 * part}
    found = steady_many(circuit, keep | widths)
    nearest = int(np.argmin(np.abs(found["flow_ratio"] - flow_ratio)))
    outcomes = {name: values[nearest] for name, values in found.outcomes.items()}
    return replace(found, outcomes=outcomes)
