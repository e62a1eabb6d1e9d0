"""A block of trials, judged by the rules of the design and counted."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from cordula.trial.rules import LookRule, Multiplicity, Reason, Several, Verdicts
from cordula.trial.rules.several import NEVER
from cordula.trial.simulation.safety import SafetyStop, SafetyTrials
from cordula.trial.simulation.shown import Outcomes, Shown, half_width
from cordula.trial.simulation.tally import SafetyTally, Sums, Tally, above
from cordula.trial.simulation.unbiased import median_unbiased

Floats = NDArray[np.float64]
Places = NDArray[np.int64]
Found = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Stopped:
    """When and why each trial stops, and what each endpoint was found to be by then.

    verdicts: of each trial; found: shape (trials, endpoints)."""

    verdicts: Verdicts
    found: Found


@dataclass(frozen=True, slots=True)
class Trials:
    """All trials of one design under one truth. `several` judges the outcomes look by look; outcomes of which the
    truth says nothing are never found."""

    several: Several
    outcomes: tuple[Outcomes, ...]
    safety: tuple[SafetyTrials, ...] = ()

    @property
    def looks(self) -> LookRule:
        return self.several.looks

    @property
    def multiplicity(self) -> Multiplicity:
        return self.several.multiplicity

    def tally(self, first: int, count: int) -> Tally:
        """Trials `first` to `first + count − 1`, counted."""
        shown = [one.shown(first, count) for one in self.outcomes]
        stopped = [one.stopped(first, count) for one in self.safety]
        return _tally(self, shown, self.stopped(shown, stopped), stopped)

    def stopped(self, shown: list[Shown], safety: list[SafetyStop]) -> Stopped:
        """When and why each trial stops: what its looks say, unless a safety rule spoke before."""
        joint = self.several.judged(self._higher(shown))
        look, reason = joint.look.copy(), joint.reason.copy()
        months = in_time(shown).months
        for one in safety:
            before = one.months < _at(months, look)
            # The look that would have come next: the trial did not live to see it.
            later = (months <= one.months[:, None]).sum(axis=1)
            look[before], reason[before] = np.minimum(later, look)[before], Reason.SAFETY
        seen = np.where(reason == Reason.SAFETY, look, look + 1)[:, None]
        found = (joint.found_at != NEVER) & (joint.found_at < seen)
        return Stopped(Verdicts(look, reason), found[:, self._places()])

    def _higher(self, shown: list[Shown]) -> Floats:
        """Shape (trials, endpoints of the rule, looks); NaN where nothing is told of an endpoint."""
        trials, looks = shown[0].higher.shape
        higher = np.full((trials, len(self.several.endpoints), looks), np.nan)
        for place, one in zip(self._places(), shown, strict=True):
            higher[:, place] = one.higher
        return higher

    def _places(self) -> list[int]:
        """Where each outcome stands in the order of the rule."""
        return [self.several.endpoints.index(one.endpoint) for one in self.outcomes]


def in_time(shown: list[Shown]) -> Shown:
    """The outcome that comes last at each look, for its months and its children: a look waits for all of them."""
    if len(shown) == 1:
        return shown[0]
    months = np.array([one.months for one in shown])
    last = np.where(np.isnan(months), -np.inf, months).argmax(axis=0)[None]
    entered = np.array([one.entered for one in shown])
    return replace(
        shown[0],
        months=np.take_along_axis(months, last, axis=0)[0],
        entered=np.take_along_axis(entered, last, axis=0)[0],
    )


def _at(values: Floats, look: Places) -> Floats:
    """The value of each trial at its look."""
    return np.asarray(np.take_along_axis(values, look[:, None], axis=1)[:, 0])


def _tally(trials: Trials, shown: list[Shown], ended: Stopped, stopped: list[SafetyStop]) -> Tally:
    first, verdicts = shown[0], ended.verdicts
    look, reasons = verdicts.look, len(Reason)
    stops = np.bincount(look * reasons + verdicts.reason, minlength=first.higher.shape[1] * reasons)
    estimate = np.where(verdicts.reason == Reason.SAFETY, np.nan, _at(first.estimate, look))
    target = trials.outcomes[0].target
    off = estimate - (np.nan if target is None else target)
    apart = _unbiased(trials, first, look, estimate) - (estimate - off)
    covered, repeated = _covered(trials, first, look, off)
    months, entered = _until(in_time(shown), verdicts, stopped)
    nothing = np.array([one.target == 0 for one in trials.outcomes])
    return Tally(
        trials=len(look),
        stops=stops.reshape(-1, reasons).astype(np.int64),
        found=np.append(ended.found.sum(axis=0), ended.found.any(axis=1).sum()).astype(np.int64),
        estimate=Sums.of(estimate),
        off=Sums.of(off),
        unbiased=Sums.of(apart),
        above=above(off, apart),
        covered=covered,
        repeated=repeated,
        entered=Sums.of(entered),
        months=Sums.of(months),
        wrong=int((ended.found & nothing).any(axis=1).sum()),
        safety=tuple(
            SafetyTally(
                int(np.isfinite(s.months).sum()), Sums.of(s.counted), Sums.of(_finite(s.months))
            )
            for s in stopped
        ),
    )


def _finite(values: Floats) -> Floats:
    return np.where(np.isfinite(values), values, np.nan)


def _unbiased(trials: Trials, shown: Shown, look: Places, estimate: Floats) -> Floats:
    """NaN where a trial does not stop by the first endpoint's bounds alone: no order of its ends is known then."""
    rule = trials.multiplicity
    if not trials.several.alone and (
        rule.stopping != "first" or rule.method not in ("none", "fixed_sequence")
    ):
        return np.full(estimate.shape, np.nan)
    higher, error = _at(shown.higher, look), _at(shown.error, look)
    return median_unbiased(trials.several.rule(1.0), look, higher, estimate, error)


def _covered(trials: Trials, shown: Shown, look: Places, off: Floats) -> tuple[int, int]:
    """How many plain intervals, and how many repeated ones at the bound of the look, hold the target."""
    bounds = trials.several.at_first(trials.outcomes[0].endpoint).boundaries()
    plain = float(trials.looks.alpha) / trials.looks.sides
    levels = np.array(bounds.levels)[look]
    error, degrees = _at(shown.error, look), _at(shown.degrees, look)
    with np.errstate(invalid="ignore"):
        if shown.interval is None:
            held = np.abs(off) <= half_width(plain, error, degrees)
        else:
            low, high = (_at(one, look) for one in shown.interval)
            target = _at(shown.estimate, look) - off
            held = (low <= target) & (target <= high)
        again = np.abs(off) <= half_width(levels, error, degrees)
    return int(held.sum()), int(again.sum())


def _until(shown: Shown, verdicts: Verdicts, stopped: list[SafetyStop]) -> tuple[Floats, Floats]:
    """Months until each trial stopped, and children that had entered by then."""
    months, entered = _at(shown.months, verdicts.look), _at(shown.entered, verdicts.look)
    for one in stopped:
        by_safety = (verdicts.reason == Reason.SAFETY) & (one.months <= months)
        months, entered = (
            np.where(by_safety, one.months, months),
            np.where(by_safety, one.entered, entered),
        )
    return months, entered
