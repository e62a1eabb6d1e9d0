"""How does a mixture climb to the top of E[log f] on given points? By Newton's steps, damped where the ground is no hill.

The damping is the information of the complete data, so a heavily damped step is a short one of EM (Lange 1995,
doi:10.1111/j.2517-6161.1995.tb02037.x); an undamped one doubles the digits. Every step kept goes up."""

import math

import numpy as np

from cordula.stats.borrowing.families import Array
from cordula.stats.borrowing.ground import bent_kernel, bent_twin, sums_kernel, sums_twin
from cordula.stats.borrowing.shapes import shapes_kernel, shapes_twin
from cordula.stats.compiled import compiled, kernel_or_twin

# No step moves a free number by more than the first. Damping: at the start, where it is dropped, where hope is.
LONGEST, FIRST, LEAST, MOST = 2.0, 0.03, 1e-7, 1e9
# The place, E[log f] there with weights that sum to one, the steps tried, and whether the top was reached.
Reached = tuple[Array, float, int, bool]


@compiled
def stepped_kernel(rise: Array, bend: Array, complete: Array, damping: float) -> tuple[bool, Array]:
    """(bend + damping·complete)⁻¹ rise by Cholesky; False where that is no hill."""
    size = rise.size
    root, step = np.empty((size, size)), rise.copy()
    for a in range(size):
        for b in range(a + 1):
            given = bend[a, b] + damping * complete[a, b]
            left = given
            for c in range(b):
                left -= root[a, c] * root[b, c]
            if a == b and not left > 1e-13 * abs(given):
                return False, step
            root[a, b] = math.sqrt(left) if a == b else left / root[b, b]
        for c in range(a):
            step[a] -= root[a, c] * step[c]
        step[a] /= root[a, a]
    for a in range(size - 1, -1, -1):
        for c in range(a + 1, size):
            step[a] -= root[c, a] * step[c]
        step[a] /= root[a, a]
    longest = np.abs(step).max()
    return True, step * min(1.0, LONGEST / longest) if longest > 0.0 else step


def stepped_twin(rise: Array, bend: Array, complete: Array, damping: float) -> tuple[bool, Array]:
    try:
        root = np.linalg.cholesky(bend + damping * complete)
    except np.linalg.LinAlgError:
        return False, rise
    step = np.linalg.solve(root.T, np.linalg.solve(root, rise))
    return True, step * min(1.0, LONGEST / max(float(np.abs(step).max()), 1e-300))


@compiled
def _hoped(rise: Array, bend: Array, step: Array) -> float:
    """What the step gains if the ground is bent as it is here."""
    gain = 0.0
    for a in range(step.size):
        bent = 0.0
        for b in range(step.size):
            bent += bend[a, b] * step[b]
        gain += step[a] * (rise[a] - 0.5 * bent)
    return gain


@compiled
def _moved(place: Array, step: Array) -> Array:
    there = place.copy()
    for k in range(place.shape[1]):
        for row in range(3):
            there[row, k] += step[3 * k + row]
    return there


@compiled
def damped(damping: float, gained: float, hoped: float) -> float:
    """Less after a step that kept its promise, more after one that did not, much more after a fall."""
    if not gained > 0.0:
        return max(6.0 * damping, 1e-3)
    if gained > 0.7 * hoped:
        return 0.15 * damping if damping > LEAST else 0.0
    return max(3.0 * damping, 1e-3) if gained < 0.25 * hoped else damping


@compiled
def _whole(place: Array, height: float, steps: int, top: bool) -> Reached:
    total = np.exp(place[0]).sum()
    found = place.copy()
    found[0] -= math.log(total)
    return found, height + total - math.log(total), steps, top


@compiled
def ascended_kernel(
    code: int, seen: Array, mass: Array, begun: Array, gain: float, most: int
) -> Reached:
    """From `begun` upwards until less than `gain` is to be had, or `most` steps; see `shapes` for `code`."""
    place, damping = begun.copy(), FIRST
    table = shapes_kernel(code, place[1:])
    score, slope, own, cross = sums_kernel(seen, mass, place, table)
    height = score - np.exp(place[0]).sum()
    rise, bend, complete = bent_kernel(place, table, slope, own, cross)
    for turn in range(1, most + 1):
        hill, step = stepped_kernel(rise, bend, complete, damping)
        if not hill:
            damping = max(4.0 * damping, 1e-4)
            continue
        hoped = _hoped(rise, bend, step)
        there = _moved(place, step)
        table = shapes_kernel(code, there[1:])
        score, slope, own, cross = sums_kernel(seen, mass, there, table)
        gained = score - np.exp(there[0]).sum() - height
        nearly = hoped < gain and gained < gain and damping < 0.1
        if gained > 0.0:
            place, height = there, height + gained
            rise, bend, complete = bent_kernel(place, table, slope, own, cross)
        if nearly or damping > MOST:
            return _whole(place, height, turn, nearly)
        damping = damped(damping, gained, hoped)
    return _whole(place, height, most, False)


def ascended_twin(
    code: int, seen: Array, mass: Array, begun: Array, gain: float, most: int
) -> Reached:
    place, damping = begun, FIRST
    height, rise, bend, complete = _surveyed(code, seen, mass, place)
    for turn in range(1, most + 1):
        hill, step = stepped_twin(rise, bend, complete, damping)
        if not hill:
            damping = max(4.0 * damping, 1e-4)
            continue
        hoped = float(step @ (rise - 0.5 * bend @ step))
        there = place + step.reshape(-1, 3).T
        survey = _surveyed(code, seen, mass, there)
        gained = survey[0] - height
        nearly = hoped < gain and gained < gain and damping < 0.1
        if gained > 0:
            place, (height, rise, bend, complete) = there, survey
        if nearly or damping > MOST:
            return _whole(place, height, turn, nearly)
        damping = damped(damping, gained, hoped)
    return _whole(place, height, most, False)


def _surveyed(
    code: int, seen: Array, mass: Array, place: Array
) -> tuple[float, Array, Array, Array]:
    table = shapes_twin(code, place[1:])
    score, *sums = sums_twin(seen, mass, place, table)
    return score - float(np.exp(place[0]).sum()), *bent_twin(place, table, *sums)


ascended = kernel_or_twin(ascended_kernel, ascended_twin)
