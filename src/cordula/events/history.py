"""A history: the events of one subject in order, with the ones that were voided set aside."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Self, TypeVar

from cordula.events.event import Event, NotUnderstood
from cordula.events.once import once
from cordula.events.quality import Voided, VoidedForInfant

E = TypeVar("E", bound=Event)


@dataclass(frozen=True)
class History:
    """Everything a subject is follows from its events; nothing else is kept.

    The version of a history is the number of its events, so the event that brought it to version n
    stands at position n - 1."""

    events: tuple[Event, ...] = ()

    @classmethod
    def replay(cls, events: Iterable[Event]) -> Self:
        """The history these events make. Never refuses: what was admitted once stays readable."""
        return cls(tuple(events))

    def after(self, event: Event) -> Self:
        return type(self)((*self.events, event))

    @property
    def version(self) -> int:
        return len(self.events)

    @once
    def voided(self) -> frozenset[int]:
        """Versions whose event no longer counts. A voiding cannot itself be voided."""
        kinds = (Voided, VoidedForInfant)
        voidings = {n: e.version for n, e in enumerate(self.events, 1) if isinstance(e, kinds)}
        return frozenset(voidings.values()) - voidings.keys()

    @once
    def standing(self) -> tuple[Event, ...]:
        """The events that count, in order."""
        if not self.voided:
            return self.events
        return tuple(e for n, e in enumerate(self.events, 1) if n not in self.voided)

    @once
    def _by_kind(self) -> dict[type[Event], list[Event]]:
        found: defaultdict[type[Event], list[Event]] = defaultdict(list)
        for event in self.standing:
            found[type(event)].append(event)
        return dict(found)

    def all(self, kind: type[E]) -> list[E]:
        """The standing events of this kind, oldest first."""
        return self._by_kind.get(kind, [])  # type: ignore[return-value]

    def latest(self, kind: type[E]) -> E | None:
        found = self._by_kind.get(kind)
        return found[-1] if found else None  # type: ignore[return-value]

    def first(self, kind: type[E]) -> E | None:
        found = self._by_kind.get(kind)
        return found[0] if found else None  # type: ignore[return-value]

    def has(self, kind: type[Event]) -> bool:
        return kind in self._by_kind

    def named(self, kind_name: str) -> Iterator[Event]:
        """The standing events whose kind has this name."""
        return (
            e for kind, found in self._by_kind.items() if kind.__name__ == kind_name for e in found
        )

    @property
    def understood(self) -> bool:
        """Whether every entry could be read. If not, nothing that depends on this history opens."""
        return NotUnderstood not in self._by_kind
