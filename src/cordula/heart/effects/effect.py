"""What is done to the heart at a time, were this assumption so?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cordula.heart.effects.course import Course, Exposure
from cordula.heart.expression import Values
from cordula.stats.refusals import CannotBe


@dataclass(frozen=True, slots=True)
class Effect:
    """A lever of the circuit, how far it is pulled in full, and its course.

    `full`: a factor (1.2 on contractility), or for a leak what is added in mL/s/mmHg; one number, or one for each
    infant, so that infants may answer differently. That a product has this effect is what a simulation assumes; it is
    never a statement of Cordula."""

    lever: str
    full: float | Values
    course: Course | Exposure

    @property
    def added(self) -> bool:
        return self.lever.endswith("_leak")

    def __post_init__(self) -> None:
        if not self.added and not np.all(np.asarray(self.full) > 0):
            raise CannotBe(f"the effect on {self.lever} is a factor above 0, not {self.full}")

    def amount(self, days: float) -> Values:
        """How far the lever is pulled at this time; factors grow along their logarithm."""
        share, full = self.course.share(np.asarray(days)), np.asarray(self.full, dtype=np.float64)
        return np.asarray(full * share if self.added else full**share)


def amounts(effects: Sequence[Effect], days: float) -> dict[str, Values]:
    """All effects together at a time, by lever: factors multiply, leaks add."""
    found: dict[str, Values] = {}
    for effect in effects:
        amount = effect.amount(days)
        if effect.lever in found:
            before = found[effect.lever]
            amount = before + amount if effect.added else before * amount
        found[effect.lever] = amount
    return found
