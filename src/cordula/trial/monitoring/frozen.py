"""What did the ledger say of a trial's children at this size? The same for ever, whatever is recorded afterwards.

    facts = frozen(entries, size=1200, root="…", at=moment)     # entries from index 1200 on are not seen

An analysis names the size and the root of the tree it was made from. Whoever has the ledger can cut it there
again, and must find the same numbers."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from cordula.events.event import Event
from cordula.infants.infant import Infant
from cordula.trial.allocation.history import History
from cordula.vocabulary.identifiers import InfantId


@dataclass(frozen=True, slots=True)
class Told:
    """One entry that concerns the trial: its place in the ledger, the event, and the children it is about."""

    index: int
    event: Event
    infants: tuple[InfantId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """The children enrolled by then, in the order in which the ledger first names them, and what was drawn for them.

    size: entries of the ledger that were seen; root: what they hash to; at: when the last of them was recorded,
    which is the present of every analysis made from here."""

    size: int
    root: str
    at: datetime
    infants: tuple[tuple[InfantId, Infant], ...]
    allocation: History = field(default_factory=History)


def frozen(told: Iterable[Told], *, size: int, root: str, at: datetime) -> Frozen:
    """The facts of the first `size` entries of a ledger, given those of its entries that concern the trial."""
    events: dict[InfantId, list[Event]] = {}
    allocation = History()
    for one in sorted(told, key=lambda entry: entry.index):
        if one.index >= size:
            break
        allocation = allocation.after(one.event)
        for infant in one.infants:
            events.setdefault(infant, []).append(one.event)
    infants = tuple((name, Infant.replay(own)) for name, own in events.items())
    enrolled = tuple((name, one) for name, one in infants if one.enrolment is not None)
    return Frozen(size=size, root=root, at=at, infants=enrolled, allocation=allocation)
