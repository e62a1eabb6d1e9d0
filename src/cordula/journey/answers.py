"""The answers of a verdict at the top of a unit's page: can it be used, and what is the planned dose?"""

from dataclasses import dataclass

from cordula.display import count
from cordula.journey.answer import Answer
from cordula.journey.verdict import Gate, Status, Step, StepState, Verdict
from cordula.journey.wording import (
    amount,
    dose_amount,
    moment_in_words,
    numbered,
)
from cordula.journey.working import CELLS
from cordula.vocabulary.words import _

__all__ = ["Answer", "DoseAnswer", "can_it_be_used", "planned_dose", "will_it_be_ready"]

_RELEASES = ("Released", "ExceptionallyReleased")


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseAnswer:
    """The dose as it stands in large letters, with what it means beside it."""

    title: str
    dose: str
    status: Status
    says: str


def can_it_be_used(verdict: Verdict) -> Answer:
    """Yes only while a release is in force and every gate behind it is still met."""
    met = _("{met} of {all} gates are met.").format(met=verdict.met, all=len(verdict.gates))
    if verdict.stopped:
        withdrawn = any(step.status is Status.WITHDRAWN for step in verdict.steps)
        status = Status.WITHDRAWN if withdrawn else Status.NOT_MET
        return Answer(word=_("No"), status=status, says=verdict.stopped)
    if (given := _given(verdict)) is not None:
        says = _("The cells were given {time}.").format(time=_time(given, verdict))
        return Answer(word=_("No"), status=Status.NOT_NEEDED, says=says)
    blockers = _blockers(verdict)
    if blockers:
        return Answer(word=_("Not yet"), status=Status.NOT_MET, says=met, blockers=blockers)
    return Answer(word=_("Yes"), status=Status.MET, says=_released(verdict))


def _given(verdict: Verdict) -> Step | None:
    done = (step for step in verdict.steps if step.state is StepState.DONE)
    return next((step for step in done if step.event == "Administered"), None)


def _blockers(verdict: Verdict) -> tuple[Gate | Step, ...]:
    """What stands before the release and before the next step; without a release, every open gate."""
    release = _release(verdict)
    if release is None:
        return verdict.open_gates
    asked = verdict.behind(release.id)
    if release.state is not StepState.DONE:
        return (*(gate for gate in verdict.open_gates if gate.id in asked), release)
    if verdict.next_step is not None:
        asked |= verdict.behind(verdict.next_step.id)
    return tuple(gate for gate in verdict.open_gates if gate.id in asked)


def _release(verdict: Verdict) -> Step | None:
    return next((step for step in verdict.steps if step.event in _RELEASES), None)


def _released(verdict: Verdict) -> str:
    release = _release(verdict)
    if release is None:
        return _("All gates are met.")
    return _("Released {time}.").format(time=_time(release, verdict))


def _time(step: Step, verdict: Verdict) -> str:
    if step.done_at is None or verdict.at.tzinfo is None:
        return ""
    return moment_in_words(step.done_at, verdict.at.tzinfo)


def planned_dose(verdict: Verdict) -> DoseAnswer | None:
    """The dose is called planned until the unit is released and thawed. None where there is none."""
    dose = verdict.dose
    if dose is None:
        return None
    weight = next((line.result for line in dose.lines if line.result.unit == "kg"), None)
    title = _("Planned dose") if dose.planned else _("Dose")
    if weight is not None:
        title = _("{title} at {weight}").format(title=title, weight=amount(weight))
    if dose.volume is None or dose.status is Status.UNKNOWN:
        return DoseAnswer(
            title=title, dose=_("Not known"), status=Status.UNKNOWN, says=dose.because
        )
    return DoseAnswer(
        title=title, dose=dose_amount(dose.volume), status=dose.status, says=_dose_says(verdict)
    )


def _dose_says(verdict: Verdict) -> str:
    """“14 million cells, 2.1 million per kg. A plan only, until the unit is released and thawed.”"""
    dose = verdict.dose
    if dose is None or dose.status is not Status.MET or dose.per_kg is None:
        return dose.because if dose else ""
    cells = next((line for line in dose.lines if line.result.unit == CELLS), None)
    told = [dose_amount(dose.per_kg)]
    if cells is not None:
        told.insert(0, f"{count(cells.result)} {cells.label.lower()}")
    says = f"{', '.join(told)}."
    if not dose.planned:
        return says
    return f"{says} {_('A plan only, until the unit is released and thawed.')}"


def will_it_be_ready(verdict: Verdict) -> str:
    """The sentence above the deadlines: which gates must close by when, and which must pass."""
    late = [rung.says for rung in verdict.ladder if rung.late]
    if late:
        return _("Not as planned: {late}.").format(late="; ".join(late))
    waiting = [g for g in verdict.open_gates if g.status is Status.WAITING_RESULT]
    closing = [rung for rung in verdict.ladder if rung.kind == "deadline"]
    if not verdict.ladder or not (waiting or closing):
        return ""
    told = [_("It can be.")]
    if closing and verdict.at.tzinfo is not None:
        at = moment_in_words(closing[0].at, verdict.at.tzinfo, weekday=True)
        told.append(_("The first deadline is {time}.").format(time=at))
    if waiting:
        gates = numbered(_("Gate"), _("Gates"), [gate.number for gate in waiting])
        told.append(_("{gates} must pass.").format(gates=gates))
    return " ".join(told)
