"""When does a rule on events, counted child by child, stop each trial? With the children of `continuous`, draw for draw."""

from math import inf, nan

import numpy as np
from numpy.typing import NDArray

from cordula.stats.asked import asked
from cordula.stats.compiled import compiled, kernel_or_twin
from cordula.stats.refusals import CannotBe
from cordula.stats.simulation.asked_for import block, rates, two_arms
from cordula.stats.simulation.logarithm import logarithm
from cordula.stats.simulation.patients import Arms, Counts
from cordula.stats.simulation.philox import Floats, Words, fill, uniforms_plain
from cordula.stats.simulation.purposes import COURSE, PATIENT


@asked
def stopped(
    stream: Words,
    first: int,
    trials: int,
    arms: Arms,
    arm: int,
    gap_months: float,
    event: int,
    hazard: float,
    within_months: float,
    stops_at: Counts,
) -> NDArray[np.float64]:
    """Shape (3, trials): months until the rule stops (inf: never), children of the arm counted by then
    (NaN: never), children entered by then (NaN).

    event: 0 death, 1 transplant, 2 unplanned operation, 3 serious event; hazard: events a child and month;
    stops_at[n − 1]: events that stop with n counted. A child counts at her event, or when `within_months`
    are over without one. Raises CannotBe where no rate of entry is told."""
    block(stream, first, trials)
    arms = two_arms(arms, trials)
    rates("a rate of events", hazard)
    if not 0 < gap_months < np.inf:
        raise CannotBe("a rule that counts events in time needs the rate at which children enter")
    if not 0 < within_months < np.inf or not 0 <= event <= 3 or arm not in (0, 1):
        raise CannotBe(
            f"event {event} at {hazard:g} a month within {within_months:g} months cannot be"
        )
    stops = np.asarray(stops_at, dtype=np.float64)
    if stops.ndim != 1 or not np.isfinite(stops).all():
        raise CannotBe(
            f"a table {stops.tolist()} cannot be: events that stop, for each number counted"
        )
    out = np.empty((3, trials))
    # An arm may get more children than its table was made for; there the table stops nothing.
    table = np.arange(2, arms.shape[1] + 2)
    known = min(len(stops), len(table))
    table[:known] = stops[:known]
    _block(stream, first, arms, arm, gap_months, event, hazard, within_months, table, out)
    return out


@compiled
def _kernel(
    stream: Words,
    first: int,
    arms: Arms,
    arm: int,
    gap: float,
    event: int,
    hazard: float,
    within: float,
    stops_at: Counts,
    out: Floats,
) -> None:
    patients = arms.shape[1]
    entries, counts = np.empty(patients), np.empty(patients)
    happened, u, course = np.empty(patients), np.empty((4, patients)), np.empty((4, patients))
    for trial in range(out.shape[1]):
        row = arms[trial if arms.shape[0] > 1 else 0]
        now, own = 0.0, 0
        fill(stream, first + trial, PATIENT, u)
        fill(stream, first + trial, COURSE, course)
        for patient in range(patients):
            now -= gap * logarithm(u[3, patient])
            entries[patient] = now
            if row[patient] == arm:
                # An event comes within the time if −ln(u) < hazard · time; without a hazard it never does.
                waited = -logarithm(course[event, patient])
                has = waited < hazard * within
                counts[own] = now + (waited / hazard if has else within)
                happened[own] = 1.0 if has else 0.0
                own += 1
        _first_stop(counts[:own], happened[:own], entries, stops_at, out, trial)


@compiled
def _first_stop(
    counts: Floats, happened: Floats, entries: Floats, stops_at: Counts, out: Floats, trial: int
) -> None:
    out[0, trial], out[1, trial], out[2, trial] = inf, nan, nan
    for one in range(len(counts)):
        if happened[one] == 0.0 or counts[one] >= out[0, trial]:
            continue
        events, counted = 0, 0
        for other in range(len(counts)):
            if counts[other] <= counts[one]:
                counted += 1
                events += int(happened[other])
        if counted <= len(stops_at) and events >= stops_at[counted - 1]:
            out[0, trial], out[1, trial] = counts[one], counted
            out[2, trial] = np.searchsorted(entries, counts[one], side="right")


def plain(
    stream: Words,
    first: int,
    arms: Arms,
    arm: int,
    gap: float,
    event: int,
    hazard: float,
    within: float,
    stops_at: Counts,
    out: Floats,
) -> None:
    """The twin: each trial's children in the order in which they count."""
    trials, patients = out.shape[1], arms.shape[1]
    entries = np.cumsum(
        -gap * np.log(uniforms_plain(stream, first, trials, PATIENT, patients)[3]), axis=1
    )
    waited = -np.log(uniforms_plain(stream, first, trials, COURSE, patients)[event])
    arms = np.broadcast_to(arms, (trials, patients))
    out[0], out[1:] = inf, nan
    for trial in range(trials):
        own = arms[trial] == arm
        has = waited[trial, own] < hazard * within
        after = np.where(has, waited[trial, own] / hazard if hazard > 0 else inf, within)
        when = entries[trial, own] + after
        order = np.argsort(when, kind="stable")
        events = np.cumsum(has[order])
        stops = has[order] & (events >= stops_at[: len(events)])
        if stops.any():
            place = int(np.argmax(stops))
            moment = when[order][place]
            out[:, trial] = moment, place + 1, (entries[trial] <= moment).sum()


_block = kernel_or_twin(_kernel, plain)
