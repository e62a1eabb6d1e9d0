"""Oxygen by steady mixing, against the formulas of each operation."""

import numpy as np
import pytest

from cordula import heart
from cordula.heart import oxygen
from cordula.heart.cohort_state import steady_many
from tests.unit.heart.vectors import steady


def told(name: str) -> tuple[dict[str, float], float, float, float]:
    """The numbers, the capacity, the oxygen in pulmonary venous blood, and what the body uses in mL/min."""
    numbers = steady(name).circulation.numbers()
    full = 1.34 * numbers["haemoglobin"] / 100
    return (
        numbers,
        full,
        full * numbers["pulmonary_venous_saturation"],
        numbers["oxygen_consumption"],
    )


@pytest.mark.parametrize("name", ["norwood-bts", "norwood-sano"])
def test_after_stage_1_the_arteries_lack_what_the_lungs_must_replace(name: str) -> None:
    """Ca = Cpv − VO2/Qp."""
    found, (_, full, venous, used) = steady(name), told(name)
    expected = (venous - used / (1000 * found["pulmonary_flow"])) / full
    assert found["arterial_saturation"] == pytest.approx(expected, rel=1e-3)
    mixed = found["arterial_saturation"] - used / (1000 * found["systemic_flow"]) / full
    assert found["venous_saturation"] == pytest.approx(mixed, rel=1e-6)


def test_after_stage_2_the_arteries_lack_what_the_lower_body_used() -> None:
    """Ca = Cpv − VO2,lower/Q_SVC."""
    found, (_, full, venous, used) = steady("glenn"), told("glenn")
    expected = (venous - 0.5 * used / (1000 * found["pulmonary_flow"])) / full
    assert found["arterial_saturation"] == pytest.approx(expected, rel=1e-3)


def test_after_stage_3_the_window_alone_lowers_the_saturation() -> None:
    """Ca = Cpv − (Qf/Qp)(VO2/Qs), Qf = Qs − Qp."""
    found, (_, full, venous, used) = steady("fontan"), told("fontan")
    past = found["systemic_flow"] - found["pulmonary_flow"]
    lost = past / found["pulmonary_flow"] * used / (1000 * found["systemic_flow"])
    assert found["arterial_saturation"] == pytest.approx((venous - lost) / full, rel=2e-3)


def test_without_any_mixing_the_arteries_carry_what_the_lungs_gave() -> None:
    found = steady("normal")
    assert found["arterial_saturation"] == pytest.approx(0.97, rel=1e-6)


def test_oxygen_delivery_is_flow_times_content() -> None:
    found, (numbers, full, _, _) = steady("norwood-bts"), told("norwood-bts")
    content = full * found["arterial_saturation"]
    expected = 1000 * found["systemic_flow"] * content / numbers["weight"]
    assert found["oxygen_delivery"] == pytest.approx(expected, rel=1e-9)


def test_the_best_balance_of_flows_is_below_one() -> None:
    """Among Qp:Qs, delivery is greatest at 1/(√(CO·Cpv/VO2) − 1), as the steady mixing of Barnea says."""
    found = steady("norwood-bts")
    _, _, venous, used = told("norwood-bts")
    output = 1000 * found["cardiac_output"]
    ratio = np.linspace(0.2, 2, 1801)
    delivered = output * venous / (1 + ratio) - used / ratio
    assert ratio[np.argmax(delivered)] == pytest.approx(
        1 / (np.sqrt(output * venous / used) - 1), abs=2e-3
    )
    assert 0.5 < ratio[np.argmax(delivered)] < 0.7


def test_to_and_fro_through_a_hole_carries_oxygen_both_ways() -> None:
    """Net flow would say that nothing crosses; what crosses is the mixing."""
    circuit = heart.load("fontan")
    numbers = {name: np.array([value]) for name, value in circuit.scaled().numbers().items()}
    flows = dict.fromkeys((edge.name for edge in circuit.edges), 10.0)
    flows |= {
        "sysL": 5.0,
        "sysU": 5.0,
        "aoL": 5.0,
        "aoU": 5.0,
        "veL": 5.0,
        "veU": 5.0,
        "fenestration": 0.0,
    }
    forward = np.array([[flows[edge.name]] for edge in circuit.edges])
    across = np.array([[3.0 if edge.name == "fenestration" else 0.0] for edge in circuit.edges])
    still = oxygen.contents(circuit, numbers, forward, 0 * across)
    mixing = oxygen.contents(circuit, numbers, forward + across, across)
    aorta = [node.name for node in circuit.nodes].index("AO")
    assert mixing[aorta, 0] < still[aorta, 0] - 1e-4


def test_a_body_that_uses_more_than_it_is_brought_has_no_saturation_and_a_reason() -> None:
    circuit = heart.load("norwood-bts")
    found = steady_many(circuit, {"oxygen_consumption": np.array([45.0, 500.0])})
    assert np.isfinite(found["venous_saturation"][0])
    assert np.isnan(found["venous_saturation"][1])
    assert found.reasons[1] == "its body would use more oxygen than it is brought"
    assert np.isfinite(found["ejection_fraction"][1])
