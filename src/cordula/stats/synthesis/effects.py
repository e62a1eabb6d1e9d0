"""What does one study say, as an estimate and its standard error on the scale that is pooled?"""

from dataclasses import dataclass

import numpy as np

from cordula.stats.synthesis.checks import Mask, Vector


@dataclass(frozen=True, slots=True, eq=False)
class Effects:
    """Estimates of some studies: `y` and `se` of shape (k,), on the scale of `measure`.

    `studies` are the positions, among those given, of the studies that could be used; `remarks` say
    what a reader of the numbers must know."""

    measure: str
    y: Vector
    se: Vector
    studies: tuple[int, ...]
    remarks: tuple[str, ...] = ()

    @property
    def v(self) -> Vector:
        """Sampling variances."""
        return self.se**2


def effects(
    measure: str, y: Vector, v: Vector, studies: Mask | None = None, *remarks: str
) -> Effects:
    """From variances; by default every study given is used."""
    positions = np.arange(y.size) if studies is None else np.flatnonzero(studies)
    return Effects(measure, y, np.sqrt(v), tuple(int(at) for at in positions), remarks)
