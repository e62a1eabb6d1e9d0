"""The simulated trials of a continuous endpoint: from its estimand and a scenario to what a kernel draws."""

from dataclasses import dataclass
from math import exp

from cordula.stats.refusals import CannotBe
from cordula.stats.simulation.continuous import simulated
from cordula.stats.simulation.patients import AS_MEASURED, LEFT_OUT, NO_POOL, SET_TO, Patients
from cordula.stats.simulation.philox import Floats, words_of_key
from cordula.trial.design.design import Design
from cordula.trial.design.endpoints import Continuous
from cordula.trial.design.estimand import Intercurrent, Strategy
from cordula.trial.scenarios.scenario import MONTH, Scenario, Spread
from cordula.trial.simulation.arms import Arrangement, arrangement
from cordula.trial.simulation.shown import Shown, upper_p
from cordula.vocabulary.quantity import Quantity

GRAVEST_FIRST = (Intercurrent.DEATH, Intercurrent.TRANSPLANT, Intercurrent.UNPLANNED_OPERATION)


@dataclass(frozen=True, slots=True)
class ContinuousTrials:
    """Trials compared by analysis of covariance on the baseline, or by the t test."""

    endpoint: str
    looks_for: str
    adjusted: bool
    patients: Patients
    arrangement: Arrangement
    seed: int
    target: float

    def shown(self, first: int, trials: int) -> Shown:
        arms, stream = self.arrangement.arms(first, trials), words_of_key(self.seed, "trial")
        paths = simulated(self.patients, arms, stream, first, trials, self.adjusted)
        higher = upper_p(paths.estimate, paths.error, paths.degrees)
        return Shown(
            higher, paths.estimate, paths.error, paths.degrees, paths.entered, paths.months
        )


def continuous(
    design: Design, endpoint: Continuous, scenario: Scenario, seed: int, infants: Floats = NO_POOL
) -> ContinuousTrials:
    """The trials of this endpoint under this scenario.

    infants: virtual infants in place of the scenario's normal truth, shape (M, 3): baseline, outcome with
    the first arm's treatment, outcome with the last arm's, in the endpoint's unit."""
    patients = patients_of(design, endpoint, scenario, infants)
    lead = _number(scenario.selection.get(endpoint.id), endpoint.unit)
    return ContinuousTrials(
        endpoint=endpoint.id,
        looks_for=endpoint.looks_for,
        adjusted=endpoint.analysis == "ancova",
        patients=patients,
        arrangement=arrangement(design, seed),
        seed=seed,
        target=_target(patients, 0) - _target(patients, 1) - lead,
    )


def patients_of(
    design: Design, endpoint: Continuous, scenario: Scenario, infants: Floats = NO_POOL
) -> Patients:
    """What the kernel draws for each child."""
    truths = [scenario.truth[endpoint.id][arm.id] for arm in design.arms]
    spreads = [one for one in truths if isinstance(one, Spread)]
    if len(spreads) != 2:
        raise CannotBe(
            f"“{endpoint.id}” is compared between two arms, each with its mean and spread"
        )
    lead = _number(scenario.selection.get(endpoint.id), endpoint.unit)
    means = [_number(one.mean, endpoint.unit) for one in spreads]
    sds = [_number(one.sd, endpoint.unit) for one in spreads]
    baseline = scenario.baseline.get(endpoint.id)
    first, later = scenario.measurement.get(endpoint.id, (None, None))
    handling, values = _handled(endpoint, scenario)
    return Patients(
        means=(means[0] + lead, means[1]),
        sds=(sds[0], sds[1]),
        looks=design.looks_after,
        follow_up_months=_number(endpoint.follow_up, MONTH),
        correlation=float(baseline.correlation) if baseline else 0.0,
        baseline_sd=_number(baseline.sd, endpoint.unit) if baseline and baseline.sd else 1.0,
        error_sd=(_number(first, endpoint.unit), _number(later, endpoint.unit)),
        dropout=float(scenario.dropout),
        dropout_by_baseline=float(scenario.dropout_by_baseline),
        gap_months=scenario.months_between_entries,
        hazards=tuple(_hazards(scenario, arm.id) for arm in design.arms),
        handling=handling,
        values=values,
        outcome=list(design.endpoints).index(endpoint.id),
        pool=infants,
    )


def _hazards(scenario: Scenario, arm: str) -> tuple[float, float, float]:
    death, transplant, operation = (scenario.hazard(event, arm) for event in GRAVEST_FIRST)
    return death, transplant, operation


def _handled(
    endpoint: Continuous, scenario: Scenario
) -> tuple[tuple[int, int, int], tuple[float, float, float]]:
    """What becomes of the outcome after each event, as the estimand says; left out where it says nothing."""
    handling, values = [], []
    for event in GRAVEST_FIRST:
        how, value = LEFT_OUT, 0.0
        strategy = endpoint.estimand.strategy(event) if endpoint.estimand else None
        if strategy is Strategy.COMPOSITE and endpoint.estimand is not None:
            how, value = SET_TO, _number(endpoint.estimand.set_to, endpoint.unit)
        elif strategy is Strategy.TREATMENT_POLICY:
            how = AS_MEASURED
            if event is Intercurrent.UNPLANNED_OPERATION:
                value = _number(scenario.after_operation.get(endpoint.id), endpoint.unit)
        handling.append(how)
        values.append(value)
    return (handling[0], handling[1], handling[2]), (values[0], values[1], values[2])


def _target(patients: Patients, arm: int) -> float:
    """The mean that the estimand asks for in this arm, the events weighed in by how often they decide."""
    mean = float(patients.pool[:, 1 + arm].mean()) if len(patients.pool) else patients.means[arm]
    found = mean
    for event in reversed(range(len(GRAVEST_FIRST))):
        happens = 1 - exp(-patients.hazards[arm][event] * patients.follow_up_months)
        value = patients.values[event]
        if patients.handling[event] == SET_TO:
            found = happens * value + (1 - happens) * found
        elif patients.handling[event] == AS_MEASURED:
            found = happens * (mean + value) + (1 - happens) * found
    return found


def _number(amount: Quantity | None, unit: str) -> float:
    """The amount in this unit, for a kernel; nothing said is 0."""
    return 0.0 if amount is None else float(amount.to(unit).value)
