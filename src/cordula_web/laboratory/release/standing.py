"""Where does the release stand: what stands behind it, who has signed, and what may this reader do now?"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from django.utils.translation import gettext as _

from cordula.events.release import ExceptionallyReleased, Released
from cordula.journey.verdict import Finding, Gate, Status, Step, StepState, Verdict
from cordula.units.rules.release import AT_THE_CHILD, RELEASABLE
from cordula_web.laboratory.release.naming import joined
from cordula_web.laboratory.seen import Seen, why_no_verdict
from cordula_web.people.duties import role_words
from cordula_web.people.identities import Unnamed

RELEASES = (Released.__name__, ExceptionallyReleased.__name__)


class Act(StrEnum):
    """What a signature under the certificate does."""

    AGREE = "agree"  # one of the signatures before the last
    RELEASE = "release"  # the last one, every gate met
    EXCEPT = "except"  # the last one, against criteria that it names

    @property
    def event(self) -> str:
        return _EVENTS[self]


_EVENTS = {
    Act.AGREE: "Signed",
    Act.RELEASE: "Released",
    Act.EXCEPT: "ExceptionallyReleased",
}


@dataclass(frozen=True)
class Standing:
    """The release of one unit, as this reader sees it."""

    seen: Seen

    @property
    def verdict(self) -> Verdict | None:
        return self.seen.verdict

    @cached_property
    def step(self) -> Step | None:
        steps = (
            [step for step in self.verdict.steps if step.event in RELEASES] if self.verdict else []
        )
        undone = (step for step in steps if step.state is not StepState.DONE)
        return next(undone, steps[-1] if steps else None)

    @cached_property
    def gates(self) -> tuple[Gate, ...]:
        """Every gate the release waits for, however far back."""
        if self.verdict is None or self.step is None:
            return ()
        behind = self.verdict.behind(self.step.id)
        return tuple(gate for gate in self.verdict.gates if gate.id in behind)

    @cached_property
    def undone(self) -> tuple[Step, ...]:
        """Steps that had to come before it and were not taken."""
        if self.verdict is None or self.step is None:
            return ()
        behind = self.verdict.behind(self.step.id)
        steps = (step for step in self.verdict.steps if step.id in behind)
        return tuple(step for step in steps if step.state is not StepState.DONE)

    @property
    def open_gates(self) -> tuple[Gate, ...]:
        return tuple(gate for gate in self.gates if not gate.status.opens)

    @property
    def open_findings(self) -> tuple[Finding, ...]:
        return tuple(f for gate in self.gates for f in gate.findings if not f.status.opens)

    @property
    def excepted(self) -> tuple[Finding, ...]:
        """What was not met, and was taken on by whoever released the unit by exception."""
        found = (finding for gate in self.gates for finding in gate.findings)
        return tuple(finding for finding in found if finding.status is Status.EXCEPTION)

    @property
    def criteria(self) -> tuple[str, ...]:
        """The criteria that a release by exception must name."""
        return tuple(dict.fromkeys(finding.criterion for finding in self.open_findings))

    @property
    def missing(self) -> tuple[str, ...]:
        """The roles whose signature is not given yet."""
        needs = self.step.signatures if self.step else ()
        return tuple(need.role for need in needs if need.given_by is None)

    @property
    def act(self) -> Act | None:
        """What this reader's signature would do; None where it would be refused."""
        return None if self.why_not else self._act

    @property
    def _act(self) -> Act:
        if len(self.missing) > 1:
            return Act.AGREE
        return Act.EXCEPT if self.open_findings else Act.RELEASE

    @cached_property
    def why_not(self) -> str:
        """Why there is nothing for this reader to sign; empty where there is."""
        return self._of_the_unit or self._of_the_reader

    @property
    def _of_the_unit(self) -> str:
        seen = self.seen
        if self.verdict is None:
            return why_no_verdict(seen.infant)
        if self.verdict.stopped:
            return self.verdict.stopped
        if self.step is None:
            return _("The protocol of this child has no release.")
        if seen.unit.release is not None and self.step.state is StepState.DONE:
            return _("The unit is released.")
        if seen.unit.state not in (*RELEASABLE, *AT_THE_CHILD):
            state = seen.unit.state.words
            return _("The unit is “{state}”, and cannot be released.").format(state=state)
        if self.undone:
            first = self.undone[0].title
            return _("“{step}” is not recorded, and stands before the release.").format(step=first)
        return ""

    @property
    def _of_the_reader(self) -> str:
        acting = self.seen.acting
        given = {need.given_by for need in self.step.signatures} if self.step else set()
        if str(acting.account_id) in given:
            return _("You have signed. A second, different person must sign.")
        if self.missing and acting.role.name not in self.missing:
            roles = joined([str(role_words(role)) for role in self.missing])
            return _("It waits for the signature of: {roles}.").format(roles=roles)
        if isinstance(self.seen.identity, Unnamed):
            return _("A release names the child. {why}.").format(why=self.seen.identity.printed)
        return self._of_the_exception or self._of_the_role

    @property
    def _of_the_exception(self) -> str:
        """Whoever may release by exception signs last, or nobody could."""
        only_with_exception = self.open_findings and self._act is Act.AGREE
        if only_with_exception and self.seen.acting.may_record(Act.EXCEPT.event):
            others = [role for role in self.missing if role != self.seen.acting.role.name]
            roles = joined([str(role_words(role)) for role in others])
            told = _(
                "Criteria are not met. Before you can release by exception, it must be signed by: {roles}."
            )
            return told.format(roles=roles)
        return ""

    @property
    def _of_the_role(self) -> str:
        if self.seen.acting.may_record(self._act.event):
            return ""
        if self._act is Act.EXCEPT:
            return _("Criteria are not met. Only the medical director releases by exception.")
        return _("Your role does not release units.")
