"""Which pairs of children are told apart by the first part of a hierarchy that can? As simulated pairs are."""

from dataclasses import dataclass
from datetime import datetime
from math import nan

import numpy as np
from numpy.typing import NDArray

from cordula.stats.refusals import CannotBe
from cordula.trial.design import Continuous, Design, Endpoint, Hierarchical, TimeToEvent
from cordula.trial.monitoring.arms import CONCEALED
from cordula.trial.monitoring.course import Course
from cordula.trial.monitoring.outcome import Outcome
from cordula.trial.monitoring.outcomes import outcome_of
from cordula.trial.monitoring.plan import Plan
from cordula.trial.monitoring.times import component, event_of
from cordula.trial.simulation.hierarchical import followed_for
from cordula.vocabulary.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Compared:
    """Net benefit or log win ratio of the first arm with its error, NaN where there is none; children of each arm
    that it rests on, and children of whom nothing is awaited."""

    estimate: float
    error: float
    counted: tuple[int, int]
    settled: int


def compared(
    plan: Plan,
    endpoint: Hierarchical,
    courses: tuple[Course, ...],
    place: NDArray[np.int8],
    now: datetime,
) -> Compared:
    """Of children who were followed for the whole time. place: 0 the first arm, 1 the last, CONCEALED unknown."""
    from cordula.trial.simulation.hierarchical import pairs

    parts, follow_up = parts_of(plan.design, endpoint)
    told = _told(plan, parts, follow_up, courses, now)
    settled = np.all([one.settled for one in told], axis=0)
    usable = settled & (place != CONCEALED)
    mine = place[usable] == 0
    counted = int(mine.sum()), int((~mine).sum())
    estimate, error = nan, nan
    if min(counted):
        signs = np.array([_sign(one) for one in parts])
        value = np.array([one.value[usable] for one in told])
        seen = np.array([one.seen[usable] for one in told])
        estimate, error = pairs(value, seen, mine, signs, endpoint.analysis)
    return Compared(estimate, error, counted, int(settled.sum()))


def parts_of(design: Design, endpoint: Hierarchical) -> tuple[list[Endpoint], Quantity]:
    """Its parts, and for how long each child is watched for them. Raises CannotBe where they are not simulated so."""
    parts = [design.endpoints[name] for name in endpoint.components]
    times = [one for one in parts if isinstance(one, TimeToEvent)]
    measured = [one for one in parts if isinstance(one, Continuous)]
    if parts != [*times, *measured] or len(measured) > 1:
        raise CannotBe(
            f"“{endpoint.id}”: times to events come first, then one measured outcome at most"
        )
    for one in times:
        event_of(one)
    follow_up = followed_for(design, endpoint)
    if follow_up is None:
        raise CannotBe(f"“{endpoint.id}” compares children followed for the time “after”")
    return parts, follow_up


def _told(
    plan: Plan,
    parts: list[Endpoint],
    follow_up: Quantity,
    courses: tuple[Course, ...],
    now: datetime,
) -> list[Outcome]:
    """Each part as simulated children have it: watched for one time, and not measured after an event of it."""
    times = [
        component(one, follow_up, courses, now) for one in parts if isinstance(one, TimeToEvent)
    ]
    had = np.zeros(len(courses), bool)
    for one in times:
        had |= one.seen
    return times + [
        _unless(outcome_of(plan, one, courses, now), had) for one in parts[len(times) :]
    ]


def _unless(outcome: Outcome, had: NDArray[np.bool_]) -> Outcome:
    """What was measured, of children without an event; a value that is not there is ahead of nothing."""
    value = np.where(had, nan, outcome.value)
    return Outcome(outcome.settled | had, outcome.baseline, value, np.ones(value.shape, bool))


def _sign(endpoint: Endpoint) -> float:
    """More of a time without the event is better; more of an outcome where it says so."""
    if isinstance(endpoint, TimeToEvent):
        return 1.0
    return 1.0 if endpoint.looks_for == "higher" else -1.0
