"""Is this the place that was committed to, and what does it say? Proven with the Merkle tree of the ledger.

Each place of a list is sealed with a salt of its own (RFC 9901), so that knowing one tells nothing of another. The
leaves of the tree are the seals, in their order; the root is what the ledger keeps."""

from collections.abc import Sequence
from dataclasses import dataclass

from cordula.events.sealed import Disclosure, Sealed
from cordula.ledger import merkle
from cordula.ledger.merkle import NotProven


class NotTheList(ValueError):
    """What was brought does not belong to the committed list; the message says what differs."""


@dataclass(frozen=True, slots=True)
class Draw:
    """One place of a list (the first is 1): its seal, and the hashes that lead from it to the root."""

    place: int
    sealed: Sealed
    proof: tuple[str, ...]


def root_over(seals: Sequence[Sealed]) -> str:
    """The root over the seals of a list, as 64 hex digits."""
    return merkle.root(_leaves(seals)).hex()


def prove(seals: Sequence[Sealed], place: int) -> Draw:
    """The draw of this place, with its proof."""
    if not 1 <= place <= len(seals):
        raise NotTheList(
            f"place {place} is not on a list of {len(seals)}: it has places 1 to {len(seals)}"
        )
    node = merkle.in_memory(_leaves(seals))
    proof = merkle.inclusion_proof(node, place - 1, len(seals))
    return Draw(place, seals[place - 1], tuple(step.hex() for step in proof))


def check(draw: Draw, root: str, places: int) -> None:
    """That the draw is this place of the list with this root. Raises NotTheList."""
    try:
        merkle.check_inclusion(
            merkle.leaf_hash(bytes.fromhex(draw.sealed.digest)),
            draw.place - 1,
            places,
            [bytes.fromhex(step) for step in draw.proof],
            bytes.fromhex(root),
        )
    except (NotProven, ValueError) as fault:
        raise NotTheList(
            f"what was drawn is not place {draw.place} of the list that was committed: {fault}"
        ) from fault


def opened(sealed: Sealed, disclosure: Disclosure) -> str:
    """What a seal says, if the disclosure is its own. Raises NotTheList."""
    if disclosure.digest != sealed.digest:
        raise NotTheList(
            f"the words brought for the seal {sealed.digest[:12]}… are not those that were sealed"
        )
    return disclosure.value


def _leaves(seals: Sequence[Sealed]) -> list[bytes]:
    return [merkle.leaf_hash(bytes.fromhex(sealed.digest)) for sealed in seals]
