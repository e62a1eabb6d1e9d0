"""How many events stop the trial, after how many children? One rule, counted child by child.

    rule.stops_at          # the stopping table: how many events stop with 1, 2, 3 … children counted
    rule.stops(3, 7)       # do 3 events among 7 counted children stop the trial?

A child is counted when she has had the event, or when the time `within` is over without it. Simulation and
monitoring both ask `stops_at`."""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from cordula.stats.refusals import CannotBe
from cordula.vocabulary.quantity import Quantity

Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyRule:
    """Events of one kind in one arm of `children`, and the share of them that is acceptable.

    beta_binomial: stop when, by a beta `prior`, the share is above the acceptable one with at least the
    probability `threshold`. pocock: stop at the level that, used after every child, stops a trial with the
    acceptable share in `alpha` of the cases at most. `first`: no stop before so many are counted."""

    id: str
    title: str
    event: str
    arm: str
    within: Quantity
    rule: str
    acceptable: Decimal
    children: int
    prior: tuple[Decimal, ...] = ()
    threshold: Decimal | None = None
    alpha: Decimal | None = None
    first: int = 1

    def __post_init__(self) -> None:
        if self.children < 1:
            raise CannotBe(f"a safety rule for {self.children} children cannot be: 1 or more")

    @property
    def stops_at(self) -> Counts:
        """The least number of events that stops, shape (children,); more than its place where none does."""
        return _stops_at(self)

    def stops(self, events: int, counted: int) -> bool:
        """Whether so many events among so many counted children stop the trial."""
        if not 0 <= events <= counted:
            raise CannotBe(f"{events} events among {counted} children cannot be")
        if counted > self.children:
            raise CannotBe(
                f"{counted} children are counted and the rule “{self.id}” was made for {self.children}: "
                "it needs a new table, approved before it is used"
            )
        return counted > 0 and events >= int(self.stops_at[counted - 1])

    def stopped_with(self, share: float) -> NDArray[np.float64]:
        """P(stopped by the n-th counted child) where this share has the event: exact, shape (children,)."""
        return crossing(self.stops_at, share)


@lru_cache(maxsize=64)
def _stops_at(rule: SafetyRule) -> Counts:
    children = rule.children
    found = (
        _beta_binomial(rule, children) if rule.rule == "beta_binomial" else _pocock(rule, children)
    )
    found[: rule.first - 1] = np.arange(1, min(rule.first, children + 1)) + 1
    found.setflags(write=False)
    return found


def _beta_binomial(rule: SafetyRule, children: int) -> Counts:
    """P(share > acceptable | x of n) = I(1 − acceptable; b + n − x, a + x), in full precision by the other tail."""
    from scipy.special import betainc

    a, b = (float(number) for number in rule.prior)
    acceptable, threshold = float(rule.acceptable), float(rule.threshold or 1)
    found = np.empty(children, dtype=np.int64)
    for n in range(1, children + 1):
        x = np.arange(n + 1)
        above = betainc(b + n - x, a + x, 1 - acceptable)
        found[n - 1] = _least(above >= threshold, n)
    return found


def _least(stops: NDArray[np.bool_], n: int) -> int:
    return int(np.argmax(stops)) if stops.any() else n + 1


def _pocock(rule: SafetyRule, children: int) -> Counts:
    """Ivanova, Qaqish & Schell 2005 (Biometrics 61:540): the greatest pointwise level that keeps the whole one."""
    alpha, share = float(rule.alpha or 0), float(rule.acceptable)
    levels = _levels(share, children)
    low, high = 0, len(levels) - 1
    best = _at_level(0.0, share, children)
    while low <= high:
        middle = (low + high) // 2
        tried = _at_level(levels[middle], share, children)
        if crossing(tried, share)[-1] <= alpha:
            best, low = tried, middle + 1
        else:
            high = middle - 1
    return best


def _levels(share: float, children: int) -> list[float]:
    """Every level at which a table changes: the tails of all the binomials, rising."""
    from scipy.stats import binom

    tails = (binom.sf(np.arange(n), n, share) for n in range(1, children + 1))
    return sorted({float(p) for row in tails for p in row})


def _at_level(level: float, share: float, children: int) -> Counts:
    from scipy.stats import binom

    return np.array(
        [
            1 + _least(binom.sf(np.arange(n), n, share) <= level, n - 1)
            for n in range(1, children + 1)
        ],
        dtype=np.int64,
    )


def crossing(stops_at: Counts, share: float) -> NDArray[np.float64]:
    """P(the trial has stopped by the n-th counted child), shape (children,), exactly, by enumeration."""
    alive, stopped, found = np.array([1.0]), 0.0, []
    for bound in stops_at:
        alive = np.append(alive * (1 - share), 0.0) + np.append(0.0, alive * share)
        stopped += float(alive[bound:].sum())
        alive[bound:] = 0.0
        found.append(stopped)
    return np.array(found)
