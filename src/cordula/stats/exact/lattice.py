"""How are the events of two arms spread over all tables that can be, look by look? The enumeration, compiled.

The state is the probability of every table (x, y) that has not stopped; a stage adds two binomials, one along each
side, and the tables that stop are counted and taken out. The NumPy twin stands below the kernels."""

import numpy as np
from numpy.typing import NDArray

from cordula.stats.compiled import compiled
from cordula.stats.sequential.quadrature import Floats

Counts = NDArray[np.int64]
Rules = NDArray[np.int8]

GO_ON, ABOVE, BELOW, FUTILE = 0, 1, 2, 3


@compiled
def binomial(n: int, rate: float) -> Floats:
    """Probabilities of 0 to n events, by the ratio of neighbours from the end that is likelier."""
    out = np.zeros(n + 1)
    small = rate <= 0.5
    p = rate if small else 1.0 - rate
    odds, value = p / (1.0 - p), (1.0 - p) ** n
    for k in range(n + 1):
        out[k if small else n - k] = value
        value *= odds * (n - k) / (k + 1)
    return out


@compiled
def spread(state: Floats, rows: int, columns: int, first: Floats, second: Floats) -> Floats:
    """The next stage's table of probabilities from this one's, of `rows` by `columns` before."""
    more_1, more_2 = first.size - 1, second.size - 1
    across = np.zeros((rows, columns + more_2))
    for i in range(rows):
        for j in range(more_2 + 1):
            share = second[j]
            for k in range(columns):
                across[i, j + k] += share * state[i, k]
    out = np.zeros((rows + more_1, columns + more_2))
    for j in range(more_1 + 1):
        share = first[j]
        for i in range(rows):
            for k in range(columns + more_2):
                out[i + j, k] += share * across[i, k]
    return out


@compiled
def outcomes(
    rules: Rules, starts: Counts, n_1: Counts, n_2: Counts, p_1: float, p_2: float
) -> Floats:
    """Probabilities to stop at each look above, below and for futility, shape (3, K), at these true rates.

    rules: one number for every table of every look, laid end to end from `starts`, rows of arm 1."""
    looks = n_1.size
    out = np.zeros((3, looks))
    state, before_1, before_2 = np.ones((1, 1)), 0, 0
    for look in range(looks):
        first = binomial(n_1[look] - before_1, p_1)
        second = binomial(n_2[look] - before_2, p_2)
        state = spread(state, before_1 + 1, before_2 + 1, first, second)
        before_1, before_2 = n_1[look], n_2[look]
        place = starts[look]
        for i in range(before_1 + 1):
            for j in range(before_2 + 1):
                rule = rules[place]
                place += 1
                if rule != 0:
                    out[rule - 1, look] += state[i, j]
                    state[i, j] = 0.0
    return out


def plain_outcomes(
    rules: Rules, starts: Counts, n_1: Counts, n_2: Counts, p_1: float, p_2: float
) -> Floats:
    """The twin: the same enumeration, each side's stage as one matrix."""
    out, state, before = np.zeros((3, n_1.size)), np.ones((1, 1)), (0, 0)
    for look, now in enumerate(zip(n_1.tolist(), n_2.tolist(), strict=True)):
        rows = _steps(before[0], now[0], p_1)
        columns = _steps(before[1], now[1], p_2)
        state = rows.T @ state @ columns
        end = starts[look] + state.size
        rule = rules[starts[look] : end].reshape(state.shape)
        out[:, look] = [state[rule == way].sum() for way in (ABOVE, BELOW, FUTILE)]
        state[rule != GO_ON] = 0.0
        before = now
    return out


def _steps(before: int, now: int, rate: float) -> Floats:
    """P(from i events to j), shape (before + 1, now + 1)."""
    from cordula.stats.exact.one_rate import pmf

    out = np.zeros((before + 1, now + 1))
    for i in range(before + 1):
        out[i, i : i + now - before + 1] = pmf(now - before, rate)
    return out
