"""What does another hospital need to verify a unit's history without us? Entries, proofs and one signed checkpoint."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cordula.ledger import proof
from cordula.ledger.merkle import Node
from cordula.vocabulary.identifiers import SiteId, Stream, UnitId, stream_of
from cordula_web.records import queries
from cordula_web.records.histories import entries_of
from cordula_web.records.signer import checkpoint_now
from cordula_web.records.tree import stored_tree


@dataclass(frozen=True, slots=True)
class Material:
    """The whole history of a unit, ready to be sealed: exact bytes, where they stand, and what vouches for them."""

    stream: Stream
    entries: tuple[bytes, ...]
    indexes: tuple[int, ...]
    node: Node
    note: str


def passport_material(unit: UnitId, *, site: SiteId, now: datetime) -> Material:
    """All there is of this unit, under a checkpoint signed now. Record `PassportIssued` first: it is the last entry."""
    stream = stream_of(unit)
    queries.unit(unit, site=site)
    found = entries_of(stream)
    return Material(
        stream=stream,
        entries=tuple(data for _, data in found),
        indexes=tuple(index for index, _ in found),
        node=stored_tree(),
        note=checkpoint_now(now),
    )


def proofs_for(indexes: Iterable[int], note: str) -> list[str]:
    """A proof for each entry, under this checkpoint (c2sp.org/tlog-proof)."""
    node = stored_tree()
    return [proof.prove(node, index, note) for index in indexes]
