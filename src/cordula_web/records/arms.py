"""Which place of which list is drawn next, and may this reader know what a child drew? The one door to an arm."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cordula.events.randomisation import AllocationListCommitted, Randomised
from cordula.events.sealed import Disclosure
from cordula.infants.infant import Infant
from cordula.protocols.protocol import Protocol
from cordula.vocabulary.identifiers import ProtocolId, SiteId, stream_of
from cordula_web.people import disclosures, sealed_lists
from cordula_web.people.acting import Acting
from cordula_web.records import queries
from cordula_web.records.refusals import NotHere

if TYPE_CHECKING:
    from cordula.trial.allocation import Draw, History


@dataclass(frozen=True, slots=True)
class Due:
    """The next place of a list. It tells nothing of what stands there."""

    listed: AllocationListCommitted
    number: int

    @property
    def left(self) -> int:
        return self.listed.places - self.number + 1


def trial_history(protocol: str, site: SiteId) -> "History":
    """What was committed and drawn under this protocol."""
    # The trial engine brings NumPy with it, and most pages ask for no arm.
    from cordula.trial.allocation import History

    try:
        told = queries.history(stream_of(ProtocolId(protocol)), site=site)
    except NotHere:
        told = []
    return History.replay(one.event for one in told)


def due_places(protocol: Protocol, site: SiteId) -> tuple[Due, ...]:
    """The next place of every list of this version that has one left."""
    return tuple(_due(trial_history(protocol.id, site), protocol.digest))


def _due(history: "History", digest: str) -> Iterator[Due]:
    for name, listed in history.committed.items():
        one = Due(listed, history.drawn.get(name, 0) + 1)
        if listed.digest == digest and one.left > 0:
            yield one


def draw_of(due: Due) -> "tuple[Draw, Disclosure]":
    """The place with its proof, and the words for the child's key: for whoever records the draw. Raises NotKept."""
    from cordula.trial.allocation.commitment import prove

    kept = sealed_lists.kept(due.listed.root)
    return prove(kept.seals, due.number), kept.words_of(due.number)


def draw_for(
    due: Due, protocol: Protocol, factors: Sequence[str], site: SiteId
) -> "tuple[Draw, Disclosure]":
    """The next place for a child with these factors, where they decide. Raises NotKept, CannotBe."""
    from cordula.trial.allocation import next_draw
    from cordula.trial.design import design_of

    history, name = trial_history(protocol.id, site), due.listed.list_name
    return next_draw(design_of(protocol), history, name, seeds_of(history, name), factors)


def seeds_of(history: "History", name: str) -> dict[str, Disclosure]:
    """The seed of this list, and of those that it continues. Raises NotKept."""
    names = (*history.followed(name), name)
    return {one: sealed_lists.kept(history.committed[one].root).words_of(1) for one in names}


def factors_of(protocol: Protocol) -> tuple[str, ...]:
    """What a draw must know of the child: the factors of a minimisation; nothing where a list is drawn from."""
    from cordula.trial.allocation import is_seeded

    allocation = protocol.design.get("allocation", {})
    return tuple(allocation.get("strata", ())) if is_seeded(allocation.get("method", "")) else ()


def levels_of(protocol: Protocol, factor: int, site: SiteId) -> tuple[str, ...]:
    """What children before had in this factor."""
    draws = trial_history(protocol.id, site).randomised.values()
    mine = (one.factors[factor] for one in draws if len(one.factors) > factor)
    return tuple(sorted(set(mine)))


def forget_drawn(listed: AllocationListCommitted, site: SiteId) -> None:
    """The words of drawn places go from the list. The ledger says which: a form sent twice forgets no place to come.

    A seed stays whole, because every later draw follows from it."""
    from cordula.trial.allocation import is_seeded

    if is_seeded(listed.method):
        return
    drawn = trial_history(listed.protocol_file, site).drawn.get(listed.list_name, 0)
    sealed_lists.forget(listed.root, drawn)


def is_randomised(protocol: Protocol | None) -> bool:
    return bool(protocol and protocol.design and protocol.design.get("randomised"))


def masking_of(protocol: Protocol) -> str:
    return str(protocol.design["masked"])


def without_cells(protocol: Protocol, arm: str) -> bool:
    """Whether the entry of a draw says that no cells are given: where the trial is open and the arm has none. In a
    masked trial the bedside learns nothing from it."""
    arms = {one["id"]: one for one in protocol.design["arms"]}
    return masking_of(protocol) == "open" and not arms.get(arm, {}).get("cells", True)


def draw_in(infant: Infant) -> Randomised | None:
    """What the ledger knows of the child's draw."""
    return next((one for one in infant.standing if isinstance(one, Randomised)), None)


def may_know_arm(acting: Acting, infant: Infant, protocol: Protocol) -> bool:
    from cordula.trial.allocation import History
    from cordula.trial.allocation.concealment import may_know

    drawn = draw_in(infant)
    return drawn is not None and may_know(
        acting.role.name,
        acting.account_id,
        drawn.infant,
        masking_of(protocol),
        History.replay(infant.standing),
    )


def arm_told(acting: Acting, infant: Infant, protocol: Protocol) -> str | None:
    """The title of the child's arm; None for whoever may not know it, and where its words were erased."""
    drawn = draw_in(infant)
    if drawn is None or not may_know_arm(acting, infant, protocol):
        return None
    arm = disclosures.read([drawn.sealed.digest]).get(drawn.sealed.digest)
    titles = {one["id"]: str(one["title"]) for one in protocol.design["arms"]}
    return titles.get(arm, arm) if arm else None
