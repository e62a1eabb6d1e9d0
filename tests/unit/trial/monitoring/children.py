"""Children of a trial as the ledger tells of them, made from the numbers of a simulated trial."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from cordula.events.before_birth import Enrolled
from cordula.events.course import Died, Examined, Operated
from cordula.events.event import Event
from cordula.events.theatre import Administered
from cordula.trial.monitoring import Arms, Frozen, Told, frozen
from cordula.trial.monitoring.plan import MONTH
from cordula.vocabulary.identifiers import AccountId, InfantId, UnitId
from cordula.vocabulary.quantity import Quantity

WHO = AccountId("somebody")
BEGIN = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
LATER = BEGIN + timedelta(days=4000)
OPERATION = "stage_2_palliation"
ROOT = "0" * 64


def infant(number: int) -> InfantId:
    return InfantId(f"child-{number:03d}")


def enrolled(number: int, day: float = 0) -> Event:
    at = BEGIN + timedelta(days=day - 100)
    return Enrolled(
        infant=infant(number), protocol="small", version="1", digest="2" * 64, by=WHO, at=at
    )


def operated(number: int, day: float, operation: str = OPERATION) -> Event:
    at = BEGIN + timedelta(days=day)
    began = at - timedelta(hours=5)
    return Operated(infant=infant(number), operation=operation, started_at=began, by=WHO, at=at)


def examined(number: int, at: datetime, value: float, timepoint: str) -> Event:
    return Examined(
        infant=infant(number),
        measure="rv_fac",
        result=Quantity(Decimal(repr(value)), "%"),
        method="echo",
        timepoint=timepoint,
        by=WHO,
        at=at,
    )


def died(number: int, day: float) -> Event:
    return Died(infant=infant(number), by=WHO, at=BEGIN + timedelta(days=day))


def child(number: int, day: float, baseline: float, outcome: float) -> Iterator[Event]:
    """Enrolled, measured, operated, and measured again 3 months after unless the outcome is missing."""
    at = BEGIN + timedelta(days=day)
    yield enrolled(number, day)
    yield examined(number, at - timedelta(days=20), baseline, "before_operation")
    yield operated(number, day)
    if np.isfinite(outcome):
        yield examined(number, at + 3 * MONTH, baseline + outcome, "after_3_months")


def facts(events: Iterable[Event], now: datetime = LATER, size: int | None = None) -> Frozen:
    """These events in a ledger of their own, written as they happened: what it says now, or at a size."""
    order = sorted((event for event in events if event.at <= now), key=lambda event: event.at)
    told = [
        Told(index, event, (event.infant,) if hasattr(event, "infant") else ())
        for index, event in enumerate(order)
    ]
    return frozen(told, size=len(order) if size is None else size, root=ROOT, at=now)


def by_place(names: Sequence[str], places: NDArray[np.int8]) -> Arms:
    """Arms as if drawn: child n is in the arm of the n-th place."""
    return Arms("drawn", {infant(n): names[place] for n, place in enumerate(places.tolist())})


def given(number: int, day: float) -> Event:
    at, kg = BEGIN + timedelta(days=day), Quantity(Decimal(6), "kg")
    return Administered(
        unit=UnitId(f"unit-{number:03d}"),
        infant=infant(number),
        route="intramyocardial",
        started_at=at - timedelta(minutes=9),
        planned=Quantity(Decimal("0.6"), "mL"),
        given=Quantity(Decimal("0.6"), "mL"),
        weight=kg,
        verdict="0" * 64,
        second_person=AccountId("second"),
        by=WHO,
        at=at,
    )
