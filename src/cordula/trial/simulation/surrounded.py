"""The simulated trials of a time to an event that other events end or forestall: RMST, competing risks, log-rank.

Which event does what is the estimand's business. One that is part of the outcome (composite) is part of the told
truth already; after one that is not asked about (treatment policy) the child is followed on, but for a death."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from math import expm1, inf, log

import numpy as np
from scipy.special import ndtr

from cordula.stats.refusals import CannotBe
from cordula.stats.simulation.compared import (
    NOTHING,
    Compared,
    by_incidence,
    by_log_rank,
    by_restricted_mean,
)
from cordula.stats.simulation.incidence import at_looks
from cordula.stats.simulation.philox import Floats, words_of_key
from cordula.stats.simulation.surrounded import (
    CENSORED,
    FORESTALLED,
    Around,
    followed,
    seen_at_looks,
)
from cordula.stats.simulation.survival import Course
from cordula.trial.design.design import Design
from cordula.trial.design.endpoints import TimeToEvent
from cordula.trial.design.estimand import Intercurrent, Strategy
from cordula.trial.scenarios.scenario import Scenario
from cordula.trial.simulation.arms import Arrangement, arrangement
from cordula.trial.simulation.shown import Shown

# As the draws of a child's course are numbered.
NUMBERED = (Intercurrent.DEATH, Intercurrent.TRANSPLANT, Intercurrent.UNPLANNED_OPERATION)


@dataclass(frozen=True, slots=True)
class SurroundedTrials:
    """“Higher” is more events in the first arm; by RMST it is more event-free time there.

    The estimate is the log hazard ratio, the difference of event-free months, or that of the incidences."""

    endpoint: str
    looks_for: str
    analysis: str
    course: Course
    around: tuple[Around, ...]
    arrangement: Arrangement
    number: int
    seed: int
    target: float

    def shown(self, first: int, trials: int) -> Shown:
        arms = self.arrangement.arms(first, trials)
        stream = words_of_key(self.seed, "trial")
        courses = followed(self.course, self.around, arms, stream, first, trials, self.number)
        if self.analysis == "competing_risks":
            return self._as_shown(
                at_looks(self.course, courses, arms, self.course.follow_up_months)
            )
        rows, compare = np.broadcast_to(arms, (trials, arms.shape[1])), self.comparison()
        found = np.full((5, trials, len(self.course.looks)), np.nan)
        for trial in range(trials):
            for look, seen in enumerate(seen_at_looks(self.course, courses, trial)):
                if seen is not None:
                    own = rows[trial, : seen.entered]
                    told = compare(seen.time, seen.cause, own) if np.ptp(own) else NOTHING
                    found[:, trial, look] = *told, seen.entered, seen.month
        return self._as_shown(found)

    def _as_shown(self, found: Floats) -> Shown:
        z, estimate, error, entered, months = found
        degrees = np.where(np.isnan(z), 0.0, inf)
        return Shown(ndtr(-z), estimate, error, degrees, entered, months)

    def comparison(self) -> Callable[..., Compared]:
        return comparison(self.analysis, self.course.follow_up_months)


def comparison(analysis: str, until: float) -> Callable[..., Compared]:
    """How the arms are compared, of times, causes and arms (0 the first); until: months, where it is up to a time."""
    if analysis == "log_rank":
        return by_log_rank
    return partial(by_restricted_mean if analysis == "rmst" else by_incidence, horizon=until)


def surrounded(
    design: Design,
    endpoint: TimeToEvent,
    scenario: Scenario,
    seed: int,
    course: Course,
    number: int,
) -> SurroundedTrials:
    """The trials of this endpoint under this scenario; `course` is its event, its leaving and its looks.

    number: which time to an event of the design it is, from 0. Raises CannotBe where something must be told."""
    if endpoint.analysis != "log_rank" and course.follow_up_months == inf:
        raise CannotBe(
            f"“{endpoint.id}” is compared up to a time, and needs to say it: “after” is missing"
        )
    if endpoint.analysis == "competing_risks" and endpoint.estimand is None:
        raise CannotBe(
            f"“{endpoint.id}” needs an estimand, because that tells which events forestall it"
        )
    around = around_of(design, endpoint, scenario)
    return SurroundedTrials(
        endpoint=endpoint.id,
        looks_for=endpoint.looks_for,
        analysis=endpoint.analysis,
        course=course,
        around=around,
        arrangement=arrangement(design, seed),
        number=number,
        seed=seed,
        target=_target(endpoint.analysis, course, around),
    )


def around_of(design: Design, endpoint: TimeToEvent, scenario: Scenario) -> tuple[Around, ...]:
    """The events that end the waiting, with their hazards; those that a scenario says nothing of never happen."""
    if endpoint.estimand is None:
        return ()
    found = []
    for number, event in enumerate(NUMBERED):
        one, other = (scenario.hazard(event, arm.id) for arm in design.arms)
        ends = ending(endpoint, event, endpoint.estimand.strategy(event))
        if ends is not None and max(one, other) > 0:
            found.append(Around(number, (one, other), ends))
    return tuple(found)


def ending(endpoint: TimeToEvent, event: Intercurrent, strategy: Strategy) -> int | None:
    """How this event ends the waiting; None where it does not."""
    if strategy is Strategy.PRINCIPAL_STRATUM:
        raise CannotBe(
            f"“{endpoint.id}”: who would never have had {event.replace('_', ' ')} is not known from times "
            "to events; “while_alive”, “hypothetical” and “composite” can be simulated"
        )
    gone_on = strategy is Strategy.TREATMENT_POLICY and event is not Intercurrent.DEATH
    if strategy is Strategy.COMPOSITE or gone_on:
        return None
    if strategy is Strategy.HYPOTHETICAL or endpoint.analysis != "competing_risks":
        return CENSORED
    return FORESTALLED


def _target(analysis: str, course: Course, around: tuple[Around, ...]) -> float:
    """The true first arm − last arm, as constant hazards have it."""
    one, other = course.hazards
    if analysis == "log_rank":
        return log(one / other)
    until = course.follow_up_months
    if analysis == "rmst":
        return _free(one, until) - _free(other, until)
    rivals = [sum(a.hazards[k] for a in around if a.ends == FORESTALLED) for k in (0, 1)]
    return one * _free(one + rivals[0], until) - other * _free(other + rivals[1], until)


def _free(hazard: float, until: float) -> float:
    """∫ exp(−hazard · t) dt from 0 to `until`: mean months free of it."""
    return -expm1(-hazard * until) / hazard if hazard > 0 else until
