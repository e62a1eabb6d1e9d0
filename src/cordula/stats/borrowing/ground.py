"""How high is E[log f] of a mixture on given points, how steep, and how bent? Sums over the points, compiled and plain.

E[log Σ wf] − Σw + 1 is taken, which is highest where the weights sum to one, so that no weight is bound."""

import math

import numpy as np

from cordula.stats.borrowing.families import Array
from cordula.stats.compiled import compiled

# A place is (log weight, free, free) of each component, shape (3, K). Slopes run component by component, (3K,).
Told = tuple[float, Array, Array, Array]


@compiled
def sums_kernel(seen: Array, mass: Array, place: Array, table: Array) -> Told:
    """E[log Σ wf]; and with r a component's share of a point and U = (1, T − E[T]): Σ m r U, (K, 3);
    Σ m r UUᵀ within each, (K, 3) as 11, 12, 22 of T; Σ m (rU)(rU)ᵀ, (3K, 3K), its lower half."""
    count = place.shape[1]
    slope, own = np.zeros((count, 3)), np.zeros((count, 3))
    cross = np.zeros((3 * count, 3 * count))
    joint, held = np.empty(count), np.empty(3 * count)
    score = 0.0
    for i in range(mass.size):
        most = -np.inf
        for k in range(count):
            joint[k] = place[0, k] + table[0, k]
            joint[k] += table[1, k] * seen[0, i] + table[2, k] * seen[1, i]
            most = max(most, joint[k])
        whole = 0.0
        for k in range(count):
            joint[k] = math.exp(joint[k] - most)
            whole += joint[k]
        score += mass[i] * (most + math.log(whole))
        for k in range(count):
            share = joint[k] / whole
            one, two = seen[0, i] - table[3, k], seen[1, i] - table[4, k]
            weight = mass[i] * share
            held[3 * k], held[3 * k + 1], held[3 * k + 2] = share, share * one, share * two
            slope[k, 0] += weight
            slope[k, 1] += weight * one
            slope[k, 2] += weight * two
            own[k, 0] += weight * one * one
            own[k, 1] += weight * one * two
            own[k, 2] += weight * two * two
        for a in range(3 * count):
            part = mass[i] * held[a]
            for b in range(a + 1):
                cross[a, b] += part * held[b]
    return score, slope, own, cross


def sums_twin(seen: Array, mass: Array, place: Array, table: Array) -> Told:
    joint = place[0] + table[0] + seen.T @ table[1:3]
    told = np.logaddexp.reduce(joint, axis=1)
    share = np.exp(joint - told[:, None])
    one, two = (seen[row][:, None] - table[3 + row] for row in (0, 1))
    held = (share[:, :, None] * np.stack([np.ones_like(one), one, two], 2)).reshape(mass.size, -1)
    own = np.einsum("i,ik,ikp->kp", mass, share, np.stack([one * one, one * two, two * two], 2))
    cross = np.tril(held.T @ (held * mass[:, None]))
    return float(mass @ told), (mass @ held).reshape(-1, 3), own, cross


@compiled
def _turned(matrix: Array, table: Array) -> None:
    """From natural parameters to free numbers, JᵀMJ, in place."""
    for k in range(table.shape[1]):
        a, b = 3 * k + 1, 3 * k + 2
        for other in range(matrix.shape[0]):
            one, two = matrix[other, a], matrix[other, b]
            matrix[other, a] = one * table[8, k] + two * table[10, k]
            matrix[other, b] = one * table[9, k] + two * table[11, k]
    for k in range(table.shape[1]):
        a, b = 3 * k + 1, 3 * k + 2
        for other in range(matrix.shape[0]):
            one, two = matrix[a, other], matrix[b, other]
            matrix[a, other] = one * table[8, k] + two * table[10, k]
            matrix[b, other] = one * table[9, k] + two * table[11, k]


@compiled
def bent_kernel(
    place: Array, table: Array, slope: Array, own: Array, cross: Array
) -> tuple[Array, Array, Array]:
    """In log weights and free numbers: the slope (3K,), the curvature turned upside down and the complete data's
    information (3K, 3K)."""
    count = place.shape[1]
    bend, complete = np.empty_like(cross), np.zeros_like(cross)
    rise = np.empty(3 * count)
    for a in range(3 * count):
        for b in range(a + 1):
            bend[a, b] = bend[b, a] = cross[a, b]
    for k in range(count):
        o, a, b = 3 * k, 3 * k + 1, 3 * k + 2
        mass, one, two = slope[k, 0], slope[k, 1], slope[k, 2]
        complete[o, o] = mass
        complete[a, a], complete[b, b] = mass * table[5, k], mass * table[7, k]
        complete[a, b] = complete[b, a] = mass * table[6, k]
        bend[o, o] -= mass
        bend[a, a] += complete[a, a] - own[k, 0]
        bend[b, b] += complete[b, b] - own[k, 2]
        bend[a, b] += complete[a, b] - own[k, 1]
        bend[b, a] = bend[a, b]
        bend[o, a] -= one
        bend[a, o] = bend[o, a]
        bend[o, b] -= two
        bend[b, o] = bend[o, b]
        rise[o] = mass
        rise[a] = one * table[8, k] + two * table[10, k]
        rise[b] = one * table[9, k] + two * table[11, k]
    _turned(bend, table)
    _turned(complete, table)
    for k in range(count):
        o, a, b = 3 * k, 3 * k + 1, 3 * k + 2
        one, two, weight = slope[k, 1], slope[k, 2], math.exp(place[0, k])
        rise[o] -= weight
        bend[o, o] += weight
        bend[a, a] -= one * table[12, k] + two * table[15, k]
        bend[a, b] -= one * table[13, k] + two * table[16, k]
        bend[b, a] = bend[a, b]
        bend[b, b] -= one * table[14, k] + two * table[17, k]
    return rise, bend, complete


def bent_twin(
    place: Array, table: Array, slope: Array, own: Array, cross: Array
) -> tuple[Array, Array, Array]:
    size = cross.shape[0]
    inner, complete, turn = np.zeros((size, size)), np.zeros((size, size)), np.zeros((size, size))
    extra, weights = np.zeros((size, size)), np.exp(place[0])
    for k, ((mass, one, two), (aa, ab, bb)) in enumerate(zip(slope, own, strict=True)):
        its, t = slice(3 * k, 3 * k + 3), table[:, k]
        inner[its, its] = [[mass, one, two], [one, aa, ab], [two, ab, bb]]
        complete[its, its] = mass * np.array([[1, 0, 0], [0, t[5], t[6]], [0, t[6], t[7]]])
        turn[its, its] = [[1, 0, 0], [0, t[8], t[9]], [0, t[10], t[11]]]
        second = one * t[12:15] + two * t[15:18]
        extra[its, its] = [[-weights[k], 0, 0], [0, *second[:2]], [0, *second[1:]]]
        inner[3 * k + 1 : 3 * k + 3, 3 * k + 1 : 3 * k + 3] -= complete[its, its][1:, 1:]
    both = cross + np.tril(cross, -1).T
    rise = turn.T @ slope.ravel()
    rise[::3] -= weights
    return rise, turn.T @ (both - inner) @ turn - extra, turn.T @ complete @ turn
