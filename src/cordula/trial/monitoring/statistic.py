"""What does an endpoint's own analysis say of the children so far? By the same functions that judge simulated trials."""

from dataclasses import dataclass
from datetime import datetime
from math import inf, nan, sqrt

import numpy as np
from numpy.typing import NDArray

from cordula.stats.refusals import CannotBe
from cordula.trial.design import (
    Binary,
    Continuous,
    Endpoint,
    Hierarchical,
    Longitudinal,
    TimeToEvent,
)
from cordula.trial.monitoring.arms import CONCEALED, Arms
from cordula.trial.monitoring.composite import compared
from cordula.trial.monitoring.course import Course
from cordula.trial.monitoring.outcome import Outcome
from cordula.trial.monitoring.outcomes import outcome_of
from cordula.trial.monitoring.plan import Plan
from cordula.trial.monitoring.times import check_comparable
from cordula.trial.scenarios.scenario import MONTH
from cordula.trial.simulation import shares
from cordula.trial.simulation.shown import upper_p

Floats = NDArray[np.float64]
Places = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Statistic:
    """First arm − last arm. higher: the one-sided P value for “the first arm is higher”; counted: children of
    each arm that it rests on; settled: children of whom nothing more is awaited; all NaN where nothing
    could be estimated."""

    estimate: float
    error: float
    degrees: float
    higher: float
    counted: tuple[int, int]
    settled: int
    events: int = 0


def statistic(
    plan: Plan, endpoint: Endpoint, courses: tuple[Course, ...], arms: Arms, now: datetime
) -> Statistic:
    """The endpoint's statistic now. Raises CannotBe where the ledger cannot tell, or the analysis is not for looks."""
    place = places(plan, courses, arms)
    if isinstance(endpoint, Hierarchical):
        return _hierarchical(plan, endpoint, courses, place, now)
    if isinstance(endpoint, TimeToEvent):
        check_comparable(endpoint)
    outcome = outcome_of(plan, endpoint, courses, now)
    told = _told(plan, endpoint, outcome, place)
    seen = int(outcome.seen.sum()) if isinstance(endpoint, TimeToEvent) else 0
    return _of(told, _counted(outcome, place, endpoint), int(outcome.settled.sum()), seen)


def places(plan: Plan, courses: tuple[Course, ...], arms: Arms) -> Places:
    """0 for the first arm, 1 for the last, −1 where the arm is not known."""
    names = {arm.id: number for number, arm in enumerate(plan.design.arms)}
    found = [names.get(arms.of.get(one.infant, ""), CONCEALED) for one in courses]
    return np.array(found, dtype=np.int8)


def _told(
    plan: Plan, endpoint: Endpoint, outcome: Outcome, place: Places
) -> tuple[float, float, float, float]:
    """Estimate, standard error, degrees of freedom, one-sided P."""
    if isinstance(endpoint, Continuous):
        return _with_p(*_compared(endpoint, outcome, place))
    if isinstance(endpoint, Longitudinal):
        return _with_p(*_repeated(outcome, place))
    if isinstance(endpoint, Binary):
        return _counts(plan, endpoint, outcome, place)
    if isinstance(endpoint, TimeToEvent):
        return _times(endpoint, outcome, place)
    raise CannotBe(
        f"“{endpoint.id}” is analysed by {endpoint.analysis.replace('_', ' ')}, which has no statistic for a look"
    )


def _with_p(estimate: float, error: float, degrees: float) -> tuple[float, float, float, float]:
    p = upper_p(np.array(estimate), np.array(error), np.array(degrees))
    return estimate, error, degrees, float(p)


def _compared(endpoint: Continuous, outcome: Outcome, place: Places) -> tuple[float, float, float]:
    """Child by child into the same sums, by the same kernel, as in a simulated trial."""
    from cordula.stats.simulation.covariance import SUMS, add
    from cordula.stats.simulation.covariance import compared as by_covariance

    adjusted, sums = endpoint.analysis == "ancova", np.zeros((2, SUMS))
    for arm, x, y in zip(place, outcome.baseline, outcome.value, strict=True):
        if arm != CONCEALED and np.isfinite(y) and (np.isfinite(x) or not adjusted):
            add(sums, int(arm), float(x) if adjusted else 0.0, float(y))
    estimate, error, degrees = by_covariance(sums, adjusted)
    return float(estimate), float(error), float(degrees)


def _repeated(outcome: Outcome, place: Places) -> tuple[float, float, float]:
    from cordula.trial.simulation.longitudinal import fitted

    usable = outcome.settled & (place != CONCEALED) & np.isfinite(outcome.baseline)
    if not usable.any():
        return nan, nan, 0.0
    return fitted(outcome.baseline[usable], outcome.value[usable], place[usable])


def _counts(
    plan: Plan, endpoint: Binary, outcome: Outcome, place: Places
) -> tuple[float, float, float, float]:
    x, m = _share(endpoint, outcome, place == 0)
    if len(plan.design.arms) == 1 and endpoint.reference is not None:
        return _against(x, m, float(endpoint.reference))
    y, n = _share(endpoint, outcome, place == 1)
    if min(m, n) == 0:
        return nan, nan, 0.0, nan
    told = (shares.fisher if endpoint.analysis == "exact" else shares.score)(
        *(np.array([float(count)]) for count in (x, y, m, n))
    )
    spread = x / m * (1 - x / m) / m + y / n * (1 - y / n) / n
    return x / m - y / n, sqrt(spread), inf, float(told[0])


def _against(x: int, m: int, reference: float) -> tuple[float, float, float, float]:
    if m == 0:
        return nan, nan, 0.0, nan
    p = shares.against(np.array([float(x)]), np.array([float(m)]), reference)
    return x / m - reference, sqrt(x / m * (1 - x / m) / m), inf, float(p[0])


def _share(endpoint: Binary, outcome: Outcome, mine: NDArray[np.bool_]) -> tuple[int, int]:
    """Children of an arm who had it, and those who count; a missing answer counts as had where it is a failure."""
    value = outcome.value[mine & outcome.settled]
    there = np.isfinite(value)
    if endpoint.missing == "failure":
        return int(np.where(there, value, 1.0).sum()), value.size
    return int(value[there].sum()), int(there.sum())


def _times(
    endpoint: TimeToEvent, outcome: Outcome, place: Places
) -> tuple[float, float, float, float]:
    """Log-rank, event-free time or Gray's test, by the very function that compares simulated arms."""
    from scipy.special import ndtr

    from cordula.trial.simulation.surrounded import comparison

    known = place != CONCEALED
    until = inf if endpoint.follow_up is None else float(endpoint.follow_up.to(MONTH).value)
    if len(set(place[known].tolist())) < 2:
        return nan, nan, 0.0, nan
    compare = comparison(endpoint.analysis, until)
    z, apart, error = compare(outcome.value[known], outcome.cause[known], place[known])
    return apart, error, inf if np.isfinite(z) else 0.0, float(ndtr(-z))


def _hierarchical(
    plan: Plan, endpoint: Hierarchical, courses: tuple[Course, ...], place: Places, now: datetime
) -> Statistic:
    from scipy.special import ndtr

    found = compared(plan, endpoint, courses, place, now)
    higher = float(ndtr(-found.estimate / found.error)) if np.isfinite(found.error) else nan
    degrees = inf if np.isfinite(higher) else 0.0
    return Statistic(found.estimate, found.error, degrees, higher, found.counted, found.settled)


def _counted(outcome: Outcome, place: Places, endpoint: Endpoint) -> tuple[int, int]:
    usable = np.isfinite(outcome.value if outcome.value.ndim == 1 else outcome.value[:, -1])
    if endpoint.analysis in ("ancova", "mmrm"):
        usable = usable & np.isfinite(outcome.baseline)
    return int((usable & (place == 0)).sum()), int((usable & (place == 1)).sum())


def _of(
    told: tuple[float, float, float, float], counted: tuple[int, int], settled: int, events: int
) -> Statistic:
    estimate, error, degrees, higher = told
    return Statistic(estimate, error, degrees, higher, counted, settled, events)
