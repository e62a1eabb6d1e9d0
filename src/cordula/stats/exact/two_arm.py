"""What does a trial of two arms with counted events do, exactly, at any pair of true rates?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from math import inf

import numpy as np
from numpy.typing import ArrayLike

from cordula.stats.asked import asked
from cordula.stats.compiled import kernel_or_twin
from cordula.stats.exact import lattice
from cordula.stats.exact.unconditional import score_table
from cordula.stats.refusals import CannotBe, whole
from cordula.stats.sequential.boundaries import Boundaries
from cordula.stats.sequential.quadrature import Floats

outcomes = kernel_or_twin(lattice.outcomes, lattice.plain_outcomes)

Table = Callable[[int, int], Floats]


@dataclass(frozen=True)
class TwoArm:
    """What each table of each look means: 0 go on, 1 reject above, 2 reject below, 3 stop for futility.

    n_1, n_2: infants of each arm by each look. rules: one array for each look, shape (n₁ + 1, n₂ + 1), int8."""

    n_1: tuple[int, ...]
    n_2: tuple[int, ...]
    rules: tuple[lattice.Rules, ...]

    def __post_init__(self) -> None:
        if not len(self.n_1) == len(self.n_2) == len(self.rules) > 0:
            raise CannotBe("the two arms and the rules must have equally many looks, one at least")
        for numbers in (self.n_1, self.n_2):
            if numbers[0] < 1 or any(b < a for a, b in pairwise(numbers)):
                raise CannotBe(
                    f"an arm has {numbers} infants by look; the numbers must not fall, from 1"
                )
        for a, b, rule in zip(self.n_1, self.n_2, self.rules, strict=True):
            if rule.shape != (a + 1, b + 1):
                raise CannotBe(
                    f"a rule of shape {rule.shape} for {a} and {b} infants; {(a + 1, b + 1)} is needed"
                )

    @property
    def looks(self) -> int:
        return len(self.n_1)

    @cached_property
    def _flat(self) -> tuple[lattice.Rules, lattice.Counts, lattice.Counts, lattice.Counts]:
        sizes = [rule.size for rule in self.rules]
        starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64)
        flat = np.concatenate([rule.ravel() for rule in self.rules]).astype(np.int8)
        return flat, starts, np.array(self.n_1, np.int64), np.array(self.n_2, np.int64)


@dataclass(frozen=True, slots=True)
class TwoArmOperating:
    """Exact probabilities at one pair of true rates; tuples have one entry a look."""

    p_1: float
    p_2: float
    rejected: tuple[float, ...]
    rejected_below: tuple[float, ...]
    futile: tuple[float, ...]
    expected_n: float

    @property
    def overall(self) -> float:
        return sum(self.rejected)

    @property
    def overall_both(self) -> float:
        return sum(self.rejected) + sum(self.rejected_below)


@dataclass(frozen=True, slots=True)
class TrueError:
    """The greatest error over the common rate, where it is, and the error at each rate that was asked."""

    greatest: float
    rate: float
    rates: tuple[float, ...]
    errors: tuple[float, ...]


@asked
def two_arm(
    plan: Boundaries, n_1: Sequence[int], n_2: Sequence[int], statistic: Table = score_table
) -> TwoArm:
    """The rule that compares the z of cumulative counts with these bounds at each look.

    statistic: z of every table of n₁ and n₂ infants; as given, the pooled score z of p₁ − p₂ on cumulative counts."""
    if not len(n_1) == len(n_2) == plan.looks:
        raise CannotBe(f"{len(n_1)} and {len(n_2)} numbers of infants for {plan.looks} looks")
    for number in (*n_1, *n_2):
        whole(1, infants_of_an_arm=number)
    rules = []
    for look, (a, b) in enumerate(zip(n_1, n_2, strict=True)):
        z = statistic(int(a), int(b))
        rules.append(_judged(z, plan, look))
    return TwoArm(tuple(map(int, n_1)), tuple(map(int, n_2)), tuple(rules))


@asked
def two_arm_operating(design: TwoArm, p_1: float, p_2: float) -> TwoArmOperating:
    """Exact stopping probabilities and mean number of infants at these true rates."""
    for rate in (p_1, p_2):
        if not 0 <= rate <= 1:
            raise CannotBe(f"a rate is {rate}; it must lie from 0 to 1")
    found = outcomes(*design._flat, p_1, p_2)
    early = found[:, :-1].sum(axis=0)
    n = np.array(design.n_1) + np.array(design.n_2)
    expected = float(early @ n[:-1] + (1.0 - early.sum()) * n[-1])
    above, below, futile = (tuple(row) for row in found.tolist())
    return TwoArmOperating(p_1, p_2, above, below, futile, expected)


@asked
def two_arm_grid(design: TwoArm, p_1: ArrayLike, p_2: ArrayLike) -> Floats:
    """Stopping probabilities for many pairs of rates: shape (m, 3, K), above, below, futility by look."""
    first, second = np.asarray(p_1, dtype=float), np.asarray(p_2, dtype=float)
    if first.shape != second.shape or first.ndim != 1:
        raise CannotBe(
            f"rates of shapes {first.shape} and {second.shape}; two rows of one length are needed"
        )
    if not np.all((first >= 0) & (first <= 1) & (second >= 0) & (second <= 1)):
        raise CannotBe("a rate lies outside 0 to 1")
    pairs = zip(first.tolist(), second.tolist(), strict=True)
    return np.array([outcomes(*design._flat, a, b) for a, b in pairs])


@asked
def true_error(design: TwoArm, sides: int = 1, rates: Sequence[float] = ()) -> TrueError:
    """The exact type I error over the common rate, and its greatest value, refined between the grid's points."""
    if sides not in (1, 2):
        raise CannotBe(f"{sides} sides; a test has 1 or 2")
    grid = np.array(rates) if len(rates) else np.linspace(0.005, 0.995, 199)
    ways = slice(0, 1 if sides == 1 else 2)
    errors = two_arm_grid(design, grid, grid)[:, ways].sum(axis=(1, 2))
    best = int(errors.argmax())
    top, at = float(errors[best]), float(grid[best])
    if not len(rates):
        top, at = _refined(design, ways, grid, best)
    return TrueError(top, at, tuple(grid.tolist()), tuple(errors.tolist()))


@asked
def calibrated(
    plan: Boundaries, n_1: Sequence[int], n_2: Sequence[int], statistic: Table = score_table
) -> tuple[Boundaries, TrueError]:
    """The bounds raised, all by one factor, just enough that the exact error is at most α at every common rate.

    Futility bounds stay; the answer holds the raised bounds and their true error."""
    below = 0.6
    above = 1.0

    def made(factor: float) -> tuple[Boundaries, TrueError]:
        raised = replace(plan, critical=tuple(bound * factor for bound in plan.critical))
        counted = raised if plan.binding else _without_futility(raised)
        return raised, true_error(two_arm(counted, n_1, n_2, statistic), plan.sides)

    while made(above)[1].greatest > plan.alpha:
        below, above = above, above * 1.15
        if above > 10:
            raise CannotBe("no bounds keep α with so few infants; more are needed")
    for _ in range(24):
        middle = 0.5 * (below + above)
        if made(middle)[1].greatest > plan.alpha:
            below = middle
        else:
            above = middle
    return made(above)


def _without_futility(plan: Boundaries) -> Boundaries:
    return replace(plan, futility=(0.0 if plan.sides == 2 else -inf,) * plan.looks, stopping=None)


def _judged(z: Floats, plan: Boundaries, look: int) -> lattice.Rules:
    rule = np.zeros(z.shape, np.int8)
    if plan.sides == 1:
        rule[z <= plan.lower[look]] = lattice.FUTILE
    else:
        rule[np.abs(z) <= plan.inner[look] - 1e-300] = lattice.FUTILE
        rule[z <= -plan.critical[look] + 1e-12] = lattice.BELOW
    rule[z >= plan.critical[look] - 1e-12] = lattice.ABOVE
    return rule


def _refined(design: TwoArm, ways: slice, grid: Floats, best: int) -> tuple[float, float]:
    from scipy.optimize import minimize_scalar

    def off(rate: float) -> float:
        return -float(outcomes(*design._flat, rate, rate)[ways].sum())

    low, high = grid[max(best - 1, 0)], grid[min(best + 1, grid.size - 1)]
    found = minimize_scalar(off, bounds=(low, high), method="bounded", options={"xatol": 1e-9})
    return max((-float(found.fun), float(found.x)), (-off(grid[best]), float(grid[best])))
