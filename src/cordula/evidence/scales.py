"""On which scale is a question pooled, and how does an estimate come back to its unit?"""

from collections.abc import Callable, Sequence
from math import exp
from typing import Protocol

from cordula.evidence.answer import Estimate, Input

Back = Callable[[float], float]
# In the question's unit: where nothing differs between the arms.
NO_EFFECT = {"identity": 0.0, "log": 1.0, "logit": None}


class Limits(Protocol):
    """Anything with equal-tailed limits on the pooled scale."""

    @property
    def lower(self) -> float: ...

    @property
    def upper(self) -> float: ...


def back_from(scale: str) -> Back:
    """From the pooled scale to the question's unit."""
    ways: dict[str, Back] = {"identity": float, "log": exp, "logit": lambda y: 1 / (1 + exp(-y))}
    return ways[scale]


def estimate(back: Back, value: float, limits: Limits, method: str) -> Estimate:
    """In the question's unit; every way back is monotone, so limits stay limits."""
    return Estimate(
        estimate=back(value), low=back(limits.lower), high=back(limits.upper), method=method
    )


def usable(inputs: Sequence[Input]) -> tuple[list[float], list[float]]:
    """Estimates and standard errors on the pooled scale, of the studies that have both."""
    both = [(one.y, one.se) for one in inputs if one.y is not None and one.se is not None]
    return [y for y, _ in both], [se for _, se in both]
