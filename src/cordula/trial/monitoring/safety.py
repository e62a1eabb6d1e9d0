"""How many children had an event, of how many counted, and does that stop the trial? The design's own rule is asked."""

from dataclasses import dataclass
from datetime import datetime

from cordula.stats.refusals import CannotBe
from cordula.trial.monitoring.arms import Arms
from cordula.trial.monitoring.course import Course
from cordula.trial.monitoring.plan import Plan, time_of
from cordula.trial.rules.safety import SafetyRule


@dataclass(frozen=True, slots=True)
class SafetyCount:
    """events among counted children of the rule's arm; waiting: its children whose time is not over. stops_at: with
    how many events the trial stops once one more child is counted; stopped_after: after how many counted children
    the rule stopped it, None where it did not; refused: why it could not be asked."""

    rule: SafetyRule
    events: int
    counted: int
    waiting: int
    stops_at: int | None
    stopped_after: int | None
    refused: str = ""

    @property
    def stops(self) -> bool:
        return self.stopped_after is not None


def safety(
    plan: Plan, courses: tuple[Course, ...], arms: Arms, now: datetime
) -> tuple[SafetyCount, ...]:
    """Each rule of the design, on the children of its arm.

    A child is counted when she has had the event, or when the time of the rule is over without it; so the counts
    come one after another, and the rule is asked after each of them."""
    return tuple(_of(rule, courses, arms, now) for rule in plan.design.safety)


def _of(rule: SafetyRule, courses: tuple[Course, ...], arms: Arms, now: datetime) -> SafetyCount:
    own = [one for one in courses if arms.of.get(one.infant) == rule.arm and one.operated]
    told = sorted(found for one in own if (found := counted_at(rule, one)) and found[0] <= now)
    return judged(rule, tuple(had for _, had in told), waiting=len(own) - len(told))


def counted_at(rule: SafetyRule, course: Course) -> tuple[datetime, bool] | None:
    """When the child counts, and whether with an event; None before her operation."""
    if course.operated is None:
        return None
    end = course.operated + time_of(rule.within)
    times = (at for at in course.times.get(rule.event, ()) if course.operated <= at <= end)
    had = next(times, None)
    return (end, False) if had is None else (had, True)


def judged(rule: SafetyRule, had: tuple[bool, ...], waiting: int = 0) -> SafetyCount:
    """Children in the order in which they were counted, and whether each had the event.

    Another order of children who count at the same moment gives the same answer at that moment's end."""
    events, stopped, refused = 0, None, ""
    for number, one in enumerate(had, start=1):
        events += one
        try:
            if stopped is None and rule.stops(events, number):
                stopped = number
        except CannotBe as impossible:
            refused = str(impossible)
            break
    return SafetyCount(
        rule=rule,
        events=sum(had),
        counted=len(had),
        waiting=waiting,
        stops_at=_next(rule, len(had)),
        stopped_after=stopped,
        refused=refused,
    )


def _next(rule: SafetyRule, counted: int) -> int | None:
    """With how many events the trial stops once one more child is counted; None where no number does."""
    if counted >= rule.children:
        return None
    bound = int(rule.stops_at[counted])
    return bound if bound <= counted + 1 else None
