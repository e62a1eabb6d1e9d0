"""What is known of one endpoint of every child, as arrays: the form in which every kind of endpoint answers."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def _no_cause() -> NDArray[np.int64]:
    return np.empty(0, dtype=np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """Children in the order of entry. settled: whether nothing more is awaited, shape (n,); baseline: (n,);
    value: (n,) or (n, visits), NaN where nothing counts; of a time, `value` is months, `seen` says
    whether the event was seen, and `cause` what ended the waiting, as `stats.simulation.surrounded` numbers it."""

    settled: NDArray[np.bool_]
    baseline: Floats
    value: Floats
    seen: NDArray[np.bool_]
    cause: NDArray[np.int64] = field(default_factory=_no_cause)
