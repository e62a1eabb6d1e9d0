"""Which smooth curve goes through these points, and never rises between two where they do not?

Piecewise cubics whose slopes are weighted harmonic means of the chords beside each point (Fritsch & Carlson 1980,
SIAM J Numer Anal 17:238–246; the mean: Fritsch & Butland 1984, SIAM J Sci Stat Comput 5:300–304)."""

import numpy as np
from numpy.typing import NDArray

from cordula.stats.refusals import CannotBe

Floats = NDArray[np.float64]


class MonotoneCurve:
    """The curve through (x, y), both of shape (n,), n ≥ 2, x ascending; one cubic between two points."""

    def __init__(self, x: Floats, y: Floats) -> None:
        if len(x) < 2 or len(x) != len(y) or not np.all(np.diff(x) > 0):
            raise CannotBe("a curve needs 2 or more points, each further along than the one before")
        widths = np.diff(x)
        chords = np.diff(y) / widths
        slopes = _slopes(widths, chords)
        bent = (slopes[:-1] + slopes[1:] - 2 * chords) / widths
        self._x = x
        self._cubics = y[:-1], slopes[:-1], (chords - slopes[:-1]) / widths - bent, bent / widths

    def __call__(self, at: Floats) -> Floats:
        """The height at each place, in the shape of `at`; past the ends the outer cubics go on."""
        piece = np.clip(np.searchsorted(self._x, at, side="right") - 1, 0, len(self._x) - 2)
        along = at - self._x[piece]
        flat, linear, square, cubic = (each[piece] for each in self._cubics)
        return np.asarray(
            flat + linear * along + square * (along * along) + cubic * (along * along * along)
        )


def _slopes(widths: Floats, chords: Floats) -> Floats:
    """At each point: level where the curve turns, else between the chords on its two sides."""
    if len(chords) == 1:
        return np.repeat(chords, 2)
    left, right = chords[:-1], chords[1:]
    turns = left * right <= 0
    to_left, to_right = 2 * widths[1:] + widths[:-1], widths[1:] + 2 * widths[:-1]
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = (to_left / left + to_right / right) / (to_left + to_right)
        within = np.where(turns, 0.0, 1.0 / mean)
    first = _end(widths[0], widths[1], chords[0], chords[1])
    last = _end(widths[-1], widths[-2], chords[-1], chords[-2])
    return np.concatenate([[first], within, [last]])


def _end(width: float, next_width: float, chord: float, next_chord: float) -> float:
    """At an end: the parabola through three points, held back so that the curve does not turn."""
    slope = ((2 * width + next_width) * chord - width * next_chord) / (width + next_width)
    if np.sign(slope) != np.sign(chord):
        return 0.0
    if np.sign(chord) != np.sign(next_chord) and abs(slope) > 3 * abs(chord):
        return 3.0 * chord
    return slope
