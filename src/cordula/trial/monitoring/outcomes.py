"""What is known of an endpoint of every child by now, as the arrays that the design's analysis takes?

An intercurrent event is handled as the estimand says it: the outcome is set to a value, counted as measured, or left
out, exactly as the simulation handles it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import nan

import numpy as np
from numpy.typing import NDArray

from cordula.stats.refusals import CannotBe
from cordula.trial.design import (
    Binary,
    Continuous,
    Endpoint,
    Intercurrent,
    Longitudinal,
    Strategy,
    TimeToEvent,
)
from cordula.trial.monitoring.course import Course
from cordula.trial.monitoring.plan import MONTH, Plan, Visit, time_of
from cordula.vocabulary.quantity import Quantity

Floats = NDArray[np.float64]
GRAVEST_FIRST = (Intercurrent.DEATH, Intercurrent.TRANSPLANT, Intercurrent.UNPLANNED_OPERATION)
# The events that the ledger can tell of a child; an endpoint about an event has its name.
KNOWN = ("death", "transplant", "unplanned_operation", "serious_event")


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """Children in the order of entry. settled: whether nothing more is awaited, shape (n,); baseline: (n,);
    value: (n,) or (n, visits), NaN where nothing counts; of a time, `value` is months, and `seen` says
    whether the event was seen."""

    settled: NDArray[np.bool_]
    baseline: Floats
    value: Floats
    seen: NDArray[np.bool_]


def outcome_of(
    plan: Plan, endpoint: Endpoint, courses: tuple[Course, ...], now: datetime
) -> Outcome:
    """Raises CannotBe where the ledger has no events that this endpoint could be read from."""
    if isinstance(endpoint, Continuous):
        return _measured(plan, endpoint, (endpoint.timepoint,), courses, now)
    if isinstance(endpoint, Longitudinal):
        found = _measured(plan, endpoint, endpoint.visits, courses, now)
        return Outcome(found.settled, found.baseline, found.value, found.seen)
    if isinstance(endpoint, Binary):
        return _happened(endpoint, courses, now)
    if isinstance(endpoint, TimeToEvent):
        return _timed(endpoint, courses, now)
    raise CannotBe(f"“{endpoint.id}”: a {endpoint.kind} endpoint is put together from its parts")


# --- What is measured -------------------------------------------------------------------------


def _measured(
    plan: Plan,
    endpoint: Continuous | Longitudinal,
    timepoints: tuple[str, ...],
    courses: tuple[Course, ...],
    now: datetime,
) -> Outcome:
    visits = [_visit(plan, endpoint, timepoint) for timepoint in timepoints]
    rows = [[_one(endpoint, visit, one, now) for visit in visits] for one in courses]
    value = np.array([[v for v, _ in row] for row in rows], float).reshape(len(rows), len(visits))
    settled = np.array([row[-1][1] for row in rows], bool)
    baseline = np.array([_number(c.before.get(endpoint.measure), endpoint.unit) for c in courses])
    value = value if isinstance(endpoint, Longitudinal) else value[:, 0]
    return Outcome(settled, baseline, value, np.isfinite(value))


def _visit(plan: Plan, endpoint: Continuous | Longitudinal, timepoint: str) -> Visit:
    for one in plan.visits:
        if (one.measure, one.timepoint) == (endpoint.measure, timepoint):
            return one
    places = dict(
        zip(getattr(endpoint, "visits", ()), getattr(endpoint, "follow_ups", ()), strict=True)
    )
    after = places.get(timepoint, endpoint.follow_up)
    return Visit(
        measure=endpoint.measure, timepoint=timepoint, after=time_of(after), window=timedelta(0)
    )


def _one(
    endpoint: Continuous | Longitudinal, visit: Visit, course: Course, now: datetime
) -> tuple[float, bool]:
    """The child's value at this visit (NaN: none counts), and whether nothing more is awaited."""
    read = _number(course.after.get((visit.measure, visit.timepoint)), endpoint.unit)
    if endpoint.change_from_baseline:
        read -= _number(course.before.get(visit.measure), endpoint.unit)
    over = _over(visit, course, now) or np.isfinite(read)
    for event in GRAVEST_FIRST:
        at = course.happened.get(event.value)
        if at is None or (course.operated and at > course.operated + visit.after + visit.window):
            continue
        strategy = endpoint.estimand.strategy(event) if endpoint.estimand else None
        if strategy is Strategy.COMPOSITE and endpoint.estimand is not None:
            return _number(endpoint.estimand.set_to, endpoint.unit), True
        if strategy is not Strategy.TREATMENT_POLICY:
            return nan, True
        # As measured: a child who died has no value to come.
        over = over or event is Intercurrent.DEATH
    return read, bool(over)


def _over(visit: Visit, course: Course, now: datetime) -> bool:
    return course.operated is not None and course.operated + visit.after + visit.window < now


def _number(amount: Quantity | None, unit: str) -> float:
    return nan if amount is None else float(amount.to(unit).value)


# --- What happens -----------------------------------------------------------------------------


def event_of(endpoint: Endpoint) -> str:
    """The ledger's event that this endpoint counts, by the endpoint's name. Raises CannotBe."""
    for kind in KNOWN:
        if endpoint.id == kind or endpoint.id.startswith(f"{kind}_"):
            return kind
    raise CannotBe(
        f"“{endpoint.id}” is not read from the ledger: its name is none of {', '.join(KNOWN)}, so nothing "
        "says which events it counts"
    )


def _happened(endpoint: Binary, courses: tuple[Course, ...], now: datetime) -> Outcome:
    kind, within = event_of(endpoint), time_of(endpoint.follow_up)
    values, settled = [], []
    for one in courses:
        had, end = one.happened.get(kind), one.entered + within
        within_time = had is not None and had <= end
        gone = kind != "death" and one.happened.get("death", end) < min(end, now)
        settled.append(within_time or end < now or gone)
        # Whoever died before it could happen has no answer; what the estimand makes of it is the protocol's.
        values.append(1.0 if within_time else nan if gone or not settled[-1] else 0.0)
    value, empty = np.array(values, float), np.full(len(values), nan)
    return Outcome(np.array(settled, bool), empty, value, np.isfinite(value))


def _timed(endpoint: TimeToEvent, courses: tuple[Course, ...], now: datetime) -> Outcome:
    """Months from entry to the event, or to where the child was last known to be without it."""
    kind = event_of(endpoint)
    follow_up = None if endpoint.follow_up is None else time_of(endpoint.follow_up)
    values, seen, settled = [], [], []
    for one in courses:
        last = now if follow_up is None else min(now, one.entered + follow_up)
        last = min(last, one.happened.get("death", last))
        had = one.happened.get(kind)
        seen.append(had is not None and had <= last)
        values.append(((had if had is not None and seen[-1] else last) - one.entered) / MONTH)
        settled.append(seen[-1] or last < now)
    empty = np.full(len(values), nan)
    return Outcome(np.array(settled, bool), empty, np.array(values, float), np.array(seen, bool))
