"""How far could it be otherwise? Laplace's normal approximation at the mode, for what is free and for what follows of it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cordula.heart.ask.fitting.search import information
from cordula.heart.expression import Values

# The standard normal deviate of a band that leaves out 5 % on each side.
NINETY = 1.6448536269514722


@dataclass(frozen=True, slots=True)
class Spread:
    """Covariance of the scores (…, freedoms, freedoms), and the standard deviation of every outcome (…, outcomes)."""

    covariance: Values
    outcomes: Values

    @property
    def scores(self) -> Values:
        """Standard deviation of each score; 1 before anything was read."""
        return np.asarray(np.sqrt(np.diagonal(self.covariance, axis1=-2, axis2=-1)))


def laplace(slopes: Values, read: NDArray[np.int64], sds: Values) -> Spread:
    """The spread at a mode. `slopes` (…, outcomes, freedoms); the outcomes numbered `read` were read with `sds`."""
    told = information(slopes[..., read, :] / sds[..., None])
    covariance = np.asarray(np.linalg.inv(told + np.eye(told.shape[-1])), dtype=np.float64)
    variances = np.einsum("...mf,...fg,...mg->...m", slopes, covariance, slopes)
    return Spread(covariance, np.asarray(np.sqrt(np.maximum(variances, 0.0))))
