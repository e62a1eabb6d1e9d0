"""An infant is what her events have made of her course."""

from dataclasses import dataclass
from datetime import datetime

from cordula.events.before_birth import (
    Announced,
    Consented,
    Enrolled,
    Expected,
)
from cordula.events.collection import Born
from cordula.events.consent import scopes_in_force
from cordula.events.course import (
    AdverseEventReported,
    Declared,
    Diagnosed,
    Died,
    Examined,
    Operated,
    OperationCancelled,
    OperationPlanned,
    Reviewed,
    ReviewRequested,
    Transplanted,
    Weighed,
)
from cordula.events.history import History
from cordula.events.once import once
from cordula.vocabulary.identifiers import ChainOfIdentityId, InfantId, MotherId, UnitId


@dataclass(frozen=True)
class Infant(History):
    """One child, from before birth. Names are not here: they live in one erasable table."""

    @once
    def id(self) -> InfantId | None:
        start = self.first(Announced)
        return start.infant if start else None

    @property
    def mother(self) -> MotherId | None:
        start = self.first(Announced)
        return start.mother if start else None

    @property
    def chain_of_identity(self) -> ChainOfIdentityId | None:
        start = self.first(Announced)
        return start.chain_of_identity if start else None

    @once
    def units(self) -> tuple[UnitId, ...]:
        """Her own units, in the order their kits were set aside."""
        return tuple(event.unit for event in self.all(Expected))

    @property
    def born_at(self) -> datetime | None:
        born = self.latest(Born)
        return born.at if born else None

    @property
    def weight(self) -> Weighed | None:
        """The newest weighing by the time it was done, not by the time it was written down."""
        return max(self.all(Weighed), key=lambda event: event.at, default=None)

    @once
    def diagnoses(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(event.diagnosis for event in self.all(Diagnosed)))

    @property
    def enrolment(self) -> Enrolled | None:
        """The version she is judged by: the newest she was enrolled under."""
        return self.latest(Enrolled)

    @once
    def consented(self) -> frozenset[str]:
        return scopes_in_force(self.standing)

    def consent_to(self, scope: str) -> Consented | None:
        """The consent in force for this scope, if there is one."""
        if scope not in self.consented:
            return None
        return next((c for c in reversed(self.all(Consented)) if scope in c.scopes), None)

    def planned(self, operation: str) -> OperationPlanned | None:
        """The plan in force for this operation: not cancelled, not yet performed."""
        plan: OperationPlanned | None = None
        for event in self.standing:
            if isinstance(event, OperationPlanned) and event.operation == operation:
                plan = event
            elif isinstance(event, OperationCancelled | Operated) and event.operation == operation:
                plan = None
        return plan

    def performed(self, operation: str) -> Operated | None:
        return next((o for o in reversed(self.all(Operated)) if o.operation == operation), None)

    @once
    def next_operation(self) -> OperationPlanned | None:
        """The earliest operation that is still planned."""
        keys = dict.fromkeys(event.operation for event in self.all(OperationPlanned))
        plans = [plan for key in keys if (plan := self.planned(key))]
        return min(plans, key=lambda plan: plan.planned_for, default=None)

    def review(self, name: str) -> Reviewed | None:
        return next((r for r in reversed(self.all(Reviewed)) if r.review == name), None)

    def review_waiting(self, name: str) -> ReviewRequested | None:
        """The request for this review, while no review was signed after it."""
        asked = next((r for r in reversed(self.all(ReviewRequested)) if r.review == name), None)
        signed = self.review(name)
        return None if asked is None or (signed and signed.at >= asked.at) else asked

    def declared(self, item: str) -> Declared | None:
        return next((d for d in reversed(self.all(Declared)) if d.item == item), None)

    def examined(self, measure: str) -> list[Examined]:
        """All results of an outcome measure, in the order of the examinations."""
        found = (event for event in self.all(Examined) if event.measure == measure)
        return sorted(found, key=lambda event: event.at)

    @property
    def adverse_events(self) -> list[AdverseEventReported]:
        return self.all(AdverseEventReported)

    @property
    def died_at(self) -> datetime | None:
        died = self.latest(Died)
        return died.at if died else None

    @property
    def transplanted_at(self) -> datetime | None:
        transplanted = self.latest(Transplanted)
        return transplanted.at if transplanted else None
