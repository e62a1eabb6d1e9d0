"""The trials of `continuous` once more, with whole arrays and least squares: the twin of its kernel."""

from math import nan, sqrt

import numpy as np

from cordula.stats.simulation.calendar import calendar
from cordula.stats.simulation.covariance import compared_plain
from cordula.stats.simulation.normal import normal_plain
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
)
from cordula.stats.simulation.philox import Floats, Words, uniforms_plain
from cordula.stats.simulation.purposes import COURSE, MEASUREMENT, OUTCOMES_APART, PATIENT


def plain(
    stream: Words,
    first: int,
    arms: Arms,
    numbers: Floats,
    looks: Counts,
    pool: Floats,
    adjusted: bool,
    out: Floats,
) -> None:
    """The same with NumPy: whole arrays of patients, and least squares for each trial and look."""
    trials, patients = out.shape[1], arms.shape[1]
    arms = np.broadcast_to(arms, (trials, patients))
    u = uniforms_plain(stream, first, trials, _purpose(PATIENT, numbers), patients)
    x, y = _seen_plain(stream, first, arms, numbers, pool, u)
    entries = np.cumsum(-numbers[GAP_MONTHS] * np.log(u[3]), axis=1)
    for trial in range(trials):
        for look, number in enumerate(looks):
            there = np.isfinite(y[trial, :number])
            seen = x[trial, :number][there], y[trial, :number][there]
            of_arm = arms[trial, :number][there]
            out[:3, trial, look] = compared_plain(*seen, of_arm, adjusted)
            out[3, trial, look] = there.sum()
        calendar(numbers, looks, entries[trial], out, trial)


def _seen_plain(
    stream: Words, first: int, arms: Arms, numbers: Floats, pool: Floats, u: Floats
) -> tuple[Floats, Floats]:
    z = normal_plain(u[0])
    gone = u[2] < 1 / (1 + np.exp(-numbers[DROPOUT] - numbers[DROPOUT_BY_BASELINE] * z))
    rest = sqrt(1 - numbers[CORRELATION] ** 2)
    true = numbers[CORRELATION] * z + rest * normal_plain(u[1])
    x, y = z * numbers[BASELINE_SD], numbers[MEAN + arms] + numbers[SD + arms] * true
    m = uniforms_plain(stream, first, arms.shape[0], _purpose(MEASUREMENT, numbers), arms.shape[1])
    if len(pool):
        infant = (m[2] * len(pool)).astype(int)
        x, y = pool[infant, 0], pool[infant, 1 + arms]
    error = numbers[FIRST_ERROR] * normal_plain(m[0])
    y = y + numbers[LATER_ERROR] * normal_plain(m[1]) - error
    return x + error, np.where(gone, nan, _after_events_plain(stream, first, arms, numbers, y))


def _after_events_plain(
    stream: Words, first: int, arms: Arms, numbers: Floats, y: Floats
) -> Floats:
    u = uniforms_plain(stream, first, arms.shape[0], COURSE, arms.shape[1])
    found = y
    for event in reversed(range(EVENTS)):
        value, handling = numbers[VALUE + event], numbers[HANDLING + event]
        left = nan if handling == LEFT_OUT else value
        handled = y + value if handling == AS_MEASURED else np.full_like(y, left)
        hazard = numbers[HAZARD + EVENTS * arms + event]
        found = np.where(-np.log(u[event]) < hazard * numbers[FOLLOW_UP_MONTHS], handled, found)
    return found


def _purpose(purpose: int, numbers: Floats) -> int:
    return purpose + OUTCOMES_APART * int(numbers[OUTCOME])
