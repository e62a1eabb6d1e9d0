"""Which arm has each patient of each simulated trial? Permuted blocks and a simple coin, from counter-based draws.

Lists for a real trial are made by `stats.randomisation` and committed by `trial.allocation`; here they are
drawn again for each simulated trial, and thrown away."""

from typing import TYPE_CHECKING

import numpy as np

from cordula.stats.asked import asked
from cordula.stats.compiled import compiled, kernel_or_twin
from cordula.stats.refusals import CannotBe
from cordula.stats.refusals import whole as least
from cordula.stats.simulation.asked_for import block as a_block
from cordula.stats.simulation.patients import Arms, Counts
from cordula.stats.simulation.philox import Words, fill, uniforms_plain
from cordula.stats.simulation.purposes import ALLOCATION

if TYPE_CHECKING:
    from cordula.stats.randomisation.procedures import Procedure


@asked
def alternating(sizes: tuple[int, ...]) -> Arms:
    """Arms of these sizes, spread evenly over the order of entry; shape (1, N)."""
    if not sizes or min(sizes) < 1:
        raise CannotBe(f"arms of {sizes} patients; one or more of each, and 1 patient or more")
    due = [((place + 0.5) / size, arm) for arm, size in enumerate(sizes) for place in range(size)]
    return np.array([[arm for _, arm in sorted(due)]], dtype=np.int8)


@asked
def simple(stream: Words, first: int, trials: int, ratio: tuple[int, ...], patients: int) -> Arms:
    """Each patient by herself; shape (trials, patients)."""
    _possible(stream, first, trials, ratio, patients)
    drawn = uniforms_plain(stream, first, trials, ALLOCATION, patients)[0]
    edges = np.cumsum(ratio) / sum(ratio)
    return np.asarray(np.searchsorted(edges, drawn, side="right"), dtype=np.int8)


def by_procedure(
    stream: Words, first: int, trials: int, procedure: "Procedure", patients: int
) -> Arms:
    """Any two-arm procedure of `stats.randomisation` that looks at the numbers in each arm; (trials, patients)."""
    from cordula.stats.randomisation.lists import by_table
    from cordula.stats.randomisation.procedures import chances_by_counts

    _possible(stream, first, trials, (1, 1), patients)
    if not hasattr(procedure, "chance"):
        raise CannotBe(f"procedure is {procedure!r}; one of `stats.randomisation` is needed")
    chance = uniforms_plain(stream, first, trials, ALLOCATION, patients)[0]
    return np.asarray(by_table(chances_by_counts(procedure, patients), chance), dtype=np.int8)


@asked
def by_minimisation(
    stream: Words, first: int, trials: int, ratio: tuple[int, ...], factors: int, patients: int
) -> Arms:
    """Minimisation with a random element over factors of two equally frequent levels; (trials, patients)."""
    from cordula.stats.randomisation.minimisation import MEASURES, Minimisation
    from cordula.stats.randomisation.minimising import minimise_draws

    _possible(stream, first, trials, ratio, patients)
    least(1, factors=factors)
    u = uniforms_plain(stream, first, trials, ALLOCATION, patients * (1 + -(-factors // 4)))
    chance = np.ascontiguousarray(u[0, :, :patients])
    drawn = np.moveaxis(u[:, :, patients:], 0, 2).reshape(trials, patients, -1)[:, :, :factors]
    rule = Minimisation(ratio=ratio)
    share, weights = np.array(ratio, dtype=np.float64), rule.weighing(factors)
    kind = MEASURES.index(rule.measure)
    levels = (drawn < 0.5).astype(np.int64) + 2 * np.arange(factors)
    rows = [
        minimise_draws(
            np.ascontiguousarray(one), chance[t : t + 1], share, weights, kind, rule.favour
        )
        for t, one in enumerate(levels)
    ]
    return np.concatenate(rows).astype(np.int8)


@asked
def permuted_blocks(
    stream: Words,
    first: int,
    trials: int,
    ratio: tuple[int, ...],
    blocks: tuple[int, ...],
    patients: int,
) -> Arms:
    """Blocks of randomly chosen sizes, each with the arms in their ratio in a random order.

    Shape (trials, patients). Each patient draws one of the places that are left in her block. Raises
    CannotBe for a block that the ratio does not divide."""
    _possible(stream, first, trials, ratio, patients)
    whole = sum(ratio)
    for block in blocks or (0,):
        if block < whole or block % whole:
            raise CannotBe(
                f"a block of {block} cannot be divided as {ratio}: a multiple of {whole} can"
            )
    out = np.empty((trials, patients), dtype=np.int8)
    _blocks(stream, first, np.array(ratio), np.array(blocks), out)
    return out


@asked
def _possible(
    stream: Words, first: int, trials: int, ratio: tuple[int, ...], patients: int
) -> None:
    a_block(stream, first, trials)
    least(1, patients=patients)
    if not ratio or min(ratio) < 1:
        raise CannotBe(f"a ratio of {ratio}; 1 or more of each arm, such as (2, 1)")


@compiled
def _kernel(stream: Words, first: int, ratio: Counts, blocks: Counts, out: Arms) -> None:
    left, u = np.zeros_like(ratio), np.empty((4, out.shape[1]))
    whole, places = ratio.sum(), 0
    for trial in range(out.shape[0]):
        fill(stream, first + trial, ALLOCATION, u)
        places = 0
        for patient in range(out.shape[1]):
            if places == 0:
                left[:] = ratio * (blocks[int(u[1, patient] * len(blocks))] // whole)
                places = left.sum()
            place, arm = int(u[0, patient] * places), 0
            while place >= left[arm]:
                place -= left[arm]
                arm += 1
            left[arm] -= 1
            places -= 1
            out[trial, patient] = arm


def plain(stream: Words, first: int, ratio: Counts, blocks: Counts, out: Arms) -> None:
    """The twin: all trials at once, patient by patient."""
    trials, patients = out.shape
    u = uniforms_plain(stream, first, trials, ALLOCATION, patients)
    left = np.zeros((trials, len(ratio)), dtype=np.int64)
    for patient in range(patients):
        size = blocks[(u[1, :, patient] * len(blocks)).astype(int)] // ratio.sum()
        empty = left.sum(axis=1) == 0
        left[empty] = size[empty, None] * ratio
        place = (u[0, :, patient] * left.sum(axis=1)).astype(int)
        arm = (place[:, None] >= np.cumsum(left, axis=1)).sum(axis=1)
        left[np.arange(trials), arm] -= 1
        out[:, patient] = arm


_blocks = kernel_or_twin(_kernel, plain)
