"""What does each trial of a continuous outcome show at each look? Patient by patient, and only sums are kept.

Patients enter one after another; the k-th look takes place when the planned number has reached its
measurement. A kernel makes one pass over the patients of a trial, so its memory does not grow with them."""

from dataclasses import dataclass
from math import isnan, log, nan, sqrt

import numpy as np

from cordula.stats.compiled import compiled, kernel_or_twin
from cordula.stats.simulation.calendar import calendar
from cordula.stats.simulation.continuous_plain import plain
from cordula.stats.simulation.covariance import SUMS, add, compared
from cordula.stats.simulation.dropout import NOBODY, leaves
from cordula.stats.simulation.normal import normal, normals
from cordula.stats.simulation.patients import (
    AS_MEASURED,
    BASELINE_SD,
    CORRELATION,
    DROPOUT,
    DROPOUT_BY_BASELINE,
    EVENTS,
    FIRST_ERROR,
    FOLLOW_UP_MONTHS,
    GAP_MONTHS,
    HANDLING,
    HAZARD,
    LATER_ERROR,
    LEFT_OUT,
    MEAN,
    OUTCOME,
    SD,
    VALUE,
    Arms,
    Counts,
    Patients,
)
from cordula.stats.simulation.philox import Floats, Words, fill, four_uniforms
from cordula.stats.simulation.purposes import COURSE, MEASUREMENT, OUTCOMES_APART, PATIENT


@dataclass(frozen=True, slots=True)
class Paths:
    """A block of trials at each look, shapes (trials, K): the estimate (arm 0 − arm 1) and its standard
    error in the outcome's unit, degrees of freedom (0: it could not be estimated), values used, patients
    entered by then, months since the trial began (NaN where no rate of entry was given)."""

    estimate: Floats
    error: Floats
    degrees: Floats
    values: Floats
    entered: Floats
    months: Floats


def simulated(
    patients: Patients, arms: Arms, stream: Words, first: int, trials: int, adjusted: bool = True
) -> Paths:
    """Trials `first` to `first + trials − 1` of this plan; the same whatever block they stand in.

    arms: int8, shape (1, N) or (trials, N), values 0 and 1; stream: `words_of_key`; adjusted: analysis of
    covariance on the baseline, else the t test. Raises CannotBe where the arms do not fit."""
    plan = patients.plan(arms)
    out = np.empty((6, trials, len(plan.looks)))
    _block(stream, first, *plan, adjusted, out)
    return Paths(*out)


@compiled
def _kernel(
    stream: Words,
    first: int,
    arms: Arms,
    numbers: Floats,
    looks: Counts,
    pool: Floats,
    adjusted: bool,
    out: Floats,
) -> None:
    patients = arms.shape[1]
    eventful = numbers[HAZARD : HAZARD + 2 * EVENTS].max() > 0.0
    entries, sums = np.zeros(patients), np.empty((2, SUMS))
    u, x, y = np.empty((4, patients)), np.empty(patients), np.empty(patients)
    for trial in range(out.shape[1]):
        row = arms[trial if arms.shape[0] > 1 else 0]
        fill(stream, first + trial, purpose_of(PATIENT, numbers), u)
        _true(u, row, numbers, x, y)
        if len(pool) > 0 or numbers[FIRST_ERROR] > 0.0 or numbers[LATER_ERROR] > 0.0:
            _measured(stream, first + trial, row, numbers, pool, x, y)
        if eventful:
            _after_events(stream, first + trial, row, numbers, y)
        _summed(row, x, y, looks, adjusted, sums, out, trial)
        if numbers[GAP_MONTHS] > 0.0:
            _enter(numbers[GAP_MONTHS], u[3], entries)
        calendar(numbers, looks, entries, out, trial)


@compiled
def _true(u: Floats, arms: Arms, numbers: Floats, x: Floats, y: Floats) -> None:
    """Baseline and outcome of each patient, before anybody measured them; NaN for those who leave."""
    correlation, spread = numbers[CORRELATION], numbers[BASELINE_SD]
    rest = sqrt(1.0 - correlation * correlation)
    odds, slope = numbers[DROPOUT], numbers[DROPOUT_BY_BASELINE]
    normals(u[0], x)
    normals(u[1], y)
    for patient in range(len(x)):
        true = correlation * x[patient] + rest * y[patient]
        y[patient] = numbers[MEAN + arms[patient]] + numbers[SD + arms[patient]] * true
    if odds > NOBODY:
        for patient in range(len(x)):
            if leaves(u[2, patient], odds + slope * x[patient]):
                y[patient] = nan
    for patient in range(len(x)):
        x[patient] *= spread


@compiled
def _summed(
    arms: Arms,
    x: Floats,
    y: Floats,
    looks: Counts,
    adjusted: bool,
    sums: Floats,
    out: Floats,
    trial: int,
) -> None:
    sums[:] = 0.0
    look = 0
    for patient in range(len(x)):
        if not isnan(y[patient]):
            add(sums, arms[patient], x[patient], y[patient])
        if patient + 1 == looks[look]:
            found = compared(sums, adjusted)
            for place in range(3):
                out[place, trial, look] = found[place]
            out[3, trial, look] = sums[0, 0] + sums[1, 0]
            look += 1


@compiled
def _enter(gap: float, u: Floats, entries: Floats) -> None:
    now = 0.0
    for patient in range(len(u)):
        now -= gap * log(u[patient])
        entries[patient] = now


@compiled
def purpose_of(purpose: int, numbers: Floats) -> int:
    """Each of several outcomes of the same children has draws of its own."""
    return purpose + OUTCOMES_APART * int(numbers[OUTCOME])


@compiled
def _measured(
    stream: Words,
    trial: int,
    arms: Arms,
    numbers: Floats,
    pool: Floats,
    x: Floats,
    y: Floats,
) -> None:
    """A virtual infant's values in place of the drawn, and the errors of the two measurements on them."""
    for patient in range(len(x)):
        u = four_uniforms(stream, trial, purpose_of(MEASUREMENT, numbers), patient)
        if len(pool) > 0:
            infant = int(u[2] * len(pool))
            x[patient] = pool[infant, 0]
            # Whoever left stays away: NaN is kept.
            y[patient] = y[patient] * 0.0 + pool[infant, 1 + arms[patient]]
        first = numbers[FIRST_ERROR] * normal(u[0])
        x[patient] += first
        y[patient] += numbers[LATER_ERROR] * normal(u[1]) - first


@compiled
def _after_events(stream: Words, trial: int, arms: Arms, numbers: Floats, y: Floats) -> None:
    for patient in range(len(y)):
        own = HAZARD + EVENTS * arms[patient]
        if numbers[own] > 0.0 or numbers[own + 1] > 0.0 or numbers[own + 2] > 0.0:
            y[patient] = _after(stream, trial, patient, numbers, own, y[patient])


@compiled
def _after(stream: Words, trial: int, patient: int, numbers: Floats, own: int, y: float) -> float:
    """The gravest event before the measurement decides; death stands first, transplant second."""
    u = four_uniforms(stream, trial, COURSE, patient)
    for event in range(EVENTS):
        # Time to the event ≥ follow-up, said without dividing by a hazard that may be 0.
        if -log(u[event]) >= numbers[own + event] * numbers[FOLLOW_UP_MONTHS]:
            continue
        if isnan(y) or numbers[HANDLING + event] == LEFT_OUT:
            return nan
        value = float(numbers[VALUE + event])
        return y + value if numbers[HANDLING + event] == AS_MEASURED else value
    return y


_block = kernel_or_twin(_kernel, plain)
