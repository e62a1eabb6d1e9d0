"""What does each trial of a hierarchical composite show? The course of every patient, and then every pair compared.

Times to events come first, the gravest before all; a measured outcome stands last and is missing after an event.
Pairs are counted as `stats.win_ratio` counts them (Pocock et al. 2012, doi:10.1093/eurheartj/ehr352)."""

from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import NDArray

from cordula.stats.asked import asked
from cordula.stats.refusals import CannotBe
from cordula.stats.simulation.asked_for import block, rates, two_arms
from cordula.stats.simulation.normal import normal_plain
from cordula.stats.simulation.patients import Arms
from cordula.stats.simulation.philox import Floats, Words, uniforms
from cordula.stats.simulation.purposes import OUTCOMES_APART, PATIENT, SURVIVAL

Flags = NDArray[np.bool_]


@asked
@dataclass(frozen=True, slots=True, kw_only=True)
class Composite:
    """hazards[component][arm]: of each event, for each month; means, sds: of the outcome in each arm (None:
    there is none); follow_up_months: of each patient; dropout: share that leaves before, at any time alike."""

    hazards: tuple[tuple[float, float], ...]
    follow_up_months: float
    means: tuple[float, float] | None = None
    sds: tuple[float, float] | None = None
    dropout: float = 0.0

    def __post_init__(self) -> None:
        if not self.hazards and self.means is None:
            raise CannotBe("a composite without components cannot be compared")
        for pair in self.hazards:
            rates("hazards", *pair)
        if not 0 < self.follow_up_months < inf:
            raise CannotBe(f"a follow-up of {self.follow_up_months} months; above 0 is needed")
        if not 0 <= self.dropout < 1:
            raise CannotBe(f"a dropout of {self.dropout} cannot be: a share from 0 to below 1")
        if (self.means is None) != (self.sds is None):
            raise CannotBe("an outcome needs its means and its sds, or neither")
        for name, values in (("a mean", self.means or ()), ("a spread", self.sds or ())):
            if not np.isfinite(values).all() or (
                name == "a spread" and min(values, default=1) <= 0
            ):
                raise CannotBe(f"{name} in {values} cannot be: finite, and a spread above 0")


@dataclass(frozen=True, slots=True)
class Courses:
    """A block of trials. time, seen: shape (components, trials, N), the time of each event or of the end of
    follow-up, and whether it was the event; value: shape (trials, N), NaN where it is missing or there is none."""

    time: Floats
    seen: Flags
    value: Floats


@asked
def drawn(composite: Composite, arms: Arms, stream: Words, first: int, trials: int) -> Courses:
    """The courses of trials `first` to `first + trials − 1`. arms: int8, shape (1, N) or (trials, N)."""
    block(stream, first, trials)
    arms = np.broadcast_to(two_arms(arms, trials), (trials, arms.shape[1]))
    patient = uniforms(stream, first, trials, PATIENT, arms.shape[1])
    ends = _ends(composite, patient[2])
    times = [
        _times(composite, number, arms, stream, first) for number in range(len(composite.hazards))
    ]
    # Death ends everything: nothing that comes after the first component is ever seen.
    last = np.minimum(ends, times[0]) if times else ends
    seen = [time <= (ends if number == 0 else last) for number, time in enumerate(times)]
    cut = [np.minimum(time, ends if number == 0 else last) for number, time in enumerate(times)]
    value = _values(composite, arms, patient[1])
    missing = ends < composite.follow_up_months
    for one in seen:
        missing = missing | one
    shape = (len(times), *arms.shape)
    return Courses(
        np.array(cut).reshape(shape),
        np.array(seen, bool).reshape(shape),
        np.where(missing, np.nan, value),
    )


def _ends(composite: Composite, u: Floats) -> Floats:
    """When each patient's follow-up ends: those who drop out leave at any time before, all times alike."""
    leaves = u < composite.dropout
    when = u / composite.dropout if composite.dropout > 0 else u
    return np.where(leaves, when * composite.follow_up_months, composite.follow_up_months)


def _times(composite: Composite, number: int, arms: Arms, stream: Words, first: int) -> Floats:
    purpose = SURVIVAL + OUTCOMES_APART * (number + 1)
    u = uniforms(stream, first, arms.shape[0], purpose, arms.shape[1])[0]
    hazards = np.array(composite.hazards[number])[arms]
    with np.errstate(divide="ignore"):
        return np.where(hazards > 0, -np.log(u) / hazards, inf)


def _values(composite: Composite, arms: Arms, u: Floats) -> Floats:
    if composite.means is None or composite.sds is None:
        return np.full(arms.shape, np.nan)
    return np.array(composite.means)[arms] + np.array(composite.sds)[arms] * normal_plain(u)
