from dataclasses import replace
from datetime import timedelta

import pytest

from cordula.events.before_birth import Announced, Expected
from cordula.events.collection import Collected
from cordula.events.event import Event
from cordula.events.laboratory import MotherTested
from cordula.journey.verdict import Status
from cordula.vocabulary.identifiers import MotherId
from tests.cast import MOTHER, TECHNOLOGIST, UNIT, after_birth
from tests.unit.journey.cast import MOTHER as RULE
from tests.unit.journey.cast import found, whole_life, without

COLLECTED = after_birth(minutes=7)
EARLIER = [*without(MotherTested, whole_life())]


def of_mother(test: str = "hiv", result: str = "negative", **fields: object) -> MotherTested:
    event = MotherTested(
        units=(UNIT,),
        mother=MOTHER,
        test=test,
        result=result,
        specimen_at=COLLECTED,
        by=TECHNOLOGIST,
        at=after_birth(days=5),
    )
    return replace(event, **fields)  # type: ignore[arg-type]


def test_a_negative_result_is_said_to_be_the_mothers() -> None:
    answer = found(RULE, [*EARLIER, of_mother()])
    assert answer.status is Status.MET
    assert answer.says == "Mother: HIV negative."


@pytest.mark.parametrize(
    ("events", "status"),
    [
        ([], Status.UNKNOWN),
        ([of_mother(result="positive")], Status.NOT_MET),
        ([of_mother(result="indeterminate")], Status.NOT_MET),
        ([of_mother(mother=MotherId("mother-of-noor"))], Status.UNKNOWN),
        ([of_mother("syphilis")], Status.UNKNOWN),
        ([of_mother(), of_mother("hiv_nat", "positive")], Status.NOT_MET),
        ([of_mother("hiv_nat")], Status.MET),
        (
            [
                of_mother(result="positive"),
                of_mother(specimen_at=COLLECTED + timedelta(hours=1)),
            ],
            Status.MET_WITH_NOTE,
        ),
        (
            [
                of_mother(specimen_at=COLLECTED + timedelta(hours=1)),
                of_mother(result="positive"),
            ],
            Status.MET_WITH_NOTE,
        ),
    ],
)
def test_the_newest_specimen_of_this_mother_decides(events: list[Event], status: Status) -> None:
    assert found(RULE, [*EARLIER, *events]).status is status


@pytest.mark.parametrize(
    ("away", "status"),
    [
        (timedelta(days=7), Status.MET),
        (timedelta(days=-7), Status.MET),
        (timedelta(days=7, seconds=1), Status.UNKNOWN),
        (timedelta(days=-7, seconds=-1), Status.UNKNOWN),
    ],
)
def test_a_specimen_counts_only_near_the_collection(away: timedelta, status: Status) -> None:
    assert found(RULE, [*EARLIER, of_mother(specimen_at=COLLECTED + away)]).status is status


def test_without_a_collection_no_specimen_is_near_it() -> None:
    assert found(RULE, without(Collected, [*EARLIER, of_mother()])).status is Status.UNKNOWN


def test_every_marker_needs_its_own_result() -> None:
    rule = replace(RULE, markers=("hiv", "hbv"))
    answer = found(rule, [*EARLIER, of_mother()])
    assert answer.status is Status.UNKNOWN
    assert answer.says == "Mother: no result for Hepatitis B."
    assert found(rule, [*EARLIER, of_mother(), of_mother("hbsag")]).status is Status.MET


def test_unit_and_child_that_name_different_mothers_have_none() -> None:
    other = MotherId("mother-of-noor")
    events = [replace(e, mother=other) if isinstance(e, Announced) else e for e in EARLIER]
    assert found(RULE, [*events, of_mother()]).status is Status.UNKNOWN


@pytest.mark.parametrize("kind", [Announced, Expected])
def test_one_history_that_names_the_mother_is_enough(kind: type[Event]) -> None:
    """A unit from a maker names no mother: the child's own mother is tested then."""
    assert found(RULE, without(kind, [*EARLIER, of_mother()])).status is Status.MET


def test_where_nobody_names_the_mother_nothing_is_known() -> None:
    nameless = without(Announced, without(Expected, [*EARLIER, of_mother()]))
    assert found(RULE, nameless).status is Status.UNKNOWN
