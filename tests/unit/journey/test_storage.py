from dataclasses import replace
from datetime import timedelta

import pytest

from cordula.events.event import Event
from cordula.events.quality import Deviated, DeviationClosed
from cordula.events.release import Discarded, Returned
from cordula.events.sealed import Sealed
from cordula.events.storage import ExcursionReviewed, Stored, TemperatureExcursed
from cordula.journey.verdict import Status
from tests.cast import QUALITY, TANK, TECHNOLOGIST, UNIT, VIAL_A, VIAL_B, after_birth, q
from tests.unit.journey.cast import (
    COLD,
    DEVIATIONS,
    VIALS,
    before_release,
    found,
    judged,
    whole_life,
    without,
)

DAY = after_birth(days=60)
SEALED = Sealed("0" * 64)


def excursed(number: str = "7") -> TemperatureExcursed:
    return TemperatureExcursed(
        units=(UNIT,),
        place=TANK,
        number=number,
        started_at=DAY - timedelta(minutes=11),
        extreme=q("-142", "Cel"),
        limit=q("-150", "Cel"),
        by=TECHNOLOGIST,
        at=DAY,
    )


def reviewed(decision: str, number: str = "7") -> ExcursionReviewed:
    return ExcursionReviewed(units=(UNIT,), number=number, decision=decision, by=QUALITY, at=DAY)


@pytest.mark.parametrize(
    ("events", "status"),
    [
        ([], Status.MET),
        ([excursed()], Status.NOT_MET),
        ([excursed(), reviewed("no_effect")], Status.MET_WITH_NOTE),
        ([excursed(), reviewed("test_again")], Status.NOT_MET),
        ([excursed(), reviewed("discard")], Status.NOT_MET),
        ([excursed(), reviewed("test_again"), reviewed("no_effect")], Status.MET_WITH_NOTE),
        ([excursed(), reviewed("no_effect"), reviewed("discard")], Status.NOT_MET),
        ([excursed(), reviewed("no_effect"), excursed("8")], Status.NOT_MET),
        ([excursed(), reviewed("no_effect", "8")], Status.NOT_MET),
    ],
)
def test_every_excursion_must_have_been_found_without_effect(
    events: list[Event], status: Status
) -> None:
    assert found(COLD, [*before_release(), *events]).status is status


def test_an_excursion_is_told_with_its_length_its_extreme_and_its_review() -> None:
    says = found(COLD, [*before_release(), excursed(), reviewed("no_effect")]).says
    assert says.replace("\xa0", " ") == "Excursion 7, 11min at −142 °C. Reviewed: no effect."


def test_a_reviewed_excursion_opens_its_gate_with_a_note() -> None:
    gate = judged([*before_release(), excursed(), reviewed("no_effect")]).gate("storage")
    assert gate.status is Status.MET_WITH_NOTE
    assert "quality" in gate.by


def test_what_was_never_stored_was_not_stored_well() -> None:
    assert found(COLD, without(Stored, whole_life())).status is Status.UNKNOWN


def test_an_excursion_after_the_release_closes_the_thaw_again() -> None:
    from tests.unit.journey.cast import before_thaw

    assert judged(before_thaw()).may("thaw")
    verdict = judged([*before_thaw(), excursed()])
    assert not verdict.may("thaw")
    assert verdict.step("thaw").because == "Opens when gate 7 is met."


def deviated(number: str = "142") -> Deviated:
    return Deviated(units=(UNIT,), number=number, what=SEALED, harm=False, by=TECHNOLOGIST, at=DAY)


def closed(usable: bool = True, number: str = "142") -> DeviationClosed:
    return DeviationClosed(
        units=(UNIT,),
        number=number,
        severity="minor",
        usable=usable,
        conclusion=SEALED,
        by=QUALITY,
        at=DAY,
    )


@pytest.mark.parametrize(
    ("events", "status"),
    [
        ([], Status.MET),
        ([deviated()], Status.NOT_MET),
        ([deviated(), closed()], Status.MET_WITH_NOTE),
        ([deviated(), closed(usable=False)], Status.NOT_MET),
        ([deviated(), closed(number="143")], Status.NOT_MET),
        ([deviated(), closed(), deviated("143")], Status.NOT_MET),
        ([deviated(), closed(), deviated()], Status.NOT_MET),
    ],
)
def test_every_deviation_must_be_closed_and_the_unit_usable(
    events: list[Event], status: Status
) -> None:
    assert found(DEVIATIONS, [*before_release(), *events]).status is status


def test_a_deviation_is_told_by_its_number() -> None:
    says = found(DEVIATIONS, [*before_release(), deviated(), closed()]).says
    assert says == "Deviation 142 closed: minor, can be used."


def discarded(*vials: object) -> Discarded:
    return Discarded(
        unit=UNIT,
        products=vials,  # type: ignore[arg-type]
        reason="damaged",
        witness=QUALITY,
        by=TECHNOLOGIST,
        at=DAY,
    )


@pytest.mark.parametrize(
    ("needed", "events", "status"),
    [
        (1, [], Status.MET),
        (2, [], Status.MET),
        (3, [], Status.NOT_MET),
        (2, [discarded(VIAL_A)], Status.NOT_MET),
        (1, [discarded(VIAL_A)], Status.MET),
        (1, [discarded(VIAL_A, VIAL_B)], Status.NOT_MET),
    ],
)
def test_vials_are_counted_while_they_are_kept(
    needed: int, events: list[Event], status: Status
) -> None:
    rule = replace(VIALS, at_least=needed)
    assert found(rule, [*before_release(), *events]).status is status


def test_a_vial_that_came_back_is_not_kept() -> None:
    back = Returned(unit=UNIT, products=(VIAL_A,), reason="left_over", by=TECHNOLOGIST, at=DAY)
    rule = replace(VIALS, at_least=2)
    assert found(rule, [*before_release(), back]).status is Status.NOT_MET


def test_a_vial_that_was_made_but_never_stored_is_not_kept() -> None:
    events = [e for e in before_release() if not (isinstance(e, Stored) and e.product == VIAL_B)]
    assert found(replace(VIALS, at_least=2), events).status is Status.NOT_MET
    assert found(VIALS, without(Stored, before_release())).status is Status.UNKNOWN


def test_a_vial_on_its_way_or_given_was_kept() -> None:
    assert found(replace(VIALS, at_least=2), whole_life()).status is Status.MET


def test_a_kind_of_product_that_nobody_knows_is_not_known() -> None:
    assert found(replace(VIALS, product_kind="bucket"), whole_life()).status is Status.UNKNOWN
