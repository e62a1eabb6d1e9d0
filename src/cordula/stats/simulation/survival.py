"""What does each trial of a time to an event show at each look? Patient by patient, log-rank at the calendar's time.

A look comes with a planned number of events, or when a planned number of patients has been followed for the
whole time. **Calendar times are compared, never differences**: `entry + time ≤ now` keeps the very event that
triggers the look; `time ≤ now − entry` loses it about half of the time."""

from dataclasses import dataclass
from math import inf, nan, sqrt

import numpy as np
from numpy.typing import NDArray

from cordula.stats.asked import asked
from cordula.stats.compiled import compiled, kernel_or_twin
from cordula.stats.refusals import CannotBe
from cordula.stats.simulation.asked_for import block, looks_that_rise, rates, two_arms
from cordula.stats.simulation.logarithm import logarithm
from cordula.stats.simulation.patients import Arms
from cordula.stats.simulation.philox import Floats, Words, fill, uniforms_plain
from cordula.stats.simulation.purposes import PATIENT

Counts = NDArray[np.int64]
Flags = NDArray[np.bool_]


@asked
@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """hazards: of the event in arm 0 and arm 1, for each month; dropout: hazard of leaving, in each arm;
    gap_months: mean time between entries; follow_up_months: of each patient (inf: to the end);
    looks: events (event_driven) or followed patients at each look, rising."""

    hazards: tuple[float, float]
    gap_months: float
    looks: tuple[int, ...]
    event_driven: bool
    dropout: tuple[float, float] = (0.0, 0.0)
    follow_up_months: float = inf

    def __post_init__(self) -> None:
        rates("hazards", *self.hazards)
        rates("a dropout", *self.dropout)
        if not 0 < self.gap_months < inf:
            raise CannotBe("a time to an event needs the rate at which patients enter")
        looks_that_rise(self.looks)
        if not self.follow_up_months > 0:
            raise CannotBe(f"a follow-up of {self.follow_up_months} months; more than 0 is needed")
        if not self.event_driven and self.follow_up_months == inf:
            raise CannotBe("looks after followed patients need the time for which each is followed")


@dataclass(frozen=True, slots=True)
class Paths:
    """Shapes (trials, K): log-rank z (positive: more events in arm 0), estimated log hazard ratio
    (O − E) / V and 1 / √V, events seen, patients entered, months; NaN where the look never came."""

    z: Floats
    log_hazard_ratio: Floats
    error: Floats
    events: Floats
    entered: Floats
    months: Floats


@asked
def simulated(course: Course, arms: Arms, stream: Words, first: int, trials: int) -> Paths:
    """Trials `first` to `first + trials − 1`. arms: int8, shape (1, N) or (trials, N), values 0 and 1.

    course: hazards, entries and looks; stream: `philox.words_of_key(seed, purpose)`. Log-rank after Mantel 1966.
    Raises CannotBe for a look that never comes."""
    block(stream, first, trials)
    arms = two_arms(arms, trials)
    if not course.event_driven and course.looks[-1] > arms.shape[1]:
        raise CannotBe(f"a look after {course.looks[-1]} of {arms.shape[1]} patients never comes")
    numbers = np.array(
        [*course.hazards, *course.dropout, course.gap_months, course.follow_up_months]
    )
    out = np.empty((6, trials, len(course.looks)))
    looks = np.array(course.looks, dtype=np.int64)
    _block(stream, first, arms, numbers, looks, course.event_driven, out)
    return Paths(*out)


@compiled
def _kernel(
    stream: Words,
    first: int,
    arms: Arms,
    numbers: Floats,
    looks: Counts,
    event_driven: bool,
    out: Floats,
) -> None:
    patients, u = arms.shape[1], np.empty((4, arms.shape[1]))
    entry, time, ends = np.empty(patients), np.empty(patients), np.empty(patients)
    moments, on_study, room = np.empty(patients), np.empty(patients), np.empty((3, patients))
    seen, had = np.empty(patients, np.bool_), np.empty(patients, np.bool_)
    for trial in range(out.shape[1]):
        row = arms[trial if arms.shape[0] > 1 else 0]
        fill(stream, first + trial, PATIENT, u)
        _patients(u, row, numbers, entry, time, seen)
        _moments(entry, time, seen, numbers[5], event_driven, ends, moments)
        for k in range(len(looks)):
            out[:, trial, k] = nan
            now = smallest(moments, looks[k])
            if now == inf:
                continue
            entered, happened = _as_of(now, entry, time, ends, seen, on_study, had)
            z = _log_rank(on_study[:entered], had[:entered], row[:entered], room)
            out[0, trial, k], out[1, trial, k], out[2, trial, k] = z
            out[3, trial, k], out[4, trial, k], out[5, trial, k] = happened, entered, now


@compiled
def _patients(
    u: Floats, arms: Arms, numbers: Floats, entry: Floats, time: Floats, seen: Flags
) -> None:
    """When each patient enters, how long she is followed, and whether that ends with the event; u is overwritten."""
    leaving = numbers[2] > 0.0 or numbers[3] > 0.0
    hazard, leaves = (numbers[0], numbers[1]), (numbers[2], numbers[3])
    for patient in range(len(arms)):
        u[0, patient], u[3, patient] = -logarithm(u[0, patient]), -logarithm(u[3, patient])
    for patient in range(len(arms)):
        # A hazard of 0 makes it infinite: it never comes.
        to_event = u[0, patient] / (hazard[0] if arms[patient] == 0 else hazard[1])
        end = numbers[5]
        if leaving:
            gone = -logarithm(u[1, patient]) / (leaves[0] if arms[patient] == 0 else leaves[1])
            end = min(end, gone)
        time[patient] = min(to_event, end)
        seen[patient] = to_event <= end and to_event < inf
    now = 0.0
    for patient in range(len(arms)):
        now += numbers[4] * u[3, patient]
        entry[patient] = now


@compiled
def _moments(
    entry: Floats,
    time: Floats,
    seen: Flags,
    follow_up: float,
    event_driven: bool,
    ends: Floats,
    moments: Floats,
) -> None:
    """When each patient's time ends on the calendar, and when she counts for a look: inf where she never does."""
    for patient in range(len(entry)):
        ends[patient] = entry[patient] + time[patient]
        by_event = ends[patient] if seen[patient] else inf
        moments[patient] = by_event if event_driven else entry[patient] + follow_up


@compiled
def smallest(values: Floats, number: int) -> float:
    """The number-th smallest of values above 0, the first being number 1; inf where there are fewer.

    The values below a bar are counted, all at once, and the bar moved until one alone is wanted above it."""
    low, high = 0.0, 0.0
    for one in range(len(values)):
        high = values[one] if high < values[one] < inf else high
    if number > len(values) or _up_to(values, high) < number:
        return inf
    below = 0
    while below < number - 1:
        bar = low + (high - low) / 2.0
        if not low < bar < high:
            break
        counted = _up_to(values, bar)
        if counted < number:
            low, below = bar, counted
        else:
            high = bar
    found = inf
    for one in range(len(values)):
        found = values[one] if low < values[one] < found else found
    return found


@compiled
def _up_to(values: Floats, bar: float) -> int:
    found = 0
    for one in range(len(values)):
        found += values[one] <= bar
    return found


@compiled
def _as_of(
    now: float,
    entry: Floats,
    time: Floats,
    ends: Floats,
    seen: Flags,
    on_study: Floats,
    had: Flags,
) -> tuple[int, int]:
    """Follow-up and events as they stand at this moment of the calendar."""
    entered, events = _up_to(entry, now), 0
    for patient in range(entered):
        over = ends[patient] <= now
        had[patient] = seen[patient] & over
        on_study[patient] = time[patient] if over else now - entry[patient]
        events += had[patient]
    return entered, events


@compiled
def log_rank(time: Floats, had: Flags, arms: Arms) -> tuple[float, float, float]:
    """z = (O − E) / √V of arm 0, (O − E) / V and 1 / √V; NaN without information.

    Those at risk are counted for each event and nothing is sorted, which is faster below 200 patients."""
    return _log_rank(time, had, arms, np.empty((3, len(time))))


@compiled
def _log_rank(time: Floats, had: Flags, arms: Arms, room: Floats) -> tuple[float, float, float]:
    """As `log_rank`; room: shape (3, as many), for the times of arm 0, of arm 1, and of the events."""
    own, other, events = room[0], room[1], room[2]
    of_arm, happened, off = 0, 0, 0.0
    for one in range(len(time)):
        # Written always and kept only where it belongs: a branch here would be guessed wrong half of the time.
        own[of_arm], other[one - of_arm], events[happened] = time[one], time[one], time[one]
        first = arms[one] == 0
        of_arm += first
        happened += had[one]
        off += had[one] & first
    variance = 0.0
    for event in range(happened):
        at = events[event]
        at_risk_own = _from(own[:of_arm], at)
        at_risk = at_risk_own + _from(other[: len(time) - of_arm], at)
        share = at_risk_own / at_risk
        off -= share
        # Each of several tied events carries its part of the hypergeometric variance.
        if at_risk > 1:
            ties = _equal(events[:happened], at)
            variance += share * (1.0 - share) * (at_risk - ties) / (at_risk - 1)
    if variance <= 0.0:
        return nan, nan, nan
    return off / sqrt(variance), off / variance, 1.0 / sqrt(variance)


@compiled
def _from(times: Floats, at: float) -> int:
    found = 0
    for one in range(len(times)):
        found += times[one] >= at
    return found


@compiled
def _equal(times: Floats, at: float) -> int:
    found = 0
    for one in range(len(times)):
        found += times[one] == at
    return found


def plain(
    stream: Words,
    first: int,
    arms: Arms,
    numbers: Floats,
    looks: Counts,
    event_driven: bool,
    out: Floats,
) -> None:
    """The twin: sorted times and cumulative sums for each trial."""
    trials, patients = out.shape[1], arms.shape[1]
    arms = np.broadcast_to(arms, (trials, patients))
    u = uniforms_plain(stream, first, trials, PATIENT, patients)
    entry = np.cumsum(-numbers[4] * np.log(u[3]), axis=1)
    with np.errstate(divide="ignore"):
        to_event = -np.log(u[0]) / numbers[arms]
        leaves = np.minimum(-np.log(u[1]) / numbers[2 + arms], numbers[5])
    time, seen = np.minimum(to_event, leaves), (to_event <= leaves) & np.isfinite(to_event)
    out[:] = nan
    for trial in range(trials):
        ends = entry[trial] + time[trial]
        moments = np.sort(ends[seen[trial]]) if event_driven else entry[trial] + numbers[5]
        for k, number in enumerate(looks):
            if number > len(moments):
                continue
            now = moments[number - 1]
            there = entry[trial] <= now
            over = ends[there] <= now
            on_study = np.where(over, time[trial][there], now - entry[trial][there])
            had = seen[trial][there] & over
            out[:3, trial, k] = _log_rank_plain(on_study, had, arms[trial][there])
            out[3:, trial, k] = had.sum(), there.sum(), now


def _log_rank_plain(time: Floats, had: Flags, arms: Arms) -> tuple[float, float, float]:
    at = np.unique(time[had])
    risk = (time[:, None] >= at).astype(float)
    events = (had[:, None] & (time[:, None] == at)).astype(float)
    n, n0, d, d0 = risk.sum(0), risk[arms == 0].sum(0), events.sum(0), events[arms == 0].sum(0)
    off = float((d0 - d * n0 / n).sum())
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = np.where(n > 1, d * n0 / n * (1 - n0 / n) * (n - d) / (n - 1), 0.0)
    variance = float(parts.sum())
    if variance <= 0:
        return nan, nan, nan
    return off / sqrt(variance), off / variance, 1 / sqrt(variance)


_block = kernel_or_twin(_kernel, plain)
