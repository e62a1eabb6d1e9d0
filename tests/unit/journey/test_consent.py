from dataclasses import replace

import pytest

from cordula.events.before_birth import Consented, ConsentWithdrawn
from cordula.journey.verdict import Status
from tests.cast import LINA, MIDWIFE, OTHER_UNIT, UNIT, after_birth, before_birth
from tests.unit.journey.cast import CONSENT, found, judged, whole_life

SCOPES = ("collect", "store", "use")
KIT = before_birth()[:2]


def consented(*scopes: str, parents: int = 2, day: float = -20, **fields: object) -> Consented:
    return Consented(
        infant=LINA,
        units=fields.pop("units", (UNIT,)),  # type: ignore[arg-type]
        scopes=scopes,
        parents=parents,
        form="consent 1.0",
        by=MIDWIFE,
        at=after_birth(days=day),
        **fields,  # type: ignore[arg-type]
    )


def withdrawn(*scopes: str, day: float = 10) -> ConsentWithdrawn:
    return ConsentWithdrawn(
        infant=LINA,
        units=(UNIT,),
        scopes=scopes,
        wish="discard",
        by=MIDWIFE,
        at=after_birth(days=day),
    )


def test_consent_of_both_parents_to_every_scope_is_met() -> None:
    answer = found(CONSENT, [*KIT, consented(*SCOPES)])
    assert answer.status is Status.MET
    assert answer.says == "Both parents agreed to collect, store and use. Not taken back."


def test_scopes_may_be_agreed_to_one_after_the_other() -> None:
    steps = [consented("collect", day=-20), consented("store", "use", day=1)]
    assert found(CONSENT, [*KIT, *steps]).status is Status.MET


def test_a_scope_that_is_not_named_is_not_agreed_to() -> None:
    answer = found(CONSENT, [*KIT, consented("collect", "store")])
    assert answer.status is Status.NOT_MET
    assert answer.says == "Not agreed to: use."


def test_without_any_consent_nothing_is_known() -> None:
    assert found(CONSENT, KIT).status is Status.UNKNOWN


def test_one_parent_is_not_enough_where_two_must_agree() -> None:
    assert found(CONSENT, [*KIT, consented(*SCOPES, parents=1)]).status is Status.NOT_MET


def test_the_scope_with_fewest_parents_decides() -> None:
    steps = [consented("collect", "store"), consented("use", parents=1)]
    assert found(CONSENT, [*KIT, *steps]).status is Status.NOT_MET


def test_the_same_parent_twice_is_not_two_parents() -> None:
    steps = [consented(*SCOPES, parents=1), consented(*SCOPES, parents=1, day=-10)]
    assert found(CONSENT, [*KIT, *steps]).status is Status.NOT_MET


def test_a_parent_who_is_not_available_is_excused_only_where_the_protocol_says_so() -> None:
    alone = [consented(*SCOPES, parents=1, other_parent_not_available=True)]
    assert found(CONSENT, [*KIT, *alone]).status is Status.NOT_MET
    excusing = replace(CONSENT, excused_if_not_available=True)
    assert found(excusing, [*KIT, *alone]).status is Status.MET_WITH_NOTE
    assert found(excusing, [*KIT, consented(*SCOPES, parents=1)]).status is Status.NOT_MET


def test_consent_for_another_unit_is_not_consent_for_this_one() -> None:
    assert found(CONSENT, [*KIT, consented(*SCOPES, units=(OTHER_UNIT,))]).status is Status.UNKNOWN


@pytest.mark.parametrize("scope", SCOPES)
def test_a_scope_taken_back_is_withdrawn_with_the_wish_of_the_family(scope: str) -> None:
    answer = found(CONSENT, [*KIT, consented(*SCOPES), withdrawn(scope)])
    assert answer.status is Status.WITHDRAWN
    assert "Destroy the cells" in answer.says


def test_a_scope_agreed_to_again_is_met_again() -> None:
    steps = [consented(*SCOPES), withdrawn("use"), consented("use", day=12)]
    assert found(CONSENT, [*KIT, *steps]).status is Status.MET


def test_parents_who_agreed_before_the_withdrawal_do_not_count_after_it() -> None:
    steps = [consented(*SCOPES), withdrawn("use"), consented("use", parents=1, day=12)]
    assert found(CONSENT, [*KIT, *steps]).status is Status.NOT_MET


def test_a_withdrawal_stops_every_step_that_is_not_done() -> None:
    verdict = judged([*whole_life()[:-3], withdrawn("use", day=160)])
    assert verdict.stopped.startswith("Consent was taken back on 11-Nov-2026.")
    assert "Destroy the cells" in verdict.stopped
    assert {s.status for s in verdict.steps if s.done_at is None} == {Status.WITHDRAWN}
    assert not any(verdict.may(step.id) for step in verdict.steps)
    assert verdict.dose is None
    assert verdict.ladder == ()


def test_a_later_withdrawal_of_research_does_not_hide_the_withdrawal_of_use() -> None:
    events = [*whole_life()[:-3], withdrawn("use", day=160), withdrawn("research", day=161)]
    assert judged(events).stopped.startswith("Consent was taken back")


def test_taking_back_research_alone_stops_nothing() -> None:
    assert judged([*whole_life()[:-3], withdrawn("research", day=160)]).stopped == ""
