"""What must be kept of repeated measures? For each pattern of visits seen, the cross-products, once.

Every evaluation of the likelihood is then free of the number of infants."""

import numpy as np

from cordula.stats.compiled import compiled, kernel_or_twin
from cordula.stats.models.inputs import Flags, Floats, Whole

Products = tuple[Flags, Floats, Floats, Whole]
"""Patterns (g, visits); how many infants of each (g,); Σ z_u z_v′ for visits u, v (g, v, v, k, k); and the columns
that are not nought throughout a visit, their number first (visits, k + 1): the others are passed over."""


def _products(z: Floats, seen: Flags) -> Products:
    """Of rows `z` (n, visits, k), the outcome last, at the visits `seen` (n, visits)."""
    n, visits, k = z.shape
    slot = np.full(1 << visits, -1, dtype=np.int64)
    code = np.zeros(n, dtype=np.int64)
    found = 0
    for i in range(n):
        for u in range(visits):
            code[i] = 2 * code[i] + seen[i, u]
        if code[i] > 0 and slot[code[i]] < 0:
            slot[code[i]] = found
            found += 1
    patterns = np.zeros((found, visits), dtype=np.bool_)
    counts, sums = np.zeros(found), np.zeros((found, visits, visits, k, k))
    for i in range(n):
        if code[i] > 0:
            g = slot[code[i]]
            counts[g] += 1.0
            for u in range(visits):
                patterns[g, u] = seen[i, u]
            _added(z, seen, i, sums, g)
    return patterns, counts, sums, _columns(z)


@compiled
def _columns(z: Floats) -> Whole:
    n, visits, k = z.shape
    found = np.zeros((visits, k + 1), dtype=np.int64)
    for u in range(visits):
        for a in range(k):
            for i in range(n):
                if z[i, u, a] != 0.0:
                    found[u, 0] += 1
                    found[u, found[u, 0]] = a
                    break
    return found


@compiled
def _added(z: Floats, seen: Flags, i: int, sums: Floats, g: int) -> None:
    visits, k = z.shape[1], z.shape[2]
    for u in range(visits):
        for v in range(visits):
            if seen[i, u] and seen[i, v]:
                for a in range(k):
                    if z[i, u, a] != 0.0:
                        for b in range(k):
                            sums[g, u, v, a, b] += z[i, u, a] * z[i, v, b]


products_kernel = compiled(_products)


def products_twin(z: Floats, seen: Flags) -> Products:
    """The kernel's answer by whole arrays; patterns come in another order."""
    patterns, which = np.unique(seen[seen.any(axis=1)], axis=0, return_inverse=True)
    kept = z[seen.any(axis=1)]
    counts = np.bincount(which, minlength=len(patterns)).astype(np.float64)
    sums = [np.einsum("iua,ivb->uvab", *(kept[which == g] * seen_[None, :, None],) * 2)
            for g, seen_ in enumerate(patterns)]  # fmt: skip
    return patterns, counts, np.array(sums), _columns(z)


products = kernel_or_twin(products_kernel, products_twin)
