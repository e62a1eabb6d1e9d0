"""What the numerics refuse, and what they answer where no number would be true."""

from dataclasses import dataclass
from math import isfinite


class CannotBe(ValueError):
    """A design or an input that cannot be: says which value, why, and what would be right."""


@dataclass(frozen=True, slots=True)
class NotConverged:
    """The answer of a method that found none: its reason, never a number."""

    method: str
    reason: str
    iterations: int = 0


def finite(**values: float) -> None:
    """Refuses what is no finite number, by its name."""
    for name, value in values.items():
        if not isfinite(value):
            raise CannotBe(f"{name.replace('_', ' ')} is {value}; a finite number is needed")


def whole(least: int, **values: float) -> None:
    """Refuses what is no whole number from `least` on, by its name."""
    for name, value in values.items():
        if not (isfinite(value) and value == int(value) and value >= least):
            raise CannotBe(
                f"{name.replace('_', ' ')} is {value}; a whole number from {least} on is needed"
            )


def from_0_to_1(**values: float) -> None:
    """Refuses what is no probability, by its name."""
    for name, value in values.items():
        if not 0 <= value <= 1:
            raise CannotBe(f"{name.replace('_', ' ')} is {value}; it must lie from 0 to 1")


def at_most(most: int, **values: float) -> None:
    """Refuses what would take days or more memory than there is, by its name."""
    for name, value in values.items():
        if value > most:
            raise CannotBe(f"{name.replace('_', ' ')} is {value}; at most {most} can be worked out")
