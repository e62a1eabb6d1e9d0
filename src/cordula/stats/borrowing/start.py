"""Where does a mixture's climb begin? From slices of the mass, side by side or in shells around the median.

Each component takes four fifths of its slice and a share of the rest, and the moments of what it took."""

import math

import numpy as np

from cordula.stats.borrowing.families import Array
from cordula.stats.compiled import compiled, kernel_or_twin


@compiled
def begun_kernel(code: int, place: Array, mass: Array, number: int, shells: bool) -> Array:
    """`place`: x of a normal or of a beta, log x of a gamma. See `ground` for what is answered, (3, K)."""
    sums = np.zeros((3, number))
    below = 0.0
    for i in range(mass.size):
        middle = below + 0.5 * mass[i]
        below += mass[i]
        where = abs(2.0 * middle - 1.0) if shells else middle
        slice_here = min(int(where * number), number - 1)
        for k in range(number):
            share = mass[i] * (0.2 / number + (0.8 if k == slice_here else 0.0))
            sums[0, k] += share
            sums[1, k] += share * place[i]
            sums[2, k] += share * place[i] * place[i]
    for k in range(number):
        centre = sums[1, k] / sums[0, k]
        spread = max(sums[2, k] / sums[0, k] - centre * centre, 1e-12 * (1.0 + centre * centre))
        sums[0, k] = math.log(sums[0, k])
        if code == 0:
            sums[1, k], sums[2, k] = centre, 0.5 * math.log(spread)
        elif code == 1:
            rest = 1.0 - centre
            sums[1, k] = math.log(centre / rest)
            sums[2, k] = math.log(max(centre * rest / spread - 1.0, 0.1))
        else:
            # Var log x = ψ′(shape), nearly 1/s + 1/(2s²); E log x = log mean − 1/(2s), nearly.
            shape = (1.0 + math.sqrt(1.0 + 2.0 * spread)) / (2.0 * spread)
            sums[1, k], sums[2, k] = centre + 0.5 / shape, math.log(shape)
    return sums


def begun_twin(code: int, place: Array, mass: Array, number: int, shells: bool) -> Array:
    middle = np.cumsum(mass) - 0.5 * mass
    where = np.abs(2 * middle - 1) if shells else middle
    slices = np.minimum((where * number).astype(int), number - 1)
    share = mass[:, None] * (0.2 / number + 0.8 * (slices[:, None] == np.arange(number)))
    whole = share.sum(0)
    centre = place @ share / whole
    spread = np.maximum(place**2 @ share / whole - centre**2, 1e-12 * (1 + centre**2))
    if code == 0:
        return np.array([np.log(whole), centre, 0.5 * np.log(spread)])
    if code == 1:
        size = np.maximum(centre * (1 - centre) / spread - 1, 0.1)
        return np.array([np.log(whole), np.log(centre / (1 - centre)), np.log(size)])
    shape = (1 + np.sqrt(1 + 2 * spread)) / (2 * spread)
    return np.array([np.log(whole), centre + 0.5 / shape, np.log(shape)])


begun = kernel_or_twin(begun_kernel, begun_twin)
