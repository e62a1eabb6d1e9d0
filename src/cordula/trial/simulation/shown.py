"""What does a block of trials show of one endpoint at each look? The one form in which every kind of endpoint answers."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Shown:
    """Shapes (trials, looks). `higher`: one-sided P value for “the first arm is higher”, NaN where nothing
    could be estimated; `estimate` and its standard `error`; `degrees` of freedom (inf: normal); `entered`:
    children in the trial by then; `months` since it began (NaN where no accrual is told); `interval`: the
    plain interval where it is not estimate ± quantile · error."""

    higher: Floats
    estimate: Floats
    error: Floats
    degrees: Floats
    entered: Floats
    months: Floats
    interval: tuple[Floats, Floats] | None = None


class Outcomes(Protocol):
    """The trials of one endpoint under one truth. It is sent to workers, so it holds plain values only."""

    @property
    def endpoint(self) -> str: ...

    @property
    def looks_for(self) -> str:
        """The side that a test of one side looks at: higher or lower."""

    @property
    def target(self) -> float | None:
        """The true value of what is estimated; None where the estimate has no single one."""

    def shown(self, first: int, trials: int) -> Shown:
        """Trials `first` to `first + trials − 1`; the same whatever block they stand in."""


def half_width(level: float | Floats, error: Floats, degrees: Floats) -> Floats:
    """Half the width of an interval with this probability of missing above, and the same below."""
    from scipy.special import ndtri, stdtrit

    normal = np.isinf(degrees)
    usable = np.where(normal | (degrees <= 0), 1.0, degrees)
    quantile = np.where(normal, -ndtri(level), stdtrit(usable, 1 - level))
    return np.asarray(np.where(degrees > 0, quantile, np.nan) * error)


def upper_p(estimate: Floats, error: Floats, degrees: Floats) -> Floats:
    """P(T ≥ estimate / error), T with these degrees of freedom; NaN where there is no estimate."""
    from scipy.special import ndtr, stdtr

    with np.errstate(divide="ignore", invalid="ignore"):
        t = estimate / error
    usable = np.where(np.isinf(degrees) | (degrees <= 0), 1.0, degrees)
    p = np.where(np.isinf(degrees), ndtr(-t), stdtr(usable, -t))
    return np.asarray(np.where(degrees > 0, p, np.nan))
