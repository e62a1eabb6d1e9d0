"""May the trial stop at this look, and why? One rule for simulated trials and for the real one.

    rule = design.looks
    rule.boundaries()                     # as planned
    rule.boundaries((21 / 60,))           # recalculated at the information there was at the looks so far
    rule.judged(higher)                   # a verdict for each trial of a simulation
    rule.judged(higher, (21 / 60,))       # the same for the one real trial, at its own information

What is judged is the one-sided P value for “the first arm is higher”, turned into a z, so that bounds made for
z keep their level with the t statistics of few children (Jennison & Turnbull 2000, section 3.8)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import IntEnum
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cordula.stats.refusals import CannotBe
from cordula.trial.rules.futility import FutilityRule
from cordula.trial.rules.spending import shape_of, spending_of

if TYPE_CHECKING:
    from cordula.stats.sequential import Boundaries, Shape, Spending

Floats = NDArray[np.float64]
Found = NDArray[np.bool_]


class Reason(IntEnum):
    """Why a trial stopped, or that it went to its end."""

    END = 0  # the last look came, and no difference was found
    HIGHER = 1  # the first arm was found to be higher
    LOWER = 2  # the first arm was found to be lower
    FUTILITY = 3  # going on could hardly find anything
    SAFETY = 4  # a safety rule stopped it
    UNANSWERED = 5  # the last look came, and too little was there to estimate anything
    OTHER = 6  # the first endpoint was not found, and another one was


# A statistic that meets its bound but for the rounding of the last digits has met it.
ROUNDING = 1e-12
# Instead of a reason, before the last look.
GOES_ON = -1


@dataclass(frozen=True, slots=True)
class Verdicts:
    """For each trial: the look at which it stopped or stands (the first is 0), and why. Shapes (trials,)."""

    look: NDArray[np.int64]
    reason: NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class LookRule:
    """Shares of the information, the level, and how it is spent: `spending` (a function), `spent` (written
    down) or `shape` (a classical one). `looks_for` matters to a test of one side alone."""

    shares: tuple[Decimal, ...]
    alpha: Decimal
    sides: int
    spending: str | None = None
    spent: tuple[Decimal, ...] = ()
    shape: str | None = None
    parameter: Decimal | None = None
    futility: FutilityRule | None = None

    def __post_init__(self) -> None:
        if len(self.shares) > 1 and not (self.spending or self.spent or self.shape):
            raise CannotBe(
                f"{len(self.shares)} looks, each at the level {self.alpha}, find too often what is not "
                "there: “spending” or “shape” must say how much of it each look has"
            )

    def boundaries(self, information: Sequence[float] = ()) -> "Boundaries":
        """The bounds as planned, or recalculated with the information at the looks so far.

        information: shares of the planned whole, rising; planned looks that are still to come follow."""
        return _boundaries(self, tuple(float(share) for share in information))

    def judged(
        self, higher: Floats, information: Sequence[float] = (), looks_for: str = "higher"
    ) -> Verdicts:
        """When and why each trial stops.

        higher: shape (trials, looks so far), the one-sided P value for “the first arm is higher” at each
        look; NaN where nothing could be estimated, and the trial goes on. looks_for: the side a test of one
        side looks at."""
        trials, looks = higher.shape
        look = np.full(trials, looks - 1, dtype=np.int64)
        reason = self.at_look(looks - 1, higher[:, -1], information, looks_for)
        for k in reversed(range(looks - 1)):
            found = self.at_look(k, higher[:, k], information, looks_for)
            stopped = found != GOES_ON
            look[stopped], reason[stopped] = k, found[stopped]
        return Verdicts(look, reason)

    def at_look(
        self,
        look: int,
        higher: Floats,
        information: Sequence[float] = (),
        looks_for: str = "higher",
    ) -> NDArray[np.int64]:
        """What each P value means at this look (the first is 0): a `Reason`, or GOES_ON before the last look.

        Any shape of `higher`; this is the one place where a statistic meets a bound."""
        bounds = self.boundaries(information)
        turned = self.sides == 1 and looks_for == "lower"
        z = z_of(1 - higher if turned else higher)
        last = look == bounds.looks - 1
        found = np.full(z.shape, Reason.END if last else GOES_ON, dtype=np.int64)
        if last:
            found[np.isnan(z)] = Reason.UNANSWERED
        for says, crossed in _crossed(z, bounds, look, turned):
            found[crossed] = says
        return found

    def at_share(self, share: float) -> "LookRule":
        """The same rule for one of several endpoints, with this share of the level and a spending of its own.

        Its bounds do not count on futility, even where that binds: that one endpoint is hopeless does not end the
        test of the others, nor always its own."""
        futility = None if self.futility is None else replace(self.futility, binding=False)
        if share == 1:
            return replace(self, futility=futility)
        part = Decimal(share)
        return replace(
            self,
            alpha=self.alpha * part,
            spent=tuple(one * part for one in self.spent),
            futility=futility,
        )

    @property
    def named(self) -> str:
        """How the level is spent, in a word."""
        if self.spent:
            return "spending as written"
        if self.spending or self.shape:
            return (
                f"{self.spending or self.shape} {'spending' if self.spending else 'shape'}".replace(
                    "_", " "
                )
            )
        return "one look"


def z_of(p: Floats) -> Floats:
    """The z with this one-sided P value above it; NaN stays NaN."""
    from scipy.special import ndtri

    return np.asarray(-ndtri(p), dtype=np.float64)


def _crossed(z: Floats, bounds: "Boundaries", k: int, turned: bool) -> list[tuple[Reason, Found]]:
    """What each bound says of this look."""
    two = bounds.sides == 2
    told = [(Reason.LOWER if turned else Reason.HIGHER, z >= bounds.critical[k] - ROUNDING)]
    if two:
        told.append((Reason.LOWER, z <= -bounds.critical[k] + ROUNDING))
    if bounds.has_futility and k < bounds.looks - 1:
        told.append((Reason.FUTILITY, (np.abs(z) if two else z) <= bounds.futility[k]))
    return told


@lru_cache(maxsize=256)
def _boundaries(rule: LookRule, information: tuple[float, ...]) -> "Boundaries":
    from cordula.stats.sequential import design
    from cordula.stats.sequential.recalculation import recalculated

    shares = tuple(float(share) for share in rule.shares)
    alpha, efficacy = float(rule.alpha), _efficacy(rule)
    plan = design(shares, alpha, rule.sides, efficacy)
    if rule.futility is not None and len(shares) > 1:
        plan = design(shares, alpha, rule.sides, efficacy, rule.futility.stopping(plan))
    return recalculated(plan, information) if information else plan


def _efficacy(rule: LookRule) -> "Spending | Shape":
    from cordula.stats.sequential import UserSpending

    if rule.spent:
        return UserSpending(tuple(float(x) for x in rule.spent))
    if rule.spending == "haybittle_peto":
        return shape_of(rule.spending, rule.parameter)
    if rule.spending:
        return spending_of(rule.spending, rule.parameter)
    return shape_of(rule.shape or "obrien_fleming", rule.parameter)
