from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from cordula.events.release import Signed
from cordula.journey.case import Case
from cordula.journey.signatures import signatures
from cordula.protocols.protocol import Signatures, Step
from cordula.vocabulary.identifiers import AccountId
from tests.cast import DIRECTOR, LINA, NOOR, QUALITY, SURGEON, UNIT, after_birth, signature
from tests.unit.journey.cast import (
    DIGEST,
    ID,
    PROTOCOL,
    STEPS,
    THEATRE_DAY,
    before_release,
    histories,
)

RELEASE = next(step for step in STEPS if step.id == "release")


def signed(role: str, by: AccountId, **fields: Any) -> Signed:
    event = Signed(
        unit=UNIT,
        infant=LINA,
        step="release",
        protocol=ID,
        digest=DIGEST,
        signature=signature(role),
        by=by,
        at=after_birth(days=150),
    )
    return replace(event, **fields)


def given(step: Step, *events: Signed) -> Sequence[str | None]:
    unit, infant = histories([*before_release(), *events])
    case = Case(PROTOCOL, unit, infant, THEATRE_DAY)
    return [need.given_by for need in signatures(step, None, case)]


def test_each_role_is_met_by_the_person_who_signed_in_it() -> None:
    both = (signed("quality", QUALITY), signed("medical_director", DIRECTOR))
    assert given(RELEASE, *both) == [QUALITY, DIRECTOR]


def test_nobody_meets_two_roles() -> None:
    both = (signed("quality", DIRECTOR), signed("medical_director", DIRECTOR))
    assert sorted(map(str, given(RELEASE, *both))) == ["None", DIRECTOR]


def test_somebody_who_signed_in_both_roles_takes_the_one_that_is_left() -> None:
    """Whatever the order, three signatures by two people meet both roles."""
    three = (
        signed("quality", QUALITY),
        signed("quality", DIRECTOR),
        signed("medical_director", QUALITY),
    )
    for order in (three, three[::-1], (three[1], three[0], three[2])):
        assert given(RELEASE, *order) == [DIRECTOR, QUALITY]


def test_two_signatures_in_one_role_need_two_people() -> None:
    step = replace(RELEASE, signatures=Signatures(roles=("nurse", "nurse"), meaning="check"))
    assert given(step, signed("nurse", SURGEON), signed("nurse", SURGEON)) == [SURGEON, None]
    assert None not in given(step, signed("nurse", SURGEON), signed("nurse", QUALITY))


@pytest.mark.parametrize(
    "fields",
    [
        {"infant": NOOR},
        {"protocol": "another-protocol"},
        {"digest": "9" * 64},
        {"step": "thaw"},
    ],
)
def test_words_signed_elsewhere_are_not_signed_here(fields: dict[str, Any]) -> None:
    assert given(RELEASE, signed("quality", QUALITY, **fields)) == [None, None]


def test_a_step_without_signatures_needs_none() -> None:
    assert given(replace(RELEASE, signatures=None), signed("quality", QUALITY)) == []
