"""Which numbers does the page of the circulation model take, and which does it refuse where they were typed?"""

import pytest

from cordula.heart.ask.freedoms import freedoms
from cordula.heart.library import load
from cordula.heart.outcomes import OUTCOMES
from cordula_web.clinic.circulation.form import CIRCUITS, READ, CirculationForm

CHILD = {"circuit": "norwood-bts", "weight": "5.6", "points": "5"}


def filled(**typed: str) -> CirculationForm:
    form = CirculationForm({**CHILD, **typed})
    form.is_valid()
    return form


def test_a_weight_and_a_rise_are_enough():
    assert filled().is_valid()
    assert filled().read() == {}


def test_what_was_typed_is_read_with_its_unit():
    read = filled(ejection_fraction="42", flow_ratio="1.1").read()

    assert {name: str(one) for name, one in read.items()} == {
        "ejection_fraction": "42 %",
        "flow_ratio": "1.1 1",
    }


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("ejection_fraction", "142", "142 % cannot be"),
        ("ejection_fraction", "0.42", "0.42 % cannot be"),
        ("mean_arterial_pressure", "600", "between 10 mmHg and 170 mmHg"),
        ("arterial_saturation", "12", "12 % cannot be"),
        ("weight", "5600", "the weight lies between 1.5 and 25 kg"),
        ("points", "-5", "lies between 0.5 and 20"),
        ("haemoglobin", "145", "lies between 5 and 25 g/dL"),
        ("flow_ratio", "one", "Enter a plain number"),
        ("flow_ratio", "1,1", "Enter a plain number"),
        ("flow_ratio", "1.123456789", "Enter a plain number"),
        ("weight", "NaN", "Enter a plain number"),
        ("arterial_saturation", "-5", "-5 % cannot be"),
        ("weight", "0", "0 kg cannot be"),
        ("weight", "", "required"),
        ("age", "9", "made for 30 to 365 days"),
        ("age", "-1", "made for 30 to 365 days"),
        ("circuit", "", "required"),
        ("circuit", "regazzoni-adult", "not one of the available choices"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(field, typed, says):
    assert says in str(filled(**{field: typed}).errors[field])


def test_two_numbers_that_cannot_stand_together_are_refused_at_the_lower():
    form = filled(end_systolic_volume="30", end_diastolic_volume="26")

    assert "is not below the end-diastolic volume" in str(form.errors["end_systolic_volume"])


def test_every_circuit_offered_has_the_eight_freedoms_and_every_field_is_an_outcome():
    assert all(len(freedoms(load(name))) == 8 for name, _label in CIRCUITS if name)
    assert {name for name, *_rest in READ} <= OUTCOMES.keys()
