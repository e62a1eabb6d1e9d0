"""How many events stop the trial, after how many children? One rule, counted child by child.

    rule.stops_at          # the stopping table: how many events stop with 1, 2, 3 … children counted
    rule.stops(3, 7)       # do 3 events among 7 counted children stop the trial?

A child is counted when she has had the event, or when the time `within` is over without it. Simulation and
monitoring both ask `stops_at`."""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cordula.stats.refusals import CannotBe
from cordula.vocabulary.quantity import Quantity

if TYPE_CHECKING:
    from cordula.stats.stopping.rule import StoppingRule

Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyRule:
    """Events of one kind in one arm of `children`, and the share of them that is acceptable.

    beta_binomial: stop when, by a beta `prior`, the share is above the acceptable one with more than
    the probability `threshold`. pocock: stop at the level that, used after every child, stops a trial with the
    acceptable share in `alpha` of the cases at most. sprt: stop when the events speak for the `unacceptable` share
    against the acceptable one as strongly as Wald's bound for the errors `alpha` and `beta`; what speaks for the
    acceptable one stops nothing. `first`: no stop before so many are counted."""

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
    beta: Decimal | None = None
    unacceptable: Decimal | None = None
    first: int = 1

    def __post_init__(self) -> None:
        if self.children < 1:
            raise CannotBe(f"a safety rule for {self.children} children cannot be: 1 or more")

    @property
    def stopping(self) -> "StoppingRule":
        """The rule as `stats.stopping` knows it: its printable table, its exact characteristics."""
        return _stopping(self)

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

    def stopped_with(self, share: float) -> float:
        """P(the rule ever stops) where this share has the event: exact, were every child followed."""
        from cordula.stats.stopping.characteristics import stop_probability

        return stop_probability(self.stopping, share)


@lru_cache(maxsize=64)
def _stopping(rule: SafetyRule) -> "StoppingRule":
    from cordula.stats.stopping.boundaries import beta_binomial_boundary, pocock_boundary

    looks = tuple(range(min(rule.first, rule.children), rule.children + 1))
    acceptable = float(rule.acceptable)
    if rule.rule == "sprt":
        return _sprt(rule, looks[0])
    if rule.rule == "pocock":
        return pocock_boundary(looks, acceptable, float(rule.alpha or 0))
    a, b = (float(number) for number in rule.prior)
    return beta_binomial_boundary(looks, acceptable, float(rule.threshold or 0), (a, b))


def _sprt(rule: SafetyRule, first: int) -> "StoppingRule":
    """The upper bounds of Wald's test; a look has none where more events than children would be needed."""
    from cordula.stats.exact import sprt
    from cordula.stats.stopping.rule import StoppingRule

    shares = (float(rule.acceptable), float(rule.unacceptable or 0))
    test = sprt(*shares, float(rule.alpha or 0), float(rule.beta or 0), first, rule.children)
    counts = (c if c <= n else None for n, c in zip(test.looks, test.upper, strict=True))
    return StoppingRule(test.looks, tuple(counts))


@lru_cache(maxsize=64)
def _stops_at(rule: SafetyRule) -> Counts:
    found = np.arange(2, rule.children + 2)
    stopping = rule.stopping
    for number, count in zip(stopping.looks, stopping.counts, strict=True):
        if count is not None:
            found[number - 1] = count
    found.setflags(write=False)
    return found
