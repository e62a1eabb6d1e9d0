"""A one-arm trial watched by its predictive probability: when does it stop, and how often is it right?

Lee & Liu 2008, doi:10.1177/1740774508089279."""

from dataclasses import dataclass
from itertools import pairwise
from math import isfinite

import numpy as np
from numpy.typing import ArrayLike

from cordula.stats.bayes.checks import beta_prior
from cordula.stats.bayes.posteriors import Array
from cordula.stats.bayes.predictive import predictive_probability
from cordula.stats.bayes.walk import walk
from cordula.stats.refusals import CannotBe, from_0_to_1


@dataclass(frozen=True, slots=True)
class OneArmDesign:
    """looks: numbers of infants, rising, the last the largest. At each, stop when the predictive probability of
    P(p > null_rate) > certainty at the end falls below `lower` or rises above `upper` (1: never)."""

    looks: tuple[int, ...]
    null_rate: float
    certainty: float
    lower: float
    upper: float = 1.0
    prior: tuple[float, float] = (1.0, 1.0)

    def __post_init__(self) -> None:
        check_looks(self.looks)
        beta_prior(self.prior)
        from_0_to_1(null_rate=self.null_rate, certainty=self.certainty)
        if not 0 <= self.lower <= self.upper <= 1:
            raise CannotBe(f"lower {self.lower}, upper {self.upper}: in order, between 0 and 1")


@dataclass(frozen=True)
class OneArmCharacteristics:
    """At each true rate: P(success), P(stopping before the last look), expected number; shapes of the rates."""

    rates: Array
    success: Array
    early: Array
    expected_number: Array


def check_looks(looks: tuple[int, ...]) -> None:
    """Refuse looks that do not rise, or that come before the first infant."""
    if np.ndim(looks) != 1:
        raise CannotBe(f"looks after {looks} infants: a row of whole numbers, rising, from 1")
    rising = all(one < two for one, two in pairwise(looks)) and all(isfinite(n) for n in looks)
    if not looks or looks[0] < 1 or not rising or any(n != int(n) for n in looks):
        raise CannotBe(f"looks after {looks} infants: whole numbers, rising, from 1")


def boundaries_one_arm(design: OneArmDesign) -> tuple[tuple[int, int], ...]:
    """At each look: the most events that stop for futility (−1: none), the fewest that stop for success
    (number + 1: none). The last look decides by the posterior alone."""
    final = design.looks[-1]
    found = []
    for number in design.looks:
        told = [
            predictive_probability(
                x, number, final, design.null_rate, design.certainty, design.prior
            ).probability
            for x in range(number + 1)
        ]
        last = number == final
        low = sum(p < (0.5 if last else design.lower) for p in told) - 1
        high = number + 1 - sum(p > (0.5 if last else design.upper) for p in told)
        found.append((low, high))
    return tuple(found)


def operating_characteristics_one_arm(
    design: OneArmDesign, rates: ArrayLike
) -> OneArmCharacteristics:
    """Exact, by walking every count (`walk`), at true `rates` of any shape. Raises CannotBe."""
    final = design.looks[-1]
    low, high = np.full(final, -1.0), np.full(final, final + 1.0)
    for number, (most, fewest) in zip(design.looks, boundaries_one_arm(design), strict=True):
        low[number - 1], high[number - 1] = most, fewest
    theta = np.asarray(rates, float)
    if not theta.size:
        raise CannotBe("no true rate; one at least is needed")
    stopped = np.array([walk(np.full(final, p), low, high) for p in theta.ravel()])
    stopped = stopped.reshape(theta.size, 2, final + 1)
    shape = theta.shape
    expected = (stopped.sum(axis=1) * np.arange(final + 1)).sum(axis=1)
    return OneArmCharacteristics(
        theta,
        stopped[:, 1].sum(axis=1).reshape(shape),
        stopped[:, :, :final].sum(axis=(1, 2)).reshape(shape),
        expected.reshape(shape),
    )
