"""Numbers keep the digits that mean something; a small drawing never makes one side look longer."""

import pytest

from cordula_web.clinic.evidence import numbers
from cordula_web.clinic.evidence.band import band
from cordula_web.clinic.evidence.overview import holds_no_effect
from cordula_web.clinic.evidence.study_words import arm_words

POINTS = {
    "unit": "percentage points",
    "effect": "mean_difference",
    "scale": "identity",
    "compares": True,
}
RATIO = {"unit": "ratio", "effect": "hazard_ratio", "scale": "log", "compares": True}
SHARE = {"unit": "proportion", "effect": "proportion", "scale": "logit", "compares": False}


def found(low, estimate, high):
    return {"low": low, "estimate": estimate, "high": high}


def test_an_estimate_has_its_unit_a_true_minus_and_its_interval():
    told = numbers.estimate(POINTS, found(-1.636, 5.6, 12.8368))
    assert told == "5.6 percentage points (95% from −1.6 to 12.8)"
    assert (
        numbers.estimate(RATIO, found(0.21, 0.6, 1.77))
        == "0.60 hazard ratio (95% from 0.21 to 1.77)"
    )
    assert numbers.estimate(SHARE, found(0.05, 0.3, None)) == "30% (95% from 5% to no limit)"


@pytest.mark.parametrize(
    ("low", "high", "within"), [(0.7, 10.5, False), (-0.9, 11.7, True), (None, 2.0, True)]
)
def test_whether_no_difference_lies_within_is_said_of_comparisons_alone(low, high, within):
    assert holds_no_effect(POINTS, found(low, 1.0, high)) is within
    assert not holds_no_effect(SHARE, found(0.0, 0.1, 0.2))


def test_no_difference_lies_in_the_middle_and_a_half_is_as_far_as_a_double():
    drawn = band(RATIO, found(0.5, 1.0, 2.0))
    assert drawn is not None
    assert drawn.nothing == drawn.estimate == "100.0"
    assert float(drawn.high) - 100 == pytest.approx(100 - float(drawn.low))


def test_a_share_is_drawn_on_the_whole_line_and_an_open_end_is_not_drawn():
    drawn = band(SHARE, found(0.0, 0.5, 1.0))
    assert drawn is not None
    assert (drawn.low, drawn.estimate, drawn.high, drawn.nothing) == ("8.0", "100.0", "192.0", None)
    assert band(POINTS, found(None, 1.0, 2.0)) is None


def test_the_kind_of_a_spread_is_always_said():
    arm = {"arm": "cells", "n": 9, "mean": -1.5, "spread": 2.0, "spread_is": "se"}
    study = {"arms": {"cells": {"words": "Cells"}}}
    assert arm_words(study, arm) == "Cells: −1.5 ± 2.0 (standard error), n 9"
    assert arm_words(None, {"arm": "cells", "events": 0, "n": 12}) == "cells: 0 of 12"
    ranged = {"arm": "cells", "n": 8, "median": 70, "low": 40, "high": 110, "spread_is": "range"}
    assert arm_words(study, ranged) == "Cells: median 70 (lowest and highest 40 to 110), n 8"
    ci = {"arm": "cells", "n": None, "mean": 81.6, "low": 76.5, "high": 87.0, "level": 0.95}
    assert arm_words(study, ci) == "Cells: 81.6 (95% from 76.5 to 87.0)"
    assert arm_words(study, {"arm": "cells", "mean": 3.0}).endswith("its spread not told")
