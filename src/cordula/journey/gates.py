"""Every gate of the protocol, judged: its findings, the people who closed it, and when it is due."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime
from functools import cache

from cordula.events.event import Event
from cordula.events.release import ExceptionallyReleased
from cordula.journey.case import Case
from cordula.journey.exceptions import excepted, exception_in_force
from cordula.journey.finders import look
from cordula.journey.found import Found, gravest, unknown
from cordula.journey.limits import span
from cordula.journey.plan import GatePlan, Plan, Question
from cordula.journey.stops import understood
from cordula.journey.verdict import Finding, Gate
from cordula.vocabulary.words import _


def gates(plan: Plan, case: Case) -> tuple[Gate, ...]:
    release = exception_in_force(case)
    readable = understood(case)
    return tuple(_gate(gate, case, release, readable) for gate in plan.gates)


def _gate(
    plan: GatePlan, case: Case, release: ExceptionallyReleased | None, readable: bool
) -> Gate:
    answers = [_found(question, plan, case, release, readable) for question in plan.questions]
    status = gravest([answer.status for answer in answers])
    events, gate = _told(answers, status.opens), plan.gate
    return Gate(
        id=gate.id,
        number=plan.number,
        stage=gate.stage,
        title=gate.title,
        status=status,
        findings=tuple(map(_finding, plan.questions, answers)),
        who=gate.who,
        since=max([event.at for event in events]) if events else None,
        by=_people(events) if status.opens else (),
        due=None if status.opens else _due(plan, answers, case),
    )


def _found(
    question: Question,
    plan: GatePlan,
    case: Case,
    release: ExceptionallyReleased | None,
    readable: bool,
) -> Found:
    if not readable:
        return unknown(_("The record holds an entry that is not understood."))
    found = look(question.find, question.criterion, case)
    if release is None or found.status.opens:
        return found
    return excepted(found, (question.criterion.id, plan.gate.id), release, case)


def _finding(question: Question, found: Found) -> Finding:
    status, says, due, _events = found
    criterion = question.criterion
    return Finding(
        criterion=criterion.id,
        says=criterion.says,
        status=status,
        found=says,
        needed=question.needed,
        cites=question.cites,
        who=criterion.who,
        due=due,
    )


def _told(answers: Iterable[Found], opens: bool) -> list[Event]:
    """The events behind the answer: all of them where the gate is met, else those of what is open."""
    if opens:
        return [event for found in answers for event in found.events]
    return [event for found in answers if not found.status.opens for event in found.events]


def _people(events: Iterable[Event]) -> tuple[str, ...]:
    """Everybody who closed it, each once: those who acted, and those who stood beside them."""
    people: dict[str, None] = {}
    for event in events:
        people[event.by] = None
        kind: type = type(event)
        for role in _roles_beside(kind):
            if (person := getattr(event, role)) is not None:
                people[person] = None
    return tuple(people)


@cache
def _roles_beside(kind: type) -> tuple[str, ...]:
    """Which fields of this kind of event name a person beside the one who acted."""
    named = {field.name for field in fields(kind)}
    return tuple(role for role in ("second_person", "acknowledged_by") if role in named)


def _due(plan: GatePlan, answers: Iterable[Found], case: Case) -> datetime | None:
    """The earliest time that an open finding names, else the last moment before the operation."""
    named = [f.due for f in answers if not f.status.opens and f.due is not None]
    return min(named) if named else last_moment(plan, case)


def last_moment(plan: GatePlan, case: Case) -> datetime | None:
    if case.plan is None or plan.before_operation is None:
        return None
    return case.plan.planned_for - span(plan.before_operation)
