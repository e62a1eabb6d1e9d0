"""When would a safety rule stop each simulated trial, and after how many children?"""

from dataclasses import dataclass
from math import exp

import numpy as np
from numpy.typing import NDArray

from cordula.stats.simulation.events import stopped
from cordula.stats.simulation.philox import words_of_key
from cordula.trial.design.design import Design
from cordula.trial.rules.safety import SafetyRule
from cordula.trial.scenarios.scenario import MONTH, Scenario
from cordula.trial.simulation.arms import Arrangement, arrangement

Floats = NDArray[np.float64]
# Which of a child's draws is whose: the order in which `stats.simulation` draws them.
EVENTS = ("death", "transplant", "unplanned_operation", "serious_event")


@dataclass(frozen=True, slots=True)
class SafetyStop:
    """Shapes (trials,): months until the rule stops the trial (inf: never), children of its arm counted and
    children entered by then (NaN: never)."""

    months: Floats
    counted: Floats
    entered: Floats


@dataclass(frozen=True, slots=True)
class SafetyTrials:
    """One rule of the design under one truth."""

    rule: SafetyRule
    arm: int
    hazard: float
    months_between_entries: float
    arrangement: Arrangement
    seed: int

    @property
    def share(self) -> float:
        """The true share of children of the arm who have the event within the time of the rule."""
        return 1 - exp(-self.hazard * float(self.rule.within.to(MONTH).value))

    @property
    def should_stop(self) -> bool:
        """Whether more children than acceptable have the event: a stop is then right, and else a false alarm."""
        return self.share > float(self.rule.acceptable)

    @property
    def in_time(self) -> bool:
        """Whether stops can be placed in time: the scenario says how fast children enter."""
        return self.months_between_entries > 0

    def exact(self) -> tuple[float, float | None]:
        """P(the rule stops), and after how many counted children on average when it does: by enumeration, were
        every child followed for the whole time."""
        from cordula.stats.stopping.characteristics import operating_characteristics

        found = operating_characteristics(self.rule.stopping, [self.share])
        stop = float(found.stop[0])
        return stop, float(found.delay[0]) if stop > 0 else None

    def stopped(self, first: int, trials: int) -> SafetyStop:
        found = stopped(
            words_of_key(self.seed, "trial"),
            first,
            trials,
            self.arrangement.arms(first, trials),
            self.arm,
            self.months_between_entries,
            EVENTS.index(self.rule.event),
            self.hazard,
            float(self.rule.within.to(MONTH).value),
            self.rule.stops_at,
        )
        return SafetyStop(*found)


def safety_trials(design: Design, scenario: Scenario, seed: int) -> tuple[SafetyTrials, ...]:
    """The rules whose event this scenario tells; only those `in_time` can stop a simulated trial."""
    arms = [arm.id for arm in design.arms]
    gap = scenario.months_between_entries
    return tuple(
        SafetyTrials(
            rule=rule,
            arm=arms.index(rule.arm),
            hazard=scenario.hazard(rule.event, rule.arm),
            months_between_entries=gap,
            arrangement=arrangement(design, seed),
            seed=seed,
        )
        for rule in design.safety
        if rule.event in scenario.events
    )
