"""What follows from what is known? Decisions by the posterior, as a protocol words them."""

from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import ArrayLike

from cordula.stats.bayes.posteriors import Array
from cordula.stats.refusals import CannotBe


class Posterior(Protocol):
    """Any posterior that knows its probabilities."""

    def cdf(self, x: ArrayLike) -> Array: ...

    def above(self, x: ArrayLike) -> Array: ...


@dataclass(frozen=True, slots=True)
class PosteriorRule:
    """Met when P(parameter > threshold) > certainty, or with `above` false P(parameter ≤ threshold) > certainty."""

    threshold: float
    certainty: float
    above: bool = True

    def __post_init__(self) -> None:
        if not (0 < self.certainty < 1 and np.isfinite(self.threshold)):
            raise CannotBe(
                f"threshold {self.threshold}, certainty {self.certainty}: finite, between 0 and 1"
            )

    def probability(self, known: Posterior) -> float:
        """What the posterior gives to the side asked for."""
        return float(known.above(self.threshold) if self.above else known.cdf(self.threshold))

    def met(self, known: Posterior) -> bool:
        return self.probability(known) > self.certainty


def decide_by_prediction(
    probability: float, lower: float, upper: float = 1.0
) -> Literal["futile", "open", "success"]:
    """Futile below `lower`, success above `upper`, else open: the rule on a predictive probability.

    Raises CannotBe."""
    if not (0 <= lower <= upper <= 1 and 0 <= probability <= 1):
        raise CannotBe(
            f"probability {probability}, lower {lower}, upper {upper}: between 0 and 1, in order"
        )
    if probability < lower:
        return "futile"
    return "success" if probability > upper else "open"
