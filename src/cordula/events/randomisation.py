"""Who gets which treatment by lot: a list committed before the first child, each draw in its order, and unblinding."""

from dataclasses import dataclass

from cordula.events.event import Event
from cordula.events.sealed import Sealed
from cordula.vocabulary.identifiers import AccountId, InfantId, ProtocolId


@dataclass(frozen=True, kw_only=True)
class AllocationListCommitted(Event):
    """A list of sealed places was fixed. `root` is the Merkle root over them, as 64 hex digits: nobody can learn
    the list from it, and nobody can change the list without it. `continues` names a list whose places are all drawn.
    For a minimisation, which has no list, `root` is the digest of its sealed seed."""

    protocol_file: ProtocolId
    version: str
    digest: str
    list_name: str
    method: str
    places: int
    root: str
    continues: str | None = None


@dataclass(frozen=True, kw_only=True)
class Randomised(Event):
    """The child drew the next place of a list. The arm stays sealed; `proof` shows that this seal stands
    at this `number` of the committed list. `factors` are what a minimisation looked at, in its order; its arms
    are proven by drawing again when the seed is told, and `proof` is empty. `no_cells` is told in an open trial alone,
    where the arm drawn is one without cells: nobody may thaw for her then."""

    infant: InfantId
    protocol_file: ProtocolId
    list_name: str
    number: int
    sealed: Sealed
    proof: tuple[str, ...]
    factors: tuple[str, ...] = ()
    no_cells: bool = False


@dataclass(frozen=True, kw_only=True)
class Unblinded(Event):
    """Somebody was told a child's arm before the trial ended. The reason's words are sealed."""

    infant: InfantId
    protocol_file: ProtocolId
    told_to: AccountId
    emergency: bool
    reason: Sealed
    second_person: AccountId
