"""Which state does a circulation return to after each beat? Anderson acceleration of beat after beat.

Anderson 1965 (J ACM 12:547), in the form of Walker & Ni 2011 (SIAM J Numer Anal 49:1715, equation 2.2): the next
state mixes those before it with weights that add up to 1, so that no blood is made or lost."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cordula.heart.kernel.layout import Layout
from cordula.heart.kernel.run import Lanes
from cordula.vocabulary.words import said_later

Array = NDArray[np.float64]
MEMORY = 5
MOST_BEATS = 100
# A flow counts in the search like the volume it moves in this time.
FLOW_TIME_S = 0.01


@dataclass(frozen=True, slots=True)
class Periodic:
    """The states found, shape (states, count), how many beats each took, and why some were not found ("" if found)."""

    states: Array
    beats: NDArray[np.int64]
    reasons: NDArray[np.str_]


def periodic(
    layout: Layout,
    rows: Array,
    start: Array,
    steps: int,
    tolerance_ml: float,
    most_beats: int = MOST_BEATS,
) -> Periodic:
    """Beat after beat until no volume changes by more than `tolerance_ml` over a beat."""
    search = _Search(layout, rows, start.copy(), steps)
    for beat in range(1, most_beats + 1):
        search.beat(beat, tolerance_ml)
        if not search.open.size:
            break
    return search.answer(most_beats)


class _Search:
    def __init__(self, layout: Layout, rows: Array, states: Array, steps: int) -> None:
        self.layout, self.rows, self.steps = layout, rows, steps
        self.found, self.states = states, states
        count = states.shape[1]
        self.open = np.arange(count)
        self.beats = np.zeros(count, dtype=np.int64)
        self.reasons = np.full(count, "", dtype="U160")
        self.weights = np.ones(layout.states)
        self.weights[len(layout.nodes) :] = FLOW_TIME_S
        self.lanes = Lanes(layout, rows)
        self.changes = np.zeros((0, *states.shape))
        self.moves = np.zeros((0, *states.shape))
        self.before: tuple[Array, Array] | None = None
        self.left = np.zeros(count)

    def beat(self, number: int, tolerance: float) -> None:
        """One beat of all that are still open, those that have arrived put away, the others moved on."""
        after = self.lanes.beat(self.states, self.steps)
        change = (after - self.states) * self.weights[:, None]
        self.left = np.abs(change).max(axis=0)
        lost, arrived = ~np.isfinite(self.left), self.left <= tolerance
        self.beats[self.open] = number
        self.reasons[self.open[lost]] = said_later(
            "its pressures ran away: these numbers describe no heart"
        )
        self.found[:, self.open[arrived]] = after[:, arrived]
        change[:, lost] = 0.0
        going = ~(lost | arrived)
        if not going.all():
            change = self._keep(going, change)
        if self.open.size:
            self._move(change)

    def answer(self, most_beats: int) -> Periodic:
        """NaN where nothing was found, with the reason."""
        for lane, left in zip(self.open, self.left, strict=False):
            self.reasons[lane] = (
                f"it still changed by {left:.2g} mL in a beat after {most_beats} beats"
            )
        self.found[:, self.reasons != ""] = np.nan
        return Periodic(self.found, self.beats, self.reasons)

    def _keep(self, going: NDArray[np.bool_], change: Array) -> Array:
        self.open, self.left = self.open[going], self.left[going]
        self.states = self.states[:, going]
        self.changes, self.moves = self.changes[..., going], self.moves[..., going]
        if self.before is not None:
            self.before = self.before[0][:, going], self.before[1][:, going]
        if self.open.size:
            self.lanes = Lanes(self.layout, self.rows, self.open)
        return change[:, going]

    def _move(self, change: Array) -> None:
        scaled = self.states * self.weights[:, None]
        if self.before is not None:
            self.changes = np.concatenate([self.changes, (change - self.before[1])[None]])[-MEMORY:]
            self.moves = np.concatenate([self.moves, (scaled - self.before[0])[None]])[-MEMORY:]
        self.before = scaled, change
        following = scaled + change
        if len(self.changes):
            mixed = _mixture(self.changes, change)
            following = following - np.einsum("msn,mn->sn", self.changes + self.moves, mixed)
        self.states = following / self.weights[:, None]


def _mixture(changes: Array, change: Array) -> Array:
    """The least-squares weights of the last changes, of shape (memory, count)."""
    products = np.einsum("isn,jsn->nij", changes, changes)
    aim = np.einsum("isn,sn->ni", changes, change)
    size = np.einsum("nii->n", products)
    products += (1e-13 * size + 1e-300)[:, None, None] * np.eye(len(changes))
    return np.asarray(np.linalg.solve(products, aim[..., None])[..., 0].T)
