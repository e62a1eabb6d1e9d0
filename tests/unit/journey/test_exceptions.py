from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from cordula.events.before_birth import ConsentWithdrawn
from cordula.events.event import Event
from cordula.events.laboratory import Tested
from cordula.events.release import ExceptionallyReleased, Released, ReleaseRevoked
from cordula.events.sealed import Sealed
from cordula.journey.verdict import Status, StepState
from tests import cast
from tests.cast import DIRECTOR, LINA, MIDWIFE, QUALITY, SURGEON, UNIT, signature
from tests.unit.journey.cast import (
    DIGEST,
    ID,
    RELEASED,
    THEATRE_DAY,
    before_thaw,
    judged,
    without,
)

SEALED = Sealed("0" * 64)


def exceptional(*criteria: str, **fields: Any) -> ExceptionallyReleased:
    event = ExceptionallyReleased(
        unit=UNIT,
        infant=LINA,
        protocol=ID,
        digest=DIGEST,
        verdict="3" * 64,
        criteria=criteria,
        reason=SEALED,
        investigation=SEALED,
        acknowledged_by=SURGEON,
        signature=signature("medical_director"),
        by=DIRECTOR,
        at=RELEASED,
    )
    return replace(event, **fields)


def released(*criteria: str, **fields: Any) -> list[Event]:
    """Released by exception, with the sterility culture never read."""
    exception = exceptional(*criteria, **fields)
    events = [exception if isinstance(e, Released) else e for e in before_thaw()]
    return without(Tested, events)


@pytest.mark.parametrize("name", ["sterile", "sterility"])
def test_a_criterion_or_a_gate_that_the_release_took_on_is_met_by_exception(name: str) -> None:
    verdict = judged(released(name))
    gate = verdict.gate("sterility")
    assert gate.status is Status.EXCEPTION
    assert gate.by == (DIRECTOR, SURGEON)
    assert "Taken on by exception, 01-Nov-2026\xa002:27" in gate.found
    assert gate.due is None
    assert verdict.step("release").status is Status.EXCEPTION
    assert verdict.step("release").state is StepState.DONE
    assert verdict.may("thaw")


def test_what_the_release_did_not_name_stays_open() -> None:
    verdict = judged(released("viability"))
    assert verdict.gate("sterility").status is Status.WAITING_RESULT
    assert not verdict.may("thaw")


def test_what_is_met_anyway_is_simply_met() -> None:
    assert judged(released("sterile", "viability")).gate("count").status is Status.MET


def test_an_exception_does_not_cover_what_came_to_light_after_it() -> None:
    grown = Tested(
        unit=UNIT,
        test="sterility_aerobic",
        result="growth",
        by=QUALITY,
        at=RELEASED + timedelta(days=1),
    )
    verdict = judged([*released("sterile"), grown])
    assert verdict.gate("sterility").status is Status.NOT_MET
    assert not verdict.may("thaw")


def test_an_exception_covers_a_failure_that_was_known() -> None:
    grown = Tested(
        unit=UNIT,
        test="sterility_aerobic",
        result="growth",
        by=QUALITY,
        at=RELEASED - timedelta(days=1),
    )
    assert judged([*released("sterile"), grown]).gate("sterility").status is Status.EXCEPTION


@pytest.mark.parametrize(
    "fields", [{"protocol": "another"}, {"digest": "9" * 64}, {"infant": cast.NOOR}]
)
def test_an_exception_holds_only_for_this_child_and_this_version(fields: dict[str, Any]) -> None:
    verdict = judged(released("sterile", **fields))
    assert verdict.gate("sterility").status is Status.WAITING_RESULT
    assert verdict.step("release").state is not StepState.DONE


def test_an_exception_ends_when_the_release_is_taken_back() -> None:
    revoked = ReleaseRevoked(unit=UNIT, infant=LINA, reason=SEALED, by=QUALITY, at=THEATRE_DAY)
    verdict = judged([*released("sterile"), revoked])
    assert verdict.gate("sterility").status is Status.WAITING_RESULT


def test_no_exception_stands_against_a_consent_that_was_taken_back() -> None:
    withdrawn = ConsentWithdrawn(
        infant=LINA,
        units=(UNIT,),
        scopes=("use",),
        wish="discard",
        by=MIDWIFE,
        at=RELEASED - timedelta(days=1),
    )
    verdict = judged([*released("sterile", "consent"), withdrawn])
    assert verdict.gate("consent").status is Status.WITHDRAWN
    assert verdict.stopped
