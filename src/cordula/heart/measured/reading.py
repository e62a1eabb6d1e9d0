"""What does an instrument say when the truth is so? Bias and standard deviation of one reading, and where they come from."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import numpy as np
from numpy.random import Generator

from cordula.heart.expression import Values
from cordula.heart.refusals import unknown
from cordula.stats.refusals import CannotBe


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read an outcome: `bias` and `sd` in its unit, or as parts of the truth where `relative` is true."""

    outcome: str
    how: str
    sd: float
    least: float
    most: float
    source: str
    because: str = ""
    bias: float = 0.0
    relative: bool = False

    def __post_init__(self) -> None:
        if not self.sd > 0:
            raise CannotBe(f"{self.outcome}: a reading has a spread above 0, not {self.sd:g}")

    def spread(self, truth: Values) -> Values:
        """The standard deviation of one reading, in the unit of the outcome, of the shape of the truth."""
        return np.asarray(
            self.sd * np.abs(truth) if self.relative else np.full_like(truth, self.sd)
        )

    def expected(self, truth: Values) -> Values:
        """What is read on average: the truth and the bias."""
        return np.asarray(truth * (1 + self.bias) if self.relative else truth + self.bias)

    def read(self, truth: Values, random: Generator) -> Values:
        """One reading of each truth; an unknown truth stays unknown."""
        truth = np.asarray(truth, dtype=np.float64)
        return np.asarray(
            self.expected(truth) + self.spread(truth) * random.standard_normal(truth.shape)
        )


@cache
def readings() -> Mapping[str, Reading]:
    """The readings that Cordula knows, by outcome; all of them assumed, each saying so."""
    text = (files("cordula.heart.measured") / "readings.toml").read_text(encoding="utf-8")
    return MappingProxyType(
        {name: Reading(name, **told) for name, told in tomllib.loads(text).items()}
    )


def reading(outcome: str) -> Reading:
    """How this outcome is read; `CannotBe` where nobody said how far a reading lies from the truth."""
    if outcome not in readings():
        raise CannotBe(f"no reading is described for it: {unknown('reading', outcome, readings())}")
    return readings()[outcome]
