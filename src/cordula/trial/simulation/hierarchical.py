"""The simulated trials of a hierarchical composite: every child of one arm is compared with every one of the other."""

from dataclasses import dataclass
from math import inf, log, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from cordula.stats.refusals import CannotBe
from cordula.stats.simulation.hierarchical import Composite, Courses, drawn
from cordula.stats.simulation.patients import Arms
from cordula.stats.simulation.philox import words_of_key
from cordula.stats.win_ratio.pairs import won_and_lost
from cordula.trial.design.design import Design
from cordula.trial.design.endpoints import Continuous, Hierarchical, TimeToEvent
from cordula.trial.scenarios.scenario import MONTH, Scenario, Spread, Survival
from cordula.trial.simulation.arms import Arrangement, arrangement
from cordula.trial.simulation.calendar import calendar
from cordula.trial.simulation.shown import Shown
from cordula.vocabulary.quantity import Quantity

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class HierarchicalTrials:
    """“Higher” is the first arm winning more pairs. The estimate is the net benefit, or the log win ratio."""

    endpoint: str
    looks_for: str
    analysis: str
    composite: Composite
    more_is_better: bool
    looks: tuple[int, ...]
    gap_months: float
    arrangement: Arrangement
    seed: int
    target: float | None

    def shown(self, first: int, trials: int) -> Shown:
        arms, stream = self.arrangement.arms(first, trials), words_of_key(self.seed, "trial")
        courses = drawn(self.composite, arms, stream, first, trials)
        rows = np.broadcast_to(arms, (trials, arms.shape[1]))
        found = np.array(
            [
                [self._compared(courses, rows, trial, look) for look in self.looks]
                for trial in range(trials)
            ]
        )
        estimate, error = found[:, :, 0], found[:, :, 1]
        with np.errstate(divide="ignore", invalid="ignore"):
            higher = ndtr(-estimate / error)
        entered, months = calendar(
            self.seed, first, trials, self.looks, self.gap_months, self.composite.follow_up_months
        )
        return Shown(higher, estimate, error, np.where(np.isnan(higher), 0.0, inf), entered, months)

    def _compared(self, courses: Courses, arms: Arms, trial: int, look: int) -> tuple[float, float]:
        """Estimate and standard error from the first `look` children of a trial."""
        value = np.vstack([courses.time[:, trial, :look], courses.value[None, trial, :look]])
        seen = np.vstack([courses.seen[:, trial, :look], np.ones((1, look), dtype=bool)])
        mine = arms[trial, :look] == 0
        if not mine.any() or mine.all():
            return np.nan, np.nan
        return pairs(value, seen, mine, self._signs(), self.analysis)

    def _signs(self) -> Floats:
        """More of a time without the event is better; more of the outcome where it says so."""
        return np.array(
            [1.0] * len(self.composite.hazards) + [1.0 if self.more_is_better else -1.0]
        )


def pairs(
    value: Floats, seen: NDArray[np.bool_], mine: NDArray[np.bool_], signs: Floats, analysis: str
) -> tuple[float, float]:
    """Net benefit or log win ratio of `mine` over the others, and its standard error (Bebu & Lachin 2016)."""
    least = np.full(len(signs), 1e-12)
    by_one, by_other, by_endpoint = won_and_lost(
        np.ascontiguousarray(value[:, mine]),
        np.ascontiguousarray(seen[:, mine]),
        np.ascontiguousarray(value[:, ~mine]),
        np.ascontiguousarray(seen[:, ~mine]),
        signs,
        least,
    )
    n1, n0 = int(mine.sum()), int((~mine).sum())
    won, lost = (by_endpoint.sum(axis=0) / (n1 * n0)).tolist()
    total = np.array([won, lost])
    first, second = (by_one / n0 - total) / n1, (by_other / n1 - total) / n0
    spread = first.T @ first + second.T @ second
    if analysis == "win_ratio":
        if min(won, lost) <= 0:
            return np.nan, np.nan
        slope = np.array([1 / won, -1 / lost])
        return log(won / lost), sqrt(max(0.0, float(slope @ spread @ slope))) or np.nan
    slope = np.array([1.0, -1.0])
    return won - lost, sqrt(max(0.0, float(slope @ spread @ slope))) or np.nan


def hierarchical(
    design: Design, endpoint: Hierarchical, scenario: Scenario, seed: int
) -> HierarchicalTrials:
    """The trials of this composite under this scenario; its components' truths are the scenario's."""
    parts = [design.endpoints[one] for one in endpoint.components]
    missing = [one.id for one in parts if one.id not in scenario.truth]
    if missing:
        raise CannotBe(f"“{endpoint.id}” needs a truth of its components {', '.join(missing)}")
    times = [one for one in parts if isinstance(one, TimeToEvent)]
    measured = [one for one in parts if isinstance(one, Continuous)]
    if parts != [*times, *measured] or len(measured) > 1:
        raise CannotBe(
            f"“{endpoint.id}”: times to events come first, then one measured outcome at most"
        )
    composite = _composite(design, endpoint, scenario, times, measured)
    return HierarchicalTrials(
        endpoint=endpoint.id,
        looks_for=endpoint.looks_for,
        analysis=endpoint.analysis,
        composite=composite,
        more_is_better=not measured or measured[0].looks_for == "higher",
        looks=design.looks_after,
        gap_months=scenario.months_between_entries,
        arrangement=arrangement(design, seed),
        seed=seed,
        target=0.0 if _alike(composite) else None,
    )


def followed_for(design: Design, endpoint: Hierarchical) -> Quantity | None:
    """How long each child is watched for all of it: as it says, else as its measured part does, else as the first
    time that says so."""
    parts = [design.endpoints[one] for one in endpoint.components]
    measured = [one for one in parts if isinstance(one, Continuous)]
    times = [one for one in parts if isinstance(one, TimeToEvent)]
    followed = [endpoint.follow_up]
    followed += [one.follow_up for one in measured]
    followed += [one.follow_up for one in times]
    return next((one for one in followed if one is not None), None)


def _composite(
    design: Design,
    endpoint: Hierarchical,
    scenario: Scenario,
    times: list[TimeToEvent],
    measured: list[Continuous],
) -> Composite:
    arms, follow_up = [arm.id for arm in design.arms], followed_for(design, endpoint)
    if follow_up is None or len(arms) != 2:
        raise CannotBe(
            f"“{endpoint.id}” compares two arms, each child followed for the time “after”"
        )
    truth = {one.id: [scenario.truth[one.id][arm] for arm in arms] for one in (*times, *measured)}
    hazards = tuple(
        _pair([t.hazard for t in truth[o.id] if isinstance(t, Survival)]) for o in times
    )
    unit = measured[0].unit if measured else ""
    spreads = [t for one in measured for t in truth[one.id] if isinstance(t, Spread)]
    return Composite(
        hazards=hazards,
        follow_up_months=float(follow_up.to(MONTH).value),
        means=_pair([float(t.mean.to(unit).value) for t in spreads]) if spreads else None,
        sds=_pair([float(t.sd.to(unit).value) for t in spreads]) if spreads else None,
        dropout=float(scenario.dropout),
    )


def _pair(values: list[float]) -> tuple[float, float]:
    one, other = values
    return one, other


def _alike(composite: Composite) -> bool:
    told = [*composite.hazards, composite.means or (0.0, 0.0), composite.sds or (0.0, 0.0)]
    return all(one == other for one, other in told)
