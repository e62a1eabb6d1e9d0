"""In what order are two infants compared, and by what? The endpoints of a hierarchical composite."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cordula.stats.asked import asked
from cordula.stats.models.inputs import Flags, Floats, array, events, numbers
from cordula.stats.refusals import CannotBe

SMALLEST = 1e-12


@asked
@dataclass(frozen=True, slots=True, eq=False)
class Time:
    """A time to an event: `time` (n,), `event` (n,; 1 seen, 0 censored).

    Who is ahead by `threshold` or more (by any time at all where it is 0) is the better;
    `longer=False` where the event is a good one, such as coming home; `rounding` as in `Score`."""

    time: ArrayLike
    event: ArrayLike
    threshold: float = 0.0
    longer: bool = True
    rounding: float = 0.0


@asked
@dataclass(frozen=True, slots=True, eq=False)
class Score:
    """A number, such as change in RVEF: `value` (n,), not a number where it is missing.

    Who is ahead by `threshold` or more is the better; `higher=False` where less is better. In floating
    point 2.8 − 1.8 falls short of 1: a `rounding` of 1e-9 lets it reach."""

    value: ArrayLike
    threshold: float = 0.0
    higher: bool = True
    rounding: float = 0.0


Endpoint = Time | Score


@dataclass(frozen=True, slots=True, eq=False)
class Hierarchy:
    """All endpoints of all infants: `value` and `seen` (endpoints, n); `sign` 1 where more is better;
    `least` the difference that counts; `timed` where censoring can be (endpoints,)."""

    value: Floats
    seen: Flags
    sign: Floats
    least: Floats
    timed: Flags

    def of(self, kept: NDArray[np.generic]) -> "Hierarchy":
        """These infants only."""
        value, seen = self.value[:, kept].copy(order="C"), self.seen[:, kept].copy(order="C")
        return Hierarchy(value, seen, self.sign, self.least, self.timed)


def hierarchy(endpoints: Sequence[Endpoint], size: int) -> Hierarchy:
    """The endpoints as arrays, the first compared first. Raises CannotBe where they do not fit."""
    if not endpoints:
        raise CannotBe("no endpoint; a comparison needs at least one")
    pairs = [_columns(e, size) for e in endpoints]
    return Hierarchy(
        value=np.vstack([value for value, _ in pairs]),
        seen=np.vstack([seen for _, seen in pairs]),
        sign=np.array([1.0 if _more(e) else -1.0 for e in endpoints]),
        least=np.array([_least(e) for e in endpoints]),
        timed=np.array([isinstance(e, Time) for e in endpoints]),
    )


def _columns(endpoint: Endpoint, size: int) -> tuple[Floats, Flags]:
    if isinstance(endpoint, Time):
        return numbers("time", endpoint.time, size), events(endpoint.event, size)
    value = array("value", endpoint.value)
    if value.shape != (size,) or np.isinf(value).any():
        raise CannotBe(f"value has shape {value.shape}; {size} numbers are needed, none infinite")
    return value, np.ones(size, dtype=np.bool_)


def _more(endpoint: Endpoint) -> bool:
    return endpoint.longer if isinstance(endpoint, Time) else endpoint.higher


def _least(endpoint: Endpoint) -> float:
    """The difference that counts: any at all where the threshold is nought."""
    threshold = endpoint.threshold
    if not 0.0 <= threshold < np.inf:
        raise CannotBe(f"a threshold of {threshold}; it is nought or more")
    if not 0.0 <= endpoint.rounding < np.inf:
        raise CannotBe(f"a rounding of {endpoint.rounding}; it is nought or more, such as 1e-9")
    return max(threshold - endpoint.rounding, SMALLEST)
