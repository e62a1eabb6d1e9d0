"""What can every structure on a label say about itself?"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar, Self

from cordula.labels.layout import Layout


class Structure(ABC):
    """One ISBT 128 structure, read or about to be printed. `parse` and `format` are inverses."""

    __slots__ = ()

    # A date has two layouts, without and with a time; every other structure has one.
    LAYOUTS: ClassVar[tuple[Layout, ...]] = ()

    @classmethod
    @abstractmethod
    def parse(cls, text: str) -> Self:
        """Read the structure, identifier included; anything out of order raises LabelError."""

    @abstractmethod
    def format(self) -> str:
        """What a bar code carries, identifier included."""

    @property
    def layout(self) -> Layout:
        return self.LAYOUTS[0]

    @property
    def structure_number(self) -> str:
        """The data structure number of ST-001, three digits; empty for what a country defined."""
        return self.layout.number

    @property
    def name(self) -> str:
        return self.layout.name

    @classmethod
    def kind_name(cls) -> str:
        """How this kind of structure is called where one is asked for."""
        first, *others = cls.LAYOUTS
        return " or ".join((first.name, *(f"[{layout.number}]" for layout in others)))
