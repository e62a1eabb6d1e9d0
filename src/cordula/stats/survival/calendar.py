"""What is known of each participant on a day of the calendar, and on which day has enough been seen?

Days are compared as entry + time ≤ day, never as time ≤ day − entry: in floating point the second may
drop the very event that called for the look."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from cordula.stats.asked import asked
from cordula.stats.models.inputs import Flags, Floats, array, numbers
from cordula.stats.refusals import CannotBe, finite


@dataclass(frozen=True, slots=True, eq=False)
class Observed:
    """Those `enrolled` (n,) by the day; of all n their `time` under observation and `event` so far."""

    enrolled: Flags
    time: Floats
    event: Flags


@asked
def observed_by(
    day: float, entry: ArrayLike, event_after: ArrayLike, lost_after: ArrayLike
) -> Observed:
    """What is known at calendar time `day`: `entry` (n,) on the calendar, the others since entry.

    `event_after` and `lost_after` may be infinite. A participant not yet enrolled has time nought."""
    finite(day=day)
    begun, until, lost = _times(entry, event_after, lost_after)
    happened = (begun + until <= day) & (until <= lost)
    followed = np.minimum(np.maximum(day - begun, 0.0), np.minimum(lost, until))
    return Observed(begun <= day, np.where(happened, until, followed), happened)


@asked
def day_of_event(
    count: int, entry: ArrayLike, event_after: ArrayLike, lost_after: ArrayLike
) -> float:
    """The calendar time of event number `count`; infinite where so many never happen."""
    if count < 1:
        raise CannotBe(f"event number {count}; events are numbered from 1")
    begun, until, lost = _times(entry, event_after, lost_after)
    days = np.sort((begun + until)[(until <= lost) & np.isfinite(until)])
    return float(days[count - 1]) if days.size >= count else float("inf")


def _times(
    entry: ArrayLike, event_after: ArrayLike, lost_after: ArrayLike
) -> tuple[Floats, Floats, Floats]:
    begun = numbers("entry", entry)
    until, lost = array("event_after", event_after), array("lost_after", lost_after)
    for name, found in (("event_after", until), ("lost_after", lost)):
        if found.shape != begun.shape or np.isnan(found).any() or found.min() < 0.0:
            raise CannotBe(f"{name} needs {begun.size} times since entry, none below nought")
    return begun, until, lost
