"""When does a trial succeed? When the posterior is certain enough of every effect asked for."""

from dataclasses import dataclass

import numpy as np

from cordula.stats.borrowing.difference import SCALES, Scale
from cordula.stats.refusals import CannotBe, finite


@dataclass(frozen=True, slots=True)
class Rule:
    """Success: P(effect > thresholdₖ) > certaintyₖ for every k (`above`), or P(effect ≤ thresholdₖ) > certaintyₖ.

    The effect is θ of one arm, or g(θ₁) − g(θ₂) of two, with g by `scale`. Two criteria make the dual criterion of
    statistical certainty and relevant size (Roychoudhury, Scheuer & Neuenschwander 2018)."""

    certainties: tuple[float, ...]
    thresholds: tuple[float, ...]
    above: bool = True
    scale: Scale = "identity"

    def __post_init__(self) -> None:
        if not all(np.ndim(each) == 1 for each in (self.certainties, self.thresholds)):
            raise CannotBe(f"{self.certainties}, {self.thresholds}: a row of numbers each")
        if self.scale not in SCALES:
            raise CannotBe(f"the scale {self.scale!r}: {', '.join(SCALES)}")
        if not len(self.certainties) == len(self.thresholds) >= 1:
            raise CannotBe(f"{self.certainties}, {self.thresholds}: a certainty for each threshold")
        for threshold in self.thresholds:
            finite(threshold=threshold)
        if not all(0 < certainty < 1 for certainty in self.certainties):
            raise CannotBe(f"certainties {self.certainties}: between 0 and 1")

    @property
    def criteria(self) -> tuple[tuple[float, float], ...]:
        return tuple(zip(self.certainties, self.thresholds, strict=True))
