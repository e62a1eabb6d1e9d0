"""Which registered donor is this? The global registration identifier for donors, GRID (ST-001 2.4.39).

An autologous family unit has none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

from cordula.labels.check_character import check_value
from cordula.labels.errors import shown
from cordula.labels.layout import Layout, parts
from cordula.labels.structure import Structure

LAYOUT = Layout(
    "&:",
    "039",
    "Donor registration identifier (GRID)",
    parts(issuing_organisation="N999", donor_identifier="U" * 13, checksum="99"),
)


@dataclass(frozen=True, slots=True)
class Grid(Structure):
    """The two last digits are a checksum, written as a number from 00 to 36, and follow from the rest."""

    LAYOUTS: ClassVar[tuple[Layout, ...]] = (LAYOUT,)

    issuing_organisation: str
    donor_identifier: str

    def __post_init__(self) -> None:
        self.format()

    @classmethod
    def parse(cls, text: str) -> Self:
        organisation, identifier, checksum = LAYOUT.split(text)
        grid = cls(organisation, identifier)
        if checksum != grid.checksum:
            LAYOUT.refuse_part("checksum", f"the checksum {grid.checksum}", shown(checksum))
        return grid

    @classmethod
    def parse_number(cls, number: str) -> Self:
        """The 19 characters as registries write them, with or without spaces."""
        return cls.parse(LAYOUT.identifier + "".join(number.split()))

    def format(self) -> str:
        return LAYOUT.join(self.issuing_organisation, self.donor_identifier, self.checksum)

    @property
    def checksum(self) -> str:
        return f"{check_value(self.issuing_organisation + self.donor_identifier):02}"

    @property
    def number(self) -> str:
        return self.issuing_organisation + self.donor_identifier + self.checksum
