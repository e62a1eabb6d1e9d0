"""What does each trial of a continuous outcome show at each look? Patient by patient, and only sums are kept.

Patients enter one after another; the k-th look takes place when the planned number has reached its
measurement. The kernel takes the first patient of many trials, then the second of all of them, and so on: what
many trials do alike, a processor does at once. Each trial's numbers are its own whatever stands beside it."""

from dataclasses import dataclass
from math import isnan, nan, sqrt

import numpy as np

from cordula.stats.asked import asked
from cordula.stats.compiled import compiled, kernel_or_twin
from cordula.stats.simulation.asked_for import block, two_arms
from cordula.stats.simulation.calendar import calendar
from cordula.stats.simulation.continuous_plain import plain
from cordula.stats.simulation.covariance import NUMBER, SUMS, add_many, compared
from cordula.stats.simulation.dropout import NOBODY, leaves
from cordula.stats.simulation.logarithm import logarithm
from cordula.stats.simulation.normal import normals
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
from cordula.stats.simulation.philox import Floats, Words, fill_trials
from cordula.stats.simulation.purposes import COURSE, MEASUREMENT, OUTCOMES_APART, PATIENT

# So many trials stand beside each other; a result does not depend on it.
LANES = 256


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


@asked
def simulated(
    patients: Patients, arms: Arms, stream: Words, first: int, trials: int, adjusted: bool = True
) -> Paths:
    """Trials `first` to `first + trials − 1` of this plan; the same whatever block they stand in.

    arms: int8, shape (1, N) or (trials, N), values 0 and 1; stream: `words_of_key`; adjusted: analysis of
    covariance on the baseline, else the t test. Raises CannotBe where the arms do not fit."""
    block(stream, first, trials)
    plan = patients.plan(two_arms(arms, trials))
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
    patients, trials = arms.shape[1], out.shape[1]
    u, x, y, spare = np.empty((4, LANES)), np.empty(LANES), np.empty(LANES), np.empty((2, LANES))
    of_arm, sums = np.zeros(LANES, np.int64), np.empty((2, SUMS, LANES))
    entries = np.zeros((patients, LANES))
    for begun in range(0, trials, LANES):
        here, look = min(LANES, trials - begun), 0
        sums[:], entries[0] = 0.0, 0.0
        for patient in range(patients):
            _arms(arms, begun, patient, of_arm)
            fill_trials(stream, first + begun, purpose_of(PATIENT, numbers), patient, u)
            _true(u, of_arm, numbers, x, y, spare)
            _enter(numbers[GAP_MONTHS], u[3], entries[max(patient - 1, 0)], entries[patient])
            _measured(stream, first + begun, patient, of_arm, numbers, pool, x, y, u, spare)
            _after_events(stream, first + begun, patient, of_arm, numbers, y, u)
            add_many(sums, of_arm, x, y)
            if patient + 1 == looks[look]:
                _seen(sums, adjusted, out[:, begun : begun + here, look])
                look += 1
        for trial in range(here):
            calendar(numbers, looks, entries[:, trial], out, begun + trial)


@compiled
def _arms(arms: Arms, begun: int, patient: int, of_arm: Counts) -> None:
    """The arm of one patient in each of the trials that stand beside each other."""
    if arms.shape[0] == 1:
        of_arm[:] = arms[0, patient]
        return
    for trial in range(min(len(of_arm), arms.shape[0] - begun)):
        of_arm[trial] = arms[begun + trial, patient]


@compiled
def _true(u: Floats, arms: Counts, numbers: Floats, x: Floats, y: Floats, spare: Floats) -> None:
    """Baseline and outcome of each patient, before anybody measured them; NaN for those who leave."""
    correlation, spread = numbers[CORRELATION], numbers[BASELINE_SD]
    rest = sqrt(1.0 - correlation * correlation)
    odds, slope = numbers[DROPOUT], numbers[DROPOUT_BY_BASELINE]
    mean, sd = numbers[MEAN : MEAN + 2], numbers[SD : SD + 2]
    normals(u[0], x, spare)
    normals(u[1], y, spare)
    for one in range(len(x)):
        true = correlation * x[one] + rest * y[one]
        first = arms[one] == 0
        y[one] = (mean[0] if first else mean[1]) + (sd[0] if first else sd[1]) * true
    if odds > NOBODY:
        for one in range(len(x)):
            y[one] = nan if leaves(u[2, one], odds + slope * x[one]) else y[one]
    for one in range(len(x)):
        x[one] *= spread


@compiled
def _seen(sums: Floats, adjusted: bool, out: Floats) -> None:
    """What the sums of each trial say at a look; out: shape (6, trials)."""
    for trial in range(out.shape[1]):
        found = compared(sums[:, :, trial], adjusted)
        out[0, trial], out[1, trial], out[2, trial] = found
        out[3, trial] = sums[0, NUMBER, trial] + sums[1, NUMBER, trial]


@compiled
def _enter(gap: float, u: Floats, before: Floats, now: Floats) -> None:
    """When each next patient enters; all at 0 where nobody said how fast."""
    if gap > 0.0:
        for trial in range(len(u)):
            now[trial] = before[trial] - gap * logarithm(u[trial])


@compiled
def purpose_of(purpose: int, numbers: Floats) -> int:
    """Each of several outcomes of the same children has draws of its own."""
    return purpose + OUTCOMES_APART * int(numbers[OUTCOME])


@compiled
def _measured(
    stream: Words,
    first: int,
    patient: int,
    arms: Counts,
    numbers: Floats,
    pool: Floats,
    x: Floats,
    y: Floats,
    u: Floats,
    spare: Floats,
) -> None:
    """A virtual infant's values in place of the drawn, and the errors of the two measurements on them."""
    if len(pool) == 0 and numbers[FIRST_ERROR] == 0.0 and numbers[LATER_ERROR] == 0.0:
        return
    fill_trials(stream, first, purpose_of(MEASUREMENT, numbers), patient, u)
    if len(pool) > 0:
        for trial in range(len(x)):
            infant = int(u[2, trial] * len(pool))
            x[trial] = pool[infant, 0]
            # Whoever left stays away: NaN is kept.
            y[trial] = y[trial] * 0.0 + pool[infant, 1 + arms[trial]]
    normals(u[0], u[2], spare)
    normals(u[1], u[3], spare)
    for trial in range(len(x)):
        error = numbers[FIRST_ERROR] * u[2, trial]
        x[trial] += error
        y[trial] += numbers[LATER_ERROR] * u[3, trial] - error


@compiled
def _after_events(
    stream: Words, first: int, patient: int, arms: Counts, numbers: Floats, y: Floats, u: Floats
) -> None:
    if numbers[HAZARD : HAZARD + 2 * EVENTS].max() == 0.0:
        return
    fill_trials(stream, first, COURSE, patient, u)
    for trial in range(len(y)):
        y[trial] = _after(u[:, trial], numbers, HAZARD + EVENTS * arms[trial], y[trial])


@compiled
def _after(u: Floats, numbers: Floats, own: int, y: float) -> float:
    """The gravest event before the measurement decides; death stands first, transplant second."""
    for event in range(EVENTS):
        # Time to the event ≥ follow-up, said without dividing by a hazard that may be 0.
        if -logarithm(u[event]) >= numbers[own + event] * numbers[FOLLOW_UP_MONTHS]:
            continue
        if isnan(y) or numbers[HANDLING + event] == LEFT_OUT:
            return nan
        value = float(numbers[VALUE + event])
        return y + value if numbers[HANDLING + event] == AS_MEASURED else value
    return y


_block = kernel_or_twin(_kernel, plain)
