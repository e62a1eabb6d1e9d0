"""The value types that several events share."""

from dataclasses import dataclass
from enum import StrEnum

from cordula.events.sealed import Sealed
from cordula.vocabulary.identifiers import ProductKey
from cordula.vocabulary.quantity import Quantity


class Answer(StrEnum):
    """Unknown is a third answer, never an empty second one."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, kw_only=True, slots=True)
class Signature:
    """What a person put their name to. The printed name and the words shown are sealed as they stood
    at signing (21 CFR 11.50, 11.70): the words name the child, so an unsalted digest would give her away."""

    role: str
    meaning: str
    statement: Sealed
    printed_name: Sealed


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One product made from another: a fraction, a vial, a bag, or a segment kept for testing."""

    product: ProductKey
    kind: "PartKind"
    parent: ProductKey | None = None
    volume: Quantity | None = None


class PartKind(StrEnum):
    DONATION = "donation"
    FRACTION = "fraction"
    VIAL = "vial"
    BAG = "bag"
    SEGMENT = "segment"


@dataclass(frozen=True, kw_only=True, slots=True)
class Injection:
    """One injection of a dose: where, and how much."""

    site: str
    volume: Quantity


@dataclass(frozen=True, kw_only=True, slots=True)
class Lot:
    """A reagent or device lot used in processing, so that a recall can find the units."""

    item: str
    lot: str
