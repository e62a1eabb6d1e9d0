from dataclasses import replace
from datetime import timedelta

import pytest

from cordula.events.collection import Collected, Received
from cordula.events.course import Examined, Weighed
from cordula.events.event import Event
from cordula.events.laboratory import Counted, TestStarted
from cordula.events.quality import Voided
from cordula.events.sealed import Sealed
from cordula.journey.verdict import Status
from cordula.protocols.criteria import Limit, Measured
from tests.cast import LINA, QUALITY, SURGEON, TECHNOLOGIST, UNIT, after_birth, count, q
from tests.unit.journey.cast import THEATRE_DAY, VIABILITY, VOLUME, criterion, found, whole_life

ENDOTOXIN = criterion(
    Measured, "endotoxin", measure="endotoxin", limit=Limit(less_than=q("16", "{EU}/mL"))
)


def viability(value: str, unit: str = "%", **fields: object) -> Counted:
    return count("nucleated_viability", value, unit, "pre_freeze", cell_type="nucleated", **fields)


@pytest.mark.parametrize(
    ("limit", "value", "status"),
    [
        (Limit(at_least=q("70", "%")), "69.9", Status.NOT_MET),
        (Limit(at_least=q("70", "%")), "70", Status.MET),
        (Limit(more_than=q("70", "%")), "70", Status.NOT_MET),
        (Limit(more_than=q("70", "%")), "70.1", Status.MET),
        (Limit(at_most=q("70", "%")), "70", Status.MET),
        (Limit(at_most=q("70", "%")), "70.1", Status.NOT_MET),
        (Limit(less_than=q("70", "%")), "70", Status.NOT_MET),
        (Limit(less_than=q("70", "%")), "69.9", Status.MET),
        (Limit(at_least=q("70", "%"), at_most=q("80", "%")), "80.0", Status.MET),
        (Limit(at_least=q("70", "%"), at_most=q("80", "%")), "80.01", Status.NOT_MET),
        (Limit(), "75", Status.UNKNOWN),
    ],
)
def test_a_value_exactly_at_a_limit_follows_the_kind_of_the_bound(
    limit: Limit, value: str, status: Status
) -> None:
    assert found(replace(VIABILITY, limit=limit), [viability(value)]).status is status


def test_the_sentence_compares_the_fact_with_its_limit() -> None:
    says = found(VIABILITY, [viability("94")]).says
    assert says == "Live cells: 94%, before freezing (limit more than 70%)."


def test_a_result_in_another_unit_is_converted() -> None:
    rule = replace(VOLUME, timepoint="post_process")
    assert found(rule, [count("volume", "0.065", "L", "post_process")]).status is Status.MET
    assert found(rule, [count("volume", "0.0649", "L", "post_process")]).status is Status.NOT_MET


def test_a_result_whose_unit_measures_something_else_is_not_known() -> None:
    answer = found(VIABILITY, [viability("94", "mL")])
    assert answer.status is Status.UNKNOWN
    assert "cannot be converted" in answer.says


@pytest.mark.parametrize("timepoint", ["collected", "post_thaw"])
def test_a_result_at_another_point_of_life_is_not_this_result(timepoint: str) -> None:
    other = count("nucleated_viability", "94", "%", timepoint, cell_type="nucleated")
    assert found(VIABILITY, [other]).status is Status.UNKNOWN


def test_a_result_of_other_cells_is_not_this_result() -> None:
    other = count("nucleated_viability", "94", "%", "pre_freeze", cell_type="cd34")
    assert found(VIABILITY, [other]).status is Status.UNKNOWN


def test_the_newest_result_decides() -> None:
    assert found(VIABILITY, [viability("60"), viability("94")]).status is Status.MET
    assert found(VIABILITY, [viability("94"), viability("60")]).status is Status.NOT_MET


def test_a_voided_result_no_longer_counts() -> None:
    void = Voided(unit=UNIT, version=2, reason=Sealed("0" * 64), by=QUALITY, at=THEATRE_DAY)
    assert found(VIABILITY, [viability("60"), viability("94"), void]).status is Status.NOT_MET


def test_a_result_from_the_future_is_not_known() -> None:
    late = viability("94", at=THEATRE_DAY + timedelta(seconds=1))
    assert found(VIABILITY, [late]).status is Status.UNKNOWN


@pytest.mark.parametrize(
    ("age", "status"),
    [(timedelta(days=30), Status.MET), (timedelta(days=30, microseconds=1), Status.NOT_MET)],
)
def test_a_result_may_grow_too_old(age: timedelta, status: Status) -> None:
    rule = replace(VIABILITY, not_older_than=q("30", "d"))
    answer = found(rule, [viability("94", at=THEATRE_DAY - age)])
    assert answer.status is status


def test_a_measure_that_is_being_tested_waits_for_its_result() -> None:
    started = TestStarted(
        unit=UNIT,
        test="endotoxin",
        due=THEATRE_DAY + timedelta(days=1),
        by=TECHNOLOGIST,
        at=THEATRE_DAY - timedelta(days=1),
    )
    answer = found(ENDOTOXIN, [started])
    assert answer.status is Status.WAITING_RESULT
    assert answer.due == started.due


def test_the_volume_is_told_by_the_collection() -> None:
    short = [
        replace(e, volume=q("64.9", "mL")) if isinstance(e, Collected) else e for e in whole_life()
    ]
    assert found(VOLUME, short).status is Status.NOT_MET


@pytest.mark.parametrize(
    ("lowest", "highest", "status"),
    [
        ("16", "22", Status.MET),
        ("14.9", "22", Status.NOT_MET),
        ("16", "25.1", Status.NOT_MET),
        (None, "22", Status.UNKNOWN),
        ("16", None, Status.UNKNOWN),
    ],
)
def test_both_extremes_of_the_way_must_be_inside(
    lowest: str | None, highest: str | None, status: Status
) -> None:
    limit = Limit(at_least=q("15", "Cel"), at_most=q("25", "Cel"))
    rule = criterion(Measured, "way", measure="transport_temperature", limit=limit)
    arrived = Received(
        unit=UNIT,
        where="laboratory",
        condition="good",
        temperature_lowest=q(lowest, "Cel") if lowest else None,
        temperature_highest=q(highest, "Cel") if highest else None,
        by=TECHNOLOGIST,
        at=after_birth(hours=18),
    )
    assert found(rule, [arrived]).status is status


def examined(value: str, timepoint: str, day: float) -> Examined:
    return Examined(
        infant=LINA,
        measure="rvef",
        result=q(value, "%"),
        method="echo",
        timepoint=timepoint,
        by=SURGEON,
        at=after_birth(days=day),
    )


@pytest.mark.parametrize(
    ("events", "status"),
    [
        ([examined("36", "baseline", 100)], Status.MET),
        ([examined("34", "baseline", 100)], Status.NOT_MET),
        ([examined("36", "before_operation", 100)], Status.UNKNOWN),
        ([examined("34", "baseline", 100), examined("36", "baseline", 99)], Status.NOT_MET),
    ],
)
def test_a_measure_of_the_child_is_read_from_her_own_history(
    events: list[Event], status: Status
) -> None:
    rule = criterion(
        Measured,
        "rvef",
        measure="rvef",
        timepoint="baseline",
        of="infant",
        limit=Limit(at_least=q("35", "%")),
    )
    assert found(rule, events).status is status


def test_a_weight_limit_reads_the_newest_weighing() -> None:
    rule = criterion(
        Measured, "heavy", measure="weight", of="infant", limit=Limit(at_least=q("2", "kg"))
    )
    light = Weighed(infant=LINA, weight=q("1999", "g"), by=SURGEON, at=THEATRE_DAY)
    assert found(rule, [light]).status is Status.NOT_MET
    assert found(rule, [replace(light, weight=q("2000", "g"))]).status is Status.MET


def test_a_measure_of_nobody_is_not_known() -> None:
    assert found(replace(VIABILITY, of="father"), whole_life()).status is Status.UNKNOWN
