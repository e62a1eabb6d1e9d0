from dataclasses import replace

import pytest

from cordula.events.admission import NotAdmitted
from cordula.events.before_birth import Announced, Consented, ConsentWithdrawn, Expected
from cordula.events.collection import Born
from cordula.events.course import (
    AdverseEventReported,
    Died,
    Examined,
    Operated,
    OperationCancelled,
    OperationPlanned,
    Reviewed,
    ReviewRequested,
    Weighed,
)
from cordula.events.event import Event
from cordula.events.parts import Answer
from cordula.events.quality import VoidedForInfant
from cordula.events.sealed import Sealed
from cordula.infants.admission import admit
from cordula.infants.infant import Infant
from cordula.vocabulary.choices import wishes
from tests import cast

WORDS = Sealed("6" * 64)
MONTHS_LATER = cast.after_birth(days=160)


def of_infant(events: list[Event]) -> list[Event]:
    return [e for e in events if "infant:lina" in e.concerns()]


def lina() -> Infant:
    return Infant.replay(of_infant([*cast.before_birth(), *cast.birth()]))


def reasons(infant: Infant, event: Event) -> str:
    with pytest.raises(NotAdmitted) as refused:
        admit(infant, event)
    return str(refused.value)


def weighed(kg: str, at: object = MONTHS_LATER) -> Weighed:
    return Weighed(infant=cast.LINA, weight=cast.q(kg, "kg"), by=cast.NURSE, at=at)  # type: ignore[arg-type]


def planned(days: int) -> OperationPlanned:
    return OperationPlanned(
        infant=cast.LINA,
        operation="stage_2_palliation",
        planned_for=cast.after_birth(days=days),
        by=cast.SURGEON,
        at=MONTHS_LATER,
    )


def test_a_whole_course_is_admitted_event_by_event() -> None:
    infant = Infant()
    for event in of_infant(cast.whole_life()):
        admit(infant, event)
        infant = infant.after(event)
    assert infant.units == (cast.UNIT,)
    assert infant.enrolment is not None


def test_nothing_is_known_of_a_child_before_she_is_announced() -> None:
    assert "Announce" in reasons(Infant(), weighed("6.8"))


def test_twins_are_two_children_of_one_mother() -> None:
    first = cast.before_birth()[0]
    assert isinstance(first, Announced)
    chain = type(cast.CHAIN)("CHA999926000002")
    second = replace(first, infant=cast.NOOR, birth_order="2 of 2", chain_of_identity=chain)
    twin = Infant.replay([second])
    kit = cast.before_birth()[1]
    assert isinstance(kit, Expected)
    assert "this child is CHA999926000002" in reasons(twin, replace(kit, infant=cast.NOOR))


def test_the_newest_weight_is_the_one_weighed_last_not_written_last() -> None:
    late = lina().after(weighed("6.8")).after(weighed("5.1", cast.after_birth(days=90)))
    assert late.weight is not None
    assert late.weight.weight == cast.q("6.8", "kg")


@pytest.mark.parametrize("kg", ["0.05", "680"])
def test_an_impossible_weight_is_refused(kg: str) -> None:
    assert "weight" in reasons(lina(), weighed(kg)).lower()


def test_nobody_is_weighed_before_birth() -> None:
    assert "before the birth" in reasons(lina(), weighed("3.1", cast.after_birth(hours=-1)))


def test_a_birth_happens_once() -> None:
    born = Born(infant=cast.LINA, sex="female", by=cast.MIDWIFE, at=cast.BIRTH)
    assert "recorded already" in reasons(lina(), born)


def test_a_later_plan_replaces_the_earlier_and_a_cancelled_one_is_none() -> None:
    infant = lina().after(planned(170)).after(planned(172))
    assert infant.next_operation is not None
    assert infant.next_operation.planned_for == cast.after_birth(days=172)
    cancelled = OperationCancelled(
        infant=cast.LINA,
        operation="stage_2_palliation",
        reason="infection",
        by=cast.SURGEON,
        at=MONTHS_LATER,
    )
    admit(infant, cancelled)
    assert infant.after(cancelled).next_operation is None
    assert "not planned" in reasons(infant.after(cancelled), cancelled)


def test_a_reason_that_nobody_can_choose_is_refused_with_those_that_there_are() -> None:
    cancelled = OperationCancelled(
        infant=cast.LINA,
        operation="stage_2_palliation",
        reason="fever",
        by=cast.SURGEON,
        at=MONTHS_LATER,
    )
    refused = reasons(lina().after(planned(170)), cancelled)
    assert "“fever” is not a reason for cancelling an operation" in refused
    assert "infection" in refused


@pytest.mark.parametrize("wish", wishes())
def test_every_wish_for_the_cells_is_let_in(wish: str) -> None:
    admit(lina(), withdrawn(wish))


def test_a_wish_that_nobody_can_choose_is_refused() -> None:
    assert "“sell” is not a wish for the cells" in reasons(lina(), withdrawn("sell"))


def withdrawn(wish: str) -> ConsentWithdrawn:
    return ConsentWithdrawn(
        infant=cast.LINA, scopes=("use",), wish=wish, by=cast.MIDWIFE, at=MONTHS_LATER
    )


def test_an_operation_done_is_not_planned_again() -> None:
    operated = Operated(
        infant=cast.LINA,
        operation="stage_2_palliation",
        started_at=cast.after_birth(days=172),
        by=cast.SURGEON,
        at=cast.after_birth(days=172, hours=4),
    )
    infant = lina().after(planned(172)).after(operated)
    assert infant.next_operation is None
    assert "performed already" in reasons(infant, planned(180))


def test_consent_taken_back_is_no_longer_in_force_and_can_be_given_again() -> None:
    given = cast.before_birth()[2]
    assert isinstance(given, Consented)
    withdrawn = ConsentWithdrawn(
        infant=cast.LINA, scopes=("use",), wish="keep", by=cast.MIDWIFE, at=MONTHS_LATER
    )
    infant = lina().after(withdrawn)
    assert infant.consented == {"collect", "store"}
    assert infant.consent_to("use") is None
    assert infant.after(given).consent_to("use") == given


def test_an_unknown_scope_is_refused_with_the_known_ones() -> None:
    given = cast.before_birth()[2]
    assert "recontact" in reasons(lina(), replace(given, scopes=("everything",)))


def test_a_review_waits_from_its_request_to_its_signature() -> None:
    asked = ReviewRequested(infant=cast.LINA, review="genetics", by=cast.QUALITY, at=MONTHS_LATER)
    infant = lina().after(asked)
    assert infant.review_waiting("genetics") == asked
    signed = Reviewed(
        infant=cast.LINA,
        review="genetics",
        conclusion="no_objection",
        signature=cast.signature("geneticist"),
        by=cast.DIRECTOR,
        at=MONTHS_LATER,
    )
    assert infant.after(signed).review_waiting("genetics") is None


def test_an_outcome_is_a_measure_of_the_child() -> None:
    def examined(measure: str, value: str, unit: str) -> Examined:
        return Examined(
            infant=cast.LINA,
            measure=measure,
            result=cast.q(value, unit),
            method="echo",
            timepoint="month_3",
            by=cast.SURGEON,
            at=MONTHS_LATER,
        )

    assert "not on the child" in reasons(lina(), examined("mnc_percent", "50", "%"))
    assert "cannot be" in reasons(lina(), examined("rvef", "140", "%"))


def harm(grade: int, number: str = "AE-1") -> AdverseEventReported:
    return AdverseEventReported(
        infant=cast.LINA,
        number=number,
        category="bleeding",
        grade=grade,
        serious=True,
        expected=Answer.NOT_KNOWN,
        related_to_product="possible",
        related_to_procedure="probable",
        started_at=MONTHS_LATER,
        words=WORDS,
        by=cast.SURGEON,
        at=MONTHS_LATER,
    )


def test_harm_is_graded_from_one_to_five_and_numbered_once() -> None:
    assert "grades go from 1 to 5" in reasons(lina(), harm(6))
    admit(lina(), harm(3))
    assert "recorded already" in reasons(lina().after(harm(3)), harm(4))


def test_harm_of_an_unknown_kind_or_relation_is_refused() -> None:
    refused = reasons(lina(), replace(harm(3), category="bad", related_to_product="perhaps"))
    assert "“bad” is not a kind of adverse event" in refused
    assert "“perhaps” is not a relation" in refused


def test_after_a_death_nothing_is_planned_and_harm_can_still_be_reported() -> None:
    died = Died(infant=cast.LINA, by=cast.SURGEON, at=MONTHS_LATER)
    infant = lina().after(died)
    assert infant.died_at == MONTHS_LATER
    assert "has died" in reasons(infant, planned(172))
    assert "recorded already" in reasons(infant, died)
    admit(infant, harm(5))


def test_a_voided_weight_gives_way_to_the_one_before() -> None:
    infant = lina().after(weighed("5.1", cast.after_birth(days=90))).after(weighed("8.6"))
    voiding = VoidedForInfant(
        infant=cast.LINA, version=infant.version, reason=WORDS, by=cast.NURSE, at=MONTHS_LATER
    )
    admit(infant, voiding)
    corrected = infant.after(voiding)
    assert corrected.weight is not None
    assert corrected.weight.weight == cast.q("5.1", "kg")
