"""The course of the child: weight, diagnosis, operations, outcomes, harm."""

from dataclasses import dataclass
from datetime import datetime

from cordula.events.event import Event
from cordula.events.parts import Answer, Signature
from cordula.events.sealed import Sealed
from cordula.vocabulary.identifiers import InfantId, UnitId
from cordula.vocabulary.quantity import Quantity


@dataclass(frozen=True, kw_only=True)
class Weighed(Event):
    """The child was weighed; a dose is worked out only from a weight that is fresh enough."""

    infant: InfantId
    weight: Quantity
    where: str | None = None


@dataclass(frozen=True, kw_only=True)
class Diagnosed(Event):
    """A cardiac diagnosis, by its key in the vocabulary."""

    infant: InfantId
    diagnosis: str
    before_birth: bool = False


@dataclass(frozen=True, kw_only=True)
class Declared(Event):
    """One statement about the child that a protocol asks for was answered."""

    infant: InfantId
    item: str
    answer: Answer
    note: Sealed | None = None


@dataclass(frozen=True, kw_only=True)
class Reviewed(Event):
    """A specialist signed a review, such as the geneticist's. The conclusion is one of
    no_objection or objection; the report's words are sealed."""

    infant: InfantId
    units: tuple[UnitId, ...] = ()
    review: str
    conclusion: str
    report: Sealed | None = None
    signature: Signature


@dataclass(frozen=True, kw_only=True)
class ReviewRequested(Event):
    """A report is ready and waits for the specialist's signature."""

    infant: InfantId
    units: tuple[UnitId, ...] = ()
    review: str


@dataclass(frozen=True, kw_only=True)
class OperationPlanned(Event):
    """An operation has a time. A later plan of the same operation replaces the earlier."""

    infant: InfantId
    operation: str
    planned_for: datetime
    theatre: str | None = None


@dataclass(frozen=True, kw_only=True)
class OperationCancelled(Event):
    """A planned operation will not take place."""

    infant: InfantId
    operation: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Operated(Event):
    """An operation took place; `at` is its end."""

    infant: InfantId
    operation: str
    started_at: datetime


@dataclass(frozen=True, kw_only=True)
class Examined(Event):
    """An outcome measured in the child, by echo, imaging or the laboratory."""

    infant: InfantId
    measure: str
    result: Quantity
    method: str
    timepoint: str | None = None
    read_by: str | None = None


@dataclass(frozen=True, kw_only=True)
class AdverseEventReported(Event):
    """Harm, or what may be harm. Related to the product and to the procedure are two questions."""

    infant: InfantId
    units: tuple[UnitId, ...] = ()
    number: str
    category: str
    grade: int
    serious: bool
    expected: Answer
    related_to_product: str
    related_to_procedure: str
    started_at: datetime
    words: Sealed


@dataclass(frozen=True, kw_only=True)
class Transplanted(Event):
    """The child received a heart."""

    infant: InfantId


@dataclass(frozen=True, kw_only=True)
class Died(Event):
    """The child died."""

    infant: InfantId
    cause: Sealed | None = None
