"""Which of several endpoints are found at each look, and does the trial stop there? One rule for simulated trials
and for the real one.

    rule = design.several
    rule.judged(higher)                              # every look of every simulated trial
    rule.at_look(held, higher, found)                # one look, each endpoint at its own information

Each endpoint has its share of the level and spends it by the looks' own spending function; an endpoint that is
found hands its share on, and the others are asked again at the same look (Maurer & Bretz 2013,
doi:10.1080/19466315.2013.807748; for Holm's shares Ye, Li, Liu & Yao 2013, doi:10.1002/sim.5700; for a fixed sequence
Glimm, Maurer & Bretz 2010, doi:10.1002/sim.3748). Shares only grow, so none of several at one look comes first.

Hochberg's step up is taken at the last look alone, at the whole level (`Multiplicity.at_the_end` says why)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from cordula.trial.rules.looks import GOES_ON, LookRule, Reason
from cordula.trial.rules.multiplicity import Multiplicity

Floats = NDArray[np.float64]
Found = NDArray[np.bool_]
Codes = NDArray[np.int64]

# Not tested at this look: its share of the level is with another endpoint, or its information has not begun.
WAITS = -2
NEVER = -1
# A power of the information so steep that it spends nothing before all of it is there.
AT_THE_END = Decimal(10**6)
# The look that an endpoint holds, from 0, and the information at its looks so far (none: as planned); None before it.
Held = tuple[int, tuple[float, ...]] | None


@dataclass(frozen=True, slots=True)
class Joint:
    """For each trial the look at which it stopped or stands, and why, shapes (trials,); for each of its endpoints
    the look at which it was found (NEVER: not by then) and on which side, shapes (trials, endpoints)."""

    look: Codes
    reason: Codes
    found_at: Codes
    side: Codes


@dataclass(frozen=True, slots=True)
class Several:
    """The looks and the multiplicity of a design, for these endpoints in this order; `looks_for` of each."""

    looks: LookRule
    multiplicity: Multiplicity
    endpoints: tuple[str, ...]
    looks_for: tuple[str, ...]

    def rule(self, share: float) -> LookRule:
        """The rule of the looks of an endpoint with this share of the level."""
        return self.looks if self.alone else _rule(self.looks, share)

    def shown(self, share: float) -> LookRule:
        """The rule whose bounds a reader is shown: by Hochberg nothing is spent before the end."""
        rule = self.rule(share)
        if not self.multiplicity.at_the_end:
            return rule
        return replace(rule, spending="kim_demets", parameter=AT_THE_END, spent=(), shape=None)

    def reachable(self, one: int) -> float:
        """The share of the level that an endpoint has once all the others are found."""
        others = tuple(place != one for place in range(len(self.endpoints)))
        return self.multiplicity.shares(others)[one]

    def first_shares(self) -> tuple[float, ...]:
        """That of each endpoint."""
        return tuple(self.first_share(one) for one in self.endpoints)

    def first_share(self, endpoint: str) -> float:
        """The share of an endpoint before anything is found; one that waits then has an equal part of the level, at
        which intervals of all of them hold together."""
        none = (False,) * len(self.endpoints)
        share = self.multiplicity.shares(none)[self.endpoints.index(endpoint)]
        return share or 1 / len(self.endpoints)

    def at_first(self, endpoint: str) -> LookRule:
        """The rule of an endpoint before anything is found."""
        return self.rule(self.first_share(endpoint))

    @property
    def alone(self) -> bool:
        """Whether one endpoint has the whole level, so that the rule of the looks says all there is to say."""
        return len(self.endpoints) == 1

    def at_look(self, held: Sequence[Held], higher: Floats, found: Found) -> Codes:
        """What this look says of each endpoint: a `Reason` (HIGHER or LOWER where it is found now), GOES_ON or WAITS.

        held: the look of each endpoint. higher: shape (trials, endpoints), one-sided P values for “the first arm is
        higher”, NaN where nothing could be estimated. found: which were found before; of these WAITS is told."""
        if self.multiplicity.at_the_end:
            return self._step_up(held, higher, found)
        *_, (_, told) = self.steps(held, higher, found)
        return told

    def steps(
        self, held: Sequence[Held], higher: Floats, found: Found
    ) -> Iterator[tuple[Found, Codes]]:
        """One look, asked until nothing more is found: what was found before each asking, and what it says of each.

        What a found endpoint hands on may find another one at this very look."""
        now, told = found, self._asked(held, higher, found)
        yield now, told
        while (by_now := found | sided(told)).sum() > now.sum():
            now, before = by_now, told
            told = np.where(sided(before), before, self._asked(held, higher, now))
            yield now, told

    def _asked(self, held: Sequence[Held], higher: Floats, found: Found) -> Codes:
        told = np.full(found.shape, WAITS, dtype=np.int64)
        for state in np.unique(found, axis=0):
            rows = np.flatnonzero((found == state).all(axis=1))
            for one, share in enumerate(self.multiplicity.shares(tuple(state.tolist()))):
                told[rows, one] = self._one(one, share, held[one], higher[rows, one])
        return told

    def _one(self, one: int, share: float, held: Held, higher: Floats) -> Codes:
        if held is None or not share > 0:
            return np.full(higher.shape, WAITS, dtype=np.int64)
        look, information = held
        return self.rule(share).at_look(look, higher, information, self.looks_for[one])

    def _step_up(self, held: Sequence[Held], higher: Floats, found: Found) -> Codes:
        """Nothing is found before the last look of every endpoint; no bound is used, so the whole level is left."""
        told = np.column_stack(
            [self._one(one, 1.0, held[one], higher[:, one]) for one in range(len(held))]
        )
        told[sided(told)] = GOES_ON
        if not self.over(held):
            return told
        p = np.column_stack([self._p(one, higher[:, one]) for one in range(len(held))])
        crossed = self.multiplicity.found(p, float(self.looks.alpha)) & ~found
        told[told == GOES_ON] = Reason.END
        side = np.where(higher < 0.5, Reason.HIGHER, Reason.LOWER)
        return np.where(crossed, side, told)

    def _p(self, one: int, higher: Floats) -> Floats:
        """The P value of as many sides as the design's test has."""
        if self.looks.sides == 2:
            return np.asarray(2 * np.minimum(higher, 1 - higher))
        return np.asarray(1 - higher if self.looks_for[one] == "lower" else higher)

    def over(self, held: Sequence[Held]) -> bool:
        """Whether every endpoint holds its last look."""
        return all(
            one is not None and one[0] == self.looks.boundaries(one[1]).looks - 1 for one in held
        )

    def reason(self, told: Codes, side: Codes, last: bool) -> Codes:
        """Why each trial stops at this look, or GOES_ON. told: of `at_look`; side: of each endpoint by now, NEVER
        where it is not found; last: whether no look follows."""
        got = side != NEVER
        first, some = got[:, 0], got.any(axis=1)
        ends = {"first": first, "any": some, "all": got.all(axis=1)}[self.multiplicity.stopping]
        found = np.where(first, side[:, 0], np.where(some, Reason.OTHER, Reason.FUTILITY))
        if last:
            nothing = np.where(told[:, 0] == Reason.UNANSWERED, Reason.UNANSWERED, Reason.END)
            return np.where(some, found, nothing)
        return np.where(ends | self._hopeless(told, got), found, GOES_ON)

    def _hopeless(self, told: Codes, got: Found) -> Found:
        """Whether going on could hardly find what a stop waits for: futility of the first, or of all that are left."""
        futile = told == Reason.FUTILITY
        if self.multiplicity.stopping == "first":
            return np.asarray(futile[:, 0] & ~got[:, 0])
        return np.asarray(futile.any(axis=1) & (futile | (told == WAITS) | got).all(axis=1))

    def judged(self, higher: Floats) -> Joint:
        """When and why each trial stops, and what it found by then; looks as planned.

        higher: shape (trials, endpoints, looks), as in `at_look`."""
        trials, endpoints, looks = higher.shape
        side = np.full((trials, endpoints), NEVER, dtype=np.int64)
        found_at, look = side.copy(), np.full(trials, looks - 1, dtype=np.int64)
        reason = np.full(trials, GOES_ON, dtype=np.int64)
        for k in range(looks):
            rows = np.flatnonzero(reason == GOES_ON)
            told = self.at_look([(k, ())] * endpoints, higher[rows, :, k], side[rows] != NEVER)
            now = sided(told)
            side[rows] = np.where(now, told, side[rows])
            found_at[rows] = np.where(now, k, found_at[rows])
            reason[rows] = self.reason(told, side[rows], last=k == looks - 1)
            look[rows[reason[rows] != GOES_ON]] = k
        return Joint(look, reason, found_at, side)


def sided(told: Codes) -> Found:
    """Where an endpoint is found, on either side."""
    return np.asarray((told == Reason.HIGHER) | (told == Reason.LOWER))


@lru_cache(maxsize=256)
def _rule(looks: LookRule, share: float) -> LookRule:
    return looks.at_share(share)
