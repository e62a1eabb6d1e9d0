"""A block of trials, judged by the rules of the design and counted."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cordula.trial.rules import LookRule, Multiplicity, Reason, Verdicts
from cordula.trial.simulation.safety import SafetyStop, SafetyTrials
from cordula.trial.simulation.shown import Outcomes, Shown, half_width
from cordula.trial.simulation.tally import SafetyTally, Sums, Tally, above
from cordula.trial.simulation.unbiased import median_unbiased

Floats = NDArray[np.float64]
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Trials:
    """All trials of one design under one truth. The first outcome decides when a trial stops; with several,
    all are tested at that moment by the design's multiplicity."""

    looks: LookRule
    multiplicity: Multiplicity
    outcomes: tuple[Outcomes, ...]
    safety: tuple[SafetyTrials, ...] = ()

    def tally(self, first: int, count: int) -> Tally:
        """Trials `first` to `first + count − 1`, counted."""
        shown = [one.shown(first, count) for one in self.outcomes]
        stopped = [one.stopped(first, count) for one in self.safety]
        verdicts = self.verdicts(shown[0], stopped)
        return _tally(self, shown, verdicts, stopped)

    def verdicts(self, shown: Shown, stopped: list[SafetyStop]) -> Verdicts:
        """When and why each trial stops: what its looks say, unless a safety rule spoke before."""
        found = self.looks.judged(shown.higher, looks_for=self.outcomes[0].looks_for)
        look, reason = found.look.copy(), found.reason.copy()
        for one in stopped:
            before = one.months < _at(shown.months, look)
            # The look that would have come next: the trial did not live to see it.
            later = (shown.months <= one.months[:, None]).sum(axis=1)
            look[before], reason[before] = np.minimum(later, look)[before], Reason.SAFETY
        return Verdicts(look, reason)


def _at(values: Floats, look: Places) -> Floats:
    """The value of each trial at its look."""
    return np.asarray(np.take_along_axis(values, look[:, None], axis=1)[:, 0])


def _tally(
    trials: Trials, shown: list[Shown], verdicts: Verdicts, stopped: list[SafetyStop]
) -> Tally:
    first, look = shown[0], verdicts.look
    reasons = len(Reason)
    stops = np.bincount(look * reasons + verdicts.reason, minlength=first.higher.shape[1] * reasons)
    estimate = np.where(verdicts.reason == Reason.SAFETY, np.nan, _at(first.estimate, look))
    target = trials.outcomes[0].target
    off = estimate - (np.nan if target is None else target)
    apart = _unbiased(trials, first, look, estimate) - (estimate - off)
    covered, repeated = _covered(trials, first, look, off)
    months, entered = _until(first, verdicts, stopped)
    return Tally(
        trials=len(look),
        stops=stops.reshape(-1, reasons).astype(np.int64),
        found=_found(trials, shown, verdicts),
        estimate=Sums.of(estimate),
        off=Sums.of(off),
        unbiased=Sums.of(apart),
        above=above(off, apart),
        covered=covered,
        repeated=repeated,
        entered=Sums.of(entered),
        months=Sums.of(months),
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
    higher, error = _at(shown.higher, look), _at(shown.error, look)
    return median_unbiased(trials.looks, look, higher, estimate, error)


def _covered(trials: Trials, shown: Shown, look: Places, off: Floats) -> tuple[int, int]:
    """How many plain intervals, and how many repeated ones at the bound of the look, hold the target."""
    bounds = trials.looks.boundaries()
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


def _found(trials: Trials, shown: list[Shown], verdicts: Verdicts) -> Places:
    """How often each endpoint is found, in either direction, and how often any of them is."""
    if len(shown) == 1:
        one = np.isin(verdicts.reason, (Reason.HIGHER, Reason.LOWER)).sum()
        return np.array([one, one], dtype=np.int64)
    p = np.column_stack(
        [_p_value(trials, s, o.looks_for) for s, o in zip(shown, trials.outcomes, strict=True)]
    )
    found = trials.multiplicity.found(p, float(trials.looks.alpha))
    found &= (verdicts.reason != Reason.SAFETY)[:, None]
    return np.append(found.sum(axis=0), found.any(axis=1).sum()).astype(np.int64)


def _p_value(trials: Trials, shown: Shown, looks_for: str) -> Floats:
    """The P value at the last look, of as many sides as the design's test has."""
    higher = shown.higher[:, -1]
    if trials.looks.sides == 2:
        return np.asarray(2 * np.minimum(higher, 1 - higher))
    return np.asarray(1 - higher if looks_for == "lower" else higher)


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
