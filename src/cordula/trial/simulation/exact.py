"""Every possible result of a binary endpoint, with its probability: the default where there are few enough.

The lattice of (events in the first arm, events in the last) is spread stage by stage; what the design's own rule
stops is taken out (Armitage, McPherson & Rowe 1969, for counts). There is no Monte Carlo error."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cordula.trial.design.arms import sizes
from cordula.trial.design.design import Design
from cordula.trial.rules import Reason
from cordula.trial.simulation.binary import BinaryTrials
from cordula.trial.simulation.shown import Outcomes
from cordula.trial.simulation.tally import Sums, Tally, above, added
from cordula.trial.simulation.unbiased import median_unbiased

Floats = NDArray[np.float64]
# Above so many children results are drawn instead.
GREATEST = 100


def countable(outcomes: Sequence[Outcomes], design: Design, safety: bool) -> bool:
    """Whether every result can be counted: one binary endpoint, few children, nobody missing, no safety rule
    whose stops depend on the calendar."""
    if len(outcomes) != 1 or safety or design.participants > GREATEST:
        return False
    return isinstance(outcomes[0], BinaryTrials) and outcomes[0].dropout == 0


@dataclass(frozen=True, slots=True)
class _Lattice:
    """x and y: events of the two arms, shape (m + 1, n + 1); mass: the probability that they stand so."""

    x: Floats
    y: Floats
    mass: Floats
    m: int
    n: int

    def spread(self, m: int, n: int, work: BinaryTrials) -> "_Lattice":
        """After further children, up to m and n."""
        one, other = (*work.shares, 0.0)[:2]
        mass = _steps(self.m, m, one) @ self.mass @ _steps(self.n, n, other).T
        x, y = np.meshgrid(np.arange(m + 1.0), np.arange(n + 1.0), indexing="ij")
        return _Lattice(x, y, mass, m, n)


def _steps(before: int, after: int, share: float) -> Floats:
    """Shape (after + 1, before + 1): how likely each count becomes each other."""
    from scipy.stats import binom

    gained = np.subtract.outer(np.arange(after + 1), np.arange(before + 1))
    return np.asarray(binom.pmf(gained, after - before, share))


def counted(design: Design, work: BinaryTrials) -> Tally:
    """The sums of one trial, weighed by the probability of every result; `Tally.exact` is true."""
    state = _Lattice(np.zeros((1, 1)), np.zeros((1, 1)), np.ones((1, 1)), 0, 0)
    parts: list[Tally] = []
    for look, children in enumerate(design.looks_after):
        m, n = (*_sizes(design, children), 0)[:2]
        state = state.spread(m, n, work)
        ones = np.full_like(state.x, m), np.full_like(state.x, max(n, 1))
        higher = work.higher(state.x, state.y, *ones)
        reason = design.looks.at_look(look, higher, looks_for=work.looks_for)
        parts.append(_part(design, work, state, higher, reason, look, children))
        state.mass[reason >= 0] = 0.0
    return added(parts)


def _sizes(design: Design, children: int) -> tuple[int, ...]:
    """Children of each arm at a look: the arms fill as their planned sizes say."""
    if children == design.participants:
        return design.sizes
    if all(arm.participants is not None for arm in design.arms):
        first = round(children * design.sizes[0] / design.participants)
        return (first, children - first)[: len(design.arms)]
    return sizes(design.arms, children)


def _part(
    design: Design,
    work: BinaryTrials,
    state: _Lattice,
    higher: Floats,
    reason: NDArray[np.int64],
    look: int,
    children: int,
) -> Tally:
    mass = np.where(reason >= 0, state.mass, 0.0)
    stops = np.zeros((len(design.looks_after), len(Reason)))
    for one in Reason:
        stops[look, one] = mass[reason == one].sum()
    m, n = max(state.m, 1), max(state.n, 1)
    last = state.y / n if work.reference is None else work.reference
    estimate = state.x / m - last
    whole = np.full_like(mass, m), np.full_like(mass, n)
    low, high = work.interval(state.x, state.y, *whole)
    error = work.error(state.x, state.y, *whole)
    at = np.full(mass.shape, look)
    unbiased = median_unbiased(design.looks, at, higher, estimate, error) - work.target
    held = float(mass[(low <= work.target) & (work.target <= high)].sum())
    found = stops[look, Reason.HIGHER] + stops[look, Reason.LOWER]
    total = float(mass.sum())
    return Tally(
        trials=1 if look == 0 else 0,
        stops=stops,
        found=np.array([found, found]),
        estimate=_weighed(estimate, mass),
        off=_weighed(estimate - work.target, mass),
        unbiased=_weighed(unbiased, mass),
        above=above(estimate - work.target, unbiased, mass=mass),
        covered=held,
        repeated=held,
        entered=Sums(total, total * children, total * children**2, children),
        months=Sums(),
        safety=(),
        exact=True,
    )


def _weighed(values: Floats, mass: Floats) -> Sums:
    there = mass > 0
    most = float(values[there].max()) if there.any() else -np.inf
    return Sums(
        float(mass.sum()), float((mass * values).sum()), float((mass * values**2).sum()), most
    )
