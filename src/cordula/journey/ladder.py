"""Will it be ready? The moments from now to the operation by which each thing must be done."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from cordula.journey.case import Case
from cordula.journey.gates import last_moment
from cordula.journey.plan import Plan
from cordula.journey.verdict import Gate, Rung, Status, Step, StepState
from cordula.journey.wording import numbered, operation
from cordula.vocabulary.words import _

NOW, RESULT, DEADLINE, THEATRE = "now", "step", "deadline", "theatre"


def ladder(
    plan: Plan, gates: Sequence[Gate], steps: Sequence[Step], case: Case
) -> tuple[Rung, ...]:
    """Nothing to climb once the cells were given, or while there is neither a plan nor a deadline."""
    if case.given_at is not None:
        return ()
    last = _last_moments(plan, gates, case)
    rungs = [
        *_results(gates, last, case),
        *_running(gates, case),
        *_closings(gates, last, case),
        *_steps(steps, case),
        *_theatre(case),
    ]
    if not rungs:
        return ()
    rungs.append(Rung(at=case.now, says=_("Now"), kind=NOW))
    return tuple(sorted(rungs, key=lambda rung: (rung.at, rung.kind == THEATRE)))


def _last_moments(plan: Plan, gates: Sequence[Gate], case: Case) -> dict[str, datetime]:
    """The last moment of each gate that is still open."""
    found = (
        (gate, last_moment(gate_plan, case))
        for gate, gate_plan in zip(gates, plan.gates, strict=True)
    )
    return {gate.id: at for gate, at in found if at is not None and not gate.status.opens}


def _results(gates: Iterable[Gate], last: dict[str, datetime], case: Case) -> Iterator[Rung]:
    """Results that are awaited. One that comes after the gate's last moment comes too late."""
    for gate in gates:
        for finding in gate.findings:
            if finding.status is Status.WAITING_RESULT and finding.due is not None:
                latest = last.get(gate.id, finding.due)
                says = _("{gate}: result due").format(gate=_named([gate]))
                late = finding.due < case.now or finding.due > latest
                yield Rung(at=finding.due, says=says, kind=RESULT, late=late)


def _running(gates: Iterable[Gate], case: Case) -> Iterator[Rung]:
    """Limits that are running out."""
    for gate in gates:
        for finding in gate.findings:
            if finding.status is Status.UNKNOWN and finding.due is not None:
                says = _("{gate}: the time runs out").format(gate=_named([gate]))
                yield Rung(at=finding.due, says=says, kind=DEADLINE, late=finding.due < case.now)


def _closings(gates: Iterable[Gate], last: dict[str, datetime], case: Case) -> Iterator[Rung]:
    """The last moment of every open gate that does not wait for a dated result alone."""
    together: dict[datetime, list[Gate]] = defaultdict(list)
    for gate in gates:
        if gate.id in last and not (gate.status is Status.WAITING_RESULT and gate.due):
            together[last[gate.id]].append(gate)
    for at, closing in together.items():
        says = _("{gates}: last moment to close").format(gates=_named(closing))
        yield Rung(at=at, says=says, kind=DEADLINE, late=at < case.now)


def _steps(steps: Iterable[Step], case: Case) -> Iterator[Rung]:
    for step in steps:
        if step.due is not None and step.state is not StepState.DONE:
            says = _("{number} {title}: last moment").format(number=step.number, title=step.title)
            yield Rung(at=step.due, says=says, kind=DEADLINE, late=step.due < case.now)


def _theatre(case: Case) -> Iterator[Rung]:
    if case.plan is not None:
        where, what = case.plan.theatre, operation(case.plan.operation)
        says = f"{where}: {what}" if where else what
        at = case.plan.planned_for
        yield Rung(at=at, says=says, kind=THEATRE, late=at < case.now)


def _named(gates: Iterable[Gate]) -> str:
    return numbered(_("Gate"), _("Gates"), [gate.number for gate in gates])
