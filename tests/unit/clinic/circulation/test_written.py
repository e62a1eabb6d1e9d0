"""With which digits is a change of the model written?"""

import pytest

from cordula_web.clinic.circulation.written import changed, number


@pytest.mark.parametrize(
    ("outcome", "value", "written"),
    [
        ("arterial_saturation", -0.000002, "0"),
        ("arterial_saturation", 0.0006, "+0.1"),
        ("ejection_fraction", 0.049, "+4.9"),
        ("arterial_saturation", -0.12, "−12"),
        ("flow_ratio", -0.0004, "0"),
        ("flow_ratio", -1.234, "−1.23"),
        ("end_diastolic_volume", -0.061, "−0.06"),
        ("mean_arterial_pressure", 6.24, "+6.2"),
        ("mean_arterial_pressure", float("nan"), "not known"),
    ],
)
def test_a_change_is_no_finer_than_anybody_reads(outcome, value, written):
    assert changed(outcome, value) == written


def test_before_after_and_change_of_a_flow_add_up():
    before, after = 0.951, 1.068

    assert number("systemic_flow", before) == "0.95"
    assert number("systemic_flow", after) == "1.07"
    assert changed("systemic_flow", after - before) == "+0.12"
