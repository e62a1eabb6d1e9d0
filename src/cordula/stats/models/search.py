"""Which covariance of the visits makes the measurements most likely? Newton's way there, step by step."""

import numpy as np

from cordula.stats.compiled import compiled
from cordula.stats.models.inputs import Flags, Floats, Whole
from cordula.stats.models.likelihood import elements, evaluated
from cordula.stats.models.small import inverse

Ended = tuple[int, int, Floats, Floats, float, Floats, Floats, Floats, Floats]
"""How it ended, steps, sigma, half the covariance of its elements; and of `Evaluated` there −2ℓ, b, Φ, F, A."""

FOUND, NO_START, NO_STEP, TOO_MANY, FLAT = range(5)
REASONS = {
    NO_START: "the design leaves nothing to estimate a covariance of the visits from",
    NO_STEP: "no step made the measurements more likely; the covariance may be singular",
    TOO_MANY: "still moving after 100 steps; visits may be perfectly correlated",
    FLAT: "the likelihood has no top at a covariance that can be: visits come out perfectly "
    "correlated, or too few infants were seen at both",
}
STEPS, HALVINGS, CLOSE = 100, 40, 1e-8


@compiled
def start(sums: Floats, pairs: Floats) -> tuple[bool, Floats]:
    """The covariance of least squares residuals, shrunk to its diagonal until it can be one."""
    visits, p = sums.shape[1], sums.shape[3] - 1
    total, sigma = np.zeros((p + 1, p + 1)), np.zeros((visits, visits))
    for g in range(sums.shape[0]):
        for u in range(visits):
            for i in range(p + 1):
                for j in range(p + 1):
                    total[i, j] += sums[g, u, u, i, j]
    possible, phi, _ = inverse(total, p)
    if not possible:
        return False, sigma
    b = np.zeros(p + 1)
    b[p] = 1.0
    for i in range(p):
        for j in range(p):
            b[i] -= phi[i, j] * total[j, p]
    for g in range(sums.shape[0]):
        for u in range(visits):
            for v in range(visits):
                for i in range(p + 1):
                    for j in range(p + 1):
                        sigma[u, v] += b[i] * sums[g, u, v, i, j] * b[j] / pairs[u, v]
    for _ in range(20):
        if inverse(sigma, visits)[0]:
            return True, sigma
        for u in range(visits):
            for v in range(visits):
                sigma[u, v] *= 1.0 if u == v else 0.5
    return False, sigma


@compiled
def _direction(gradient: Floats, observed: Floats, expected: Floats) -> tuple[bool, Floats, float]:
    """Newton's step by the observed Hessian, or by the expected one where that is no hill; and by how
    much −2ℓ should fall."""
    size = gradient.size
    possible, inner, _ = inverse(observed, size)
    if not possible:
        possible, inner, _ = inverse(expected, size)
    step, promised = np.zeros(size), 0.0
    for i in range(size):
        for j in range(size):
            step[i] -= inner[i, j] * gradient[j]
        promised -= 0.5 * gradient[i] * step[i]
    return possible, step, promised


@compiled
def _moved(sigma: Floats, step: Floats, part: float) -> Floats:
    found = sigma.copy()
    places = elements(sigma.shape[0])
    for k in range(places.shape[0]):
        i, j = places[k, 0], places[k, 1]
        found[i, j] += part * step[k]
        if i != j:
            found[j, i] += part * step[k]
    return found


@compiled
def search(
    patterns: Flags,
    counts: Floats,
    sums: Floats,
    columns: Whole,
    pairs: Floats,
    restricted: float,
) -> Ended:
    """A step is halved until −2ℓ falls (or, at the very top, stands still but for rounding); when Newton's
    promise of a fall is below 1e-8 that step, which squares the error, is the last. One call of `evaluated`
    keeps the compiled code small. The first step is Fisher's scoring, which starts better from afar."""
    _, sigma = start(sums, pairs)
    there_sigma, step, promised, lowest = sigma, np.zeros(0), np.inf, np.inf
    ended, steps, halved = TOO_MANY, 0, 0
    while True:
        there = evaluated(there_sigma, patterns, counts, sums, columns, restricted)
        slack = 1e-9 * (1.0 + abs(lowest)) if promised < 1e-6 else 0.0
        if there[0] and there[1] <= lowest + slack:
            sigma, lowest, halved = there_sigma, there[1], 0
            if abs(promised) < CLOSE or steps == STEPS:
                ended = FOUND if abs(promised) < CLOSE else TOO_MANY
                break
            bend = there[4] if steps == 0 else there[3]
            possible, step, promised = _direction(there[2], bend, there[4])
            if not possible:
                ended = FLAT
                break
            steps += 1
        elif steps == 0 or halved == HALVINGS:
            ended = NO_START if steps == 0 else NO_STEP
            break
        else:
            halved += 1
        there_sigma = _moved(sigma, step, 0.5**halved)
    possible, spread, _ = inverse(there[3], there[2].size)
    if ended == FOUND and not possible:
        ended = FLAT
    return ended, steps, sigma, spread, there[1], there[5], there[6], there[7], there[8]
