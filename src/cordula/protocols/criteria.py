"""The kinds of criterion a protocol may ask for. Each is a positive statement that can be met,
not met or unknown. The set is closed: a protocol that needs another kind needs a new class here."""

from dataclasses import dataclass
from typing import ClassVar

from cordula.vocabulary.quantity import Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """Which results pass. Bounds are inclusive unless `more_than` or `less_than` is used."""

    at_least: Quantity | None = None
    at_most: Quantity | None = None
    more_than: Quantity | None = None
    less_than: Quantity | None = None


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """What every criterion says of itself. `id` is stable and never used again for another rule.

    An open criterion is one whose number nobody could source: its gate answers unknown until the
    site fills it in. `who` is the role that must act when it is not met."""

    KIND: ClassVar[str]

    id: str
    says: str
    source: str
    place: str = ""
    who: str
    open: bool = False


@dataclass(frozen=True, kw_only=True)
class ConsentGiven(Criterion):
    """Parents agreed to all these scopes and took none of them back."""

    KIND: ClassVar[str] = "consent"
    scopes: tuple[str, ...]
    parents: int = 1
    excused_if_not_available: bool = False


@dataclass(frozen=True, kw_only=True)
class IdentityMatched(Criterion):
    """Child, bag and label were found to match at each of these places."""

    KIND: ClassVar[str] = "identity"
    at: tuple[str, ...]
    persons: int = 2


@dataclass(frozen=True, kw_only=True)
class Happened(Criterion):
    """An event of this kind is in the history."""

    KIND: ClassVar[str] = "happened"
    event: str


@dataclass(frozen=True, kw_only=True)
class WithinTime(Criterion):
    """The time from one moment to another is inside the limit. Moments are named in `moments.py`."""

    KIND: ClassVar[str] = "interval"
    start: str
    end: str
    limit: Limit


@dataclass(frozen=True, kw_only=True)
class Measured(Criterion):
    """The newest valid result of a measure, at one point of the unit's life or of the child's."""

    KIND: ClassVar[str] = "measure"
    measure: str
    timepoint: str | None = None
    cell_type: str | None = None
    limit: Limit
    of: str = "unit"
    not_older_than: Quantity | None = None


@dataclass(frozen=True, kw_only=True)
class TestPassed(Criterion):
    """A test of the unit is final and its newest result is one of these."""

    __test__: ClassVar[bool] = False  # pytest must not take the rule for a test
    KIND: ClassVar[str] = "test"
    test: str
    results: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class MotherNegative(Criterion):
    """The mother's results for these markers, from a specimen near the collection."""

    KIND: ClassVar[str] = "mother"
    markers: tuple[str, ...]
    result: str = "negative"
    specimen_within: Quantity | None = None


@dataclass(frozen=True, kw_only=True)
class Answered(Criterion):
    """A questionnaire item about the donor (`of = "unit"`) or the child has this answer."""

    KIND: ClassVar[str] = "answer"
    items: tuple[str, ...]
    answer: str
    of: str = "unit"


@dataclass(frozen=True, kw_only=True)
class EligibilityIs(Criterion):
    """The donor's eligibility was determined, with one of these outcomes."""

    KIND: ClassVar[str] = "eligibility"
    outcomes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ProductsKept(Criterion):
    """At least this many products of a kind are in storage."""

    KIND: ClassVar[str] = "products"
    product_kind: str
    at_least: int = 1


@dataclass(frozen=True, kw_only=True)
class StorageUnbroken(Criterion):
    """Every temperature excursion was reviewed and found to have no effect."""

    KIND: ClassVar[str] = "storage"


@dataclass(frozen=True, kw_only=True)
class DeviationsClosed(Criterion):
    """Every deviation was closed, and the unit found usable."""

    KIND: ClassVar[str] = "deviations"


@dataclass(frozen=True, kw_only=True)
class ReviewSigned(Criterion):
    """A specialist's review is signed and has no objection."""

    KIND: ClassVar[str] = "review"
    review: str


@dataclass(frozen=True, kw_only=True)
class DiagnosisIs(Criterion):
    """The child has one of these diagnoses."""

    KIND: ClassVar[str] = "diagnosis"
    any_of: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class OperationKnown(Criterion):
    """An operation is planned, or was performed."""

    KIND: ClassVar[str] = "operation"
    operation: str
    state: str


@dataclass(frozen=True, kw_only=True)
class AgeAt(Criterion):
    """The child's age at a moment is inside the limit."""

    KIND: ClassVar[str] = "age"
    moment: str
    limit: Limit


@dataclass(frozen=True, kw_only=True)
class WeightFresh(Criterion):
    """The child was weighed recently enough for a dose to be worked out."""

    KIND: ClassVar[str] = "weight"
    not_older_than: Quantity | None = None


@dataclass(frozen=True, kw_only=True)
class DoseInRange(Criterion):
    """The dose by the protocol's dose rule is inside its range."""

    KIND: ClassVar[str] = "dose"


@dataclass(frozen=True, kw_only=True)
class EnrolledHere(Criterion):
    """The child takes part in this protocol."""

    KIND: ClassVar[str] = "enrolled"
