"""Which covariance of the visits makes the measurements most likely? Newton's way there, step by step."""

from dataclasses import dataclass

import numpy as np

from cordula.stats.models.inputs import Floats
from cordula.stats.models.likelihood import Evaluated, evaluated
from cordula.stats.models.patterns import Products
from cordula.stats.models.sequence import onward
from cordula.stats.models.start import start
from cordula.stats.models.too_few import too_few
from cordula.stats.refusals import NotConverged

REPEATED = "columns of the design repeat each other in what was seen; there is no one answer"
ALIKE = "the likelihood rises without a top towards visits that are perfectly correlated"
LEVEL = "the likelihood is level at its top; a covariance of the visits cannot be told from others"
MOVING = "no top was found in 100 steps"
STEPS, CLOSE, THERE, MOST = 100, 1e-8, 1e-14, 1e10
# What the others leave of a visit's variance: below this share, visits count as perfectly correlated.
APART = 1e-7
# With what part of the correlations of the start the search begins, and begins again.
BEGINNINGS = (1.0, 0.5, 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class Top:
    """The most likely `sigma`, the covariance of its elements (`spread`), and the likelihood there."""

    steps: int
    sigma: Floats
    spread: Floats
    there: Evaluated


def search(products: Products, restricted: float) -> Top | NotConverged:
    """The top next to the start, or to the same with half of its correlations, or with none of them.

    Where too few infants were seen at the same visits the likelihood may rise for ever towards perfect
    correlation; a top elsewhere is then the answer if there is one, and else the reason says which visits."""
    first, reason = start(*products, restricted), ""
    for part in BEGINNINGS:
        sigma = part * first + (1.0 - part) * np.diag(np.diag(first)) if part < 1.0 else first
        found = _climbed(products, restricted, sigma)
        if isinstance(found, Top):
            return found
        reason = reason or found
        if reason == REPEATED:
            break
    few = too_few(products) if reason != REPEATED else ""
    return NotConverged("mmrm", f"{few}; {reason}" if few else reason)


def _climbed(products: Products, restricted: float, sigma: Floats) -> Top | str:
    """A step that does not make −2ℓ fall is taken again, held back (Levenberg 1944, Quart Appl Math 2:164–168). When
    Newton's promise of a fall is below 1e-8, that step, which squares the error, is the last; below 1e-14 there is
    none to take."""
    top, held, last = evaluated(sigma, *products, restricted), 0.0, False
    if not top[0]:
        return REPEATED
    for steps in range(STEPS):
        moved, promised, held, spread, apart = onward(sigma, top[2], top[3], held)
        if last or (promised < THERE and held == 0.0):
            return Top(steps, sigma, spread, top) if held == 0.0 else LEVEL
        if apart < APART:
            return ALIKE
        there = evaluated(moved, *products, restricted)
        # At the very top −2ℓ falls by less than its rounding.
        slack = 1e-9 * (1.0 + abs(top[1])) if promised < 1e-6 else 0.0
        if there[0] and there[1] <= top[1] + slack:
            sigma, top, last = moved, there, promised < CLOSE and held == 0.0
            held = held / 8.0 if held > 0.2 else 0.0
        elif promised < CLOSE and held == 0.0:
            return Top(steps, sigma, spread, top)
        else:
            held = max(8.0 * held, 1.0)
            if held > MOST:
                return LEVEL
    return MOVING
