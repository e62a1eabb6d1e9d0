"""What are ψ and ψ′, for kernels that cannot ask SciPy?

Upwards by the recurrence to 8, there the asymptotic series (Abramowitz & Stegun 1964, 6.3.5, 6.3.18, 6.4.6, 6.4.12)."""

import math

from cordula.stats.compiled import compiled


@compiled
def digamma(x: float) -> float:
    """ψ(x) for x > 0, within 1e-13 or so."""
    below = 0.0
    while x < 8.0:
        below += 1.0 / x
        x += 1.0
    r = 1.0 / (x * x)
    tail = 1 / 252 - r * (1 / 240 - r * (1 / 132 - r * (691 / 32760 - r / 12)))
    return math.log(x) - 0.5 / x - r * (1 / 12 - r * (1 / 120 - r * tail)) - below


@compiled
def trigamma(x: float) -> float:
    """ψ′(x) for x > 0, within 1e-13 or so of its size."""
    below = 0.0
    while x < 8.0:
        below += 1.0 / (x * x)
        x += 1.0
    r = 1.0 / (x * x)
    tail = 1 / 42 - r * (1 / 30 - r * (5 / 66 - r * (691 / 2730 - r * 7 / 6)))
    return 1.0 / x + 0.5 * r + r / x * (1 / 6 - r * (1 / 30 - r * tail)) + below
