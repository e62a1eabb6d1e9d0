"""How do the cumulative incidences of two arms compare at each look of many trials? Gray's test, look by look.

The same as `compared.by_incidence` of `surrounded.seen_at_looks`, with the same formulas in two sweeps over the sorted
times of a look: forward for those at risk, free of all events and spared by this one, backward for the variance
(Gray 1988, Ann Stat 16:1141–1154; Aalen & Johansen 1978, Scand J Stat 5:141–150, with the infinitesimal jackknife)."""

from math import inf, nan, sqrt

import numpy as np

from cordula.stats.asked import asked
from cordula.stats.compiled import compiled, kernel_or_twin
from cordula.stats.refusals import CannotBe
from cordula.stats.simulation.asked_for import two_arms
from cordula.stats.simulation.compared import NOTHING, by_incidence
from cordula.stats.simulation.patients import Arms
from cordula.stats.simulation.philox import Floats
from cordula.stats.simulation.surrounded import (
    CENSORED,
    HAPPENED,
    Followed,
    Whole,
    seen_at_looks,
)
from cordula.stats.simulation.survival import Course, smallest

# What is known of an arm at each time of an event, in the rows of an array (5, m): at risk, events of this kind and
# of others, and just before it the shares free of all events and spared by this kind.
RISK, MINE, OTHERS, FREE, SPARED = 0, 1, 2, 3, 4


@asked
def at_looks(course: Course, courses: Followed, arms: Arms, horizon: float) -> Floats:
    """Shape (5, trials, K): z of Gray's test (positive: more events in arm 0), difference of the incidences at
    `horizon` with its standard error, patients entered, month; NaN where a look never came or tells nothing.

    arms: int8, shape (1, N) or (trials, N)."""
    arms = two_arms(arms, len(courses.time))
    if not horizon > 0 or arms.shape[1] != courses.time.shape[1]:
        raise CannotBe(
            f"a horizon of {horizon} months for {arms.shape[1]} arms and {courses.time.shape[1]} courses; "
            "above 0, and an arm for each course"
        )
    out = np.empty((5, courses.time.shape[0], len(course.looks)))
    looks = np.array(course.looks, dtype=np.int64)
    _block(courses, course, arms, looks, horizon, out)
    return out


def plain(
    courses: Followed, course: Course, arms: Arms, looks: Whole, horizon: float, out: Floats
) -> None:
    """The twin: trial by trial and look by look, by the functions that analyse a real trial."""
    rows = np.broadcast_to(arms, courses.time.shape)
    out[:] = nan
    for trial in range(out.shape[1]):
        for look, seen in enumerate(seen_at_looks(course, courses, trial)):
            if seen is not None:
                own = rows[trial, : seen.entered]
                alone = not np.ptp(own)
                told = NOTHING if alone else by_incidence(seen.time, seen.cause, own, horizon)
                out[:, trial, look] = *told, seen.entered, seen.month


def fast(
    courses: Followed, course: Course, arms: Arms, looks: Whole, horizon: float, out: Floats
) -> None:
    """As `plain`, compiled."""
    until, driven = course.follow_up_months, course.event_driven
    _kernel(courses.entry, courses.time, courses.cause, arms, looks, driven, until, horizon, out)


@compiled
def _kernel(
    entry: Floats,
    time: Floats,
    cause: Whole,
    arms: Arms,
    looks: Whole,
    event_driven: bool,
    follow_up: float,
    horizon: float,
    out: Floats,
) -> None:
    patients = entry.shape[1]
    moments, on_study = np.empty(patients), np.empty(patients)
    kind, order = np.empty(patients, np.int64), np.empty(patients, np.int64)
    room, last = np.empty((2, 5, patients)), np.empty(patients, np.int64)
    for trial in range(out.shape[1]):
        row = arms[trial if arms.shape[0] > 1 else 0]
        for one in range(patients):
            ends = entry[trial, one] + time[trial, one]
            by_event = ends if cause[trial, one] == HAPPENED else inf
            moments[one] = by_event if event_driven else entry[trial, one] + follow_up
        for k in range(len(looks)):
            out[:, trial, k] = nan
            now = smallest(moments, looks[k])
            if now == inf:
                continue
            entered = 0
            while entered < patients and entry[trial, entered] <= now:
                over = entry[trial, entered] + time[trial, entered] <= now
                since = now - entry[trial, entered]
                on_study[entered] = time[trial, entered] if over else since
                kind[entered] = cause[trial, entered] if over else CENSORED
                entered += 1
            _sorted(on_study, order, entered)
            found = _compared(on_study, kind, row, order[:entered], horizon, room, last)
            out[0, trial, k], out[1, trial, k], out[2, trial, k] = found
            out[3, trial, k], out[4, trial, k] = entered, now


@compiled
def _sorted(values: Floats, order: Whole, size: int) -> None:
    """The order of the first `size` values, rising (Shell 1959)."""
    for one in range(size):
        order[one] = one
    gap = size // 2
    while gap > 0:
        for one in range(gap, size):
            held, at = order[one], one
            while at >= gap and values[order[at - gap]] > values[held]:
                order[at] = order[at - gap]
                at -= gap
            order[at] = held
        gap //= 2


@compiled
def _compared(
    time: Floats,
    kind: Whole,
    arms: Arms,
    order: Whole,
    horizon: float,
    room: Floats,
    last: Whole,
) -> tuple[float, float, float]:
    steps, until, of_kind = _swept(time, kind, arms, order, horizon, room, last)
    score, spread = _gray(room, steps)
    if of_kind == 0 or not spread > 0.0:
        return nan, nan, nan
    own, own_error = _incidence(time, kind, arms, order, 0, horizon, room[0], last, until)
    other, error = _incidence(time, kind, arms, order, 1, horizon, room[1], last, until)
    return score / sqrt(spread), own - other, sqrt(own_error * own_error + error * error)


@compiled
def _swept(
    time: Floats,
    kind: Whole,
    arms: Arms,
    order: Whole,
    horizon: float,
    room: Floats,
    last: Whole,
) -> tuple[int, int, int]:
    """Fills `room` (2, 5, m), and for each patient the last step at or before her time; how many steps there are,
    how many up to the horizon, and how many events of this kind."""
    steps, until, of_kind, size = 0, 0, 0, len(order)
    free, spared, left = np.ones(2), np.ones(2), np.zeros(2)
    for one in range(size):
        left[arms[order[one]]] += 1.0
    start = 0
    while start < size:
        at, end = time[order[start]], start
        for a in range(2):
            room[a, RISK, steps], room[a, MINE, steps], room[a, OTHERS, steps] = left[a], 0.0, 0.0
            room[a, FREE, steps], room[a, SPARED, steps] = free[a], spared[a]
        happened = 0
        while end < size and time[order[end]] == at:
            one = order[end]
            left[arms[one]] -= 1.0
            happened += kind[one] > CENSORED
            of_kind += kind[one] == HAPPENED
            room[arms[one], MINE, steps] += kind[one] == HAPPENED
            room[arms[one], OTHERS, steps] += kind[one] > HAPPENED
            end += 1
        if happened:
            for a in range(2):
                risk, mine = max(room[a, RISK, steps], 1.0), room[a, MINE, steps]
                spared[a] -= free[a] * mine / risk
                free[a] *= 1.0 - (mine + room[a, OTHERS, steps]) / risk
            steps += 1
            until += at <= horizon
        for one in range(start, end):
            last[order[one]] = steps - 1
        start = end
    return steps, until, of_kind


@compiled
def _gray(room: Floats, steps: int) -> tuple[float, float]:
    """The score of arm 0 and its variance: `survival.gray` has the formulas, with weights 1."""
    score, spread, after = 0.0, 0.0, _spared_of_all(room, steps)
    later = np.zeros(2)
    for step in range(steps - 1, -1, -1):
        one, other = _whole(room[0], step), _whole(room[1], step)
        events, total = room[0, MINE, step] + room[1, MINE, step], one + other
        still = one * room[0, SPARED, step]
        beside = other * room[1, SPARED, step]
        score += room[0, MINE, step]
        score -= still / (still + beside) * events if still + beside > 0.0 else 0.0
        rise = events / total if total > 0.0 else 0.0
        before = after + rise
        for a in range(2):
            whole = one if a == 0 else other
            if whole > 0.0:
                own = whole * ((1.0 if a == 0 else 0.0) - one / total)
                spread += _spread(room[a], step, own, later[a], rise, events, total, after)
                later[a] += own * rise / before if before > 0.0 else 0.0
        after = before
    return score, spread


@compiled
def _spread(
    arm: Floats,
    step: int,
    own: float,
    later: float,
    rise: float,
    events: float,
    total: float,
    after: float,
) -> float:
    """What an arm adds to the variance at a step."""
    risk, free, others = arm[RISK, step], arm[FREE, step], arm[OTHERS, step]
    free_after = free * (1.0 - (arm[MINE, step] + others) / risk)
    left = after / free_after if free_after > 0.0 else 0.0
    first, second = own + (1.0 - left) * later, left * later
    by_cause = rise * _tied(events, total * free)
    by_others = others * free / risk * _tied(others, risk)
    return float((first * first * by_cause + second * second * by_others) * free / risk)


@compiled
def _spared_of_all(room: Floats, steps: int) -> float:
    """1 − F⁰ of both arms together after the last step."""
    spared = 1.0
    for step in range(steps):
        total = _whole(room[0], step) + _whole(room[1], step)
        if total > 0.0:
            spared -= (room[0, MINE, step] + room[1, MINE, step]) / total
    return spared


@compiled
def _whole(arm: Floats, step: int) -> float:
    risk, free = float(arm[RISK, step]), float(arm[FREE, step])
    return risk / free if free > 0.0 else 0.0


@compiled
def _tied(events: float, risk: float) -> float:
    if events <= 1.0:
        return 1.0
    return (risk - events) / (risk - 1.0) if risk > events else 0.0


@compiled
def _incidence(
    time: Floats,
    kind: Whole,
    arms: Arms,
    order: Whole,
    arm: int,
    horizon: float,
    room: Floats,
    last: Whole,
    until: int,
) -> tuple[float, float]:
    """The cumulative incidence of an arm at the horizon and its standard error, as `survival.competing` has them:
    the square root of Σ (∂F/∂w_i)², how it moves with each patient's weight w_i."""
    longest, censored, mine = 0.0, False, False
    for one in order:
        if arms[one] == arm:
            longest = time[one]
            censored = censored or kind[one] == CENSORED
            mine = mine or kind[one] == HAPPENED
    if longest < horizon and censored:
        return nan, nan
    if not mine:
        return 0.0, 0.0
    own, pulled, risen = np.zeros(until + 1), np.zeros(until + 1), np.zeros(until + 1)
    found, pull = 0.0, 0.0
    for step in range(until):
        risk = max(room[RISK, step], 1.0)
        died = room[MINE, step] + room[OTHERS, step]
        rise = room[FREE, step] * room[MINE, step] / risk
        found += rise
        own[step + 1] = own[step] + rise * pull - rise / risk
        pull += died / (risk * max(room[RISK, step] - died, 1.0))
        pulled[step + 1], risen[step + 1] = pull, found
    squares = 0.0
    for one in order:
        if arms[one] == arm:
            upto = min(last[one] + 1, until)
            moved, after = own[upto], pulled[upto]
            if kind[one] > CENSORED and last[one] < until:
                step = last[one]
                gone = room[MINE, step] + room[OTHERS, step]
                after -= 1.0 / max(room[RISK, step] - gone, 1.0)
                moved += room[FREE, step] / room[RISK, step] if kind[one] == HAPPENED else 0.0
            moved += after * (found - risen[upto])
            squares += moved * moved
    return found, sqrt(squares)


_block = kernel_or_twin(fast, plain)
