"""The simulated trials of a longitudinal endpoint, compared at the last visit by a mixed model for repeated measures."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cordula.stats.models.mmrm import mmrm
from cordula.stats.refusals import CannotBe, NotConverged
from cordula.stats.simulation.philox import words_of_key
from cordula.stats.simulation.visits import Visits, drawn
from cordula.trial.design.design import Design
from cordula.trial.design.endpoints import Longitudinal
from cordula.trial.scenarios.scenario import MONTH, Means, Scenario
from cordula.trial.simulation.arms import Arrangement, arrangement
from cordula.trial.simulation.calendar import calendar
from cordula.trial.simulation.shown import Shown, upper_p

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class LongitudinalTrials:
    """Visit, treatment by visit, and baseline by visit; unstructured covariance; Kenward & Roger's degrees of
    freedom (Mallinckrodt et al. 2008). A fit that does not converge answers nothing, and is counted so."""

    endpoint: str
    looks_for: str
    visits: Visits
    looks: tuple[int, ...]
    gap_months: float
    follow_up_months: float
    arrangement: Arrangement
    seed: int
    target: float

    def shown(self, first: int, trials: int) -> Shown:
        arms, stream = self.arrangement.arms(first, trials), words_of_key(self.seed, "trial")
        x, y = drawn(self.visits, arms, stream, first, trials)
        rows = np.broadcast_to(arms, (trials, arms.shape[1]))
        found = np.array(
            [[fitted(x[t, :n], y[t, :n], rows[t, :n]) for n in self.looks] for t in range(trials)]
        )
        estimate, error, degrees = np.moveaxis(found, 2, 0)
        entered, months = calendar(
            self.seed, first, trials, self.looks, self.gap_months, self.follow_up_months
        )
        higher = upper_p(estimate, error, degrees)
        return Shown(higher, estimate, error, degrees, entered, months)


def fitted(x: Floats, y: Floats, arms: NDArray[np.int8]) -> tuple[float, float, float]:
    """Arm 0 − arm 1 at the last visit: estimate, standard error, degrees of freedom (0: it did not converge).

    x: baseline, shape (n,); y: outcomes, shape (n, V), NaN where missed; arms: shape (n,)."""
    try:
        found = mmrm(y, columns(x, arms, y.shape[1]), df="kenward-roger")
    except CannotBe:
        return np.nan, np.nan, 0.0
    if isinstance(found, NotConverged):
        return np.nan, np.nan, 0.0
    visits = y.shape[1]
    told = found.estimate(np.eye(3 * visits)[2 * visits - 1])
    return told.value, told.se, told.df


def columns(x: Floats, arms: NDArray[np.int8], visits: int) -> Floats:
    """The model: shape (n, V, 3 V), visit, treatment at each visit, baseline at each visit."""
    at = np.eye(visits)[None, :, :]
    treated = (arms == 0).astype(float)[:, None, None]
    return np.concatenate(
        [np.broadcast_to(at, (len(x), visits, visits)), treated * at, x[:, None, None] * at], axis=2
    )


def longitudinal(
    design: Design, endpoint: Longitudinal, scenario: Scenario, seed: int
) -> LongitudinalTrials:
    """The trials of this endpoint under this scenario. Raises CannotBe where something must be told first."""
    truths = [scenario.truth[endpoint.id][arm.id] for arm in design.arms]
    told = [one for one in truths if isinstance(one, Means)]
    if len(told) != 2 or endpoint.id not in scenario.correlations:
        raise CannotBe(
            f"“{endpoint.id}” needs “means” and “sds” in two arms, and the correlations of its “visits”"
        )
    means = np.array([[float(m.to(endpoint.unit).value) for m in one.means] for one in told])
    sds = np.array([[float(s.to(endpoint.unit).value) for s in one.sds] for one in told])
    baseline = scenario.baseline.get(endpoint.id)
    return LongitudinalTrials(
        endpoint=endpoint.id,
        looks_for=endpoint.looks_for,
        visits=Visits(
            means=means,
            sds=sds,
            correlations=np.array(scenario.correlations[endpoint.id], dtype=float),
            baseline=float(baseline.correlation) if baseline else 0.0,
            dropout=float(scenario.dropout),
            dropout_by_baseline=float(scenario.dropout_by_baseline),
        ),
        looks=design.looks_after,
        gap_months=scenario.months_between_entries,
        follow_up_months=float(endpoint.follow_up.to(MONTH).value),
        arrangement=arrangement(design, seed),
        seed=seed,
        target=float(means[0, -1] - means[1, -1]),
    )
