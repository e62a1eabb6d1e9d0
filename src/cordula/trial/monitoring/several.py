"""Which endpoints are found, opening by opening, and does the trial stop? Asked of the rule that simulated trials had.

Each opening of the closed part is a look at every endpoint, at the information there is of it; `design.several`
judges it as it judges a look of a simulated trial."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from cordula.stats.refusals import CannotBe
from cordula.trial.design import Design
from cordula.trial.monitoring.interim import SAYS, Interim, held_by, told_by
from cordula.trial.monitoring.statistic import Statistic
from cordula.trial.rules.looks import GOES_ON, Reason
from cordula.trial.rules.several import NEVER, WAITS, Codes, Floats, Found, Held, Several, sided

Looks = Mapping[str, Sequence[Statistic]]
OF_ALL = SAYS | {
    GOES_ON: "The rule lets the trial go on.",
    Reason.END: "The last look has come, and no endpoint was found to differ.",
    Reason.HIGHER: "The rule stops the trial: it has found what it was to find.",
    Reason.LOWER: "The rule stops the trial: it has found what it was to find.",
    Reason.OTHER: "The rule stops the trial: another endpoint than the first was found, and the first was not.",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What the openings so far have come to. side, at: of each endpoint the side on which it was found and the
    opening, from 1 (NEVER: not yet); shares: the part of the level that it was found at, or is tested at now; told: what
    the newest opening says of each; reason: what it says of the trial."""

    side: Codes
    at: Codes
    shares: tuple[float, ...]
    told: Codes
    reason: int

    @property
    def says(self) -> str:
        return OF_ALL[self.reason]


def interims(design: Design, looks: Looks) -> tuple[Interim, ...]:
    """Each endpoint that has information, at the newest opening.

    looks: of each endpoint its statistic at every opening so far; an endpoint that is missing is never found."""
    standing = standing_of(design, looks)
    found = [
        _interim(design, standing, one, looks[name])
        for one, name in enumerate(design.several.endpoints)
        if _held(design, name, looks, _openings(looks)) is not None
    ]
    return tuple(found)


def standing_of(design: Design, looks: Looks) -> Standing:
    """The rule asked at every opening, the oldest first; whatever was found stays found."""
    several = design.several
    side = np.full((1, len(several.endpoints)), NEVER, dtype=np.int64)
    at, told, reason = side.copy(), np.full_like(side, WAITS), GOES_ON
    found_at: dict[int, float] = {}
    for opening in range(1, _openings(looks) + 1):
        held = [_held(design, name, looks, opening) for name in several.endpoints]
        higher, before = _higher(design, looks, opening), side != NEVER
        told = several.at_look(held, higher, before)
        now = sided(told)
        side, at = np.where(now, told, side), np.where(now, opening, at)
        found_at |= _found_at(several, held, higher, before, now[0])
        if reason == GOES_ON:
            reason = int(several.reason(told, side, several.over(held))[0])
    left = several.multiplicity.shares(tuple((side[0] != NEVER).tolist()))
    shares = tuple(found_at.get(one, share) for one, share in enumerate(left))
    return Standing(side[0], at[0], shares, told[0], reason)


def _found_at(
    several: Several, held: Sequence[Held], higher: Floats, before: Found, now: Found
) -> dict[int, float]:
    """Of each endpoint that is found now, the share of the level that was enough for it."""
    shares: dict[int, float] = {}
    if several.multiplicity.at_the_end:
        equal = several.multiplicity.shares(tuple(before[0].tolist()))
        return {one: equal[one] for one in np.flatnonzero(now).tolist()}
    for state, told in several.steps(held, higher, before):
        given = several.multiplicity.shares(tuple(state[0].tolist()))
        for one in np.flatnonzero(sided(told)[0]).tolist():
            shares.setdefault(one, given[one])
    return shares


def _openings(looks: Looks) -> int:
    return max((len(one) for one in looks.values()), default=0)


def _held(design: Design, name: str, looks: Looks, opening: int) -> Held:
    """The look that this endpoint holds at an opening; None before there is information of it."""
    try:
        _, shares, asked = held_by(design, design.endpoints[name], looks.get(name, ())[:opening])
    except CannotBe:
        return None
    return len(shares) - 1, asked


def _higher(design: Design, looks: Looks, opening: int) -> Floats:
    newest = [looks.get(name, ())[:opening] for name in design.several.endpoints]
    return np.array([[one[-1].higher if one else np.nan for one in newest]])


def _interim(design: Design, standing: Standing, one: int, looks: Sequence[Statistic]) -> Interim:
    several, endpoint = design.several, design.endpoints[design.several.endpoints[one]]
    held, shares, asked = held_by(design, endpoint, looks)
    share = standing.shares[one]
    shown = several.shown(share or several.reachable(one))
    intervals = several.rule(share or 1 / len(several.endpoints))
    found = int(standing.side[one])
    reason = int(standing.told[one]) if found == NEVER else found
    told = told_by(shown, intervals, endpoint, held[-1], shares, asked, reason)
    if found == NEVER:
        return replace(told, share=share)
    # Of what is found no power is left to ask for.
    at = int(standing.at[one])
    return replace(told, share=share, found_at=at, conditional=None, predictive=None)
