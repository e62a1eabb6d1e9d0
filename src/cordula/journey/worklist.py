"""What must each role do, and by when?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from cordula.journey.verdict import Gate, Status, Step, StepState, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something a role can do now, for a gate or a step."""

    role: str
    what: str
    due: datetime | None
    gate_or_step: str
    late: bool


_NEVER = datetime.max.replace(tzinfo=UTC)


def tasks(verdict: Verdict) -> tuple[Task, ...]:
    """The first deadline first; what has none comes last. Nothing where the journey is stopped."""
    if verdict.stopped:
        return ()
    found = [*_of_gates(verdict), *_of_steps(verdict)]
    return tuple(sorted(found, key=lambda task: (task.due or _NEVER, task.gate_or_step, task.role)))


def tasks_of(role: str, verdict: Verdict) -> tuple[Task, ...]:
    return tuple(task for task in tasks(verdict) if task.role == role)


def _of_gates(verdict: Verdict) -> Iterator[Task]:
    """One task for each role of an open gate that a next step waits for, or that has a date."""
    asked = _asked_now(verdict)
    for gate in verdict.open_gates:
        if gate.id in asked or gate.due is not None:
            yield from _of_gate(gate, verdict)


def _of_gate(gate: Gate, verdict: Verdict) -> Iterator[Task]:
    shut = [finding for finding in gate.findings if not finding.status.opens]
    for role in dict.fromkeys(finding.who or gate.who for finding in shut):
        mine = [finding for finding in shut if (finding.who or gate.who) == role]
        due = min([f.due for f in mine if f.due is not None], default=gate.due)
        what = f"{gate.title}. {' '.join(dict.fromkeys(finding.found for finding in mine))}"
        yield _task(role, what, due, gate.id, verdict)
    if not shut:
        yield _task(gate.who, gate.title, gate.due, gate.id, verdict)


def _asked_now(verdict: Verdict) -> set[str]:
    """What the steps that come next wait for: those with no undone step before them."""
    undone = {step.id for step in verdict.steps if step.state is not StepState.DONE}
    following = (s for s in verdict.steps if s.id in undone and undone.isdisjoint(s.waits_for))
    return {name for step in following for name in verdict.behind(step.id)}


def _of_steps(verdict: Verdict) -> Iterator[Task]:
    for step in verdict.steps:
        if step.state is StepState.READY:
            for role in _roles(step):
                yield _task(role, f"{step.title}. {step.because}", step.due, step.id, verdict)


def _roles(step: Step) -> tuple[str, ...]:
    """Who must still sign, or who does it where nobody signs."""
    if step.status is not Status.WAITING_SIGNATURE:
        return (step.role,)
    return tuple(need.role for need in step.signatures if need.given_by is None)


def _task(role: str, what: str, due: datetime | None, name: str, verdict: Verdict) -> Task:
    late = due is not None and due < verdict.at
    return Task(role=role, what=what, due=due, gate_or_step=name, late=late)
