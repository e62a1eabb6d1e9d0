from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from cordula.events.course import Weighed
from cordula.events.event import Event
from cordula.events.laboratory import Counted
from cordula.events.theatre import Thawed
from cordula.journey.verdict import Dose, Status
from cordula.protocols.criteria import Limit
from cordula.protocols.protocol import DoseRule
from tests.cast import LINA, NURSE, SURGEON, count, q
from tests.unit.journey.cast import (
    DOSE_RULE,
    PROTOCOL,
    THEATRE_DAY,
    before_release,
    before_thaw,
    judged,
    whole_life,
    without,
)

# The arithmetic of a dose written out: 6 kg at 0.1 mL/kg and 35 million per mL are 0.6 mL and 21 million.
BY_VOLUME = DOSE_RULE
# 250,000 cells for each kg: at 6 kg 1.5 million, which at 2.5 million per mL are 0.6 mL.
BY_CELLS = replace(
    DOSE_RULE,
    volume_per_kg=None,
    cells_per_kg=q("0.25", "10*6/kg"),
    range_per_kg=None,
    injections_at_least=6,
    injections_at_most=10,
)


def weighed(value: str = "6", unit: str = "kg", **fields: Any) -> Weighed:
    at = fields.pop("at", THEATRE_DAY - timedelta(minutes=50))
    return Weighed(infant=LINA, weight=q(value, unit), by=NURSE, at=at, **fields)


def counted(value: str, unit: str = "10*6/mL", timepoint: str = "pre_freeze") -> Counted:
    return count("tnc_concentration", value, unit, timepoint)


def dose(rule: DoseRule, *events: Event) -> Dose:
    earlier = without(Weighed, without(Counted, before_release()))
    verdict = judged([*earlier, *events], protocol=replace(PROTOCOL, dose=rule))
    assert verdict.dose is not None
    return verdict.dose


def working(found: Dose) -> list[tuple[str, str]]:
    return [(line.label, str(line.result)) for line in found.lines]


def test_a_volume_for_each_kg_gives_the_cells() -> None:
    found = dose(BY_VOLUME, weighed(where="ward 4"), counted("35"))
    assert working(found) == [
        ("Weight", "6 kg"),
        ("Volume", "0.6 mL"),
        ("Nucleated cells", "21.0 10*6"),
        ("For each kg", "3.5 10*6/kg"),
    ]
    assert found.status is Status.MET
    assert found.volume == q("0.6", "mL")
    assert found.per_kg == q("3.5", "10*6/kg")


def test_each_line_says_what_it_was_worked_out_from() -> None:
    found = dose(BY_VOLUME, weighed(where="ward 4"), counted("35"))
    assert [line.working.replace("\xa0", " ") for line in found.lines] == [
        "23-Nov-2026 01:37, ward 4, 50min ago",
        "0.1 mL for each kg",
        "35 million per mL, before freezing",
        "21 million ÷ 6 kg",
    ]


def test_cells_for_each_kg_give_the_volume() -> None:
    found = dose(BY_CELLS, weighed(), counted("2.5"))
    assert working(found) == [
        ("Weight", "6 kg"),
        ("Nucleated cells", "1.50 10*6"),
        ("Volume", "0.6 mL"),
        ("For each kg", "0.25 10*6/kg"),
    ]
    assert found.status is Status.MET


def test_live_cells_are_called_so() -> None:
    rule = replace(BY_VOLUME, concentration="viable_concentration", concentration_at="post_thaw")
    found = dose(rule, weighed(), count("viable_concentration", "35", "10*6/mL", "post_thaw"))
    assert found.lines[2].label == "Live cells"


@pytest.mark.parametrize(
    ("each", "limit", "status"),
    [
        ("30", Limit(at_least=q("3", "10*6/kg")), Status.MET),
        ("29.99", Limit(at_least=q("3", "10*6/kg")), Status.NOT_MET),
        ("30", Limit(more_than=q("3", "10*6/kg")), Status.NOT_MET),
        ("42", Limit(at_most=q("4.2", "10*6/kg")), Status.MET),
        ("42.01", Limit(at_most=q("4.2", "10*6/kg")), Status.NOT_MET),
        ("42", Limit(less_than=q("4.2", "10*6/kg")), Status.NOT_MET),
        ("30", Limit(at_least=q("30", "10*5/kg")), Status.MET),
        ("30", Limit(at_least=q("3", "mL")), Status.UNKNOWN),
        ("30", Limit(), Status.UNKNOWN),
        ("30", None, Status.UNKNOWN),
        ("0", Limit(at_most=q("4.2", "10*6/kg")), Status.UNKNOWN),
    ],
)
def test_the_range_is_compared_exactly(each: str, limit: Limit | None, status: Status) -> None:
    rule = replace(BY_VOLUME, range_per_kg=limit)
    assert dose(rule, weighed(), counted(each)).status is status


@pytest.mark.parametrize("weight", ["6.8", "3.333", "7", "2.917", "11.3"])
def test_no_weight_makes_a_dose_at_the_limit_fall_outside(weight: str) -> None:
    """Cells for each kg must not lose a digit on the way through the weight and back."""
    assert dose(BY_VOLUME, weighed(weight), counted("30")).status is Status.MET
    assert dose(BY_VOLUME, weighed(weight), counted("42")).status is Status.MET


@pytest.mark.parametrize(
    ("weight", "status"), [("6", Status.MET), ("6.001", Status.NOT_MET), ("5.9", Status.MET)]
)
def test_the_volume_has_a_limit_of_its_own(weight: str, status: Status) -> None:
    rule = replace(BY_VOLUME, volume=Limit(at_most=q("600", "uL")))
    assert dose(rule, weighed(weight), counted("35")).status is status


def test_a_weight_in_grams_and_a_count_per_microlitre_are_converted() -> None:
    found = dose(BY_VOLUME, weighed("6000", "g"), counted("35", "10*3/uL"))
    assert found.per_kg is not None
    assert found.per_kg.same_amount(q("3.5", "10*6/kg"))
    assert found.lines[0].result.unit == "kg"


@pytest.mark.parametrize(
    ("events", "missing", "lines"),
    [
        ([counted("35")], "No weight is recorded.", []),
        ([weighed()], "All cells in each mL, before freezing: not recorded.", 2),
        ([weighed(), counted("35", timepoint="post_thaw")], "not recorded", 2),
        ([weighed("6", "mL"), counted("35")], "cannot be converted", 0),
        ([weighed(), counted("35", "%")], "cannot be converted", 0),
        ([weighed("0"), counted("35")], "Weigh again", 1),
        ([weighed("-6"), counted("35")], "Weigh again", 1),
        (
            [weighed(at=THEATRE_DAY + timedelta(minutes=1)), counted("35")],
            "Weigh again",
            4,
        ),
    ],
    ids=["weight", "count", "timepoint", "unit", "count unit", "zero", "negative", "future"],
)
def test_what_is_missing_is_said_and_the_dose_is_not_known(
    events: list[Event], missing: str, lines: Any
) -> None:
    found = dose(BY_VOLUME, *events)
    assert found.status is Status.UNKNOWN
    assert missing in found.because
    assert len(found.lines) == (lines or 0)


def test_a_dose_by_cells_without_cells_in_the_vial_has_no_volume() -> None:
    assert dose(BY_CELLS, weighed(), counted("0")).status is Status.UNKNOWN


def test_an_open_dose_is_never_worked_out() -> None:
    found = dose(replace(BY_VOLUME, open=True), weighed(), counted("35"))
    assert found.status is Status.UNKNOWN
    assert found.volume is None
    assert "leaves the dose open" in found.because
    assert found.cites.open
    named = replace(BY_VOLUME, open=True, weight_not_older_than=None, open_numbers=("weight_age",))
    found = dose(named, weighed(), counted("35"))
    assert found.status is Status.UNKNOWN
    assert found.because == "The protocol leaves open: weight age. The site must fill it in."
    ageless = replace(BY_VOLUME, weight_not_older_than=None)
    assert dose(ageless, weighed(), counted("35")).status is Status.UNKNOWN
    neither = replace(BY_VOLUME, volume_per_kg=None)
    assert dose(neither, weighed(), counted("35")).status is Status.UNKNOWN


def test_the_newest_count_at_the_named_time_is_used() -> None:
    found = dose(BY_VOLUME, weighed(), counted("35"), counted("40"), counted("9", "10*6/mL", "x"))
    assert found.per_kg == q("4.0", "10*6/kg")


@pytest.mark.parametrize(
    ("ago", "status"),
    [
        (timedelta(hours=24), Status.MET),
        (timedelta(hours=24, microseconds=1), Status.NOT_MET),
    ],
)
def test_a_weight_that_is_too_old_makes_the_dose_not_met(ago: timedelta, status: Status) -> None:
    found = dose(BY_VOLUME, weighed(at=THEATRE_DAY - ago), counted("35"))
    assert found.status is status


def test_the_injections_share_the_volume() -> None:
    found = dose(BY_CELLS, weighed(), counted("2.5"))
    assert found.injections.replace("\xa0", " ") == "In 6 to 10 injections, 0.06 mL to 0.1 mL each."
    once = replace(BY_CELLS, injections_at_least=1, injections_at_most=None)
    assert dose(once, weighed(), counted("2.5")).injections == "In one injection."


def test_a_dose_is_planned_until_the_unit_is_released_and_thawed() -> None:
    thawed = next(e for e in whole_life() if isinstance(e, Thawed))
    unreleased = [*before_release(), thawed]
    for events, planned in (
        (before_release(), True),
        (before_thaw(), True),
        (unreleased, True),
        ([*before_thaw(), thawed], False),
        (whole_life(), False),
    ):
        found = judged(events, thawed.at).dose
        assert found is not None
        assert found.planned is planned


def test_a_weighing_after_the_cells_were_given_changes_no_dose() -> None:
    later = weighed("9", at=THEATRE_DAY + timedelta(days=60))
    found = judged([*whole_life(), later], THEATRE_DAY + timedelta(days=61)).dose
    assert found is not None
    assert found.volume == q("0.68", "mL")


def test_the_gate_of_the_dose_says_what_the_working_says() -> None:
    events = [e for e in before_thaw() if not isinstance(e, Weighed)]
    verdict = judged([*events, weighed("6.8"), counted("60")])
    assert verdict.dose is not None
    assert verdict.dose.status is Status.NOT_MET
    gate = verdict.gate("dose")
    assert gate.status is Status.NOT_MET
    assert gate.found.replace("\xa0", " ") == (
        "6 million per kg is outside the protocol range of 3 to 4.2 million per kg."
    )
    assert not verdict.may("thaw")
    assert SURGEON not in gate.by


def test_a_protocol_without_a_dose_rule_has_no_dose_and_its_gate_is_not_known() -> None:
    verdict = judged(before_thaw(), protocol=replace(PROTOCOL, dose=None))
    assert verdict.dose is None
    assert verdict.gate("dose").status is Status.UNKNOWN


def test_the_range_of_the_gauge_is_that_of_the_rule_whatever_its_bounds() -> None:
    low, high = q("3", "10*6/kg"), q("4.2", "10*6/kg")
    for limit in (Limit(at_least=low, at_most=high), Limit(more_than=low, less_than=high)):
        found = dose(replace(BY_VOLUME, range_per_kg=limit), weighed(), counted("35"))
        assert (found.lowest, found.highest) == (low, high)
    nothing = dose(BY_CELLS, weighed(), counted("2.5"))
    assert (nothing.lowest, nothing.highest) == (None, None)
    unbounded = dose(replace(BY_CELLS, range_per_kg=Limit()), weighed(), counted("2.5"))
    assert unbounded.status is nothing.status is Status.MET
    assert unbounded.because == "0.25\xa0million\xa0per\xa0kg, as the protocol sets it."


def test_the_weight_at_the_last_injection_is_the_weight_of_the_dose() -> None:
    given = next(e for e in whole_life() if type(e).__name__ == "Administered")
    found = judged([*whole_life(), weighed("7", at=given.at)], given.at).dose
    assert found is not None
    assert found.volume == q("0.7", "mL")
