"""What must be kept of repeated measures? For each pattern of visits seen, the cross-products, once.

Every evaluation of the likelihood is then free of the number of infants. Columns that are nought throughout a
visit (those of other visits, as a rule) are left out: what remains of all visits is stacked, M columns."""

import numpy as np

from cordula.stats.compiled import compiled, kernel_or_twin
from cordula.stats.models.inputs import Flags, Floats, Whole
from cordula.stats.models.small import added

Products = tuple[Flags, Floats, Floats, Whole]
"""Patterns (g, visits); how many infants of each (g,); Σ z z′ of the stacked columns z of an infant, noughts where
a visit was missed (g, M, M); and of each stacked column its visit and its place in the design, the outcome's
being p (2, M)."""


def _products(y: Floats, x: Floats) -> Products:
    """Of outcomes `y` (n, visits), NaN where missed, on `x` (n, visits, p)."""
    n, visits = y.shape
    slot, code, found = np.zeros(1 << visits, dtype=np.int64), np.zeros(n, dtype=np.int64), 0
    for i in range(n):
        for u in range(visits):
            code[i] = 2 * code[i] + np.isfinite(y[i, u])
        if code[i] > 0 and slot[code[i]] == 0:
            found += 1
            slot[code[i]] = found
    stacked = _stacked(y, x)
    size = stacked.shape[1]
    patterns = np.zeros((found, visits), dtype=np.bool_)
    counts, sums, row = np.zeros(found), np.zeros((found, size, size)), np.empty(size)
    for i in range(n):
        if code[i] > 0:
            g = slot[code[i]] - 1
            counts[g] += 1.0
            for u in range(visits):
                patterns[g, u] = y[i, u] == y[i, u]
            _laid(y[i], x[i], stacked, row)
            for s in range(size):
                if row[s] != 0.0:
                    added(sums[g, s], row, row[s])
    return patterns, counts, sums, stacked


@compiled
def _stacked(y: Floats, x: Floats) -> Whole:
    n, visits, p = x.shape
    found = np.empty((2, visits * (p + 1)), dtype=np.int64)
    size = 0
    for u in range(visits):
        for a in range(p + 1):
            used = a == p
            for i in range(n):
                if used:
                    break
                used = x[i, u, a] != 0.0 and np.isfinite(y[i, u])
            if used:
                found[0, size], found[1, size] = u, a
                size += 1
    return found[:, :size].copy()


@compiled
def _laid(y: Floats, x: Floats, stacked: Whole, row: Floats) -> None:
    """The stacked columns of one infant."""
    p = x.shape[1]
    for s in range(len(row)):
        u, a = stacked[0, s], stacked[1, s]
        row[s] = 0.0
        if np.isfinite(y[u]):
            row[s] = y[u] if a == p else x[u, a]


products_kernel = compiled(_products)


def products_twin(y: Floats, x: Floats) -> Products:
    """The kernel's answer by whole arrays; patterns come in another order."""
    seen = np.isfinite(y)
    z = np.where(seen[..., None], np.dstack([x, y]), 0.0)
    used = np.asarray(z.any(axis=0))
    used[:, -1] = True
    stacked = np.array(np.nonzero(used), dtype=np.int64)
    there = seen.any(axis=1)
    patterns, which = np.unique(seen[there], axis=0, return_inverse=True)
    rows = z[there][:, stacked[0], stacked[1]]
    counts = np.bincount(which, minlength=len(patterns)).astype(np.float64)
    sums = [rows[which == g].T @ rows[which == g] for g in range(len(patterns))]
    return patterns, counts, np.array(sums), stacked


products = kernel_or_twin(products_kernel, products_twin)


@compiled
def seen(y: Floats, x: Floats) -> tuple[bool, int, int, int, int]:
    """Whether outcomes are numbers or missing and the design is numbers wherever a visit was seen; infants seen at
    all; measurements; and two visits at both of which nobody was seen, (−1, −1) where there are none."""
    infants, found, readable = 0, 0, True
    for i in range(y.shape[0]):
        before = found
        for v in range(y.shape[1]):
            if y[i, v] == y[i, v]:
                found += 1
                readable = readable and bool(np.isfinite(y[i, v]))
                for a in range(x.shape[2]):
                    readable = readable and bool(np.isfinite(x[i, v, a]))
        infants += found > before
    u, v = _strangers(y)
    return readable, infants, found, u, v


@compiled
def _strangers(y: Floats) -> tuple[int, int]:
    for u in range(y.shape[1]):
        for v in range(u, y.shape[1]):
            together = False
            for i in range(y.shape[0]):
                if y[i, u] == y[i, u] and y[i, v] == y[i, v]:
                    together = True
                    break
            if not together:
                return u, v
    return -1, -1
