"""Which code does a European tissue establishment print? The Single European Code, SEC (ST-001 2.4.38, ST-012).

Printed: `SEC: ` + donation sequence + space + product sequence. In a bar code [038]: the same 40 characters, no space.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

from cordula.labels.calendar_parts import day_of_month
from cordula.labels.din import Din
from cordula.labels.errors import LabelError, shown
from cordula.labels.layout import Layout, parts
from cordula.labels.product import ProductCode
from cordula.labels.structure import Structure

LAYOUT = Layout(
    "&,4",
    "038",
    "Single European Code",
    parts(
        country="AA",
        tissue_establishment="UUUUUU",
        donation_number="X" * 13,
        coding_system="A",
        product_number="X" * 7,
        split_number="XXX",
        year="9999",
        month="99",
        day="99",
    ),
    case_matters=True,
)
CODING_SYSTEMS = {"A": "ISBT 128", "B": "Eurocode", "E": "European tissue code"}
PRINTED = re.compile("SEC: (.{21}) (.{19})")
DONATION_SEQUENCE = 2 + 6 + 13
NO_EXPIRY = ("0000", "00", "00")


@dataclass(frozen=True, slots=True)
class SingleEuropeanCode(Structure):
    LAYOUTS: ClassVar[tuple[Layout, ...]] = (LAYOUT,)

    country: str
    tissue_establishment: str
    donation_number: str
    coding_system: str
    product_number: str
    split_number: str
    expiry: date | None

    def __post_init__(self) -> None:
        self.format()
        if self.coding_system not in CODING_SYSTEMS:
            expected = "A for ISBT 128, B for Eurocode or E for a European tissue code"
            LAYOUT.refuse_part("coding system", expected, shown(self.coding_system))

    @classmethod
    def of(
        cls,
        country: str,
        tissue_establishment: str,
        din: Din,
        product: ProductCode,
        expiry: date | None,
    ) -> Self:
        """The code of a product labelled in ISBT 128."""
        number = product.description_code.rjust(7, "0")
        donation = (country, tissue_establishment, din.number)
        return cls(*donation, "A", number, split_number(product), expiry)

    @classmethod
    def parse(cls, text: str) -> Self:
        country, establishment, donation, system, product, split, *day = LAYOUT.split(text)
        expiry = None if tuple(day) == NO_EXPIRY else day_of_month(LAYOUT, *day)
        return cls(country, establishment, donation, system, product, split, expiry)

    @classmethod
    def parse_printed(cls, text: str) -> Self:
        printed = PRINTED.fullmatch(text.strip())
        if not printed:
            expected = "SEC: then 21 characters for the donation, a space and 19 for the product"
            LAYOUT.refuse(None, expected, shown(text))
        try:
            return cls.parse(LAYOUT.identifier + printed[1] + printed[2])
        except LabelError as error:
            raise _as_printed(error) from None

    def format(self) -> str:
        expiry = self.expiry.isoformat().split("-") if self.expiry else NO_EXPIRY
        donation = (self.country, self.tissue_establishment, self.donation_number)
        return LAYOUT.join(
            *donation, self.coding_system, self.product_number, self.split_number, *expiry
        )

    def format_printed(self) -> str:
        return f"SEC: {self.donation_sequence} {self.product_sequence}"

    @property
    def donation_sequence(self) -> str:
        return self._content[:DONATION_SEQUENCE]

    @property
    def product_sequence(self) -> str:
        return self._content[DONATION_SEQUENCE:]

    @property
    def _content(self) -> str:
        return self.format()[len(LAYOUT.identifier) :]


def split_number(product: ProductCode) -> str:
    """Three characters for the division: `003` of a tissue stays, `A0` of a cell therapy becomes `0A0`."""
    if product.division_is_scanned_apart:
        expected = "a division of two or three characters; for the longer divisions [032] the site needs a rule"
        raise LabelError(LAYOUT.name, LAYOUT.start_of("split number"), expected, "the division 99")
    return product.division.rjust(3, "0")


def _as_printed(error: LabelError) -> LabelError:
    """The printed form has two characters more before the donation, and a space after it."""
    in_product = (error.position or 0) > len(LAYOUT.identifier) + DONATION_SEQUENCE
    return error.moved(3 if in_product else 2)
