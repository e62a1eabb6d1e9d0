"""May this step be taken now? What stops it, in the words of the protocol and of the door."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cordula.events.admission import NotAdmitted
from cordula.events.event import Event
from cordula.infants.admission import admit as admit_to_infant
from cordula.journey.verdict import Gate, Status, Step, StepState, Verdict
from cordula.units.admission import admit as admit_to_unit
from cordula.vocabulary.identifiers import AccountId
from cordula_web.clinic.looked_up import UnitSeen
from cordula_web.clinic.thread import must_act
from cordula_web.frame.parts import GateRow
from cordula_web.people.duties import People

# Whoever it will be, it is another than the one who acts: for asking what would be refused.
SOMEBODY_ELSE = AccountId("second-person")


@dataclass(frozen=True, slots=True)
class Stop:
    """One thing in the way."""

    status: Status
    title: str
    says: str
    who: str = ""


def step_of(verdict: Verdict | None, event: str) -> Step | None:
    """The step that this event takes: the first that is not done."""
    steps = [step for step in verdict.steps if step.event == event] if verdict else []
    return next((step for step in steps if step.state is not StepState.DONE), None)


def stops(verdict: Verdict | None, step: Step | None) -> tuple[Stop, ...]:
    """The gates and steps that the step still waits for, and whatever stops the whole journey."""
    if verdict is None or step is None or step.state is StepState.READY:
        return ()
    if verdict.stopped:
        return (Stop(step.status, step.title, verdict.stopped),)
    behind = verdict.behind(step.id)
    shut = tuple(_gate(gate) for gate in verdict.open_gates if gate.id in behind)
    undone = tuple(_step(s) for s in verdict.steps if s.id in behind and not _is_done(s))
    return (*shut, *undone) or (Stop(step.status, step.title, step.because),)


def _gate(gate: Gate) -> Stop:
    return Stop(gate.status, gate.title, gate.found, gate.who)


def _step(step: Step) -> Stop:
    return Stop(step.status, step.title, step.because, step.role)


def _is_done(step: Step) -> bool:
    return step.state is StepState.DONE


def would_be_refused(seen: UnitSeen, event: Event) -> tuple[str, ...]:
    """What the door would say to this event now, whatever the protocol says."""
    return tuple(_refusals(seen, event))


def _refusals(seen: UnitSeen, event: Event) -> Iterator[str]:
    try:
        admit_to_unit(seen.unit, event)
    except NotAdmitted as refused:
        yield from refused.reasons
    if seen.infant is not None:
        try:
            admit_to_infant(seen.infant, event)
        except NotAdmitted as refused:
            yield from refused.reasons


def rows(found: Sequence[Stop], people: People) -> tuple[GateRow, ...]:
    """As they are drawn, with who must act."""
    return tuple(
        GateRow(
            stop.status,
            stop.title,
            stop.says,
            who=tuple(must_act(stop.who, people)) if stop.who else (),
        )
        for stop in found
    )
