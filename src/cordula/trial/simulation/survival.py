"""The simulated trials of a time to an event: the log-rank test of an event that nothing else interferes with.

Where something does, or another test is asked for, `surrounded` draws them."""

from dataclasses import dataclass
from math import ceil, inf, log

import numpy as np
from scipy.special import ndtr

from cordula.stats.refusals import CannotBe
from cordula.stats.simulation.philox import words_of_key
from cordula.stats.simulation.survival import Course, simulated
from cordula.trial.design.design import Design
from cordula.trial.design.endpoints import TimeToEvent
from cordula.trial.scenarios.scenario import MONTH, Scenario, Survival
from cordula.trial.simulation.arms import Arrangement, arrangement
from cordula.trial.simulation.shown import Shown
from cordula.trial.simulation.surrounded import SurroundedTrials, around_of, surrounded


@dataclass(frozen=True, slots=True)
class SurvivalTrials:
    """“Higher” is a higher hazard in the first arm: more events there. The estimate is the log hazard ratio."""

    endpoint: str
    looks_for: str
    course: Course
    arrangement: Arrangement
    seed: int
    target: float

    def shown(self, first: int, trials: int) -> Shown:
        arms = self.arrangement.arms(first, trials)
        paths = simulated(self.course, arms, words_of_key(self.seed, "trial"), first, trials)
        degrees = np.where(np.isnan(paths.z), 0.0, inf)
        return Shown(
            ndtr(-paths.z),
            paths.log_hazard_ratio,
            paths.error,
            degrees,
            paths.entered,
            paths.months,
        )


def survival(
    design: Design, endpoint: TimeToEvent, scenario: Scenario, seed: int
) -> SurvivalTrials | SurroundedTrials:
    """The trials of this endpoint under this scenario. Raises CannotBe where something must be told first."""
    hazards = _hazards(design, endpoint, scenario)
    course = _course(design, endpoint, scenario, hazards)
    times = [one.id for one in design.endpoints.values() if isinstance(one, TimeToEvent)]
    number = times.index(endpoint.id)
    alone = number == 0 and not around_of(design, endpoint, scenario)
    if endpoint.analysis != "log_rank" or not alone:
        return surrounded(design, endpoint, scenario, seed, course, number)
    return SurvivalTrials(
        endpoint=endpoint.id,
        looks_for=endpoint.looks_for,
        course=course,
        arrangement=arrangement(design, seed),
        seed=seed,
        target=log(hazards[0] / hazards[1]),
    )


def _hazards(design: Design, endpoint: TimeToEvent, scenario: Scenario) -> tuple[float, float]:
    truths = [scenario.truth[endpoint.id][arm.id] for arm in design.arms]
    hazards = tuple(one.hazard for one in truths if isinstance(one, Survival))
    if len(hazards) != 2:
        raise CannotBe(f"“{endpoint.id}” is compared between two arms, each with its survival")
    if scenario.accrual is None:
        raise CannotBe(f"“{scenario.id}” does not say how fast children enter: “accrual” is needed")
    if endpoint.analysis == "log_rank" and not min(hazards) > 0:
        raise CannotBe(f"“{endpoint.id}”: without any event in an arm there is no hazard ratio")
    return hazards[0], hazards[1]


def _course(
    design: Design, endpoint: TimeToEvent, scenario: Scenario, hazards: tuple[float, float]
) -> Course:
    follow_up = inf if endpoint.follow_up is None else float(endpoint.follow_up.to(MONTH).value)
    looks = design.looks_after
    if endpoint.events is not None:
        looks = tuple(ceil(share * endpoint.events) for share in design.looks.shares)
    elif follow_up == inf:
        raise CannotBe(
            f"“{endpoint.id}” has looks after “events”, or after children followed for “after”"
        )
    # The share that leaves during the follow-up, as a hazard; without an end of it, during a year.
    # Added to 0, because −0.0 would have every child leave before she came.
    leaves = 0.0 - log(1 - float(scenario.dropout)) / (follow_up if follow_up < inf else 12.0)
    return Course(
        hazards=hazards,
        gap_months=scenario.months_between_entries,
        looks=looks,
        event_driven=endpoint.events is not None,
        dropout=(leaves, leaves),
        follow_up_months=follow_up,
    )
