"""Which of each treated–control pair is ahead, on the first endpoint that tells? Gehan's scoring, pair by pair."""

import numpy as np

from cordula.stats.compiled import compiled, kernel_or_twin
from cordula.stats.models.inputs import Flags, Floats
from cordula.stats.win_ratio.endpoints import Hierarchy


def _ahead(x: float, x_seen: bool, y: float, y_seen: bool, least: float) -> int:
    """1 where x is surely ahead by `least`, −1 where y is, 0 where neither or unknown (Gehan 1965).

    A censored time is known to be longer; what is not a number is ahead of nothing."""
    if y_seen and x - y >= least:
        return 1
    if x_seen and y - x >= least:
        return -1
    return 0


_ahead_compiled = compiled(_ahead)


def _won_and_lost(
    value1: Floats, seen1: Flags, value0: Floats, seen0: Flags, sign: Floats, least: Floats
) -> tuple[Floats, Floats, Floats]:
    """Wins and losses of arm 1: by its infants (n1, 2), by the controls met (n0, 2), by endpoint (m, 2)."""
    by_treated = np.zeros((value1.shape[1], 2))
    by_control = np.zeros((value0.shape[1], 2))
    by_endpoint = np.zeros((sign.size, 2))
    for i in range(value1.shape[1]):
        for j in range(value0.shape[1]):
            for e in range(sign.size):
                x, y = value1[e, i], value0[e, j]
                ahead = _ahead_compiled(x, seen1[e, i], y, seen0[e, j], least[e])
                if ahead != 0:
                    side = 0 if ahead * sign[e] > 0 else 1
                    by_treated[i, side] += 1.0
                    by_control[j, side] += 1.0
                    by_endpoint[e, side] += 1.0
                    break
    return by_treated, by_control, by_endpoint


won_and_lost_kernel = compiled(_won_and_lost)


def won_and_lost_twin(
    value1: Floats, seen1: Flags, value0: Floats, seen0: Flags, sign: Floats, least: Floats
) -> tuple[Floats, Floats, Floats]:
    """The kernel's answer by whole arrays."""
    open_still = np.ones((value1.shape[1], value0.shape[1]), dtype=np.bool_)
    sides = np.zeros((sign.size, 2, *open_still.shape))
    for e in range(sign.size):
        apart = value1[e][:, None] - value0[e][None, :]
        won = open_still & seen0[e][None, :] & (apart >= least[e])
        lost = open_still & seen1[e][:, None] & (-apart >= least[e])
        sides[e] = (won, lost) if sign[e] > 0 else (lost, won)
        open_still &= ~(won | lost)
    return sides.sum(axis=(0, 3)).T, sides.sum(axis=(0, 2)).T, sides.sum(axis=(2, 3))


won_and_lost = kernel_or_twin(won_and_lost_kernel, won_and_lost_twin)


def net_of_pairs(of: Hierarchy) -> tuple[Floats, Floats]:
    """For any two of all infants: 1 where the row is ahead of the column, and 1 where it is behind, (n, n)."""
    n = of.value.shape[1]
    won, undecided = np.zeros((n, n)), np.ones((n, n), dtype=np.bool_)
    for e in range(of.sign.size):
        apart = of.value[e][:, None] - of.value[e][None, :]
        first = undecided & of.seen[e][None, :] & (apart >= of.least[e])
        won += first if of.sign[e] > 0 else first.T
        undecided = undecided & ~(first | first.T)
    return won, won.T.copy()
