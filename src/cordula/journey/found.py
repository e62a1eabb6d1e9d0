"""What looking at one criterion yields, and how several such answers make one."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from cordula.events.event import Event
from cordula.journey.verdict import Status


class Found(NamedTuple):
    """An answer, its sentence, and the events it rests on."""

    status: Status
    says: str
    due: datetime | None = None
    events: tuple[Event, ...] = ()


def met(says: str, *events: Event, due: datetime | None = None) -> Found:
    return Found(Status.MET, says, due, events)


def met_with_note(says: str, *events: Event, due: datetime | None = None) -> Found:
    return Found(Status.MET_WITH_NOTE, says, due, events)


def not_met(says: str, *events: Event, due: datetime | None = None) -> Found:
    return Found(Status.NOT_MET, says, due, events)


def unknown(says: str, *events: Event, due: datetime | None = None) -> Found:
    return Found(Status.UNKNOWN, says, due, events)


# The gravest answer of a gate's findings is the gate's own. What stands first is gravest.
_GRAVITY = (
    Status.WITHDRAWN,
    Status.NOT_MET,
    Status.UNKNOWN,
    Status.WAITING_SIGNATURE,
    Status.WAITING_RESULT,
    Status.LOCKED,
    Status.NOT_STARTED,
    Status.EXCEPTION,
    Status.MET_WITH_NOTE,
    Status.MET,
    Status.NOT_NEEDED,
)
_RANK = {status: rank for rank, status in enumerate(_GRAVITY)}


def gravest(statuses: Sequence[Status]) -> Status:
    """One status for many. Where nothing was looked at, nothing is known."""
    if len(statuses) == 1:
        return statuses[0]
    return min(statuses, key=_RANK.__getitem__, default=Status.UNKNOWN)
