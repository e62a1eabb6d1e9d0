"""What stops the whole journey: a death, a withdrawal, a unit that is gone or held, an unreadable record."""

from collections.abc import Callable
from dataclasses import dataclass

from cordula.events.collection import CollectionStopped
from cordula.events.randomisation import Randomised
from cordula.events.release import Discarded, Rejected
from cordula.events.theatre import AdministrationStopped
from cordula.journey.case import Case
from cordula.journey.consent import wish, withdrawal
from cordula.journey.verdict import Status, StepState
from cordula.journey.wording import (
    discard_reason,
    giving_stop_reason,
    refusal_reason,
    stop_reason,
)
from cordula.units.life import State
from cordula.vocabulary.words import _


@dataclass(frozen=True, slots=True)
class Stop:
    """Why nothing may be done, and how the steps that are not done are shown.

    A stop for good takes the dose and the deadlines away; a hold leaves them to be seen."""

    says: str
    status: Status = Status.LOCKED
    state: StepState = StepState.BLOCKED
    for_good: bool = True


def stop(case: Case) -> Stop | None:
    """The gravest reason to stop, if there is one."""
    return next((found for look in _LOOKS if (found := look(case)) is not None), None)


def understood(case: Case) -> bool:
    return all(history.understood for history in (case.unit, case.infant) if history is not None)


def _not_understood(case: Case) -> Stop | None:
    if understood(case):
        return None
    says = _(
        "The record holds an entry that this version of Cordula does not understand. "
        "Update Cordula before going on."
    )
    return Stop(says, Status.UNKNOWN, StepState.UNKNOWN)


def _died(case: Case) -> Stop | None:
    died = case.infant.died_at if case.infant else None
    if died is None:
        return None
    return Stop(_("The child died on {day}.").format(day=case.day(died)))


def _withdrawn(case: Case) -> Stop | None:
    taken_back = withdrawal(case)
    if taken_back is None:
        return None
    says = _("Consent was taken back on {day}. {wish}").format(
        day=case.day(taken_back.at), wish=wish(taken_back)
    )
    return Stop(says, Status.WITHDRAWN)


def _another_childs(case: Case) -> Stop | None:
    if case.unit is None or case.infant is None or case.unit.infant is None:
        return None
    if case.infant.id is None or case.unit.infant == case.infant.id:
        return None
    return Stop(_("This unit is for another child."))


def _wrong_origin(case: Case) -> Stop | None:
    if case.unit is None or case.unit.id is None:
        return None
    if case.unit.autologous == (case.protocol.origin == "autologous"):
        return None
    if case.unit.autologous:
        return Stop(_("This protocol takes cells from a maker; the unit holds the child's own."))
    return Stop(_("This protocol takes the child's own cells; the unit came from a maker."))


def _ended(case: Case) -> Stop | None:
    if case.unit is None:
        return None
    find = _ENDS.get(case.unit.state)
    return find(case) if find else None


def _not_collected(case: Case) -> Stop:
    event = case.unit.latest(CollectionStopped) if case.unit else None
    reason = stop_reason(event.reason) if event else _("not recorded")
    return Stop(_("Nothing was collected. Reason: {reason}.").format(reason=reason))


def _rejected(case: Case) -> Stop:
    event = case.unit.latest(Rejected) if case.unit else None
    reason = refusal_reason(event.reason) if event else _("not recorded")
    return Stop(_("The unit was rejected. Reason: {reason}.").format(reason=reason))


def _discarded(case: Case) -> Stop:
    event = case.unit.latest(Discarded) if case.unit else None
    reason = discard_reason(event.reason) if event else _("not recorded")
    return Stop(_("The unit was destroyed. Reason: {reason}.").format(reason=reason))


def _giving_stopped(case: Case) -> Stop:
    event = case.unit.latest(AdministrationStopped) if case.unit else None
    reason = giving_stop_reason(event.reason) if event else _("not recorded")
    return Stop(_("Giving was stopped. Reason: {reason}.").format(reason=reason))


def _drew_none(case: Case) -> Stop | None:
    """Told by an open trial alone. What was given before she drew, or against it, stays told as it was."""
    drew = case.infant.latest(Randomised) if case.infant else None
    if drew is None or not drew.no_cells or case.given_at is not None:
        return None
    says = _("She drew an arm without cells on {day}. Her unit is not thawed for this trial.")
    return Stop(says.format(day=case.day(drew.at)))


def _held(case: Case) -> Stop | None:
    if case.unit is None or not case.unit.held:
        return None
    return Stop(_("The unit is in quarantine. Quality must lift it first."), for_good=False)


def _no_child(case: Case) -> Stop | None:
    """Whether she lives, and whether her parents still agree, cannot be known without her history."""
    if case.infant is None or case.infant.id is None:
        says = _("No child is known for this unit.")
        return Stop(says, Status.UNKNOWN, StepState.UNKNOWN, for_good=False)
    return None


def _no_beginning(case: Case) -> Stop | None:
    if case.unit is None or case.unit.id is not None:
        return None
    says = _("It is not recorded where this unit comes from.")
    return Stop(says, Status.UNKNOWN, StepState.UNKNOWN, for_good=False)


_ENDS: dict[State, Callable[[Case], Stop]] = {
    State.NOT_COLLECTED: _not_collected,
    State.REJECTED: _rejected,
    State.DISCARDED: _discarded,
    State.STOPPED: _giving_stopped,
}

_LOOKS: tuple[Callable[[Case], Stop | None], ...] = (
    _not_understood,
    _died,
    _withdrawn,
    _another_childs,
    _wrong_origin,
    _ended,
    _drew_none,
    _held,
    _no_child,
    _no_beginning,
)
