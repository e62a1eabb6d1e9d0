"""Is this a number, a probability, a pair above 0? What cannot be is refused before anything is computed."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cordula.stats.refusals import CannotBe

Array = NDArray[np.float64]


def places(x: ArrayLike) -> Array:
    """Where a posterior is asked for: any shape, a number each."""
    found = np.asarray(x, float)
    if np.isnan(found).any():
        raise CannotBe(f"a posterior asked for at {found}; numbers are needed, and NaN is none")
    return found


def probabilities(p: ArrayLike) -> Array:
    """From 0 to 1 each."""
    found = np.asarray(p, float)
    if not ((found >= 0) & (found <= 1)).all():
        raise CannotBe(f"a quantile at {found}: probabilities lie between 0 and 1")
    return found


def finite_above_0(**values: float) -> None:
    """Refuse a parameter that is not above 0, or has no end, by its name."""
    for name, value in values.items():
        if not 0 < value < np.inf:
            raise CannotBe(
                f"{name.replace('_', ' ')} is {value}; a finite number above 0 is needed"
            )


def beta_prior(prior: object) -> None:
    """Refuse what is not (a, b), both above 0."""
    found = np.asarray(prior, float)
    if found.shape != (2,) or not ((found > 0) & (found < np.inf)).all():
        raise CannotBe(f"the beta prior is {prior}; two finite numbers above 0 are needed")
