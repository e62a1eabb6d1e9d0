from dataclasses import replace

import pytest

from cordula.events.course import Declared
from cordula.events.laboratory import Assessed, EligibilityDetermined
from cordula.events.parts import Answer
from cordula.journey.verdict import Status
from tests.cast import LINA, QUALITY, SURGEON, UNIT, after_birth
from tests.unit.journey.cast import (
    ALLERGY,
    ELIGIBLE,
    PROTOCOL,
    TRAVEL,
    found,
    judged,
    whole_life,
    without,
)

DAY = after_birth(days=140)


def assessed(answer: Answer, item: str = "travel") -> Assessed:
    return Assessed(unit=UNIT, item=item, answer=answer, by=QUALITY, at=DAY)


@pytest.mark.parametrize(
    ("answers", "status"),
    [
        ([], Status.UNKNOWN),
        ([Answer.NO], Status.MET),
        ([Answer.YES], Status.NOT_MET),
        ([Answer.NOT_KNOWN], Status.UNKNOWN),
        ([Answer.YES, Answer.NO], Status.MET),
        ([Answer.NO, Answer.YES], Status.NOT_MET),
        ([Answer.NO, Answer.NOT_KNOWN], Status.UNKNOWN),
    ],
)
def test_the_newest_answer_decides_and_not_known_is_a_third_one(
    answers: list[Answer], status: Status
) -> None:
    assert found(TRAVEL, [assessed(answer) for answer in answers]).status is status


def test_every_item_must_be_answered() -> None:
    rule = replace(TRAVEL, items=("travel", "tattoo"))
    answer = found(rule, [assessed(Answer.NO)])
    assert answer.status is Status.UNKNOWN
    assert answer.says == "No answer to: Tattoo."
    worded = replace(PROTOCOL, questions={"tattoo": "Question 7 (tattoos)"})
    says = found(rule, [assessed(Answer.NO)], protocol=worded).says
    assert says == "No answer to: Question 7 (tattoos)."
    both = [assessed(Answer.NO), assessed(Answer.NO, "tattoo")]
    assert found(rule, both).status is Status.MET


def test_a_wrong_answer_weighs_more_than_a_missing_one() -> None:
    rule = replace(TRAVEL, items=("travel", "tattoo"))
    assert found(rule, [assessed(Answer.YES)]).status is Status.NOT_MET


def test_a_rule_without_items_is_not_met_by_silence() -> None:
    assert found(replace(TRAVEL, items=()), whole_life()).status is Status.UNKNOWN


def test_an_answer_about_the_child_is_read_from_her_own_history() -> None:
    declared = Declared(infant=LINA, item="dmso_reaction", answer=Answer.YES, by=SURGEON, at=DAY)
    assert found(ALLERGY, [declared]).status is Status.NOT_MET
    assert found(ALLERGY, [assessed(Answer.NO, "dmso_reaction")]).status is Status.UNKNOWN
    assert found(replace(ALLERGY, of="nobody"), [declared]).status is Status.UNKNOWN


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        ([], Status.UNKNOWN),
        (["complete_eligible"], Status.MET),
        (["not_required"], Status.NOT_NEEDED),
        (["complete_ineligible"], Status.NOT_MET),
        (["incomplete"], Status.NOT_MET),
        (["incomplete", "complete_eligible"], Status.MET),
        (["complete_eligible", "complete_ineligible"], Status.NOT_MET),
    ],
)
def test_the_newest_determination_decides(statuses: list[str], expected: Status) -> None:
    events = [
        EligibilityDetermined(unit=UNIT, status=status, by=QUALITY, at=DAY) for status in statuses
    ]
    assert found(ELIGIBLE, events).status is expected


def test_a_gate_of_which_nothing_is_needed_is_open() -> None:
    not_required = EligibilityDetermined(unit=UNIT, status="not_required", by=QUALITY, at=DAY)
    events = [*without(EligibilityDetermined, whole_life()), not_required]
    gate = judged(events).gate("questionnaire")
    assert gate.status is Status.MET
    assert [finding.status for finding in gate.findings] == [Status.MET, Status.NOT_NEEDED]
