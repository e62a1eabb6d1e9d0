"""Where on its scale does a value stand, and is it inside the range?"""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise

# The range fills the middle of the scale; a value outside it stands beyond, at the most at the end.
START, WIDTH = Decimal(12), Decimal(76)
FARTHEST = Decimal(1), Decimal(99)


@dataclass(frozen=True)
class Gauge:
    low: str | Promise
    high: str | Promise
    sentence: str | Promise  # what a reader who cannot see it is told
    needle: str  # a place along the scale, "53.8%"
    inside: bool


def gauge(
    value: Decimal,
    bounds: tuple[Decimal, Decimal],
    words: tuple[str | Promise, str | Promise],
    sentence: str | Promise,
) -> Gauge:
    """Place a value on the scale of its range; all three numbers in the same unit."""
    low, high = bounds
    if not low < high:
        raise ValueError(f"A gauge needs a range that grows, not {low} to {high}.")
    place = START + WIDTH * (value - low) / (high - low)
    nearest = min(max(place, FARTHEST[0]), FARTHEST[1])
    return Gauge(*words, sentence, f"{nearest:.1f}%", low <= value <= high)
