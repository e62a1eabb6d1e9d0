"""Minimisation with a random element: which arm follows from the children before, this child's factors and a chance?

A minimised arm cannot stand on a list, because it depends on who came before. What can be fixed before is the seed of
the chances (`seed`)."""

from collections.abc import Sequence

import numpy as np

from cordula.stats.randomisation import Minimisation, minimise
from cordula.stats.refusals import CannotBe
from cordula.trial.design.design import Design

# How surely the arm that balances best is taken, as the simulation has it.
FAVOUR = 0.8

# The factors of a child who drew, one for each of the design's strata, and the arm she drew.
Before = Sequence[tuple[Sequence[str], str]]


def arm_by_minimisation(
    design: Design,
    before: Before,
    factors: Sequence[str],
    chance: str,
    favour: float = FAVOUR,
) -> str:
    """The arm of the next child.

    before: factors and arm of each child so far, in their order; factors: hers, one for each of the design's
    strata; chance: what was drawn for her place, a number from 0 to below 1 as text; favour: how surely the arm
    that balances best is taken. Raises CannotBe where the factors do not fit."""
    if len(factors) != len(design.allocation.strata):
        wanted = ", ".join(design.allocation.strata) or "none"
        raise CannotBe(f"{len(factors)} factors of the child; the design minimises over: {wanted}")
    rule = Minimisation(favour=favour, ratio=tuple(arm.ratio for arm in design.arms))
    names = [arm.id for arm in design.arms]
    levels = np.array([list(seen) for seen, _ in before]).reshape(len(before), len(factors))
    arms = [names.index(arm) for _, arm in before]
    chances = minimise(levels, arms, np.array(list(factors)), rule).chances
    edges = np.cumsum(chances)
    return names[min(int(np.searchsorted(edges, float(chance), side="right")), len(names) - 1)]
