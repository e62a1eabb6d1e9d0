"""Why a step stands where it stands, in a sentence."""

from collections.abc import Iterable, Sequence

from cordula.events.event import Event
from cordula.events.release import ExceptionallyReleased, ReleaseRevoked
from cordula.journey.case import Case
from cordula.journey.verdict import Gate, SignatureNeed, Status, Step, StepState
from cordula.journey.wording import listed, numbered, role
from cordula.protocols import protocol as protocols
from cordula.vocabulary.words import _


def done(event: Event, case: Case) -> tuple[StepState, Status, str]:
    says = _("Done {time}.").format(time=case.time(event.at))
    if isinstance(event, ExceptionallyReleased):
        return StepState.DONE, Status.EXCEPTION, f"{says} {_('By exception.')}"
    return StepState.DONE, Status.MET, says


def after(undone: Iterable[Step], step: protocols.Step) -> str:
    """What comes first, and then what the protocol says of the step."""
    titles = listed(f"“{first.title}”" for first in undone)
    return f"{_('After {titles}.').format(titles=titles)} {step.says}".strip()


def opens_when(shut: Sequence[Gate], signed: Sequence[SignatureNeed], case: Case) -> str:
    gates = numbered(_("gate"), _("gates"), [gate.number for gate in shut])
    says = _("Opens when {gates} is met.") if len(shut) == 1 else _("Opens when {gates} are met.")
    return " ".join(filter(None, (says.format(gates=gates), _undone(signed, case), _needs(signed))))


def unsigned(signed: Sequence[SignatureNeed], case: Case) -> str:
    given = [role(need.role) for need in signed if need.given_by is not None]
    open_roles = [role(need.role) for need in signed if need.given_by is None]
    waits = _("Waits for the signature of: {roles}.").format(roles=listed(open_roles))
    if not given:
        return " ".join(filter(None, (_undone(signed, case), _needs(signed), waits)))
    return _("Signed: {roles}. {waits}").format(roles=listed(given), waits=waits)


def ready(step: protocols.Step) -> str:
    return f"{_('Can be done now.')} {step.says}".strip()


def unreachable(step: protocols.Step) -> str:
    says = _("The protocol asks here for something this version does not know: {names}.")
    return says.format(names=listed((*step.waits_for, step.event)))


def _needs(signed: Sequence[SignatureNeed]) -> str:
    if not signed:
        return ""
    if len(signed) == 1:
        return _("Needs a signature.")
    if len(signed) == 2:
        return _("Needs two signatures.")
    return _("Needs {count} signatures.").format(count=len(signed))


def _undone(signed: Sequence[SignatureNeed], case: Case) -> str:
    """A step that is signed for anew because a release was undone says so."""
    if case.undone_by is None or not signed:
        return ""
    time = case.time(case.undone_by.at)
    if isinstance(case.undone_by, ReleaseRevoked):
        return _("The release was taken back {time}.").format(time=time)
    return _("The products came back {time}.").format(time=time)
