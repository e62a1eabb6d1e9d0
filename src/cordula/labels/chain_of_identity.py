"""Which infant's therapy does this belong to? The chain of identity identifier (ST-001 2.4.40, ST-028).

It is allocated before the first collection, stays the same on every linked donation, and replaces no donation number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

from cordula.labels.check_character import check_character
from cordula.labels.layout import Layout, parts
from cordula.labels.structure import Structure

LAYOUT = Layout(
    "&/",
    "040",
    "Chain of identity identifier",
    parts(letters_CH="CH", facility_number="Fff99", year="99", serial_number="UUUUUU"),
)


@dataclass(frozen=True, slots=True)
class ChainOfIdentity(Structure):
    """Unlike a donation's, the serial number may hold letters."""

    LAYOUTS: ClassVar[tuple[Layout, ...]] = (LAYOUT,)

    fin: str
    year: str
    serial: str

    def __post_init__(self) -> None:
        self.format()

    @classmethod
    def parse(cls, text: str) -> Self:
        _, fin, year, serial = LAYOUT.split(text)
        return cls(fin, year, serial)

    def format(self) -> str:
        return LAYOUT.join("CH", self.fin, self.year, self.serial)

    @property
    def number(self) -> str:
        """The 15 characters that identify the therapy."""
        return self.format()[len(LAYOUT.identifier) :]

    @property
    def check_character(self) -> str:
        """Computed from all 15 characters, as ST-001 says; to be confirmed against ST-028 before it is printed."""
        return check_character(self.number)

    @property
    def eye_readable(self) -> str:
        return f"CH {self.fin} {self.year} {self.serial}"
