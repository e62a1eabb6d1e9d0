"""How many children entered by when, against what was planned? And what of the visits that are due?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cordula.trial.monitoring.course import Course
from cordula.trial.monitoring.frozen import Frozen
from cordula.trial.monitoring.plan import MONTH, Plan, Visit

# After these a later visit of the same child cannot be expected any more.
ENDS = ("death",)


@dataclass(frozen=True, slots=True)
class Month:
    """Children entered by the end of this month since the first (the first is 1), and how many were planned by then."""

    month: int
    entered: int
    planned: float | None


@dataclass(frozen=True, slots=True)
class Accrual:
    """entered: children of the trial; beyond: those who came after the planned number; first, newest: entries."""

    planned: int
    entered: int
    beyond: int
    first: datetime | None
    newest: datetime | None
    months: tuple[Month, ...]


@dataclass(frozen=True, slots=True)
class Completeness:
    """One visit: children whose time for it is over or who were seen, those who were, those missed, those who
    died before, and those whose time has not come or is not over."""

    visit: Visit
    due: int
    done: int
    missed: int
    died: int
    ahead: int

    @property
    def share(self) -> float | None:
        """Of the visits that were due, how many were done; None before the first."""
        return self.done / self.due if self.due else None


def accrual(plan: Plan, entered: Sequence[Course], facts: Frozen) -> Accrual:
    """Entries by month. entered: every child, in the order of entry."""
    own = entered[: plan.design.participants]
    first = own[0].entered if own else None
    months = 0 if first is None else int((facts.at - first) / MONTH) + 1
    return Accrual(
        planned=plan.design.participants,
        entered=len(own),
        beyond=len(entered) - len(own),
        first=first,
        newest=own[-1].entered if own else None,
        months=tuple(_month(plan, own, month + 1) for month in range(months)),
    )


def _month(plan: Plan, own: Sequence[Course], month: int) -> Month:
    end = own[0].entered + month * MONTH
    planned = None
    if plan.accrual is not None:
        planned = min(float(plan.design.participants), plan.accrual * month)
    return Month(month, sum(one.entered < end for one in own), planned)


def completeness(plan: Plan, courses: Sequence[Course], facts: Frozen) -> tuple[Completeness, ...]:
    """Each visit of the protocol's follow-up, in its order."""
    return tuple(_of_visit(visit, courses, facts.at) for visit in plan.visits)


def _of_visit(visit: Visit, courses: Sequence[Course], now: datetime) -> Completeness:
    states = [state_of(visit, one, now) for one in courses]
    done, missed = states.count("done"), states.count("missed")
    return Completeness(
        visit=visit,
        due=done + missed,
        done=done,
        missed=missed,
        died=states.count("died"),
        ahead=states.count("ahead"),
    )


def state_of(visit: Visit, course: Course, now: datetime) -> str:
    """done, died (before it), missed (its window is over), or ahead."""
    if (visit.measure, visit.timepoint) in course.after:
        return "done"
    if course.operated is None:
        return "died" if any(kind in course.happened for kind in ENDS) else "ahead"
    last = course.operated + visit.after + visit.window
    if any(kind in course.happened and course.happened[kind] <= last for kind in ENDS):
        return "died"
    return "missed" if last < now else "ahead"
