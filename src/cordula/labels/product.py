"""Which product is this, how was it collected, which division? The product code (ST-001 2.4.3)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import ClassVar, Self

from cordula.labels.collection_types import COLLECTION_TYPES
from cordula.labels.division import Division
from cordula.labels.errors import LabelError, shown
from cordula.labels.layout import Layout, Part, parts
from cordula.labels.structure import Structure

CODE = Part("product description code", "AUUUU")
LAYOUT = Layout(
    "=<",
    "003",
    "Product code",
    (CODE, *parts(collection_type="X", first_division="U", second_division="L")),
    case_matters=True,
)
IN_DIVISION_SCAN = "99"


class ProductClass(Enum):
    """What the first characters of the description code say about the three last of the product code."""

    # A collection type, then a division such as A0, Ab or 00.
    COLLECTED = re.compile("[EFHSP]|X0|Y[A-Z]")
    # A division of three digits.
    NUMBERED = re.compile("[MNRTVW]")
    # Reserved: 000.
    UNDIVIDED = re.compile("X[1-9]")
    # As the country or the facility has defined them.
    LOCAL = re.compile("[A-D]")


@dataclass(frozen=True, slots=True)
class ProductCode(Structure):
    """`collection_type` is None for tissue and its like, whose division takes all three characters."""

    LAYOUTS: ClassVar[tuple[Layout, ...]] = (LAYOUT,)

    description_code: str
    collection_type: str | None
    division: str

    def __post_init__(self) -> None:
        self.format()
        self._check_division()

    @classmethod
    def parse(cls, text: str) -> Self:
        code, collection_type, first, second = LAYOUT.split(text)
        if _class_of(code) in (ProductClass.NUMBERED, ProductClass.UNDIVIDED):
            return cls(code, None, collection_type + first + second)
        return cls(code, collection_type, first + second)

    def format(self) -> str:
        tail = (self.collection_type or "") + self.division
        return LAYOUT.join(self.description_code, tail[:1], tail[1:2], tail[2:])

    @property
    def product_class(self) -> ProductClass:
        return _class_of(self.description_code)

    @property
    def collection_meaning(self) -> str | None:
        """None where ISBT 128 leaves the character to the country or the facility, or does not know it."""
        if self.product_class is not ProductClass.COLLECTED:
            return None
        return COLLECTION_TYPES.get(self.collection_type or "")

    @property
    def division_is_scanned_apart(self) -> bool:
        """99 says that the division stands in a product divisions bar code [032], which must be scanned too."""
        return self.division == IN_DIVISION_SCAN

    def _check_division(self) -> None:
        pattern, expected = _DIVISIONS[self.product_class]
        if not re.fullmatch(pattern, self.division):
            at = "collection type" if self.collection_type is None else "first division"
            LAYOUT.refuse_part(at, expected, shown(self.division))


_DIVISIONS = {
    ProductClass.COLLECTED: (
        "[A-Z0][a-z0]|99",
        "a division: a capital letter or 0, then a small letter or 0; or 99",
    ),
    ProductClass.NUMBERED: ("[0-9]{3}", "a division of three digits"),
    ProductClass.UNDIVIDED: ("000", "000, the rest being reserved"),
    ProductClass.LOCAL: ("[A-Z0-9][a-z0-9]", "a division of two characters"),
}


def _class_of(description_code: str) -> ProductClass:
    for product_class in ProductClass:
        if product_class.value.match(description_code):
            return product_class
    expected = "a first character that ISBT 128 has assigned to a kind of product"
    LAYOUT.refuse(3, expected, shown(description_code[:2]))


def check_division_present(structures: Iterable[Structure]) -> None:
    """Refuse a product whose division has not been scanned, or scanned beside a product that has its own.

    Give it everything scanned for one product, whether in one bar code or several (ST-001 2.4.32).
    """
    scanned = tuple(structures)
    divided = any(isinstance(structure, Division) for structure in scanned)
    for product in scanned:
        if isinstance(product, ProductCode) and product.division_is_scanned_apart != divided:
            raise _division_missing(product) if not divided else _division_twice(product)


def _division_missing(product: ProductCode) -> LabelError:
    expected = f"the {Division.kind_name().lower()} of this product to be scanned too, as its division is 99"
    return LabelError(LAYOUT.name, LAYOUT.start_of("first division"), expected, "no such scan")


def _division_twice(product: ProductCode) -> LabelError:
    expected = f"the division 99, as {Division.kind_name().lower()} were scanned beside it"
    found = shown(product.division)
    return LabelError(LAYOUT.name, LAYOUT.start_of("first division"), expected, found)
