"""What has been committed and drawn in a trial so far, and may this event come next?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from cordula.events.admission import NotAdmitted
from cordula.events.before_birth import Enrolled
from cordula.events.event import Event
from cordula.events.randomisation import AllocationListCommitted, Randomised, Unblinded
from cordula.trial.allocation.commitment import Draw, NotTheList, check
from cordula.trial.allocation.seed import is_seeded
from cordula.vocabulary.identifiers import InfantId


@dataclass(frozen=True, slots=True)
class History:
    """A fold over the events of one trial, in the ledger's order.

    committed: the lists by name; drawn: how many places of each were drawn; randomised: the event of each
    child; unblinded: children whose arm somebody knows; enrolled: whether any child was enrolled yet."""

    committed: Mapping[str, AllocationListCommitted] = field(default_factory=dict)
    drawn: Mapping[str, int] = field(default_factory=dict)
    randomised: Mapping[InfantId, Randomised] = field(default_factory=dict)
    unblinded: tuple[Unblinded, ...] = ()
    enrolled: frozenset[InfantId] = frozenset()

    @classmethod
    def replay(cls, events: Iterable[Event]) -> "History":
        history = cls()
        for event in events:
            history = history.after(event)
        return history

    def draws_of(self, name: str) -> tuple[Randomised, ...]:
        """The draws from this list, in their order."""
        found = (one for one in self.randomised.values() if one.list_name == name)
        return tuple(sorted(found, key=lambda one: one.number))

    def followed(self, name: str) -> tuple[str, ...]:
        """The names of the lists that this one continues, the first of them first."""
        before = self.committed[name].continues
        return () if before is None else (*self.followed(before), before)

    def after(self, event: Event) -> "History":
        """The history with this event; it refuses nothing, because what was sealed must stay readable."""
        if isinstance(event, AllocationListCommitted):
            return replace(self, committed={**self.committed, event.list_name: event})
        if isinstance(event, Randomised):
            drawn = {**self.drawn, event.list_name: event.number}
            return replace(self, drawn=drawn, randomised={**self.randomised, event.infant: event})
        if isinstance(event, Unblinded):
            return replace(self, unblinded=(*self.unblinded, event))
        if isinstance(event, Enrolled):
            return replace(self, enrolled=self.enrolled | {event.infant})
        return self


def admit(history: History, event: Event) -> None:
    """Let the event in, or raise NotAdmitted with every reason against it."""
    if reasons := tuple(_reasons(history, event)):
        raise NotAdmitted(reasons)


def _reasons(history: History, event: Event) -> Iterator[str]:
    if isinstance(event, AllocationListCommitted):
        yield from _against_list(history, event)
    elif isinstance(event, Randomised):
        yield from _against_draw(history, event)
    elif isinstance(event, Unblinded):
        yield from _against_unblinding(history, event)


def _against_list(history: History, event: AllocationListCommitted) -> Iterator[str]:
    if event.list_name in history.committed:
        yield f"The list “{event.list_name}” is committed already. A list is never replaced."
    if event.continues is not None:
        yield from _against_continuing(history, event.continues)
    elif history.enrolled or history.randomised:
        yield "A child is enrolled already. Lists are committed before the first child."
    if event.places < 1 or len(event.root) != 64:
        yield "A list has one place at least, and a root of 64 hex digits."


def _against_continuing(history: History, name: str) -> Iterator[str]:
    """A list that could replace places still to be drawn would let somebody choose between two."""
    before = history.committed.get(name)
    if before is None:
        yield f"No list “{name}” is committed that could be continued."
        return
    left = before.places - history.drawn.get(name, 0)
    if left > 0:
        yield f"The list “{name}” has {left} places left. It is continued when all are drawn."
    if any(one.continues == name for one in history.committed.values()):
        yield f"The list “{name}” is continued already."


def _against_draw(history: History, event: Randomised) -> Iterator[str]:
    listed = history.committed.get(event.list_name)
    if listed is None:
        yield f"No list “{event.list_name}” is committed. Commit it before the first child."
        return
    if event.infant in history.randomised:
        yield "This child has drawn already. A child draws once."
    if event.infant not in history.enrolled:
        yield "This child is not enrolled. Enrol the child first."
    due = history.drawn.get(event.list_name, 0) + 1
    if due > listed.places:
        yield f"The list “{event.list_name}” has {listed.places} places, and all are drawn."
    elif event.number != due:
        yield f"Place {event.number} was drawn, and place {due} is next. No place is skipped."
    if is_seeded(listed.method):
        yield from _against_factors(event)
        return
    try:
        check(Draw(event.number, event.sealed, event.proof), listed.root, listed.places)
    except NotTheList as fault:
        yield f"The draw is refused: {fault}."


def _against_factors(event: Randomised) -> Iterator[str]:
    """What such a draw says is proven from the seed, when that is told; here it must bring what that needs."""
    if not event.factors or not all(event.factors):
        yield "This arm depends on the child's factors, and one is missing. Give each of them."
    if event.proof:
        yield "This draw brings a proof of a place, and a minimisation has no list of places."


def _against_unblinding(history: History, event: Unblinded) -> Iterator[str]:
    if event.infant not in history.randomised:
        yield "This child has no arm that could be told."
    if event.second_person == event.by:
        yield "Two people are needed here, and both scans are of the same person."
