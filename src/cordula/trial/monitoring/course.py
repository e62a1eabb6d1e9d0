"""What has happened to each child since she entered the trial, in the words of its endpoints and rules?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from cordula.events.course import Examined, Operated
from cordula.infants.infant import Infant
from cordula.trial.monitoring.frozen import Frozen
from cordula.trial.monitoring.plan import Plan
from cordula.vocabulary.identifiers import InfantId
from cordula.vocabulary.quantity import Quantity

# Operations that every child of these trials is planned to have: none of them is an unplanned one.
PLANNED = frozenset(
    {
        "stage_1_palliation",
        "hybrid_stage_1_palliation",
        "stage_2_palliation",
        "stage_3_palliation",
        "heart_transplant",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A child from her entry on. `entered`: when she drew, or had the operation; `operated`: where time after
    the operation begins, None before it. `times`: all events of each kind from entry on. `before` and
    `after` hold results by measure, and by measure and timepoint."""

    infant: InfantId
    entered: datetime
    operated: datetime | None
    times: Mapping[str, tuple[datetime, ...]]
    before: Mapping[str, Quantity]
    after: Mapping[tuple[str, str], Quantity]

    @property
    def happened(self) -> Mapping[str, datetime]:
        """The first of each kind of event since entry."""
        return {kind: times[0] for kind, times in self.times.items()}


def courses_of(plan: Plan, facts: Frozen) -> tuple[Course, ...]:
    """The children of the trial in the order of their entry, no more than the design has.

    Whoever entered beyond the planned number is left out here, and counted in `entered_of`."""
    return entered_of(plan, facts)[: plan.design.participants]


def entered_of(plan: Plan, facts: Frozen) -> tuple[Course, ...]:
    """Every child that entered, however many were planned."""
    found = []
    for name, infant in facts.infants:
        entry = _entry(plan, facts, name, infant)
        if entry is not None and entry <= facts.at:
            found.append(_course(plan, name, infant, entry))
    return tuple(sorted(found, key=lambda one: (one.entered, one.infant)))


def _entry(plan: Plan, facts: Frozen, name: InfantId, infant: Infant) -> datetime | None:
    """The draw where there are lists, else the operation: before it nobody knows who will be treated."""
    if facts.allocation.committed:
        draw = facts.allocation.randomised.get(name)
        return draw.at if draw else None
    done = infant.performed(plan.operation)
    return done.at if done else None


def _course(plan: Plan, name: InfantId, infant: Infant, entry: datetime) -> Course:
    done = infant.performed(plan.operation)
    began = done.started_at if done else None
    results = sorted(infant.all(Examined), key=lambda one: one.at)
    return Course(
        infant=name,
        entered=entry,
        operated=done.at if done else None,
        times=_times(infant, entry),
        before={e.measure: e.result for e in results if began is None or e.at < began},
        after={
            (e.measure, e.timepoint): e.result
            for e in results
            if e.timepoint is not None and began is not None and e.at >= began
        },
    )


def _times(infant: Infant, entry: datetime) -> dict[str, tuple[datetime, ...]]:
    """Each kind of event since entry, in the order of time."""
    told = {
        "death": [] if infant.died_at is None else [infant.died_at],
        "transplant": [] if infant.transplanted_at is None else [infant.transplanted_at],
        "unplanned_operation": [o.at for o in infant.all(Operated) if o.operation not in PLANNED],
        "serious_event": [e.started_at for e in infant.adverse_events if e.serious],
    }
    later = {kind: tuple(sorted(at for at in times if at >= entry)) for kind, times in told.items()}
    return {kind: times for kind, times in later.items() if times}
