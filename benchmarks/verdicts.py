"""How many verdicts a second does one core give, replay included, for units of 60 events?

The events are decoded already. Every unit has times, a volume, counts and a weight of its own, so that no sentence
of one unit can be taken from another. Counted is the time of the processor, so that neighbours do not count.
"""

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import datetime, timedelta
from decimal import Decimal
from statistics import median
from time import process_time
from typing import Any

from cordula.events.event import Event
from cordula.infants.infant import Infant
from cordula.journey.judge import judge
from cordula.units.unit import Unit
from cordula.vocabulary.quantity import Quantity
from tests.cast import LINA, UNIT, count
from tests.unit.journey.cast import PROTOCOL, THEATRE_DAY, before_thaw

UNITS, EVENTS, ROUNDS = 200, 60, 9
GOAL = 2_000

Case = tuple[tuple[Event, ...], tuple[Event, ...], datetime]


def measure() -> dict[str, float]:
    cases = [_case(number) for number in range(UNITS)]
    _judged(cases)
    replayed = [_per_second(_replayed, cases) for _ in range(ROUNDS)]
    judged = [_per_second(_judged, cases) for _ in range(ROUNDS)]
    return {
        "histories of 60 events replayed per second": median(replayed),
        "verdicts per second, replay included": median(judged),
        "verdicts per second, best round": max(judged),
        "a verdict, in replays": median(replayed) / median(judged),
        "verdicts to the goal of 2,000 per second": median(judged) / GOAL,
    }


def _per_second(act: Any, cases: Sequence[Case]) -> float:
    began = process_time()
    act(cases)
    return len(cases) / (process_time() - began)


def _replayed(cases: Sequence[Case]) -> None:
    """What is folded from a history before anything is judged: its kinds, its state, its products."""
    for of_unit, of_infant, _ in cases:
        unit, infant = Unit.replay(of_unit), Infant.replay(of_infant)
        _ = unit.understood, infant.understood, unit.state, unit.products


def _judged(cases: Sequence[Case]) -> None:
    for of_unit, of_infant, now in cases:
        judge(PROTOCOL, Unit.replay(of_unit), Infant.replay(of_infant), now)


def _case(number: int) -> Case:
    """The cast's unit just before its thaw, so many days later and a little different."""
    later = timedelta(days=number, minutes=number)
    events = [_moved(event, later, number) for event in _life()]
    of_unit = tuple(e for e in events if f"unit:{UNIT}" in e.concerns())
    of_infant = tuple(e for e in events if f"infant:{LINA}" in e.concerns())
    if len(of_unit) != EVENTS:
        raise ValueError(f"the life has {len(of_unit)} events of the unit, not {EVENTS}")
    return of_unit, of_infant, THEATRE_DAY + later


def _life() -> list[Event]:
    """The unit's own 24 events before the thaw, and further counts until there are 60."""
    events = before_thaw()
    missing = EVENTS - sum(f"unit:{UNIT}" in event.concerns() for event in events)
    keys = ("tnc", "cd34_viable_count", "haematocrit", "cfu_gm", "mnc_count", "volume")
    further = (count(keys[n % 6], f"{10 + n}", "10*6", "post_process") for n in range(missing))
    return [*events[:12], *further, *events[12:]]


def _moved(event: Event, later: timedelta, number: int) -> Event:
    changes: dict[str, Any] = {}
    for field in fields(event):
        value = getattr(event, field.name)
        if isinstance(value, datetime):
            changes[field.name] = value + later
        elif isinstance(value, Quantity):
            changes[field.name] = replace(value, value=value.value + Decimal(number) / 10_000)
    return replace(event, **changes)


if __name__ == "__main__":
    for name, value in measure().items():
        print(f"{value:12,.2f}  {name}")
