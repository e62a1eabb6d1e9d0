"""For a given n, which first stage and limits cost the fewest infants under H₀? The search, and its plain twin."""

import numpy as np

from cordula.stats.compiled import compiled
from cordula.stats.sequential.quadrature import Floats

Best = tuple[int, int, int, float]
NONE: Best = (-1, -1, -1, np.inf)


@compiled
def upper_tails(likely: Floats, n: int) -> Floats:
    """P(X ≥ x) for x from 0 to n + 1."""
    out = np.zeros(n + 2)
    for x in range(n, -1, -1):
        out[x] = out[x + 1] + likely[x]
    return out


@compiled
def exceeds(first: Floats, tails: Floats, n_1: int, n_2: int, r_1: int, r: int) -> float:
    """P(X₁ > r₁ and X₁ + X₂ > r)."""
    total = 0.0
    for x in range(r_1 + 1, n_1 + 1):
        needed = min(max(r + 1 - x, 0), n_2 + 1)
        total += first[x] * tails[needed]
    return total


@compiled
def best_for_n(
    n: int, null: Floats, true: Floats, alpha: float, beta: float
) -> tuple[int, int, int, float]:
    """r₁, n₁, r and expected n of the best design with n infants; n₁ = −1 where there is none.

    null, true: binomial probabilities under p₀ and p₁, row m for m infants."""
    best = (-1, -1, -1, np.inf)
    for n_1 in range(1, n):
        n_2 = n - n_1
        tails_0, tails_1 = upper_tails(null[n_2], n_2), upper_tails(true[n_2], n_2)
        early_0, early_1, r = 0.0, 0.0, n
        for r_1 in range(n_1):
            early_0 += null[n_1, r_1]
            early_1 += true[n_1, r_1]
            if early_1 > beta:
                break
            # A later r₁ only lowers the error, so the limit r only falls.
            while r > r_1 and exceeds(null[n_1], tails_0, n_1, n_2, r_1, r - 1) <= alpha:
                r -= 1
            expected = n_1 + (1.0 - early_0) * n_2
            if r == n or expected >= best[3]:
                continue
            if exceeds(true[n_1], tails_1, n_1, n_2, r_1, r) >= 1.0 - beta:
                best = (r_1, n_1, r, expected)
    return best


def plain_best_for_n(n: int, null: Floats, true: Floats, alpha: float, beta: float) -> Best:
    """The same, every table of limits at once in NumPy."""
    best = NONE
    for n_1 in range(1, n):
        n_2 = n - n_1
        early = null[n_1, :n_1].cumsum()
        expected = n_1 + (1.0 - early) * n_2
        error, power = (_both_exceed(table, n_1, n_2) for table in (null, true))
        allowed = true[n_1, :n_1].cumsum() <= beta
        for r_1 in np.flatnonzero(allowed):
            limits = np.flatnonzero(error[r_1, :n] <= alpha)
            limits = limits[limits >= r_1]
            if limits.size and power[r_1, limits[0]] >= 1.0 - beta and expected[r_1] < best[3]:
                best = (int(r_1), n_1, int(limits[0]), float(expected[r_1]))
    return best


def _both_exceed(table: Floats, n_1: int, n_2: int) -> Floats:
    """P(X₁ > r₁, X₁ + X₂ > r), shape (n₁, n + 1)."""
    tails = np.append(table[n_2, : n_2 + 1][::-1].cumsum()[::-1], 0.0)
    x, r = np.arange(n_1 + 1)[:, None], np.arange(n_1 + n_2 + 1)[None, :]
    joint = table[n_1, : n_1 + 1, None] * tails[np.clip(r + 1 - x, 0, n_2 + 1)]
    return np.asarray(joint[::-1].cumsum(axis=0)[::-1][1:])
