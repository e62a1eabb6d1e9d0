"""In the cell laboratory: counted, processed, divided, frozen, tested."""

from dataclasses import dataclass
from datetime import datetime

from cordula.events.event import Event
from cordula.events.parts import Answer, Lot, Part
from cordula.events.sealed import Sealed
from cordula.vocabulary.identifiers import AccountId, MotherId, ProductKey, UnitId
from cordula.vocabulary.quantity import Quantity


@dataclass(frozen=True, kw_only=True)
class Counted(Event):
    """A measured value of the unit, or of one of its products, at one point of its life."""

    unit: UnitId
    measure: str
    timepoint: str
    result: Quantity
    cell_type: str | None = None
    method: str | None = None
    instrument: str | None = None
    product: ProductKey | None = None
    second_person: AccountId | None = None
    unusual_confirmed: bool = False


@dataclass(frozen=True, kw_only=True)
class Processed(Event):
    """The blood was separated; `at` is the end."""

    unit: UnitId
    method: str
    started_at: datetime
    product_code: str
    lots: tuple[Lot, ...] = ()
    second_person: AccountId | None = None


@dataclass(frozen=True, kw_only=True)
class Divided(Event):
    """Products were made from products."""

    unit: UnitId
    parts: tuple[Part, ...]


@dataclass(frozen=True, kw_only=True)
class Cryopreserved(Event):
    """Products were frozen; `at` is the end of the programme."""

    unit: UnitId
    products: tuple[ProductKey, ...]
    cryoprotectant: str
    programme: str
    started_at: datetime
    end_temperature: Quantity | None = None


@dataclass(frozen=True, kw_only=True)
class TestStarted(Event):
    """A test that takes days was set up; the result is due at `due`."""

    __test__ = False  # pytest must not take the event for a test

    unit: UnitId
    test: str
    due: datetime
    product: ProductKey | None = None


@dataclass(frozen=True, kw_only=True)
class Tested(Event):
    """The result of a test on the unit. An interim reading is not final."""

    __test__ = False  # pytest must not take the event for a test

    unit: UnitId
    test: str
    result: str
    final: bool = True
    organism: str | None = None
    product: ProductKey | None = None


@dataclass(frozen=True, kw_only=True)
class MotherTested(Event):
    """A result of the mother's blood, which stands in for the newborn's (21 CFR 1271.80(a)).

    It names her as its subject, and is never a result of the infant."""

    units: tuple[UnitId, ...]
    mother: MotherId
    test: str
    result: str
    specimen_at: datetime


@dataclass(frozen=True, kw_only=True)
class Assessed(Event):
    """One item of a questionnaire about the donor was answered."""

    unit: UnitId
    item: str
    answer: Answer
    note: Sealed | None = None


@dataclass(frozen=True, kw_only=True)
class EligibilityDetermined(Event):
    """The donor's eligibility: not_required, complete_eligible, complete_ineligible, incomplete."""

    unit: UnitId
    status: str


@dataclass(frozen=True, kw_only=True)
class LabelPrinted(Event):
    """A label was printed; it counts only once it was scanned back."""

    unit: UnitId
    product: ProductKey | None = None
    template: str
    copies: int = 1
    reprint_reason: Sealed | None = None
    practice: bool = False


@dataclass(frozen=True, kw_only=True)
class LabelVerified(Event):
    """A printed label was scanned back and read what it should."""

    unit: UnitId
    product: ProductKey | None = None
    scanned: str
