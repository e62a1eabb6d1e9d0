"""At which value of the statistic may a trial stop at each look, so that the error it allows is kept?"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf, isfinite

from cordula.stats.asked import asked
from cordula.stats.refusals import CannotBe, whole
from cordula.stats.sequential import solving
from cordula.stats.sequential.futility import BetaSpending, Futility, FutilityBounds, NullSpending
from cordula.stats.sequential.inner_wedge import inner_wedge
from cordula.stats.sequential.normal import upper_tail
from cordula.stats.sequential.shapes import OBrienFleming, Shape
from cordula.stats.sequential.spending import Spending, UserSpending, cumulative

MOST = 1000  # Each look costs an integral; nobody looks that often.


@dataclass(frozen=True, slots=True)
class Boundaries:
    """The bounds of a group-sequential design on the z scale; every tuple has one entry a look.

    `critical`: stop for efficacy at or above (with two sides: at or beyond ±). `futility`: stop at or below
    (with two sides: inside ±); at the last look one-sided designs with futility end at the critical value.
    `spent`: α spent by each look; `shares`: the share of the plan each look was taken for. `drift`: the effect times √(full information) that β was spent under."""

    information: tuple[float, ...]
    shares: tuple[float, ...]
    alpha: float
    sides: int
    critical: tuple[float, ...]
    futility: tuple[float, ...]
    binding: bool
    spent: tuple[float, ...]
    efficacy: Spending | Shape
    stopping: Futility | None = None
    beta_spent: tuple[float, ...] = ()
    drift: float | None = None

    @property
    def looks(self) -> int:
        return len(self.information)

    @property
    def levels(self) -> tuple[float, ...]:
        """The one-sided nominal level of each look, 1 − Φ(critical)."""
        return tuple(upper_tail(bound) for bound in self.critical)

    @property
    def has_futility(self) -> bool:
        return self.stopping is not None

    @property
    def lower(self) -> tuple[float, ...]:
        """The bounds below, as the recursion takes them: mirrored efficacy, or futility before the last look."""
        if self.sides == 2:
            return tuple(-bound for bound in self.critical)
        if isinstance(self.stopping, NullSpending):
            return self.futility
        return (*self.futility[:-1], -inf)

    @property
    def inner(self) -> tuple[float, ...]:
        """The half-width of the inner futility region of a two-sided design; 0 where there is none."""
        return self.futility if self.sides == 2 else (0.0,) * self.looks


@asked
def design(
    looks: int | Sequence[float] = 3,
    alpha: float = 0.025,
    sides: int = 1,
    spending: Spending | Shape | None = None,
    futility: Futility | None = None,
) -> Boundaries:
    """The bounds of a group-sequential design.

    looks: the number of equally spaced looks, or the information at each (any unit, rising).
    alpha: the whole error; with two sides, of both together.
    spending: a spending function (`OBrienFlemingSpending`, `PocockSpending`, `HwangShihDeCani`, `KimDeMets`,
    `UserSpending`, `SpendingFunction`) or a shape (`OBrienFleming`, the default; `Pocock`, `WangTsiatis`,
    `HaybittlePeto`). futility: `FutilityBounds`, `BetaSpending`, `NullSpending` or none.
    Raises CannotBe where no such design can be. Source: Jennison & Turnbull 2000, chapters 2, 3, 5, 7, 19."""
    information = information_of(looks)
    check_error(alpha, sides)
    efficacy = OBrienFleming() if spending is None else spending
    if isinstance(efficacy, UserSpending):
        efficacy = _written_for(efficacy, information)
    return bounds(information, information, alpha, sides, efficacy, futility)


def bounds(
    information: tuple[float, ...],
    shares: tuple[float, ...],
    alpha: float,
    sides: int,
    efficacy: Spending | Shape,
    futility: Futility | None,
    drift: float | None = None,
) -> Boundaries:
    """The bounds at this information, where the share to be spent may differ from it (the last look spends all)."""
    if isinstance(futility, BetaSpending):
        return _beta(information, shares, alpha, sides, efficacy, futility, drift)
    lower, inner = _fixed(futility, shares, sides, information)
    counted = futility is not None and futility.binding
    no_lower, no_inner = (-inf,) * len(information), (0.0,) * len(information)
    against = (lower, inner) if counted else (no_lower, no_inner)
    critical, spent = _efficacy(information, shares, alpha, sides, efficacy, *against)
    shown = inner if sides == 2 else lower
    if sides == 1 and futility is not None and not isinstance(futility, NullSpending):
        shown = (*shown[:-1], critical[-1])
    _below(shown, critical)
    return Boundaries(
        information, shares, alpha, sides, critical, shown, counted, spent, efficacy, futility
    )


def information_of(looks: int | Sequence[float]) -> tuple[float, ...]:
    """The information at each look as a share of the last; refused unless it rises from above 0."""
    if isinstance(looks, int | float):
        whole(1, looks=looks)
        if looks > MOST:
            raise CannotBe(f"there are {looks} looks; at most {MOST} can be planned")
        return tuple((k + 1) / int(looks) for k in range(int(looks)))
    values = tuple(float(value) for value in looks)
    if not values or not all(isfinite(v) and v > 0 for v in values):
        raise CannotBe(f"the information is {values}; each look needs a number above 0")
    for before, after in pairwise(values):
        if after <= before:
            raise CannotBe(
                f"the information goes from {before} to {after}; it must rise at each look"
            )
    return tuple(value / values[-1] for value in values)


def check_error(alpha: float, sides: int) -> None:
    if sides not in (1, 2):
        raise CannotBe(f"{sides} sides; a test has 1 or 2")
    if not 0 < alpha < sides * 0.5:
        raise CannotBe(
            f"α is {alpha}; with {sides} side(s) it must lie between 0 and {sides * 0.5}"
        )


def _written_for(spending: UserSpending, information: tuple[float, ...]) -> UserSpending:
    if not spending.shares and len(spending.cumulative) != len(information):
        raise CannotBe(
            f"{len(spending.cumulative)} amounts spent for {len(information)} looks; "
            "write one for each look, or the shares they belong to"
        )
    return spending.at(information)


def _efficacy(
    information: tuple[float, ...],
    shares: tuple[float, ...],
    alpha: float,
    sides: int,
    efficacy: Spending | Shape,
    lower: tuple[float, ...],
    inner: tuple[float, ...],
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    if isinstance(efficacy, Shape):
        return solving.shaped(information, efficacy, alpha, sides, lower, inner)
    amounts = cumulative(efficacy, shares, alpha, sides)
    return solving.spending(information, amounts, sides, lower, inner)


def _fixed(
    futility: FutilityBounds | NullSpending | None,
    shares: tuple[float, ...],
    sides: int,
    information: tuple[float, ...],
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Lower bounds and inner half-widths that stand before the upper bounds are known."""
    none, zero = (-inf,) * len(information), (0.0,) * len(information)
    if futility is None:
        return none, zero
    if isinstance(futility, NullSpending):
        if sides == 2:
            raise CannotBe(
                "lower spending under no effect belongs to a one-sided design; set sides to 1"
            )
        amounts = cumulative(futility.spending, shares, futility.total)
        mirrored, _ = solving.spending(information, amounts, 1, none, zero)
        return tuple(-bound for bound in mirrored), zero
    if len(futility.bounds) != len(information) - 1:
        raise CannotBe(
            f"{len(futility.bounds)} futility bounds for {len(information)} looks; "
            f"{len(information) - 1} are needed, one for each look before the last"
        )
    if sides == 1:
        return (*futility.bounds, -inf), zero
    return none, (*(max(0.0, bound) for bound in futility.bounds), 0.0)


def _below(lower: tuple[float, ...], critical: tuple[float, ...]) -> None:
    for look, (low, high) in enumerate(zip(lower, critical, strict=True), start=1):
        if low > high:
            raise CannotBe(
                f"at look {look} the futility bound {low:.4f} lies above the critical value {high:.4f}; "
                "it must lie below"
            )


def _beta(
    information: tuple[float, ...],
    shares: tuple[float, ...],
    alpha: float,
    sides: int,
    efficacy: Spending | Shape,
    futility: BetaSpending,
    drift: float | None,
) -> Boundaries:
    betas = cumulative(futility.spending, shares, futility.beta)
    if sides == 2:
        return _inner_beta(information, shares, alpha, efficacy, futility, betas, drift)
    nothing = ((-inf,) * len(information), (0.0,) * len(information))
    plain = None
    if not futility.binding:
        plain, _ = _efficacy(information, shares, alpha, 1, efficacy, *nothing)
    amounts = None if isinstance(efficacy, Shape) else cumulative(efficacy, shares, alpha)
    found = solving.both(
        information, alpha, efficacy, amounts, betas, plain, futility.binding, drift
    )
    return Boundaries(
        information, shares, alpha, 1, found.upper, found.lower, futility.binding, found.spent,
        efficacy, futility, betas, found.drift,
    )  # fmt: skip


def _inner_beta(
    information: tuple[float, ...],
    shares: tuple[float, ...],
    alpha: float,
    efficacy: Spending | Shape,
    futility: BetaSpending,
    betas: tuple[float, ...],
    drift: float | None,
) -> Boundaries:
    nothing = (-inf,) * len(information)

    def critical_for(inner: tuple[float, ...]) -> tuple[tuple[float, ...], tuple[float, ...]]:
        return _efficacy(information, shares, alpha, 2, efficacy, nothing, inner)

    found = inner_wedge(information, alpha, betas, critical_for, futility.binding, drift)
    return Boundaries(
        information, shares, alpha, 2, found.critical, found.inner, futility.binding, found.spent,
        efficacy, futility, betas, found.drift,
    )  # fmt: skip
