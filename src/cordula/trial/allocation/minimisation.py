"""Minimisation with a random element: what is drawn before are the chances, and the child's factors decide the rest.

A minimised arm cannot stand on a list, because it depends on who came before. The random element can: its chances are
committed like a list of arms, so that afterwards everybody can follow why each child got her arm."""

from collections.abc import Callable, Sequence
from secrets import token_bytes

import numpy as np
from numpy.random import Generator

from cordula.stats.randomisation import Minimisation, minimise
from cordula.stats.refusals import CannotBe
from cordula.trial.allocation.lists import AllocationList, sealed_list
from cordula.trial.design.design import Design

# A chance as text: enough digits to tell any two arms apart, and the same on every machine.
DIGITS = 12


def draw_chances(
    name: str, size: int, rng: Generator, random_bytes: Callable[[int], bytes] = token_bytes
) -> AllocationList:
    """A list of `size` chances from 0 to below 1, each sealed."""
    values = [f"{int(rng.integers(0, 10**DIGITS)) / 10**DIGITS:.{DIGITS}f}" for _ in range(size)]
    return sealed_list(name, "minimisation", values, random_bytes)


def arm_by_minimisation(
    design: Design,
    before: Sequence[tuple[Sequence[str], str]],
    factors: Sequence[str],
    chance: str,
    favour: float = 0.8,
) -> str:
    """The arm of the next child.

    before: factors and arm of each child so far, in their order; factors: hers, one for each of the design's
    strata; chance: what her place of the list says; favour: how surely the arm that balances best is taken.
    Raises CannotBe where the factors do not fit."""
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
