"""May this event follow the course of this child?"""

from collections.abc import Iterator

from cordula.events.admission import NotAdmitted, Rules, reasons_against
from cordula.events.before_birth import (
    Announced,
    Consented,
    ConsentWithdrawn,
    Enrolled,
    Expected,
)
from cordula.events.collection import Born
from cordula.events.course import (
    AdverseEventReported,
    Diagnosed,
    Died,
    Examined,
    Operated,
    OperationCancelled,
    OperationPlanned,
    Reviewed,
    Transplanted,
    Weighed,
)
from cordula.events.event import Event, NotUnderstood
from cordula.events.quality import VoidedForInfant
from cordula.events.theatre import Administered
from cordula.infants.infant import Infant
from cordula.vocabulary.cardiac import consent_scopes, diagnoses, operations
from cordula.vocabulary.choices import (
    cancel_reasons,
    fault,
    harms,
    relations,
    review_conclusions,
    wishes,
)
from cordula.vocabulary.measures import UnknownMeasure, measure

SEXES = ("female", "male", "indeterminate")
VOIDABLE = (Weighed, Diagnosed, Examined, AdverseEventReported, Born)
# After a death only what had happened before it is written down, and what it means is reported.
AFTER_DEATH_KEPT = frozenset({"Administered", "OperationPlanned", "Enrolled", "Allocated"})


def admit(infant: Infant, event: Event) -> None:
    """Let the event in, or raise NotAdmitted with every reason against it."""
    if reasons := tuple(_reasons(infant, event)):
        raise NotAdmitted(reasons)


def _reasons(infant: Infant, event: Event) -> Iterator[str]:
    if isinstance(event, NotUnderstood):
        yield f"“{event.kind}” is not an event this version of Cordula knows."
    elif not infant.version and not isinstance(event, Announced):
        yield "This child is not known. Announce the child first."
    if infant.died_at is not None and type(event).__name__ in AFTER_DEATH_KEPT:
        yield "The child has died. Nothing is planned or given any more."
    yield from reasons_against(infant, event, RULES)


def is_new(infant: Infant, event: Announced) -> Iterator[str]:
    if infant.version:
        yield "This child was announced already."
    if event.children < 1 or not event.birth_order:
        yield "Say how many children are expected, and which of them this is, like 1 of 2."


def same_chain(infant: Infant, event: Expected) -> Iterator[str]:
    if event.chain_of_identity != infant.chain_of_identity:
        yield f"The kit carries {event.chain_of_identity}; this child is {infant.chain_of_identity}."
    if event.mother != infant.mother:
        yield "The kit is set aside for a child of another mother."


def scopes_are_known(infant: Infant, event: Consented | ConsentWithdrawn) -> Iterator[str]:
    known = consent_scopes()
    if not event.scopes:
        yield "Name at least one scope of the consent."
    for scope in event.scopes:
        if scope not in known:
            yield f"“{scope}” is not a scope of consent: {', '.join(known)}."


def wish_is_known(infant: Infant, event: ConsentWithdrawn) -> Iterator[str]:
    if wrong := fault(event.wish, "a wish for the cells", wishes()):
        yield wrong


def parents_are_counted(infant: Infant, event: Consented) -> Iterator[str]:
    if event.parents not in (1, 2):
        yield "Consent is given by one parent or by both."


def born_once(infant: Infant, event: Born) -> Iterator[str]:
    if infant.born_at is not None:
        yield f"The birth is recorded already, on {infant.born_at:%d-%b-%Y %H:%M}."
    if event.sex not in SEXES:
        yield f"“{event.sex}” is not one of {', '.join(SEXES)}."


def is_born(infant: Infant, event: Event) -> Iterator[str]:
    if infant.born_at is None:
        yield f"{type(event).__name__} cannot be recorded before the birth is."
    elif event.at < infant.born_at:
        yield f"{event.at:%d-%b-%Y %H:%M} is before the birth at {infant.born_at:%d-%b-%Y %H:%M}."


def weight_is_possible(infant: Infant, event: Weighed) -> Iterator[str]:
    yield from (f"{fault}." for fault in measure("weight").faults(event.weight))


def diagnosis_is_known(infant: Infant, event: Diagnosed) -> Iterator[str]:
    if event.diagnosis not in diagnoses():
        yield f"“{event.diagnosis}” is not a diagnosis of the vocabulary."


def operation_is_known(
    infant: Infant, event: OperationPlanned | Operated | OperationCancelled
) -> Iterator[str]:
    if event.operation not in operations():
        yield f"“{event.operation}” is not an operation of the vocabulary."


def operation_is_planned(infant: Infant, event: OperationCancelled) -> Iterator[str]:
    if infant.planned(event.operation) is None:
        yield "This operation is not planned."


def reason_is_known(infant: Infant, event: OperationCancelled) -> Iterator[str]:
    if wrong := fault(event.reason, "a reason for cancelling an operation", cancel_reasons()):
        yield wrong


def not_performed_before(infant: Infant, event: OperationPlanned | Operated) -> Iterator[str]:
    if infant.performed(event.operation) is not None:
        yield f"“{event.operation.replace('_', ' ')}” was performed already."


def outcome_is_possible(infant: Infant, event: Examined) -> Iterator[str]:
    try:
        known = measure(event.measure)
    except UnknownMeasure as fault:
        yield f"{fault}."
        return
    if known.of != "infant":
        yield f"{known.name} is measured on the {known.of}, not on the child."
    timepoint = event.timepoint if known.timepoints else None
    faults = known.faults(event.result, timepoint=timepoint, method=event.method)
    yield from (f"{fault}." for fault in faults)


def harm_is_known(infant: Infant, event: AdverseEventReported) -> Iterator[str]:
    if wrong := fault(event.category, "a kind of adverse event", harms()):
        yield wrong
    for relation in dict.fromkeys((event.related_to_product, event.related_to_procedure)):
        if wrong := fault(relation, "a relation to the cells or to the procedure", relations()):
            yield wrong


def harm_is_graded(infant: Infant, event: AdverseEventReported) -> Iterator[str]:
    if not 1 <= event.grade <= 5:
        yield f"Grade {event.grade} does not exist: grades go from 1 to 5 (CTCAE)."
    if event.number in {known.number for known in infant.adverse_events}:
        yield f"Adverse event {event.number} is recorded already."


def conclusion_is_known(infant: Infant, event: Reviewed) -> Iterator[str]:
    if event.conclusion not in review_conclusions():
        yield "A review concludes with no objection, or with an objection."


def dies_once(infant: Infant, event: Died) -> Iterator[str]:
    if infant.died_at is not None:
        yield "The death is recorded already."


def weight_was_measured(infant: Infant, event: Administered) -> Iterator[str]:
    weighed = infant.weight
    if weighed is None or weighed.weight != event.weight:
        yield f"The dose was worked out for {event.weight}, which is not the newest weight."


def can_be_voided(infant: Infant, event: VoidedForInfant) -> Iterator[str]:
    if not 1 <= event.version <= infant.version or event.version in infant.voided:
        yield f"This child's history has no standing entry {event.version}."
    elif not isinstance(infant.events[event.version - 1], VOIDABLE):
        yield "Only measurements, diagnoses and reports can be voided."


RULES: Rules = {
    Announced: (is_new,),
    Expected: (same_chain,),
    Consented: (scopes_are_known, parents_are_counted),
    ConsentWithdrawn: (scopes_are_known, wish_is_known),
    Enrolled: (),
    Born: (born_once,),
    Weighed: (is_born, weight_is_possible),
    Diagnosed: (diagnosis_is_known,),
    OperationPlanned: (operation_is_known, not_performed_before),
    OperationCancelled: (operation_is_known, operation_is_planned, reason_is_known),
    Operated: (is_born, operation_is_known, not_performed_before),
    Examined: (is_born, outcome_is_possible),
    AdverseEventReported: (is_born, harm_is_known, harm_is_graded),
    Reviewed: (conclusion_is_known,),
    Transplanted: (is_born,),
    Died: (is_born, dies_once),
    Administered: (is_born, weight_was_measured),
    VoidedForInfant: (can_be_voided,),
}
