"""How far does a reading lie from the truth, and which numbers cannot be?"""

import numpy as np
import pytest

from cordula.heart.measured import Reading, impossible, reading, readings
from cordula.heart.outcomes import OUTCOMES
from cordula.stats.refusals import CannotBe
from cordula.stats.streams import stream

ECHO = Reading("end_diastolic_volume", "echo", 0.1, 0.5, 300, "assumed", bias=-0.2, relative=True)


def test_a_relative_reading_spreads_with_the_truth():
    assert ECHO.spread(np.array([10.0, 20.0])).tolist() == [1.0, 2.0]


def test_a_bias_moves_every_reading():
    truth = np.full(20_000, 25.0)

    read = ECHO.read(truth, stream(1, "reading"))

    assert read.mean() == pytest.approx(20.0, abs=0.06)
    assert read.std() == pytest.approx(2.5, abs=0.05)


def test_an_unknown_truth_stays_unknown():
    assert np.isnan(ECHO.read(np.array([np.nan]), stream(1, "reading"))).all()


def test_every_reading_is_of_an_outcome_and_says_that_it_is_assumed_and_why():
    for name, one in readings().items():
        assert name in OUTCOMES
        assert one.source == "assumed"
        assert one.because
        assert one.least < one.most


def test_an_outcome_whose_reading_nobody_described_is_refused():
    with pytest.raises(CannotBe, match="no reading is described"):
        reading("oxygen_delivery")


def test_a_reading_without_spread_is_refused():
    with pytest.raises(CannotBe, match="a spread above 0"):
        Reading("flow_ratio", "echo", 0.0, 0, 1, "assumed")


def test_possible_numbers_are_let_through():
    assert (
        impossible({"ejection_fraction": 0.45, "diastolic_pressure": 36, "systolic_pressure": 80})
        == {}
    )


@pytest.mark.parametrize(
    ("given", "at", "says"),
    [
        ({"ejection_fraction": 1.4}, "ejection_fraction", "140 % cannot be"),
        (
            {"venous_saturation": 0.8, "arterial_saturation": 0.7},
            "venous_saturation",
            "80 % is not below",
        ),
        (
            {"diastolic_pressure": 90, "systolic_pressure": 80},
            "diastolic_pressure",
            "90 mmHg is not below",
        ),
        (
            {"end_systolic_volume": 30, "end_diastolic_volume": 25},
            "end_systolic_volume",
            "read again",
        ),
        ({"mean_arterial_pressure": 700}, "mean_arterial_pressure", "between 10 mmHg and 170 mmHg"),
    ],
)
def test_a_number_that_cannot_be_is_told_at_its_place(given, at, says):
    assert says in impossible(given)[at]
