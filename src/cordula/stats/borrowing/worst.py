"""How large is the type I error where prior and data disagree most? The maximum over a grid of drifts."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from cordula.stats.borrowing.checks import places
from cordula.stats.borrowing.difference import Scale
from cordula.stats.borrowing.families import Array
from cordula.stats.borrowing.two_arm import TwoArms, operating_characteristics_two_arm
from cordula.stats.refusals import CannotBe, NotConverged, finite, whole


@dataclass(frozen=True)
class MaximumError:
    """The largest type I error, the true control at which it occurs, and the whole grid.

    `at_edge` warns that it lies at the end of the grid, so that a larger one may lie beyond."""

    value: float
    at: float
    at_edge: bool
    truths: Array
    errors: Array


def maximum_type_1_error(
    design: TwoArms, truths_2: ArrayLike, null_difference: float | None = None, zooms: int = 4
) -> MaximumError | NotConverged:
    """The type I error over a grid of true controls, shape (n,), rising, and its maximum, found by zooming in.

    At each, arm 1 truly differs by `null_difference` on the rule's scale (its first threshold if None), where
    success is an error. Raises CannotBe."""
    whole(0, zooms=zooms)
    grid = places(truths_2, finite=True)
    if grid.ndim != 1 or grid.size < 3 or not np.all(np.diff(grid) > 0):
        raise CannotBe(f"a grid of true controls of shape {grid.shape}: rising, at least 3")
    shift = design.rule.thresholds[0] if null_difference is None else null_difference
    finite(null_difference=shift)
    errors = _errors(design, grid, shift)
    if isinstance(errors, NotConverged):
        return errors
    spots, seen = grid, errors
    for _ in range(int(zooms)):
        best = int(np.argmax(seen))
        spots = np.linspace(spots[max(best - 1, 0)], spots[min(best + 1, len(spots) - 1)], 9)
        nearer = _errors(design, spots, shift)
        if isinstance(nearer, NotConverged):
            return nearer
        seen = nearer
    best = int(np.argmax(seen))
    at_edge = bool(spots[best] in (grid[0], grid[-1]))
    return MaximumError(float(seen[best]), float(spots[best]), at_edge, grid, errors)


def _errors(design: TwoArms, truths_2: Array, shift: float) -> Array | NotConverged:
    truths_1 = _shifted(truths_2, shift, design.rule.scale)
    if design.prior_1.kind == "beta" and not np.all((truths_1 >= 0) & (truths_1 <= 1)):
        raise CannotBe(f"a null difference of {shift} from controls {truths_2}: leaves 0–1")
    return operating_characteristics_two_arm(design, truths_1, truths_2)


def _shifted(theta: Array, shift: float, scale: Scale) -> Array:
    if scale == "identity":
        return theta + shift
    if scale == "log":
        return np.asarray(theta * np.exp(shift))
    return np.asarray(special.expit(special.logit(theta) + shift))
