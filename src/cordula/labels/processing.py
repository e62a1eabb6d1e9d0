"""Who processed this product, and what do they call it? (ST-001 2.4.33 to 2.4.36)

None of these numbers makes a product unique; the facility that assigned the product code may (see `mpho`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

from cordula.labels.layout import Layout, parts
from cordula.labels.product import CODE
from cordula.labels.structure import Structure

FACILITY = Layout(
    "&+",
    "033",
    "Processing facility information",
    parts(facility_number="f" * 5, facility_product_code="U" * 6),
)
PRODUCT = Layout(
    "=/",
    "034",
    "Processor product identification",
    (*parts(facility_number="f" * 5, facility_product_code="U" * 6), CODE),
)
LOT = Layout("&,1", "035", "Product lot number", parts(lot="U" * 18))
SUPPLEMENT = Layout("&,2", "036", "Supplemental product number", parts(number="U" * 18))
NO_PRODUCT_CODE = "000000"


@dataclass(frozen=True, slots=True)
class ProcessingFacility(Structure):
    LAYOUTS: ClassVar[tuple[Layout, ...]] = (FACILITY,)

    fin: str
    facility_product_code: str = NO_PRODUCT_CODE

    def __post_init__(self) -> None:
        self.format()

    @classmethod
    def parse(cls, text: str) -> Self:
        return cls(*FACILITY.split(text))

    def format(self) -> str:
        return FACILITY.join(self.fin, self.facility_product_code)


@dataclass(frozen=True, slots=True)
class ProcessorProduct(Structure):
    """The identification of a medical device that contains a product of human origin."""

    LAYOUTS: ClassVar[tuple[Layout, ...]] = (PRODUCT,)

    fin: str
    facility_product_code: str
    description_code: str

    def __post_init__(self) -> None:
        self.format()

    @classmethod
    def parse(cls, text: str) -> Self:
        return cls(*PRODUCT.split(text))

    def format(self) -> str:
        return PRODUCT.join(self.fin, self.facility_product_code, self.description_code)


@dataclass(frozen=True, slots=True)
class ProductLot(Structure):
    LAYOUTS: ClassVar[tuple[Layout, ...]] = (LOT,)

    lot: str

    def __post_init__(self) -> None:
        self.format()

    @classmethod
    def parse(cls, text: str) -> Self:
        return cls(*LOT.split(text))

    @classmethod
    def padded(cls, lot: str) -> Self:
        """A lot shorter than its eighteen characters, as it is to be printed."""
        return cls(lot.rjust(18, "0"))

    def format(self) -> str:
        return LOT.join(self.lot)


@dataclass(frozen=True, slots=True)
class SupplementalNumber(Structure):
    LAYOUTS: ClassVar[tuple[Layout, ...]] = (SUPPLEMENT,)

    number: str

    def __post_init__(self) -> None:
        self.format()

    @classmethod
    def parse(cls, text: str) -> Self:
        return cls(*SUPPLEMENT.split(text))

    @classmethod
    def padded(cls, number: str) -> Self:
        """A number shorter than its eighteen characters, as it is to be printed."""
        return cls(number.rjust(18, "0"))

    def format(self) -> str:
        return SUPPLEMENT.join(self.number)
