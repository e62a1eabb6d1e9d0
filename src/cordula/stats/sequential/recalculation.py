"""What are the bounds when the looks come at another information than was planned?"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from math import sqrt

from cordula.stats.asked import asked
from cordula.stats.refusals import CannotBe
from cordula.stats.sequential.boundaries import Boundaries, bounds
from cordula.stats.sequential.futility import Futility, FutilityBounds
from cordula.stats.sequential.shapes import Shape
from cordula.stats.sequential.spending import Spending, UserSpending


@asked
def recalculated(
    plan: Boundaries,
    information: Sequence[float],
    maximum: float | None = None,
    final: bool = False,
) -> Boundaries:
    """The design as it stands after looks at this information, with the planned looks still to come.

    information: at each look so far, shape (k,), rising. maximum: the planned information at the last look, in
    the same unit (the plan's own where none is given). final: no look will follow, so that the last one spends
    what is left of α, whether it came early or late. Spending functions are asked at the information there is;
    a shape spends what it was planned to, in straight lines between its looks (Lan & DeMets 1983;
    Jennison & Turnbull 2000, section 7.2). Futility bounds keep their looks; β spending keeps its effect."""
    whole = plan.information[-1] if maximum is None else maximum
    if not whole > 0:
        raise CannotBe(f"the planned information is {maximum}; it must be above 0")
    seen = tuple(value / whole for value in information)
    _check(plan, seen)
    looks = seen if final or seen[-1] >= 1 else seen + _ahead(plan, seen)
    shares = (*(min(1.0, share) for share in looks[:-1]), 1.0)
    futility = _kept(plan.stopping, len(looks))
    found = bounds(looks, shares, plan.alpha, plan.sides, _spending(plan), futility, plan.drift)
    if plan.drift is None:
        return found
    return replace(found, drift=plan.drift * sqrt(looks[-1]))


def _check(plan: Boundaries, seen: tuple[float, ...]) -> None:
    if not seen or seen[0] <= 0:
        raise CannotBe(f"the information is {seen}; each look so far needs a number above 0")
    if any(after <= before for before, after in pairwise(seen)):
        raise CannotBe(f"the information is {seen}; it must rise from look to look")
    if any(share >= 1 for share in seen[:-1]):
        raise CannotBe(
            f"a look came after the planned information was reached, at {seen}; α is spent"
        )


def _ahead(plan: Boundaries, seen: tuple[float, ...]) -> tuple[float, ...]:
    """The planned looks that are still to come, the last one always among them."""
    last = plan.information[-1]
    planned = tuple(value / last for value in plan.information[len(seen) :])
    later = tuple(share for share in planned if share > seen[-1])
    return later or (1.0,)


def _spending(plan: Boundaries) -> Spending:
    if not isinstance(plan.efficacy, Shape):
        return plan.efficacy
    last = plan.information[-1]
    spent = (*plan.spent[:-1], plan.alpha)
    return UserSpending(spent, tuple(value / last for value in plan.information))


def _kept(futility: Futility | None, looks: int) -> Futility | None:
    """Bounds belong to looks; where there are more looks than were planned the last bound holds on."""
    if not isinstance(futility, FutilityBounds) or not futility.bounds:
        return None if isinstance(futility, FutilityBounds) else futility
    held = futility.bounds + (futility.bounds[-1],) * looks
    return replace(futility, bounds=held[: looks - 1])
