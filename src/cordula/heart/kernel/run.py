"""One beat of many infants, by the compiled kernel where there is Numba and by its twin where there is not.

A lane is one infant; what is computed in it never depends on its neighbours, so that any grouping gives the same bits."""

import numpy as np
from numpy.typing import NDArray

from cordula.heart.kernel import twin
from cordula.heart.kernel.layout import Layout
from cordula.stats.compiled import AVAILABLE

Array = NDArray[np.float64]
# So many infants fill a register of the widest processors. One alone is quicker in plain registers.
LANES = 8


class Lanes:
    """Parameter rows of shape (rows, count), or those of some infants by number, laid out for the kernel."""

    def __init__(self, layout: Layout, rows: Array, who: NDArray[np.int64] | None = None) -> None:
        some = np.arange(rows.shape[1]) if who is None else who
        self.layout, self.count = layout, len(some)
        if AVAILABLE:
            self._bundles = _bundled(layout, rows, some)
        else:
            self._rows, self._bundles = rows[:, some], np.empty((0, 0, 0))

    def beat(self, states: Array, steps: int) -> Array:
        """The states after one beat, of shape (states, count)."""
        if not AVAILABLE:
            return twin.beat(self.layout, self._rows, states, steps)
        self._carry(states, steps, False, np.empty((0, 0, 0, 0)))
        return self._taken(self.layout.state_row, self.layout.states)

    def observed_beat(
        self, states: Array, steps: int, traced: bool = False
    ) -> tuple[Array, Array, Array]:
        """The states after one beat, what was seen of it, and, if asked for, the states before each step."""
        if not AVAILABLE:
            return twin.observed_beat(self.layout, self._rows, states, steps)
        bundles, _, lanes = self._bundles.shape
        trace = np.empty((bundles if traced else 0, steps, self.layout.states, lanes))
        self._carry(states, steps, True, trace)
        after = self._taken(self.layout.state_row, self.layout.states)
        kept = trace.transpose(1, 2, 0, 3).reshape(steps, self.layout.states, -1)[
            :, :, : self.count
        ]
        return after, self._taken(self.layout.seen_row, self.layout.seen), kept

    def _carry(self, states: Array, steps: int, observed: bool, trace: Array) -> None:
        from cordula.heart.kernel.compiled import carrier

        self._put(states)
        carrier(self.layout.shape, self._bundles.shape[2])(self._bundles, steps, observed, trace)

    def _put(self, states: Array) -> None:
        row = self.layout.state_row
        self._bundles[:, row : row + len(states)] = _folded(states, self._bundles.shape[2])

    def _taken(self, row: int, count: int) -> Array:
        part = self._bundles[:, row : row + count].transpose(1, 0, 2)
        return np.ascontiguousarray(part.reshape(count, -1)[:, : self.count])


def _bundled(layout: Layout, rows: Array, who: NDArray[np.int64]) -> Array:
    """Of shape (bundles, rows, lanes); what is not a parameter is written before it is read."""
    lanes = LANES if len(who) > 1 else 1
    full = _filled(who, lanes)
    bundles = np.empty((len(full) // lanes, layout.rows, lanes))
    bundles[:, : len(rows)] = rows[:, full].reshape(len(rows), -1, lanes).transpose(1, 0, 2)
    return bundles


def _filled(who: NDArray[np.int64], lanes: int) -> NDArray[np.int64]:
    """So many that every bundle is full; the last infant fills what is left over."""
    return np.concatenate([who, np.repeat(who[-1:], -len(who) % lanes)])


def _folded(rows: Array, lanes: int) -> Array:
    """From (rows, count) to (bundles, rows, lanes)."""
    if rows.shape[1] % lanes:
        rows = rows[:, _filled(np.arange(rows.shape[1]), lanes)]
    return rows.reshape(len(rows), -1, lanes).transpose(1, 0, 2)
