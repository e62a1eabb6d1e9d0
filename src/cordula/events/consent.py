"""Which consent is in force: what was agreed to and not taken back."""

from collections.abc import Iterable

from cordula.events.before_birth import Consented, ConsentWithdrawn
from cordula.events.event import Event


def scopes_in_force(events: Iterable[Event]) -> frozenset[str]:
    """The scopes agreed to and not taken back, in the order the events came."""
    scopes: set[str] = set()
    for event in events:
        if isinstance(event, Consented):
            scopes.update(event.scopes)
        elif isinstance(event, ConsentWithdrawn):
            scopes.difference_update(event.scopes)
    return frozenset(scopes)
