"""What the numerics refuse, and what they answer where no number would be true."""

from dataclasses import dataclass


class CannotBe(ValueError):
    """A design or an input that cannot be: says which value, why, and what would be right."""


@dataclass(frozen=True, slots=True)
class NotConverged:
    """The answer of a method that found none: its reason, never a number."""

    method: str
    reason: str
    iterations: int = 0
