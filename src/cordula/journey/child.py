"""What the child's own history must show: diagnosis, operation, weight, reviews, enrolment."""

from cordula.events.course import Diagnosed, Weighed
from cordula.events.event import Event
from cordula.events.kinds import KINDS
from cordula.events.release import ExceptionallyReleased, Released
from cordula.journey.case import Case
from cordula.journey.found import Found, met, met_with_note, not_met, unknown
from cordula.journey.limits import span
from cordula.journey.verdict import Status
from cordula.journey.wording import (
    amount,
    diagnosis,
    happening,
    lasting,
    listed,
    operation,
    plain_key,
    sentence,
)
from cordula.protocols.criteria import (
    DiagnosisIs,
    DoseInRange,
    EnrolledHere,
    Happened,
    OperationKnown,
    ReviewSigned,
    WeightFresh,
)
from cordula.vocabulary.quantity import Quantity
from cordula.vocabulary.words import _


def diagnosis_is(rule: DiagnosisIs, case: Case) -> Found:
    found = case.infant.all(Diagnosed) if case.infant else []
    if not found:
        return unknown(_("No diagnosis is recorded."))
    fitting = [event for event in found if event.diagnosis in rule.any_of]
    told = dict.fromkeys(diagnosis(event.diagnosis) for event in fitting or found)
    return (met if fitting else not_met)(f"{listed(told)}.", *(fitting or found))


def operation_known(rule: OperationKnown, case: Case) -> Found:
    """A planned operation stays met once it was performed with the cells, and not without them."""
    if case.infant is None:
        return unknown(_("No child is known for this unit."))
    planned, performed = case.planned(rule.operation), case.infant.performed(rule.operation)
    name = operation(rule.operation)
    if performed is not None and (rule.state == "performed" or case.given_at is not None):
        return met(
            _("{name}: performed {day}.").format(name=name, day=case.day(performed.at)), performed
        )
    if performed is not None and rule.state == "planned" and planned is None:
        return not_met(_("{name}: already performed.").format(name=name), performed)
    if planned is not None and rule.state == "planned":
        at = case.time(planned.planned_for, weekday=True)
        return met(_("{name}: planned for {time}.").format(name=name, time=at), planned)
    return unknown(_("{name}: not {state}.").format(name=name, state=plain_key(rule.state)))


def weight_fresh(rule: WeightFresh, case: Case) -> Found:
    weighed = case.weight
    if weighed is None:
        return unknown(_("No weight is recorded."))
    if weighed.at > case.now:
        return unknown(_("The weighing is dated in the future."), weighed)
    if rule.not_older_than is None:
        return unknown(_("The protocol does not say how old a weight may be."), weighed)
    return _fresh(weighed, rule.not_older_than, case)


def _fresh(weighed: Weighed, limit: Quantity, case: Case) -> Found:
    old = case.as_of - weighed.at
    says = _("{weight}, weighed {time} ago (limit {limit}).").format(
        weight=amount(weighed.weight), time=lasting(old, limit), limit=amount(limit)
    )
    stale_at = weighed.at + span(limit)
    if case.as_of > stale_at:
        return not_met(f"{says} {_('Weigh again.')}", weighed, due=case.theatre_at)
    if case.given_at is None and case.theatre_at is not None and case.theatre_at > stale_at:
        again = _("Weigh again before the operation.")
        return met_with_note(f"{says} {again}", weighed, due=case.theatre_at)
    return met(says, weighed, due=stale_at)


def dose_in_range(rule: DoseInRange, case: Case) -> Found:
    dose = case.dose
    if dose is None:
        return unknown(_("The protocol has no dose rule."))
    events = (case.weight,) if case.weight else ()
    return Found(dose.status, dose.because, None, events)


def review_signed(rule: ReviewSigned, case: Case) -> Found:
    if case.infant is None:
        return unknown(_("No child is known for this unit."))
    waiting, review = case.infant.review_waiting(rule.review), case.infant.review(rule.review)
    if waiting is not None:
        says = _("The report is ready. Its result stays hidden until it is signed.")
        return Found(Status.WAITING_SIGNATURE, says, None, (waiting,))
    if review is None or not _for_this_unit(review.units, case):
        return unknown(
            _("{review}: no report yet.").format(review=sentence(plain_key(rule.review)))
        )
    if review.conclusion == "no_objection":
        return met(_("Signed. No objection."), review)
    return not_met(_("Signed, with an objection."), review)


def enrolled_here(rule: EnrolledHere, case: Case) -> Found:
    enrolled = case.infant.enrolment if case.infant else None
    if enrolled is None:
        return unknown(_("No enrolment is recorded."))
    protocol = case.protocol
    if enrolled.protocol != protocol.id or not _for_this_unit(enrolled.units, case):
        return not_met(_("Enrolled in another protocol, or with another unit."), enrolled)
    if (enrolled.version, enrolled.digest) != (protocol.version, protocol.digest):
        says = _("Enrolled under version {version}, and judged by that one only.")
        return not_met(says.format(version=enrolled.version), enrolled)
    says = _("Enrolled {day}, version {version}.")
    return met(says.format(day=case.day(enrolled.at), version=enrolled.version), enrolled)


def happened(rule: Happened, case: Case) -> Found:
    kind = KINDS.get(rule.event)
    if kind is None:
        says = _("“{event}” is not an event that this version of Cordula knows.")
        return unknown(says.format(event=rule.event))
    events = _events(kind, case)
    if not events:
        return unknown(_("Not recorded yet: {event}.").format(event=happening(rule.event)))
    says = _("{event} {time}.").format(
        event=sentence(happening(rule.event)), time=case.time(events[-1].at)
    )
    return met(says, events[-1])


def _events(kind: type[Event], case: Case) -> list[Event]:
    """A release counts only while it is in force."""
    if kind in (Released, ExceptionallyReleased):
        return [case.release] if isinstance(case.release, kind) else []
    return [e for history in (case.unit, case.infant) if history for e in history.all(kind)]


def _for_this_unit(units: tuple[object, ...], case: Case) -> bool:
    return not units or (case.unit is not None and case.unit.id in units)
