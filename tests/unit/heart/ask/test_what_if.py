"""What if?"""

import pytest

from cordula import heart
from cordula.heart.ask.what_if import WhatIf
from cordula.heart.regulation import Held
from cordula.stats.refusals import CannotBe

BABY = heart.load("norwood-bts").scaled()


def asked(**how) -> WhatIf:
    found = heart.what_if(BABY, **how)
    assert isinstance(found, WhatIf)
    return found


def test_a_stronger_ventricle_as_in_the_table_of_the_norwood_child():
    found = asked(contractility=1.38)

    assert found.change("ejection_fraction") == pytest.approx(0.05, abs=0.001)
    assert found.change("cardiac_output") == pytest.approx(0.18, abs=0.005)
    assert found.change("mean_arterial_pressure") == pytest.approx(6.8, abs=0.1)
    assert found.change("venous_saturation") == pytest.approx(0.049, abs=0.001)


def test_a_leak_is_added_to_a_sound_valve():
    assert asked(inlet_leak=0.26).change("cardiac_output") == pytest.approx(-0.12, abs=0.005)


def test_a_wider_shunt_sends_more_to_the_lungs_and_less_to_the_body():
    found = asked(shunt_diameter=4.0)

    assert found.change("flow_ratio") > 0.3
    assert found.change("systemic_flow") < 0


def test_a_number_of_one_part_is_set_by_its_name():
    assert asked(RV__Ees=12.3311).change("ejection_fraction") == pytest.approx(0.0, abs=1e-9)


def test_several_changes_are_made_together():
    both = asked(contractility=1.2, systemic_resistance=0.9)

    assert both.change("ejection_fraction") > asked(contractility=1.2).change("ejection_fraction")


def test_a_body_that_holds_its_pressure_needs_less_resistance_for_a_stronger_ventricle():
    held = Held(
        "mean_arterial_pressure", BABY.steady()["mean_arterial_pressure"], "systemic_resistance"
    )

    found = asked(contractility=1.38, holding=(held,))

    assert found.change("mean_arterial_pressure") == pytest.approx(0.0, abs=0.03)
    assert found.holding["systemic_resistance"] < 1
    assert asked(contractility=1.38).holding == {}


@pytest.mark.parametrize(
    ("how", "says"),
    [
        ({}, "nothing was changed"),
        ({"contractilty": 1.2}, "did you mean “contractility”"),
        ({"contractility": 0.0}, "a factor above 0"),
        ({"stiffness": -1.0}, "a factor above 0"),
    ],
)
def test_what_cannot_be_changed_so_is_refused(how, says):
    with pytest.raises(CannotBe, match=says):
        heart.what_if(BABY, **how)
