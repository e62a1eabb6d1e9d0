"""Which box of which shipment is this? The product consignment (ST-001 2.4.28)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

from cordula.labels.errors import shown
from cordula.labels.layout import Layout, parts
from cordula.labels.structure import Structure

LAYOUT = Layout(
    "=$",
    "028",
    "Product consignment",
    parts(facility_number="Fff99", year="99", serial_number="99999", box="99", boxes="99"),
)


@dataclass(frozen=True, slots=True)
class Consignment(Structure):
    """`box` is 0 on the dispatch documents; `boxes` is how many there are."""

    LAYOUTS: ClassVar[tuple[Layout, ...]] = (LAYOUT,)

    fin: str
    year: str
    serial: str
    box: int
    boxes: int

    def __post_init__(self) -> None:
        self.format()
        if self.box > self.boxes:
            LAYOUT.refuse_part("box", f"a box from 00 to {self.boxes:02}", shown(f"{self.box:02}"))

    @classmethod
    def parse(cls, text: str) -> Self:
        fin, year, serial, box, boxes = LAYOUT.split(text)
        return cls(fin, year, serial, int(box), int(boxes))

    def format(self) -> str:
        return LAYOUT.join(self.fin, self.year, self.serial, f"{self.box:02}", f"{self.boxes:02}")

    @property
    def number(self) -> str:
        """What all boxes and documents of the shipment share."""
        return self.fin + self.year + self.serial

    @property
    def is_document(self) -> bool:
        return self.box == 0
