"""The circuits that are shipped: data alone, every number with its source."""

import re
from pathlib import Path

import pytest

from cordula import heart
from cordula.heart.circulation import Steady
from cordula.vocabulary.quantity import Quantity

PROMISED = {
    "normal", "vsd", "asd", "pda", "tetralogy", "coarctation", "tricuspid-regurgitation", "hlhs-pre",
    "norwood-bts", "norwood-sano", "glenn", "fontan", "fontan-closed",
    "regazzoni-adult", "goodwin-neonate", "goodwin-infant", "ahmad-fontan",
}  # fmt: skip
CODE = Path(heart.__file__).parent


def test_every_promised_circuit_is_there() -> None:
    assert set(heart.names()) >= PROMISED


@pytest.mark.parametrize("name", heart.names())
def test_a_circuit_can_be_read_and_says_what_it_is(name: str) -> None:
    circuit = heart.load(name)
    assert circuit.id == name
    assert circuit.title
    assert len(circuit.about) > 40


@pytest.mark.parametrize("name", heart.names())
def test_every_number_has_a_source_and_every_assumed_one_a_reason(name: str) -> None:
    circuit = heart.load(name)
    parts = (*circuit.nodes, *circuit.edges, *circuit.activations)
    numbers = [*circuit.quantities.values(), *(g for part in parts for g in part.given.values())]
    for number in numbers:
        assert number.because if number.source == "assumed" else number.source in circuit.sources


def test_no_defect_has_code_of_its_own() -> None:
    code = "\n".join(path.read_text() for path in CODE.rglob("*.py"))
    for name in sorted(PROMISED):
        assert f'"{name}"' not in code.replace('load("norwood-bts")', "")


def test_no_circuit_promises_anything() -> None:
    for path in (CODE / "circuits").glob("*.toml"):
        assert not re.search(r"\b(safe|cures?|repairs|benefits?)\b", path.read_text()), path.name


@pytest.mark.slow
@pytest.mark.parametrize("name", heart.names())
def test_every_circuit_settles(name: str) -> None:
    found = heart.load(name).scaled().steady()
    assert isinstance(found, Steady)
    assert (found.remark == "") == (name != "hlhs-pre")


@pytest.mark.slow
def test_the_defects_do_what_defects_do() -> None:
    normal = _steady("normal")
    assert normal["flow_ratio"] == pytest.approx(1, abs=1e-3)
    for name in ("vsd", "asd", "pda"):
        assert _steady(name)["flow_ratio"] > 1.2, name
    assert _steady("tetralogy")["flow_ratio"] < 0.8
    assert _steady("tetralogy")["arterial_saturation"] < 0.9
    assert _steady("tricuspid-regurgitation")["inlet_regurgitant_fraction"] > 0.15
    assert _steady("coarctation")["systolic_pressure"] > 104


def _steady(name: str) -> Steady:
    found = heart.load(name).scaled().steady()
    assert isinstance(found, Steady)
    return found


def test_a_circuit_is_scaled_to_weight_and_age() -> None:
    small = heart.load("norwood-bts").scaled(
        weight=Quantity.of("4.2", "kg"), age=Quantity.of("3", "mo")
    )
    numbers = small.numbers()
    assert numbers["RV.Ees"] == pytest.approx(12.3311 * 5.647692593 / 4.2)
    assert numbers["age"] == pytest.approx(91.3, abs=0.2)
    assert numbers["weight"] == 4.2


def test_an_outcome_is_told_with_its_unit() -> None:
    found = _steady("norwood-bts")
    assert str(found.quantity("mean_arterial_pressure", 3)) == "58.2 mm[Hg]"


def test_the_curves_of_a_beat_agree_with_its_outcomes() -> None:
    found = _steady("norwood-bts")
    curves = found.curves()
    volume, pressure = curves.loop("RV")
    assert volume.max() == pytest.approx(found["end_diastolic_volume"])
    assert curves.pressure_mmhg["AO"].mean() == pytest.approx(found["mean_arterial_pressure"])
    shunt = curves.flow_ml_per_s["pul"].mean() * 0.06
    assert shunt == pytest.approx(found["pulmonary_flow"])
    assert pressure.max() == pytest.approx(found["ventricular_pressure_peak"])
