"""The trials of a binary endpoint: every possible result counted exactly, or drawn where there are too many."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cordula.stats.refusals import CannotBe
from cordula.stats.simulation.philox import uniforms, words_of_key
from cordula.stats.simulation.purposes import OUTCOMES_APART, PATIENT
from cordula.trial.design.design import Design
from cordula.trial.design.endpoints import Binary
from cordula.trial.scenarios.scenario import MONTH, Scenario, Share
from cordula.trial.simulation import shares
from cordula.trial.simulation.arms import Arrangement, arrangement
from cordula.trial.simulation.calendar import calendar
from cordula.trial.simulation.shown import Shown

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class BinaryTrials:
    """Shares of the first arm and of the last (one arm: its share, compared with `reference`)."""

    endpoint: str
    looks_for: str
    analysis: str
    failure: bool
    shares: tuple[float, ...]
    reference: float | None
    dropout: float
    looks: tuple[int, ...]
    gap_months: float
    follow_up_months: float
    arrangement: Arrangement
    number: int
    seed: int
    level: float

    @property
    def target(self) -> float:
        """The true difference; of one arm, how far it is from its reference."""
        return self.shares[0] - (self.shares[1] if self.reference is None else self.reference)

    def shown(self, first: int, trials: int) -> Shown:
        arms = self.arrangement.arms(first, trials)
        stream = words_of_key(self.seed, "trial")
        purpose = PATIENT + OUTCOMES_APART * self.number
        u = uniforms(stream, first, trials, purpose, arms.shape[1])
        had = u[1] < np.array(self.shares)[arms]
        there = u[2] >= self.dropout
        had, there = (
            (had & there, there) if not self.failure else (had | ~there, np.ones_like(there))
        )
        at = np.array(self.looks) - 1
        counts = [np.cumsum(had & (arms == a), axis=1)[:, at].astype(float) for a in (0, 1)]
        sizes = [np.cumsum(there & (arms == a), axis=1)[:, at].astype(float) for a in (0, 1)]
        entered, months = calendar(
            self.seed, first, trials, self.looks, self.gap_months, self.follow_up_months
        )
        return self._shown(counts[0], counts[1], sizes[0], sizes[1], entered, months)

    def _shown(
        self, x: Floats, y: Floats, m: Floats, n: Floats, entered: Floats, months: Floats
    ) -> Shown:
        enough = (m > 0) & ((n > 0) | (self.reference is not None))
        m, n = np.maximum(m, 1), np.maximum(n, 1)
        higher = np.where(enough, self.higher(x, y, m, n), np.nan)
        estimate = x / m - (y / n if self.reference is None else self.reference)
        error, degrees = self.error(x, y, m, n), np.where(enough, np.inf, 0.0)
        interval = self.interval(x, y, m, n)
        estimate = np.where(enough, estimate, np.nan)
        return Shown(higher, estimate, error, degrees, entered, months, interval)

    def error(self, x: Floats, y: Floats, m: Floats, n: Floats) -> Floats:
        """The standard error of the difference, or of the one arm's share."""
        spread = x / m * (1 - x / m) / m
        if self.reference is None:
            spread = spread + y / n * (1 - y / n) / n
        return np.asarray(np.sqrt(spread))

    def higher(self, x: Floats, y: Floats, m: Floats, n: Floats) -> Floats:
        """The one-sided P value for “the first arm is higher” of these counts."""
        if self.reference is not None:
            return shares.against(x, m, self.reference)
        return (shares.fisher if self.analysis == "exact" else shares.score)(x, y, m, n)

    def interval(self, x: Floats, y: Floats, m: Floats, n: Floats) -> tuple[Floats, Floats]:
        """The plain interval of the difference, or of the one arm's distance from its reference."""
        if self.reference is None:
            return shares.newcombe(x, y, m, n, self.level)
        low, high = shares.clopper_pearson(x, m, self.level)
        return low - self.reference, high - self.reference


def binary(design: Design, endpoint: Binary, scenario: Scenario, seed: int) -> BinaryTrials:
    """The trials of this endpoint under this scenario. Raises CannotBe where a share is missing."""
    truths = [scenario.truth[endpoint.id][arm.id] for arm in design.arms]
    told = tuple(float(one.share) for one in truths if isinstance(one, Share))
    if len(told) != len(design.arms):
        raise CannotBe(f"“{endpoint.id}” needs a share in each arm")
    if len(told) == 1 and endpoint.reference is None:
        raise CannotBe(
            f"“{endpoint.id}” of a single arm is compared with its share in the null scenario, "
            "which says nothing of it"
        )
    return BinaryTrials(
        endpoint=endpoint.id,
        looks_for=endpoint.looks_for,
        analysis=endpoint.analysis,
        failure=endpoint.missing == "failure",
        shares=told,
        reference=None if endpoint.reference is None else float(endpoint.reference),
        dropout=float(scenario.dropout),
        looks=design.looks_after,
        gap_months=scenario.months_between_entries,
        follow_up_months=float(endpoint.follow_up.to(MONTH).value),
        arrangement=arrangement(design, seed),
        number=list(design.endpoints).index(endpoint.id),
        seed=seed,
        level=float(design.alpha) / design.sides,
    )
