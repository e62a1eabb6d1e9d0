"""Which bag, filter or reagent was used, from which lot, good until when? (ST-001 2.4.17, 2.4.18, 2.4.21, 2.4.22, 2.4.26)

Catalogue and lot numbers are padded with zeros on the left; whether a zero belongs to the number, only its maker
knows, so they are kept as read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

from cordula.labels.calendar_parts import day_of_month
from cordula.labels.layout import Layout, parts
from cordula.labels.structure import Structure

CONTAINER = Layout(
    "=)",
    "017",
    "Container manufacturer and catalogue number",
    parts(container="X", manufacturer="UU", catalogue_number="X" * 7),
    case_matters=True,
)
CONTAINER_LOT = Layout("&)", "018", "Container lot number", parts(lot="X" * 10), case_matters=True)
ITEM = Layout(
    "=-",
    "021",
    "Supply manufacturer and catalogue number",
    parts(manufacturer="UU", catalogue_number="X" * 8),
    case_matters=True,
)
ITEM_LOT = Layout("&-", "022", "Supply lot number", parts(lot="X" * 10), case_matters=True)
ITEM_EXPIRY = Layout("=]", "026", "Supply expiry month", parts(year="9999", month="99"))


@dataclass(frozen=True, slots=True)
class Container(Structure):
    """`container` tells the bags of a set apart: 1 is the collection bag, y the whole set, z a carton."""

    LAYOUTS: ClassVar[tuple[Layout, ...]] = (CONTAINER,)

    container: str
    manufacturer: str
    catalogue_number: str

    def __post_init__(self) -> None:
        self.format()

    @classmethod
    def parse(cls, text: str) -> Self:
        return cls(*CONTAINER.split(text))

    @classmethod
    def padded(cls, container: str, manufacturer: str, catalogue_number: str) -> Self:
        """A catalogue number shorter than its seven characters, as it is to be printed."""
        return cls(container, manufacturer, catalogue_number.rjust(7, "0"))

    def format(self) -> str:
        return CONTAINER.join(self.container, self.manufacturer, self.catalogue_number)


@dataclass(frozen=True, slots=True)
class Item(Structure):
    """A reagent, filter or set other than a container."""

    LAYOUTS: ClassVar[tuple[Layout, ...]] = (ITEM,)

    manufacturer: str
    catalogue_number: str

    def __post_init__(self) -> None:
        self.format()

    @classmethod
    def parse(cls, text: str) -> Self:
        return cls(*ITEM.split(text))

    @classmethod
    def padded(cls, manufacturer: str, catalogue_number: str) -> Self:
        """A catalogue number shorter than its eight characters, as it is to be printed."""
        return cls(manufacturer, catalogue_number.rjust(8, "0"))

    def format(self) -> str:
        return ITEM.join(self.manufacturer, self.catalogue_number)


@dataclass(frozen=True, slots=True)
class Lot(Structure):
    lot: str

    def __post_init__(self) -> None:
        self.format()

    @classmethod
    def parse(cls, text: str) -> Self:
        return cls(*cls.LAYOUTS[0].split(text))

    @classmethod
    def padded(cls, lot: str) -> Self:
        """A lot shorter than its ten characters, as it is to be printed."""
        return cls(lot.rjust(10, "0"))

    def format(self) -> str:
        return self.layout.join(self.lot)


class ContainerLot(Lot):
    __slots__ = ()
    LAYOUTS: ClassVar[tuple[Layout, ...]] = (CONTAINER_LOT,)


class ItemLot(Lot):
    __slots__ = ()
    LAYOUTS: ClassVar[tuple[Layout, ...]] = (ITEM_LOT,)


@dataclass(frozen=True, slots=True)
class SupplyExpiry(Structure):
    """A month, for supplies only: never for a product of human origin."""

    LAYOUTS: ClassVar[tuple[Layout, ...]] = (ITEM_EXPIRY,)

    year: int
    month: int

    def __post_init__(self) -> None:
        day_of_month(ITEM_EXPIRY, f"{self.year:04}", f"{self.month:02}", "01")

    @classmethod
    def parse(cls, text: str) -> Self:
        year, month = ITEM_EXPIRY.split(text)
        return cls(int(year), int(month))

    def format(self) -> str:
        return ITEM_EXPIRY.join(f"{self.year:04}", f"{self.month:02}")

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)
