"""What is seen of each patient at each look, when other events end or forestall the one that is waited for?

The event itself, the leaving and the entry are drawn as in `survival`; the events around it as in `events`, so that
a child who dies here is the child whose death a safety rule counts."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cordula.stats.asked import asked
from cordula.stats.refusals import CannotBe, whole
from cordula.stats.simulation.asked_for import block, rates, two_arms
from cordula.stats.simulation.patients import Arms
from cordula.stats.simulation.philox import Floats, Words, uniforms
from cordula.stats.simulation.purposes import COURSE, OUTCOMES_APART, PATIENT
from cordula.stats.simulation.survival import Course

Whole = NDArray[np.int64]
# What ended the waiting. A censored patient is free of all events as far as anybody knows.
CENSORED, HAPPENED, FORESTALLED = 0, 1, 2


@asked
@dataclass(frozen=True, slots=True)
class Around:
    """An event beside the one that is waited for. number: 0 death, 1 transplant, 2 unplanned operation, 3 serious
    event; hazards: for each month, in arm 0 and arm 1; ends: CENSORED or FORESTALLED."""

    number: int
    hazards: tuple[float, float]
    ends: int

    def __post_init__(self) -> None:
        if not 0 <= self.number <= 3 or self.ends not in (CENSORED, FORESTALLED):
            raise CannotBe(f"event {self.number} that ends the waiting with {self.ends} cannot be")
        rates("hazards", *self.hazards)


@dataclass(frozen=True, slots=True, eq=False)
class Followed:
    """Whole courses, shapes (trials, N): entry on the calendar, months until the waiting ends, and what ended it."""

    entry: Floats
    time: Floats
    cause: Whole


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """One trial at one look: those entered, their months under observation and what was seen; the look's month."""

    time: Floats
    cause: Whole
    entered: int
    month: float


@asked
def followed(
    course: Course,
    around: tuple[Around, ...],
    arms: Arms,
    stream: Words,
    first: int,
    trials: int,
    outcome: int = 0,
) -> Followed:
    """The courses of trials `first` to `first + trials − 1`. arms: int8, shape (1, N) or (trials, N).

    outcome: 0 for the first time to an event of a design, 1 for the next, …: each has draws of its own."""
    block(stream, first, trials)
    whole(0, outcome=outcome)
    arms = two_arms(arms, trials)
    patients = arms.shape[1]
    u = uniforms(stream, first, trials, PATIENT, patients)
    own = uniforms(stream, first, trials, PATIENT + OUTCOMES_APART * outcome, patients)[0]
    arms = np.broadcast_to(arms, (trials, patients))
    time = np.minimum(_waits(u[1], course.dropout, arms), course.follow_up_months)
    cause = np.full(time.shape, CENSORED)
    if around:
        others = uniforms(stream, first, trials, COURSE, patients)
        for one in around:
            sooner(time, cause, _waits(others[one.number], one.hazards, arms), one.ends)
    sooner(time, cause, _waits(own, course.hazards, arms), HAPPENED)
    return Followed(np.cumsum(-course.gap_months * np.log(u[3]), axis=1), time, cause)


def _waits(u: Floats, hazards: tuple[float, float], arms: Arms) -> Floats:
    """Months to an event with the hazard of each patient's arm; infinite without one."""
    with np.errstate(divide="ignore"):
        return np.asarray(-np.log(u) / np.array(hazards)[arms])


def sooner(time: Floats, cause: Whole, waited: Floats, what: int) -> None:
    """Where it comes no later than what was there, it ends the waiting; both arrays are written to."""
    earlier = np.isfinite(waited) & (waited <= time)
    time[earlier], cause[earlier] = waited[earlier], what


def seen_at_looks(course: Course, courses: Followed, trial: int) -> Iterator[Seen | None]:
    """What each look of one trial sees; None where the look never came."""
    entry, time, cause = courses.entry[trial], courses.time[trial], courses.cause[trial]
    ends = entry + time
    if course.event_driven:
        moments = np.sort(ends[cause == HAPPENED])
    else:
        moments = entry + course.follow_up_months
    for number in course.looks:
        if number > len(moments):
            yield None
            continue
        now = float(moments[number - 1])
        there = entry <= now
        over = ends[there] <= now
        yield Seen(
            np.where(over, time[there], now - entry[there]),
            np.where(over, cause[there], CENSORED),
            int(there.sum()),
            now,
        )
