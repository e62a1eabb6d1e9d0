"""How many verdicts a second does one core give, replay included, for units of 60 events?

The events are decoded already. Every unit has times, a volume, counts and a weight of its own, so that no sentence
of one unit can be taken from another. Counted is the time of the processor, so that neighbours do not count.
"""

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from time import process_time
from typing import Any

from benchmarks.ratio import Ratio, interleaved, quotients
from cordula.events.envelope import Envelope, Place, open_entry, seal
from cordula.events.event import Event
from cordula.infants.infant import Infant
from cordula.journey.judge import judge
from cordula.units.unit import Unit
from cordula.vocabulary.identifiers import SiteId, stream_of
from cordula.vocabulary.quantity import Quantity
from tests.cast import LINA, UNIT, count
from tests.unit.journey.cast import PROTOCOL, THEATRE_DAY, before_thaw

UNITS, EVENTS, ROUNDS = 200, 60, 9
GOAL = 2_000

Case = tuple[tuple[Event, ...], tuple[Event, ...], datetime]


def measure() -> list[Ratio]:
    cases = [_case(number) for number in range(UNITS)]
    entries = [_entries(case) for case in cases]
    _judged(cases)
    acts = partial(_judged, cases), partial(_replayed, cases), partial(_decoded, entries)
    judged, replayed, decoded = interleaved(ROUNDS, *acts, clock=process_time)
    promised = tuple(UNITS / seconds / GOAL for seconds in judged)
    told = "verdicts per second, replay included"
    return [
        _ratio(f"{told} / the promised {GOAL:,}", promised, "≥ 1"),
        _ratio("one verdict / decoding its unit’s 60 entries, time", quotients(judged, decoded)),
        _ratio("one verdict / replaying its histories, time", quotients(judged, replayed)),
    ]


def _ratio(compared: str, rounds: tuple[float, ...], goal: str = "") -> Ratio:
    return Ratio("verdicts", compared, f"{UNITS} units", rounds, goal=goal)


def _entries(case: Case) -> list[bytes]:
    """The unit's events as they lie in the ledger."""
    events, _, _ = case
    place = (Place(stream_of(UNIT), 1, ""),)
    return [
        seal(
            Envelope(
                origin="cordula.example/benchmark",
                index=index,
                recorded_at=event.at,
                key=f"verdicts-{index}",
                site=SiteId("st-anna"),
                places=place,
                event=event,
            )
        )
        for index, event in enumerate(events)
    ]


def _decoded(entries: Sequence[Sequence[bytes]]) -> None:
    for of_unit in entries:
        for entry in of_unit:
            open_entry(entry)


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
