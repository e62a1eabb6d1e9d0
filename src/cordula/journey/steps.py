"""Every step of the protocol: done, ready, or what it waits for."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from cordula.events.event import Event
from cordula.journey.acts import act
from cordula.journey.because import after, done, opens_when, ready, unreachable, unsigned
from cordula.journey.case import Case
from cordula.journey.limits import span
from cordula.journey.plan import Plan, StepPlan
from cordula.journey.signatures import signatures
from cordula.journey.stops import Stop
from cordula.journey.verdict import Gate, SignatureNeed, Status, Step, StepState

Answer = tuple[StepState, Status, str]


def steps(plan: Plan, gates: Sequence[Gate], stop: Stop | None, case: Case) -> tuple[Step, ...]:
    by_id = {gate.id: gate for gate in gates}
    judged: dict[str, Step] = {}
    for step in plan.order:
        judged[step.step.id] = _step(step, by_id, judged, stop, case)
    return tuple(judged[step.step.id] for step in plan.steps)


def _step(
    plan: StepPlan,
    gates: Mapping[str, Gate],
    judged: Mapping[str, Step],
    stop: Stop | None,
    case: Case,
) -> Step:
    before = [judged[name] for name in plan.steps_asked if name in judged]
    # What was done before the acts it waits for were, was another act: an echo before the operation.
    waiting = any(step.done_at is None for step in before)
    event = None if waiting else act(plan, _times(before), case)
    signed = signatures(plan.step, event, case)
    if event is not None and all(need.given_by is not None for need in signed):
        return _made(plan, done(event, case), signed, event, case)
    waits = stop and (stop.state, stop.status, stop.says)
    answer = waits or _waits(plan, gates, judged, signed, case)
    return _made(plan, answer, signed, None, case)


def _times(before: Iterable[Step]) -> list[datetime]:
    return [step.done_at for step in before if step.done_at is not None]


def _waits(
    plan: StepPlan,
    gates: Mapping[str, Gate],
    judged: Mapping[str, Step],
    signed: Sequence[SignatureNeed],
    case: Case,
) -> Answer:
    """What speaks against the step, however far back: a gate that was met for an earlier step must
    still be met, and an earlier step that was passed over must still be taken."""
    if not plan.reachable or not plan.kinds:
        return StepState.UNKNOWN, Status.UNKNOWN, unreachable(plan.step)
    undone = [s for s in judged.values() if s.id in plan.steps and s.state is not StepState.DONE]
    if undone:
        nearest = [step for step in undone if step.id in plan.steps_asked]
        return StepState.BLOCKED, Status.NOT_STARTED, after(nearest or undone, plan.step)
    if shut := [gates[name] for name in plan.gates if not gates[name].status.opens]:
        return _shut(shut), Status.LOCKED, opens_when(shut, signed, case)
    if any(need.given_by is None for need in signed):
        return StepState.READY, Status.WAITING_SIGNATURE, unsigned(signed, case)
    return StepState.READY, Status.NOT_STARTED, ready(plan.step)


def _shut(gates: Iterable[Gate]) -> StepState:
    known = any(gate.status is not Status.UNKNOWN for gate in gates)
    return StepState.BLOCKED if known else StepState.UNKNOWN


def _made(
    plan: StepPlan,
    answer: Answer,
    signed: tuple[SignatureNeed, ...],
    event: Event | None,
    case: Case,
) -> Step:
    state, status, because = answer
    step = plan.step
    return Step(
        id=step.id,
        number=plan.number,
        stage=step.stage,
        title=step.title,
        event=step.event,
        state=state,
        status=status,
        because=because,
        waits_for=step.waits_for,
        role=step.role,
        signatures=signed,
        done_at=event.at if event else None,
        done_by=str(event.by) if event else None,
        due=None if event else _due(plan, case),
    )


def _due(plan: StepPlan, case: Case) -> datetime | None:
    """The last moment for the step, counted back from the planned operation."""
    if case.plan is None or plan.step.before_operation is None:
        return None
    return case.plan.planned_for - span(plan.step.before_operation)
