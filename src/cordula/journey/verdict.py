"""What a judgement says: every gate with its finding, why, who must act, and by when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cordula.vocabulary.quantity import Quantity


class Status(StrEnum):
    """The status grammar of the pages. Only a met gate opens anything."""

    MET = "met"
    MET_WITH_NOTE = "met_with_note"
    EXCEPTION = "exception"
    NOT_NEEDED = "not_needed"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"
    WAITING_RESULT = "waiting_result"
    WAITING_SIGNATURE = "waiting_signature"
    LOCKED = "locked"
    NOT_STARTED = "not_started"
    WITHDRAWN = "withdrawn"

    @property
    def opens(self) -> bool:
        """Whether a step behind this gate may be taken."""
        return self in _OPENING


_OPENING = frozenset({Status.MET, Status.MET_WITH_NOTE, Status.EXCEPTION, Status.NOT_NEEDED})


class StepState(StrEnum):
    """Where a step stands."""

    DONE = "done"
    READY = "ready"
    BLOCKED = "blocked"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Where a rule comes from. An open rule is one whose number nobody could source."""

    source: str
    title: str
    url: str = ""
    place: str = ""
    open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One criterion looked at: what was found, what is needed, and who must act if it is not met."""

    criterion: str
    says: str
    status: Status
    found: str
    needed: str
    cites: Citation
    who: str
    due: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A row of the timeline that must be met before later steps: its findings, taken together."""

    id: str
    number: int
    stage: str
    title: str
    status: Status
    findings: Sequence[Finding]
    who: str
    since: datetime | None = None
    by: tuple[str, ...] = ()
    due: datetime | None = None

    @property
    def found(self) -> str:
        """The sentence of the row: the findings that are open, or all of them where none is."""
        told = [f.found for f in self.findings if not f.status.opens] or [
            f.found for f in self.findings
        ]
        return " ".join(dict.fromkeys(told))


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureNeed:
    """A signature a step needs: in which role, and by whom it was given."""

    role: str
    given_by: str | None = None
    given_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """An act of the protocol, recorded by an event: may it be taken, and if not, why?"""

    id: str
    number: int
    stage: str
    title: str
    event: str
    state: StepState
    status: Status
    because: str
    waits_for: tuple[str, ...]
    role: str
    signatures: tuple[SignatureNeed, ...] = ()
    done_at: datetime | None = None
    done_by: str | None = None
    due: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseLine:
    """One line of the dose working: what, from what, how much."""

    label: str
    working: str
    result: Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """The dose with its working. It stays planned until the unit is released and thawed."""

    status: Status
    planned: bool
    volume: Quantity | None
    per_kg: Quantity | None
    lines: tuple[DoseLine, ...]
    lowest: Quantity | None
    highest: Quantity | None
    because: str
    cites: Citation
    # In how many injections, and how much each, where the protocol says so.
    injections: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One moment of the deadline ladder, worked back from the planned operation."""

    at: datetime
    says: str
    kind: str
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The answer to: may the next step be taken, and if not, what is missing, who, by when?"""

    protocol: str
    version: str
    digest: str
    at: datetime
    gates: tuple[Gate, ...]
    steps: tuple[Step, ...]
    dose: Dose | None
    ladder: tuple[Rung, ...]
    stages: tuple[tuple[str, str], ...]
    stopped: str = ""

    def step(self, step_id: str) -> Step:
        return next(step for step in self.steps if step.id == step_id)

    def gate(self, gate_id: str) -> Gate:
        return next(gate for gate in self.gates if gate.id == gate_id)

    @property
    def met(self) -> int:
        return sum(gate.status.opens for gate in self.gates)

    @property
    def open_gates(self) -> tuple[Gate, ...]:
        return tuple(gate for gate in self.gates if not gate.status.opens)

    @property
    def next_step(self) -> Step | None:
        return next((step for step in self.steps if step.state is not StepState.DONE), None)

    def behind(self, step_id: str) -> frozenset[str]:
        """The gates and steps that this step waits for, and all that those wait for."""
        steps = {step.id: step for step in self.steps}
        found: set[str] = set()
        waiting = [step_id]
        while waiting:
            step = steps.get(waiting.pop())
            new = set(step.waits_for) - found if step else set()
            found |= new
            waiting += new
        return frozenset(found)

    def may(self, step_id: str) -> bool:
        """Whether this step may be taken now: everything it waits for is met, and it is not done."""
        return self.step(step_id).state is StepState.READY
