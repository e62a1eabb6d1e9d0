"""What is drawn for each patient of a two-arm trial with one outcome: the plan that the kernels read.

Numbers stand in small arrays, because a compiled kernel takes no objects: `Patients.plan()` packs them and
`Plan` says what stands where. The truth (what would be so) is apart from the measurement (its error), and
both are apart from what stops a measurement (dropout, death, transplant, operation)."""

from dataclasses import dataclass, field
from math import inf
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cordula.stats.asked import asked
from cordula.stats.refusals import CannotBe, finite
from cordula.stats.simulation.dropout import intercept
from cordula.stats.simulation.philox import Floats

Arms = NDArray[np.int8]
Counts = NDArray[np.int64]

# What becomes of a value after death, transplant, unplanned operation (in this order everywhere).
AS_MEASURED, LEFT_OUT, SET_TO = 0, 1, 2
EVENTS = 3
NO_POOL: Floats = np.zeros((0, 3))


class Plan(NamedTuple):
    """What a kernel reads. Shapes: arms (1 or trials, N); numbers (25,), in the order of the names below;
    looks (K,) in patients; pool (M, 3) or (0, 3)."""

    arms: Arms
    numbers: Floats
    looks: Counts
    pool: Floats


# The places in `Plan.numbers`. Where an arm or an event has its own, the first is told: the arm's is
# MEAN + arm, the event's HANDLING + event, that of both HAZARD + 3 arm + event.
CORRELATION, BASELINE_SD, FIRST_ERROR, LATER_ERROR = 0, 1, 2, 3
DROPOUT, DROPOUT_BY_BASELINE, GAP_MONTHS, FOLLOW_UP_MONTHS = 4, 5, 6, 7
MEAN, SD, HAZARD, HANDLING, VALUE, OUTCOME = 8, 10, 12, 18, 21, 24


@asked
@dataclass(frozen=True, slots=True, kw_only=True)
class Patients:
    """Two arms, 0 and 1, of a continuous outcome measured once after `follow_up_months`.

    means, sds: of the true outcome in each arm, in its unit; correlation: of the outcome with the
    baseline; baseline_sd, error_sd: in the same unit, the error of one measurement (a change carries the
    error of both); dropout: share of patients without a value; dropout_by_baseline: log odds for one SD
    of baseline (0: completely at random; else at random given what is seen); gap_months: mean time between
    two entries (0: nobody said, and no calendar time is told); hazards[arm][event] for each month;
    handling, values: what becomes of the outcome after each event; outcome: which of several outcomes of the
    same children this is (each has draws of its own, and all share the course); pool: virtual infants, one row each:
    baseline, outcome in arm 0, outcome in arm 1, in place of the normal truth. Raises CannotBe."""

    means: tuple[float, float]
    sds: tuple[float, float]
    looks: tuple[int, ...]
    follow_up_months: float
    correlation: float = 0.0
    baseline_sd: float = 1.0
    error_sd: tuple[float, float] = (0.0, 0.0)
    dropout: float = 0.0
    dropout_by_baseline: float = 0.0
    gap_months: float = 0.0
    hazards: tuple[tuple[float, float, float], ...] = ((0.0, 0.0, 0.0), (0.0, 0.0, 0.0))
    handling: tuple[int, int, int] = (LEFT_OUT, LEFT_OUT, AS_MEASURED)
    values: tuple[float, float, float] = (0.0, 0.0, 0.0)
    outcome: int = 0
    pool: Floats = field(default_factory=lambda: NO_POOL)

    def __post_init__(self) -> None:
        finite(
            **{f"mean of arm {arm}": one for arm, one in enumerate(self.means)},
            **{f"value after event {event}": one for event, one in enumerate(self.values)},
            dropout_by_baseline=self.dropout_by_baseline,
        )
        if not 0 < min(self.sds) <= max(self.sds) < inf or not 0 < self.baseline_sd < inf:
            raise CannotBe(f"a spread of {min(self.sds):g} cannot be: it is more than 0")
        if not 0 <= min(self.error_sd) <= max(self.error_sd) < inf:
            raise CannotBe(f"an error of {self.error_sd} cannot be: 0 or more, and finite")
        if not (0 <= self.gap_months < inf and 0 < self.follow_up_months < inf):
            raise CannotBe(
                f"{self.gap_months} months between entries and {self.follow_up_months} of follow-up cannot be"
            )
        if self.outcome < 0 or not {AS_MEASURED, LEFT_OUT, SET_TO}.issuperset(self.handling):
            raise CannotBe(f"outcome {self.outcome} with handling {self.handling} cannot be")
        if not -1 < self.correlation < 1:
            raise CannotBe(
                f"a correlation of {self.correlation:g} cannot be: it is inside −1 and 1"
            )
        if not 0 <= self.dropout < 1:
            raise CannotBe(f"a dropout of {self.dropout:g} cannot be: a share from 0 to below 1")
        if not self.looks or sorted(set(self.looks)) != list(self.looks) or self.looks[0] < 1:
            raise CannotBe(
                f"looks after {self.looks} patients cannot be: each is after more patients"
            )
        if np.shape(self.hazards) != (2, EVENTS) or not 0 <= np.min(self.hazards) < inf:
            raise CannotBe("hazards are 0 or more, for 2 arms and 3 events")
        if self.pool.ndim != 2 or self.pool.shape[1] != 3 or not np.isfinite(self.pool).all():
            raise CannotBe("virtual infants are rows of 3 finite numbers: baseline and 2 outcomes")

    def plan(self, arms: Arms) -> Plan:
        """The plan with the arms of each patient: shape (1, N) for all trials alike, or (trials, N)."""
        if arms.ndim != 2 or arms.shape[1] != self.looks[-1]:
            raise CannotBe(
                f"arms of shape {arms.shape}: one column for each of {self.looks[-1]} patients is needed"
            )
        slope = self.dropout_by_baseline
        numbers = [
            self.correlation,
            self.baseline_sd,
            *self.error_sd,
            intercept(self.dropout, slope),
            slope,
            self.gap_months,
            self.follow_up_months,
            *self.means,
            *self.sds,
            *(hazard for of_arm in self.hazards for hazard in of_arm),
            *self.handling,
            *self.values,
            self.outcome,
        ]
        return Plan(
            np.ascontiguousarray(arms, np.int8),
            np.array(numbers, float),
            np.array(self.looks, np.int64),
            np.ascontiguousarray(self.pool, float),
        )
