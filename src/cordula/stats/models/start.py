"""From where does the search for a covariance of the visits begin? Each visit regressed on those before it.

Write Σ by regressions in sequence: visit v on its design and on the visits before it, with coefficients B_v and
what they leave, d_v. Where infants only leave (whoever is seen at a visit was seen at all before it) and each visit has
the same columns of its own, the likelihood is a product of these regressions: |X′AX| = Π |N_v| d_v^−r, N_v of those
seen at v, so that least squares with d_v = RSS_v / (n_v − r) is REML itself, and the search has nothing left to do
(Rubin 1974, JASA 69:467–474, for the factors; the r columns leave the same r degrees of freedom at each visit)."""

import numpy as np

from cordula.stats.compiled import compiled
from cordula.stats.models.inputs import Flags, Floats, Whole
from cordula.stats.models.small import regressed

SPARE = 1e-9


@compiled
def start(
    patterns: Flags, counts: Floats, sums: Floats, stacked: Whole, restricted: float
) -> Floats:
    """A covariance (visits, visits) that can be, near to the most likely one or that itself."""
    visits = patterns.shape[1]
    order, sigma = _order(patterns, counts), np.zeros((visits, visits))
    for place in range(visits):
        v = order[place]
        slopes, left = _regression(patterns, counts, sums, stacked, order, place, restricted)
        for other in range(place):
            w = order[other]
            for k in range(place):
                sigma[v, w] += slopes[k] * sigma[order[k], w]
            sigma[w, v] = sigma[v, w]
        sigma[v, v] = left
        for k in range(place):
            sigma[v, v] += slopes[k] * sigma[order[k], v]
    return sigma


@compiled
def _order(patterns: Flags, counts: Floats) -> Whole:
    """The visits, those first at which most were seen; earlier before later where as many were."""
    visits = patterns.shape[1]
    seen, order = np.zeros(visits), np.empty(visits, dtype=np.int64)
    for v in range(visits):
        order[v] = v
    for g in range(len(counts)):
        for v in range(visits):
            seen[v] += counts[g] * patterns[g, v]
    for place in range(1, visits):
        k = place
        while k > 0 and seen[order[k - 1]] < seen[order[k]]:
            order[k - 1], order[k] = order[k], order[k - 1]
            k -= 1
    return order


@compiled
def _regression(
    patterns: Flags,
    counts: Floats,
    sums: Floats,
    stacked: Whole,
    order: Whole,
    place: int,
    restricted: float,
) -> tuple[Floats, float]:
    """On as many of the visits before it as there are infants for: coefficients, noughts beyond, and what is left."""
    slopes, left = np.zeros(place), 1.0
    columns = _columns(stacked, order, place)
    own = len(columns) - 1 - place
    for before in range(place, -1, -1):
        total, infants = _summed(patterns, counts, sums, columns, order, own, before, place)
        whole = total[-1, -1]
        rest, counted = regressed(total, SPARE)
        if infants - counted > 0.5 and rest > SPARE * whole:
            # As in REML, the columns of the design cost degrees of freedom and the earlier visits do not.
            lost = restricted * (counted - before)
            left = rest / (infants - max(0.0, lost))
            for k in range(before):
                slopes[k] = total[own + k, -1]
            break
    return slopes, left


@compiled
def _columns(stacked: Whole, order: Whole, place: int) -> Whole:
    """The stacked places of the design at this visit of the order, then of the outcome at each up to it."""
    p, count = stacked[1, -1], 0
    found = np.empty(stacked.shape[1] + place + 1, dtype=np.int64)
    for s in range(stacked.shape[1]):
        if stacked[0, s] == order[place] and stacked[1, s] < p:
            found[count] = s
            count += 1
    for k in range(place + 1):
        for s in range(stacked.shape[1]):
            if stacked[0, s] == order[k] and stacked[1, s] == p:
                found[count] = s
                count += 1
    return found[:count]


@compiled
def _summed(
    patterns: Flags,
    counts: Floats,
    sums: Floats,
    columns: Whole,
    order: Whole,
    own: int,
    before: int,
    place: int,
) -> tuple[Floats, float]:
    """Cross-products of the visit's `own` columns, of the first `before` outcomes and of its outcome, over the infants
    seen at all these visits; and how many they are."""
    size, infants = own + before + 1, 0.0
    total = np.zeros((size, size))
    for g in range(len(counts)):
        there = patterns[g, order[place]]
        for k in range(before):
            there = there and patterns[g, order[k]]
        if there:
            infants += counts[g]
            for i in range(size):
                row = columns[i if i < size - 1 else -1]
                for j in range(size):
                    total[i, j] += sums[g, row, columns[j if j < size - 1 else -1]]
    return total, infants
