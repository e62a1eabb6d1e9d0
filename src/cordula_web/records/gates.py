"""Does the protocol let this step be taken, judged under the lock on the very state the entry will follow?

The verdict is worked out twice: before the event, to see whether the step may be taken; and with it, to see
whether it is then done. The second finds a signature that is missing, or given by the same person twice.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TypeVar

from cordula.events.event import Event
from cordula.events.history import History
from cordula.events.release import ExceptionallyReleased, Released, Signed
from cordula.events.theatre import Administered, Prepared, Thawed
from cordula.infants.infant import Infant
from cordula.journey.verdict import Gate, Step, StepState, Verdict
from cordula.units.unit import Unit
from cordula_web.records.histories import Told
from cordula_web.records.refusals import Conflict, GateClosed
from cordula_web.records.verdicts import verdict_digest, verdict_of

H = TypeVar("H", bound=History)
# An exceptional release is a release, against criteria that it names.
GATED: dict[type[Event], str] = {
    Released: "Released",
    ExceptionallyReleased: "Released",
    Thawed: "Thawed",
    Prepared: "Prepared",
    Administered: "Administered",
}
IN_THEATRE = (Thawed, Prepared, Administered)
# Not every protocol asks for a drawing up of its own; what cannot be taken back it must provide for.
OPTIONAL = frozenset({Prepared})


def check_gate(event: Event, told: Sequence[Told], now: datetime) -> None:
    """Raise GateClosed unless the protocol lets this step be taken now; Conflict if the verdict changed."""
    if type(event) not in GATED and not isinstance(event, Signed):
        return
    unit, infant = _one(Unit, told), _one(Infant, told)
    verdict = verdict_of(unit, infant, _judged_at(event, now))
    if verdict is None:
        raise GateClosed([_no_protocol(infant)])
    _check_protocol(event, verdict)
    if isinstance(event, Signed):
        return
    step = _step(event, verdict)
    if step is None:
        return
    _check_shown(event, verdict, verdict_of(unit, infant, now))
    with_it = verdict_of(unit.after(event), infant.after(event), _after(event, now))
    assert with_it is not None  # noqa: S101  the same child in the same protocol
    if reasons := tuple(_reasons(event, step, verdict, with_it)):
        raise GateClosed(reasons)


def _one(kind: type[H], told: Sequence[Told]) -> H:
    """The unit or the child that the event concerns: every gated kind names one of each."""
    return next(one.history for one in told if isinstance(one.history, kind))


def _no_protocol(infant: Infant) -> str:
    enrolment = infant.enrolment
    if enrolment is None:
        return "The child is enrolled under no protocol, so nothing says that this may be done."
    return (
        f"The child is enrolled under version {enrolment.version} of “{enrolment.protocol}”, which is"
        " not installed here. Nothing can be judged without it."
    )


def _check_protocol(event: Event, verdict: Verdict) -> None:
    named = getattr(event, "protocol", verdict.protocol), getattr(event, "digest", verdict.digest)
    if named != (verdict.protocol, verdict.digest):
        raise Conflict(
            "The child is enrolled under another version of the protocol. Open the page again."
        )


def _judged_at(event: Event, now: datetime) -> datetime:
    """What happened in theatre is judged by when it happened: cells given in time may be written down late."""
    return min(now, event.at.astimezone(now.tzinfo)) if isinstance(event, IN_THEATRE) else now


def _after(event: Event, now: datetime) -> datetime:
    occurred = event.at.astimezone(now.tzinfo)
    return occurred if isinstance(event, IN_THEATRE) else max(now, occurred)


def _check_shown(event: Event, *verdicts: Verdict | None) -> None:
    """The act rests on the verdict as it was at the act, or as the page showed it just now."""
    shown = getattr(event, "verdict", None)
    if shown is not None and shown not in [verdict_digest(v) for v in verdicts if v is not None]:
        raise Conflict("The verdict changed since you looked. Open the page again and read it.")


def _step(event: Event, verdict: Verdict) -> Step | None:
    """The step that this event would take: the first of its kind that is not done."""
    steps = [step for step in verdict.steps if step.event == GATED[type(event)]]
    if not steps and type(event) in OPTIONAL:
        return None
    for step in steps:
        if step.state is not StepState.DONE:
            return step
    raise GateClosed(
        [
            f"“{steps[-1].title}” is done already."
            if steps
            else f"The protocol “{verdict.protocol}” has no such step."
        ]
    )


def _reasons(event: Event, step: Step, before: Verdict, with_it: Verdict) -> Iterator[str]:
    if before.stopped:
        yield before.stopped
        return
    if isinstance(event, ExceptionallyReleased):
        yield from _not_covered(step, with_it)
    elif not before.may(step.id):
        yield from _open_findings(step, before) or [step.because]
        return
    yield from _not_done(with_it.step(step.id))


def _not_covered(step: Step, with_it: Verdict) -> Iterator[str]:
    """What an exception leaves open: it takes on only the criteria it names, and no step before it."""
    gates, steps = _asked(step, with_it)
    for gate in gates:
        for finding in gate.findings:
            if not finding.status.opens:
                yield f"{finding.found} The exception does not name “{finding.criterion}”."
    for earlier in steps:
        if earlier.state is not StepState.DONE:
            yield f"“{earlier.title}” is not done."


def _open_findings(step: Step, verdict: Verdict) -> list[str]:
    gates, _ = _asked(step, verdict)
    return [f.found for gate in gates for f in gate.findings if not f.status.opens]


def _not_done(step: Step) -> Iterator[str]:
    missing = [need.role for need in step.signatures if need.given_by is None]
    for role in missing:
        yield f"The signature of another person in the role “{role}” is missing."
    if step.state is not StepState.DONE and not missing:
        yield f"“{step.title}” cannot have been done at this time: {step.because}"


def _asked(step: Step, verdict: Verdict) -> tuple[list[Gate], list[Step]]:
    """All gates and steps before this one, however far back."""
    names, found = list(step.waits_for), dict[str, None]()
    while names:
        name = names.pop()
        if name not in found:
            found[name] = None
            names += next((s.waits_for for s in verdict.steps if s.id == name), ())
    gates = [gate for gate in verdict.gates if gate.id in found]
    return gates, [earlier for earlier in verdict.steps if earlier.id in found]
