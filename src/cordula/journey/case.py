"""What is judged: a protocol, a unit, a child, and the moment of asking."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from cordula.display import clin_date
from cordula.events.course import OperationPlanned, Weighed
from cordula.events.event import Event
from cordula.events.once import once
from cordula.events.release import ExceptionallyReleased, Released, ReleaseRevoked, Returned
from cordula.infants.infant import Infant
from cordula.journey.dose import work_out
from cordula.journey.verdict import Dose
from cordula.journey.wording import moment_in_words
from cordula.protocols.protocol import Protocol
from cordula.units.unit import Unit
from cordula.vocabulary.identifiers import InfantId

Undoing = ReleaseRevoked | Returned


@dataclass(frozen=True)
class Case:
    """A unit or a child may be missing: then what depends on it is not known."""

    protocol: Protocol
    unit: Unit | None
    infant: Infant | None
    now: datetime

    @once
    def infant_id(self) -> InfantId | None:
        return self.infant.id if self.infant else None

    @once
    def given_at(self) -> datetime | None:
        return self.unit.moment("administered") if self.unit else None

    @once
    def as_of(self) -> datetime:
        """The moment that freshness is judged at. Once the cells were given, time spoils nothing more."""
        return min(self.now, self.given_at) if self.given_at else self.now

    @once
    def undone_by(self) -> Undoing | None:
        """What last undid a release and all that followed: it was taken back, or the products came back.

        Products that come back after the cells were given are what is left over."""
        if self.unit is None:
            return None
        events: list[Undoing] = [*self.unit.all(ReleaseRevoked), *self.unit.all(Returned)]
        before = [e for e in events if self.given_at is None or e.at < self.given_at]
        return max(before, key=lambda event: event.at, default=None)

    def undone(self, event: Event) -> bool:
        return self.undone_by is not None and event.at <= self.undone_by.at

    @once
    def release(self) -> Released | ExceptionallyReleased | None:
        """The release in force, if it is for this child and under this very version of the protocol."""
        release = self.unit.release if self.unit else None
        if release is None or release.at > self.now or self.undone(release):
            return None
        if self.infant_id not in (None, release.infant):
            return None
        here = (self.protocol.id, self.protocol.digest)
        return release if (release.protocol, release.digest) == here else None

    @once
    def plan(self) -> OperationPlanned | None:
        """The plan in force for the protocol's operation."""
        return self.infant.planned(self.protocol.operation) if self.infant else None

    def planned(self, operation: str) -> OperationPlanned | None:
        if operation == self.protocol.operation:
            return self.plan
        return self.infant.planned(operation) if self.infant else None

    @once
    def theatre_at(self) -> datetime | None:
        """When the operation is planned for; once it was performed, when it began."""
        if self.infant is None:
            return None
        if self.plan is not None:
            return self.plan.planned_for
        performed = self.infant.performed(self.protocol.operation)
        return performed.started_at if performed else None

    @once
    def weight(self) -> Weighed | None:
        """The newest weighing before the cells were given; a later one changes no dose."""
        if self.infant is None:
            return None
        weighings = self.infant.all(Weighed)
        if self.given_at is not None:
            weighings = [w for w in weighings if w.at <= self.given_at]
        return max(weighings, key=lambda weighed: weighed.at, default=None)

    @once
    def dose(self) -> Dose | None:
        """The dose by the protocol's rule, worked out once: a gate asks for it, and so does the page."""
        return work_out(self)

    def moment(self, name: str) -> datetime | None:
        """When a named moment was or is to be; None while it is not recorded."""
        if (find := _MOMENTS.get(name)) is not None:
            return find(self)
        return self.unit.moment(name) if self.unit else None

    def day(self, at: datetime) -> str:
        return clin_date(at, self.now.tzinfo)

    def time(self, at: datetime, *, weekday: bool = False) -> str:
        """A moment in the zone of the place that asks."""
        assert self.now.tzinfo is not None  # noqa: S101 (judge refuses a clock without a zone)
        return moment_in_words(at, self.now.tzinfo, weekday=weekday)

    def calendar_day(self, at: datetime) -> date:
        return at.astimezone(self.now.tzinfo).date()


_MOMENTS: dict[str, Callable[[Case], datetime | None]] = {
    "born": lambda case: case.infant.born_at if case.infant else None,
    "weighed": lambda case: case.weight.at if case.weight else None,
    "operation_planned": lambda case: case.theatre_at,
    "now": lambda case: case.as_of,
}
