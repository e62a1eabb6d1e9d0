"""What is known of an endpoint of every child by now, as the arrays that the design's analysis takes?

An intercurrent event is handled as the estimand says it: the outcome is set to a value, counted as measured, or left
out, exactly as the simulation handles it."""

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
from cordula.trial.monitoring.outcome import Outcome
from cordula.trial.monitoring.plan import Plan, Visit, time_of
from cordula.trial.monitoring.times import happened, timed
from cordula.vocabulary.quantity import Quantity

Floats = NDArray[np.float64]
GRAVEST_FIRST = (Intercurrent.DEATH, Intercurrent.TRANSPLANT, Intercurrent.UNPLANNED_OPERATION)


def outcome_of(
    plan: Plan, endpoint: Endpoint, courses: tuple[Course, ...], now: datetime
) -> Outcome:
    """Raises CannotBe where the ledger has no events that this endpoint could be read from."""
    if isinstance(endpoint, Continuous):
        return _measured(plan, endpoint, (endpoint.timepoint,), courses, now)
    if isinstance(endpoint, Longitudinal):
        return _measured(plan, endpoint, endpoint.visits, courses, now)
    if isinstance(endpoint, Binary):
        return happened(endpoint, courses, now)
    if isinstance(endpoint, TimeToEvent):
        return timed(endpoint, courses, now)
    raise CannotBe(f"“{endpoint.id}”: a {endpoint.kind} endpoint is put together from its parts")


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
