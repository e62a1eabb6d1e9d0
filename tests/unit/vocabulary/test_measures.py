"""Every measure can be recorded, explained and coded; a slip is caught, and a site's own words are not refused."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordula.vocabulary.measures import Measure, UnknownMeasure, measure, measures, timepoints
from cordula.vocabulary.quantity import Quantity, is_unit

ALL = list(measures().values())
UNIT_TIMEPOINTS = ["collected", "post_process", "pre_freeze", "post_thaw", "arrival", "at_infusion"]
EXPECTED = [
    "volume",
    "tnc",
    "tnc_concentration",
    "nucleated_viability",
    "cd34_viable_count",
    "cd34_percent",
    "cd34_viability",
    "cd45_viability",
    "mnc_percent",
    "cfu_gm",
    "cfu_total",
    "haematocrit",
    "endotoxin",
    "storage_temperature",
    "transport_temperature",
    "weight",
    "gestational_age",
    "rvef",
    "lvef",
    "rv_fac",
    "rv_longitudinal_strain",
    "rv_circumferential_strain",
    "tricuspid_regurgitation",
    "nt_probnp",
    "troponin_t",
    "troponin_i",
    "il6",
    "crp",
    "saturation",
]


def q(text: str, unit: str) -> Quantity:
    return Quantity.of(text, unit)


def test_every_measure_that_the_trials_use_is_there() -> None:
    assert set(EXPECTED) <= set(measures())


@pytest.mark.parametrize("known", ALL, ids=lambda m: m.key)
def test_every_measure_is_complete(known: Measure) -> None:
    assert known.label
    assert known.name
    assert known.of in ("unit", "infant")
    assert is_unit(known.unit)
    assert known.plausible.low < known.plausible.high
    assert known.plausible.source
    assert known.code.system in ("http://loinc.org", "urn:cordula:obs")
    assert known.code.code
    assert set(known.timepoints) <= set(timepoints(known.of))
    assert set(known.needs) <= {"cell_type", "method"}


@pytest.mark.parametrize("known", ALL, ids=lambda m: m.key)
def test_every_usual_range_is_sourced_and_inside_the_plausible_one(known: Measure) -> None:
    for at, usual in known.usual.items():
        assert at in known.timepoints
        assert known.plausible.low <= usual.low < usual.high <= known.plausible.high
        assert usual.source not in ("", known.plausible.source)


def test_the_timepoints_of_the_unit_are_in_the_order_of_its_life() -> None:
    assert list(timepoints("unit")) == UNIT_TIMEPOINTS


@pytest.mark.parametrize("key", ["nucleated_viability", "cd34_viability", "cd45_viability"])
def test_a_viability_without_cell_type_and_method_is_refused(key: str) -> None:
    viability = measure(key)
    result = q("94", "%")
    own = viability.cell_type
    ask = {"timepoint": "post_thaw"}
    assert len(viability.faults(result, **ask)) == 2
    assert "needs its cell type" in viability.faults(result, **ask, method="7-AAD")[0]
    assert "needs its method" in viability.faults(result, **ask, cell_type=own)[0]
    assert viability.faults(result, **ask, cell_type=own, method="7-AAD") == ()


def test_the_viability_of_one_cell_is_not_recorded_as_that_of_another() -> None:
    faults = measure("cd34_viability").faults(
        q("94", "%"), timepoint="post_thaw", cell_type="cd45", method="7-AAD"
    )
    assert faults == (
        "Viability of CD34 positive cells is measured on cd34 cells, not on cd45 cells",
    )


@pytest.mark.parametrize(
    ("key", "timepoint", "result", "fault"),
    [
        ("volume", "collected", q("9200", "mL"), "it lies between 0.01 mL and 400 mL"),
        ("volume", "collected", q("0.092", "L"), None),
        ("volume", "collected", q("92", "g"), "measured in mL, which g cannot become"),
        ("volume", "at_breakfast", q("92", "mL"), "not at “at_breakfast”"),
        ("volume", None, q("92", "mL"), "not at “no time”"),
        ("tnc", "post_process", q("9.68", "10*8"), None),
        ("tnc", "post_process", q("968", "[CFU]"), "cannot become"),
        ("mnc_percent", "post_process", q("100.1", "%"), "between 0 % and 100 %"),
        ("mnc_percent", "post_process", q("-1", "%"), "between 0 % and 100 %"),
        ("weight", None, q("3400", "g"), None),
        ("weight", None, q("3400", "kg"), "between 0.3 kg and 60 kg"),
        ("gestational_age", None, q("38", "wk"), None),
        ("storage_temperature", None, q("-300", "Cel"), "cannot be -300 Cel"),
    ],
)
def test_a_slip_is_named_and_a_convertible_unit_is_not_a_slip(
    key: str, timepoint: str | None, result: Quantity, fault: str | None
) -> None:
    faults = measure(key).faults(result, timepoint=timepoint)
    assert (len(faults) == 1 and fault in faults[0]) if fault else faults == ()


def test_an_unusual_value_is_asked_about_and_not_refused() -> None:
    viability = measure("cd34_viability")
    low = q("60", "%")
    assert viability.faults(low, timepoint="post_thaw", cell_type="cd34", method="7-AAD") == ()
    assert "usually 75 % to 100 %" in viability.doubts(low, timepoint="post_thaw")[0]
    assert viability.doubts(q("75", "%"), timepoint="post_thaw") == ()
    assert viability.doubts(low, timepoint="pre_freeze") == ()


def test_a_grade_is_a_word_and_a_whole_one() -> None:
    leak = measure("tricuspid_regurgitation")
    ask = {"timepoint": "baseline", "method": "echo"}
    assert leak.grade(q("3", "{grade}")) == "moderate"
    assert leak.faults(q("3", "{grade}"), **ask) == ()
    assert "whole grade" in leak.faults(q("2.5", "{grade}"), **ask)[0]
    assert "between" in leak.faults(q("5", "{grade}"), **ask)[0]


@pytest.mark.parametrize(
    ("wrong", "suggestion"),
    [("tcn", "tnc"), ("cd34_viabilty", "cd34_viability"), ("RVEF", None), ("zzzz", None)],
)
def test_an_unknown_measure_suggests_the_nearest(wrong: str, suggestion: str | None) -> None:
    with pytest.raises(UnknownMeasure) as refusal:
        measure(wrong)
    assert refusal.value.suggestion == suggestion
    assert ("did you mean" in str(refusal.value)) == bool(suggestion)


@given(st.decimals(min_value=0, max_value=400, places=5), st.sampled_from(ALL))
def test_a_value_is_recorded_as_finely_as_its_measure_says(value: Decimal, known: Measure) -> None:
    recorded = known.recorded(value)
    assert recorded.unit == known.unit
    assert -recorded.value.as_tuple().exponent == known.decimals  # type: ignore[operator]
    assert abs(recorded.value - value) * 2 <= Decimal(1).scaleb(-known.decimals)


def test_contradicted_codes_are_not_called_verified() -> None:
    for key in ("nt_probnp", "il6", "rvef", "lvef", "gestational_age", "tnc_concentration"):
        assert not measure(key).code.verified


def test_the_tables_cannot_be_changed_by_a_reader() -> None:
    with pytest.raises(TypeError):
        measures()["tnc"] = measure("volume")  # type: ignore[index]
    with pytest.raises(AttributeError):
        measure("tnc").label = "x"  # type: ignore[misc]
