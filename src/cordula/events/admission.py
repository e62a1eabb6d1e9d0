"""What a refusal at the door is: the reasons, in the words of the person who must act on them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any, TypeVar

from cordula.events.event import Event
from cordula.events.history import History

H = TypeVar("H", bound=History)
# A rule looks at a history and at the event that would follow, and yields what speaks against it.
Rule = Callable[[Any, Any], Iterable[str]]
Rules = Mapping[type[Event], tuple[Rule, ...]]


class NotAdmitted(Exception):
    """The event may not follow this history. Nothing was recorded."""

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(" ".join(self.reasons))


def reasons_against(history: History, event: Event, rules: Rules) -> Iterator[str]:
    """All that speaks against this event, by the rules of its kind."""
    if unzoned := tuple(_times_without_zone(event)):
        yield from unzoned
        return  # nothing can be compared with such a time
    yield from _two_people(event)
    for rule in rules.get(type(event), ()):
        yield from rule(history, event)


def _two_people(event: Event) -> Iterator[str]:
    for role in ("second_person", "witness", "acknowledged_by"):
        if getattr(event, role, None) == event.by:
            yield "Two people are needed here, and both scans are of the same person."


def _times_without_zone(event: Event) -> Iterator[str]:
    """A time without its offset from UTC is not a time: two hospitals would read it differently."""
    for field in fields(event):
        value = getattr(event, field.name)
        if isinstance(value, datetime) and value.tzinfo is None:
            yield f"{value:%d-%b-%Y %H:%M} has no time zone. State the offset from UTC."
