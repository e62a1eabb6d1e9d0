"""How long was each child watched, and what ended it? Read from the ledger as the simulation sees its own children.

The strategies of the estimand are asked by the simulation's own function (`surrounded.ending`), so that a death
forestalls, ends the watching, or is itself the event in both alike."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from math import nan

import numpy as np

from cordula.stats.refusals import CannotBe
from cordula.stats.simulation.surrounded import CENSORED, HAPPENED
from cordula.trial.design import Binary, Endpoint, Intercurrent, Strategy, TimeToEvent
from cordula.trial.monitoring.course import Course
from cordula.trial.monitoring.outcome import Outcome
from cordula.trial.monitoring.plan import MONTH, time_of
from cordula.trial.scenarios.scenario import MONTH as MONTHS
from cordula.trial.simulation.surrounded import NUMBERED, ending
from cordula.vocabulary.quantity import Quantity

# The events that the ledger can tell of a child; an endpoint about an event has its name.
KNOWN = ("death", "transplant", "unplanned_operation", "serious_event")


@dataclass(frozen=True, slots=True)
class _End:
    """Until when a child was watched, what ended it, and whether nothing more of her is awaited."""

    at: datetime
    cause: int
    settled: bool


def event_of(endpoint: Endpoint) -> str:
    """The ledger's event that this endpoint counts, by the endpoint's name. Raises CannotBe."""
    for kind in KNOWN:
        if endpoint.id == kind or endpoint.id.startswith(f"{kind}_"):
            return kind
    raise CannotBe(
        f"“{endpoint.id}” is not read from the ledger: its name is none of {', '.join(KNOWN)}, so nothing "
        "says which events it counts"
    )


def counted_as(endpoint: Endpoint) -> tuple[str, ...]:
    """The kinds of event that are the outcome: the one it is named after, and those its estimand puts beside it."""
    own = event_of(endpoint)
    if endpoint.estimand is None:
        return (own,)
    beside = [
        event.value
        for event, strategy in endpoint.estimand.intercurrent.items()
        if strategy is Strategy.COMPOSITE and event != own
    ]
    return (own, *beside)


def check_comparable(endpoint: TimeToEvent) -> None:
    """Raises CannotBe where its analysis needs something that the design does not tell."""
    event_of(endpoint)
    if endpoint.analysis != "log_rank" and endpoint.follow_up is None:
        raise CannotBe(f"“{endpoint.id}” is compared up to a time: “after” is missing")
    if endpoint.analysis == "competing_risks" and endpoint.estimand is None:
        raise CannotBe(
            f"“{endpoint.id}” needs an estimand, because that tells which events forestall it"
        )
    _others(endpoint)


def timed(endpoint: TimeToEvent, courses: tuple[Course, ...], now: datetime) -> Outcome:
    """Months from entry to the event, or to what ended the waiting before it, and which of them it was.

    A child is settled when her time is over, whatever happened before: looks come with children who were followed
    for the whole time. Where no time is told, when something ended it."""
    own, others = counted_as(endpoint), _others(endpoint)
    return _outcome(
        [_end(one, own, others, endpoint.follow_up, now) for one in courses],
        courses,
        endpoint.follow_up,
    )


def component(
    endpoint: TimeToEvent, follow_up: Quantity, courses: tuple[Course, ...], now: datetime
) -> Outcome:
    """The same as part of a hierarchy: its own event alone counts, and a death ends the watching."""
    own, others = (event_of(endpoint),), {"death": CENSORED}
    return _outcome([_end(one, own, others, follow_up, now) for one in courses], courses, follow_up)


def _others(endpoint: TimeToEvent) -> dict[str, int]:
    """What ends the waiting for it, and how; after a death nobody can be watched, whoever asks."""
    if endpoint.estimand is None:
        return {"death": CENSORED}
    told = {
        event.value: ending(endpoint, event, endpoint.estimand.strategy(event))
        for event in NUMBERED
    }
    return {kind: how for kind, how in told.items() if how is not None}


def _end(
    course: Course, own: tuple[str, ...], others: dict[str, int],
    follow_up: Quantity | None, now: datetime,
) -> _End:  # fmt: skip
    over = None if follow_up is None else course.entered + time_of(follow_up)
    last = now if over is None else min(now, over)
    # At the same moment the event itself comes first, as in the simulation.
    came = sorted(
        (at, cause != HAPPENED, cause) for at, cause in _came(course, own, others) if at <= last
    )
    at, cause = (came[0][0], came[0][2]) if came else (last, CENSORED)
    return _End(at, cause, bool(came) if over is None else over <= now)


def _came(
    course: Course, own: tuple[str, ...], others: dict[str, int]
) -> Iterator[tuple[datetime, int]]:
    for kind, at in course.happened.items():
        if kind in own:
            yield at, HAPPENED
        elif kind in others:
            yield at, others[kind]


def _outcome(ends: list[_End], courses: tuple[Course, ...], follow_up: Quantity | None) -> Outcome:
    months = [(end.at - one.entered) / MONTH for end, one in zip(ends, courses, strict=True)]
    if follow_up is not None:
        # Whoever was watched for the whole time was so to the last digit of the time that is compared.
        whole, span = float(follow_up.to(MONTHS).value), time_of(follow_up)
        months = [
            whole if end.at - one.entered >= span else min(month, whole)
            for month, end, one in zip(months, ends, courses, strict=True)
        ]
    cause = np.array([end.cause for end in ends], dtype=np.int64)
    settled = np.array([end.settled for end in ends], bool)
    empty = np.full(len(ends), nan)
    return Outcome(settled, empty, np.array(months, float), cause == HAPPENED, cause)


def happened(endpoint: Binary, courses: tuple[Course, ...], now: datetime) -> Outcome:
    """Whether it happened within the time: 1 or 0, NaN where that has no answer."""
    own, within = counted_as(endpoint), time_of(endpoint.follow_up)
    rows = [_had(endpoint, one, own, one.entered + within, now) for one in courses]
    value = np.array([one for one, _ in rows], float)
    settled = np.array([one for _, one in rows], bool)
    return Outcome(settled, np.full(len(rows), nan), value, np.isfinite(value))


def _had(
    endpoint: Binary, course: Course, own: tuple[str, ...], end: datetime, now: datetime
) -> tuple[float, bool]:
    """The child's answer, and whether nothing more of her is awaited."""
    if any(kind in course.happened and course.happened[kind] <= min(end, now) for kind in own):
        return 1.0, True
    for event in Intercurrent:
        at = course.happened.get(event.value)
        if event.value in own or at is None or at >= min(end, now):
            continue
        strategy = endpoint.estimand.strategy(event) if endpoint.estimand else None
        if strategy is Strategy.WHILE_ALIVE:
            return 0.0, True
        # Whoever died before it could happen has no answer; nor has whoever the estimand leaves out.
        if event is Intercurrent.DEATH or strategy not in (None, Strategy.TREATMENT_POLICY):
            return nan, True
    return (0.0, True) if end < now else (nan, False)
