"""What would be read of each child, as a smooth function of what is free?"""

from dataclasses import dataclass

import numpy as np

from cordula.heart.ask.freedoms import Family
from cordula.heart.expression import Values

# The differences are taken over a twentieth of a standard deviation: far above what is left over of the search for
# the periodic state, and above the small jumps where a valve closes one step of time earlier.
STEPS, TOLERANCE_ML, STEP = 240, 1e-6, 0.05


@dataclass(frozen=True)
class Model:
    """`outcomes` of shape (count, outcomes) for scores of shape (count, freedoms); NaN where there is no steady state."""

    family: Family
    outcomes: tuple[str, ...]

    def __call__(self, scores: Values) -> Values:
        found = self.family.baby.steady_many(
            self.family.parameters(scores), steps=STEPS, tolerance_ml=TOLERANCE_ML
        )
        return np.stack([found[name] for name in self.outcomes], axis=1)

    def with_slopes(self, scores: Values) -> tuple[Values, Values]:
        """Outcomes, and their slopes by central differences, of shape (count, outcomes, freedoms).

        The neighbours of every child are further lanes of one run: sixteen of them cost little more than one."""
        count, free = scores.shape
        moves = STEP * np.concatenate([np.zeros((1, free)), np.eye(free), -np.eye(free)])
        found = self((scores[:, None] + moves).reshape(-1, free)).reshape(count, len(moves), -1)
        slopes = (found[:, 1 : free + 1] - found[:, free + 1 :]) / (2 * STEP)
        return found[:, 0], np.swapaxes(slopes, 1, 2)
