"""What does each trial of a continuous outcome show at each look? Patient by patient, and only sums are kept.

Patients enter one after another; the k-th look takes place when the planned number has reached its
measurement. A kernel makes one pass over the patients of a trial, so its memory does not grow with them."""

from dataclasses import dataclass
from math import exp, isnan, log, nan, sqrt

import numpy as np

from cordula.stats.compiled import compiled, kernel_or_twin
from cordula.stats.simulation.calendar import calendar
from cordula.stats.simulation.continuous_plain import plain
from cordula.stats.simulation.covariance import SUMS, add, compared
from cordula.stats.simulation.dropout import NOBODY
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

# 1 / (1 + e): whoever has log odds below −1 leaves with a chance below this.
BELOW_MINUS_ONE = 0.2689414213699951


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
    entries, sums = np.zeros(patients), np.empty((2, SUMS))
    u, x0, z = np.empty((4, patients)), np.empty(patients), np.empty(patients)
    for trial in range(out.shape[1]):
        row = arms[trial if arms.shape[0] > 1 else 0]
        fill(stream, first + trial, purpose_of(PATIENT, numbers), u)
        normals(u[0], x0)
        normals(u[1], z)
        if numbers[GAP_MONTHS] > 0.0:
            _enter(numbers[GAP_MONTHS], u[3], entries)
        look = 0
        sums[:] = 0.0
        for patient in range(patients):
            arm = row[patient]
            x, y = _seen(
                stream,
                first + trial,
                patient,
                numbers,
                pool,
                arm,
                x0[patient],
                z[patient],
                u[2, patient],
            )
            if not isnan(y):
                add(sums, arm, x, y)
            if patient + 1 == looks[look]:
                found = compared(sums, adjusted)
                for place in range(3):
                    out[place, trial, look] = found[place]
                out[3, trial, look] = sums[0, 0] + sums[1, 0]
                look += 1
        calendar(numbers, looks, entries, out, trial)


@compiled
def _enter(gap: float, u: Floats, entries: Floats) -> None:
    now = 0.0
    for patient in range(len(u)):
        now -= gap * log(u[patient])
        entries[patient] = now


@compiled
def leaves(u: float, odds: float) -> bool:
    """Whether u is below 1 / (1 + exp(−odds)). Above 1/2 with odds below 0, and the like, no exp is needed."""
    if odds == NOBODY or (odds < -1.0 and u > BELOW_MINUS_ONE) or (odds < 0.0 and u > 0.5):
        return False
    return u < 1.0 / (1.0 + exp(-odds))


@compiled
def _seen(
    stream: Words,
    trial: int,
    patient: int,
    numbers: Floats,
    pool: Floats,
    arm: int,
    x: float,
    z: float,
    of_dropout: float,
) -> tuple[float, float]:
    """Baseline and outcome as they were measured; NaN where there is no outcome."""
    odds = numbers[DROPOUT] + numbers[DROPOUT_BY_BASELINE] * x
    if leaves(of_dropout, odds):
        return x, nan
    correlation = numbers[CORRELATION]
    rest = sqrt(1.0 - correlation * correlation)
    y = numbers[MEAN + arm] + numbers[SD + arm] * (correlation * x + rest * z)
    x *= numbers[BASELINE_SD]
    if len(pool) > 0 or numbers[FIRST_ERROR] > 0.0 or numbers[LATER_ERROR] > 0.0:
        x, y = _measured(stream, trial, patient, numbers, pool, arm, x, y)
    own = HAZARD + EVENTS * arm
    if numbers[own] > 0.0 or numbers[own + 1] > 0.0 or numbers[own + 2] > 0.0:
        y = _after_events(stream, trial, patient, numbers, own, y)
    return x, y


@compiled
def purpose_of(purpose: int, numbers: Floats) -> int:
    """Each of several outcomes of the same children has draws of its own."""
    return purpose + OUTCOMES_APART * int(numbers[OUTCOME])


@compiled
def _measured(
    stream: Words,
    trial: int,
    patient: int,
    numbers: Floats,
    pool: Floats,
    arm: int,
    x: float,
    y: float,
) -> tuple[float, float]:
    """A virtual infant's values in place of the drawn, and the errors of the two measurements on them."""
    u = four_uniforms(stream, trial, purpose_of(MEASUREMENT, numbers), patient)
    if len(pool) > 0:
        infant = int(u[2] * len(pool))
        x, y = pool[infant, 0], pool[infant, 1 + arm]
    first = numbers[FIRST_ERROR] * normal(u[0])
    return x + first, y + numbers[LATER_ERROR] * normal(u[1]) - first


@compiled
def _after_events(
    stream: Words, trial: int, patient: int, numbers: Floats, own: int, y: float
) -> float:
    """The gravest event before the measurement decides; death stands first, transplant second."""
    u = four_uniforms(stream, trial, COURSE, patient)
    for event in range(EVENTS):
        # Time to the event ≥ follow-up, said without dividing by a hazard that may be 0.
        if -log(u[event]) >= numbers[own + event] * numbers[FOLLOW_UP_MONTHS]:
            continue
        if numbers[HANDLING + event] == LEFT_OUT:
            return nan
        value = float(numbers[VALUE + event])
        return y + value if numbers[HANDLING + event] == AS_MEASURED else value
    return y


_block = kernel_or_twin(_kernel, plain)
