"""May the trial stop at this look? The design's own rule, asked at the information there is.

The rule is the object that simulated trials were judged by (`design.looks`). Looks that came at another information
than was planned have their bounds recalculated by it; looks that came as planned have the planned bounds."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, isfinite
from typing import TYPE_CHECKING

import numpy as np

from cordula.stats.refusals import CannotBe
from cordula.trial.design import Design, Endpoint, TimeToEvent
from cordula.trial.monitoring.statistic import Statistic
from cordula.trial.rules.looks import GOES_ON, LookRule, Reason, z_of
from cordula.trial.rules.several import WAITS
from cordula.trial.simulation.shown import half_width

if TYPE_CHECKING:
    from cordula.stats.sequential import Boundaries

# In the words of a report, what the rule says of a look.
SAYS = {
    WAITS: "It is not tested yet: it waits for another endpoint to be found.",
    GOES_ON: "The rule lets the trial go on.",
    Reason.END: "The last look has come, and no difference was found.",
    Reason.HIGHER: "The bound is crossed: the first arm is higher.",
    Reason.LOWER: "The bound is crossed: the first arm is lower.",
    Reason.FUTILITY: "The rule stops the trial, because going on could hardly find anything.",
    Reason.OTHER: "Another endpoint than the first was found.",
    Reason.UNANSWERED: "The last look has come, and too little is there to estimate anything.",
}


@dataclass(frozen=True, slots=True)
class Bound:
    """One look, held or still to come: its share of the information, its bounds on z, the α spent by then."""

    look: int
    information: float
    critical: float
    futility: float | None
    spent: float
    held: bool


@dataclass(frozen=True, slots=True)
class Interim:
    """One endpoint at the newest look. low, high: its repeated confidence interval; level: its one-sided P at the
    bound; conditional: P(the rule finds a difference on the side the data lean to | the trend goes on); predictive:
    the same, averaged over what the data leave open of the trend (flat prior).

    Of several endpoints, share: the part of the level that it is tested at, or was found at, 0 while it waits for
    another; found_at: the opening at which it was found, from 1; `bounds` are then those of its share, and of one
    that waits those that it comes to have."""

    endpoint: str
    statistic: Statistic
    look: int
    information: float
    z: float | None
    low: float | None
    high: float | None
    level: float
    reason: int
    bounds: tuple[Bound, ...]
    conditional: float | None
    predictive: float | None = None
    share: float = 1.0
    found_at: int | None = None

    @property
    def says(self) -> str:
        return SAYS[self.reason]

    @property
    def stops(self) -> bool:
        return self.reason not in (GOES_ON, WAITS, Reason.END, Reason.UNANSWERED)


def interim(design: Design, endpoint: Endpoint, looks: Sequence[Statistic]) -> Interim:
    """The newest of `looks`, given all before it, of an endpoint that has the whole level.

    Raises CannotBe without a child of whom the outcome is settled."""
    held, shares, asked = held_by(design, endpoint, looks)
    higher = np.array([[one.higher for one in held]])
    verdict = design.looks.judged(higher, asked, endpoint.looks_for)
    reason = int(verdict.reason[0])
    return told_by(design.looks, design.looks, endpoint, held[-1], shares, asked, reason)


def held_by(
    design: Design, endpoint: Endpoint, looks: Sequence[Statistic]
) -> tuple[tuple[Statistic, ...], tuple[float, ...], tuple[float, ...]]:
    """The looks that were held at this endpoint, the information at each, and what the rule is asked with (nothing
    where they came as planned). Raises CannotBe without a child of whom the outcome is settled."""
    held = newest_of_each(design, endpoint, looks)
    if not held:
        raise CannotBe(
            f"“{endpoint.id}”: no child’s outcome is settled yet, so there is no information"
        )
    shares = shares_of(design, endpoint, held)
    return held, shares, () if as_planned(design, shares) else shares


def newest_of_each(
    design: Design, endpoint: Endpoint, looks: Sequence[Statistic]
) -> tuple[Statistic, ...]:
    """A look that saw no more than the one before it is the same look, seen again with what is known of it now."""
    kept: list[Statistic] = []
    for one in looks:
        if _amount(endpoint, one) < 1:
            continue
        if kept and _amount(endpoint, one) <= _amount(endpoint, kept[-1]):
            kept[-1] = one
        else:
            kept.append(one)
    return tuple(kept)


def _amount(endpoint: Endpoint, one: Statistic) -> int:
    """What the information is counted in: events where their number was planned, else settled children."""
    planned = isinstance(endpoint, TimeToEvent) and endpoint.events is not None
    return one.events if planned else one.settled


def shares_of(design: Design, endpoint: Endpoint, held: Sequence[Statistic]) -> tuple[float, ...]:
    """The information at each look, as a share of the planned whole; a planned look has its planned share."""
    whole = getattr(endpoint, "events", None) or design.participants
    planned = {-int(-share * whole // 1): float(share) for share in design.looks.shares}
    amounts = [_amount(endpoint, one) for one in held]
    return tuple(planned.get(amount, min(1.0, amount / whole)) for amount in amounts)


def as_planned(design: Design, shares: Sequence[float]) -> bool:
    """Whether the looks came just where the design has them."""
    return tuple(shares) == tuple(float(s) for s in design.looks.shares[: len(shares)])


def told_by(
    rule: LookRule,
    intervals: LookRule,
    endpoint: Endpoint,
    one: Statistic,
    shares: tuple[float, ...],
    asked: tuple[float, ...],
    reason: int,
) -> Interim:
    """The newest look, told. rule: whose bounds are shown; intervals: whose level the repeated interval has."""
    bounds, k = rule.boundaries(asked), len(shares) - 1
    level = intervals.boundaries(asked).levels[k]
    z = float(z_of(np.array(one.higher))) if isfinite(one.higher) else None
    low = high = None
    if isfinite(one.error) and one.degrees > 0:
        reach = float(half_width(level, np.array(one.error), np.array(one.degrees)))
        low, high = one.estimate - reach, one.estimate + reach
    conditional, predictive = _power(bounds, k + 1, z, endpoint.looks_for)
    return Interim(
        endpoint=endpoint.id,
        statistic=one,
        look=k + 1,
        information=shares[k],
        z=z,
        low=low,
        high=high,
        level=level,
        reason=reason,
        bounds=_bounds(rule, asked, k + 1),
        conditional=conditional,
        predictive=predictive,
    )


def bounds_of(design: Design, asked: tuple[float, ...], held: int) -> tuple[Bound, ...]:
    """Every look with its bounds; `held` of them have been held. Of several endpoints those of the first, as it begins."""
    several = design.several
    share = 1.0 if several.alone else several.first_share(several.endpoints[0])
    return _bounds(several.shown(share), asked, held)


def _bounds(rule: LookRule, asked: tuple[float, ...], held: int) -> tuple[Bound, ...]:
    bounds = rule.boundaries(asked)
    whole = bounds.information[-1]
    return tuple(
        Bound(
            look=k + 1,
            information=bounds.information[k] / whole,
            critical=bounds.critical[k],
            futility=_futility(bounds.futility, k) if bounds.has_futility else None,
            spent=bounds.spent[k],
            held=k < held,
        )
        for k in range(bounds.looks)
    )


def _futility(bounds: Sequence[float], k: int) -> float | None:
    return bounds[k] if k < len(bounds) - 1 and bounds[k] > -inf else None


def _power(
    bounds: "Boundaries", look: int, z: float | None, looks_for: str
) -> tuple[float | None, float | None]:
    """Conditional and predictive power; None at the last look, and where nothing could be estimated."""
    from cordula.stats.sequential import conditional_power, predictive_power

    if z is None or look >= bounds.looks:
        return None, None
    # A two-sided rule is asked on the side to which the data lean; one of one side, on its own.
    leaning = abs(z) if bounds.sides == 2 else -z if looks_for == "lower" else z
    try:
        conditional = conditional_power(bounds, look, leaning, futility=False).overall
        return conditional, predictive_power(bounds, look, leaning, futility=False)
    except CannotBe:
        return None, None
