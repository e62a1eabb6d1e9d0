"""Which event of the history is the act that a step asks for?"""

from collections.abc import Iterable
from datetime import datetime

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
    if floor := max(before, default=None):
        fitting = [event for event in fitting if event.at >= floor]
    if Released in plan.kinds_before:
        fitting = [event for event in fitting if not case.undone(event)]
    return min(fitting, key=lambda event: event.at, default=None)


def _candidates(plan: StepPlan, case: Case) -> list[Event]:
    histories = [history for history in (case.unit, case.infant) if history is not None]
    found = [event for kind in plan.kinds for history in histories for event in history.all(kind)]
    if Received in plan.kinds:
        found = [event for event in found if _at_this_end(event, plan, case)]
    return [event for event in found if _of_this_case(event, case)]


def _of_this_case(event: Event, case: Case) -> bool:
    unit = case.unit.id if case.unit else None
    units = getattr(event, "units", ())
    return (
        getattr(event, "unit", unit) == unit
        and (not units or unit in units)
        and (case.infant_id is None or getattr(event, "infant", case.infant_id) == case.infant_id)
    )


def _at_this_end(event: Event, plan: StepPlan, case: Case) -> bool:
    """A unit arrives twice: at the laboratory, and after it was shipped, at theatre."""
    shipped = case.unit.latest(Shipped) if case.unit else None
    return (shipped is not None and event.at >= shipped.at) == (Shipped in plan.kinds_before)
