"""Which event of the history is the act that a step asks for?"""

from collections.abc import Iterable
from datetime import datetime
from operator import attrgetter

from cordula.events.collection import Received
from cordula.events.event import Event
from cordula.events.release import Released, Shipped
from cordula.journey.case import Case
from cordula.journey.plan import StepPlan


def act(plan: StepPlan, before: Iterable[datetime], case: Case) -> Event | None:
    """The first fitting event that follows the acts it waited for.

    An event that stands before a release was undone, or before what it waited for was done again,
    is history: it makes nothing done."""
    if Released in plan.kinds:
        return case.release
    fitting = [e for e in _candidates(plan, case) if e.at <= case.now]
    if fitting and (floor := max(before, default=None)):
        fitting = [event for event in fitting if event.at >= floor]
    if fitting and Released in plan.kinds_before:
        fitting = [event for event in fitting if not case.undone(event)]
    return min(fitting, key=_at, default=None)


_at = attrgetter("at")


def _candidates(plan: StepPlan, case: Case) -> list[Event]:
    """The events of the step's kinds about this unit and this child. One that concerns both stands
    in both histories, and either will do."""
    found: list[Event] = []
    for kind in plan.kinds:
        of_unit: list[Event] = case.unit.all(kind) if case.unit else []
        found += of_unit or (case.infant.all(kind) if case.infant else [])
    if Received in plan.kinds:
        found = [event for event in found if _at_this_end(event, plan, case)]
    return [event for event in found if _of_this_case(event, case)]


def _of_this_case(event: Event, case: Case) -> bool:
    unit, infant = case.unit.id if case.unit else None, case.infant_id
    units = getattr(event, "units", ())
    return (
        getattr(event, "unit", unit) == unit
        and (not units or unit in units)
        and (infant is None or getattr(event, "infant", infant) == infant)
    )


def _at_this_end(event: Event, plan: StepPlan, case: Case) -> bool:
    """A unit arrives twice: at the laboratory, and after it was shipped, at theatre."""
    shipped = case.unit.latest(Shipped) if case.unit else None
    return (shipped is not None and event.at >= shipped.at) == (Shipped in plan.kinds_before)
