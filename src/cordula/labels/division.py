"""Which part of a divided product is this? The product divisions code (ST-001 2.4.32)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar, Self

from cordula.labels.errors import shown
from cordula.labels.layout import Layout, parts
from cordula.labels.structure import Structure

LAYOUT = Layout("=,", "032", "Product divisions", parts(division="UUUUUU"))

# Up to three nested divisions of two letters each; levels not used are taken to stand last and to be 00.
NESTED = re.compile("([A-Z]{2}){1,3}(00){0,2}")


@dataclass(frozen=True, slots=True)
class Division(Structure):
    """Six digits, or pairs of letters that divide what the pair before has divided."""

    LAYOUTS: ClassVar[tuple[Layout, ...]] = (LAYOUT,)

    code: str

    def __post_init__(self) -> None:
        self.format()
        if not self.code.isdigit() and not NESTED.fullmatch(self.code):
            LAYOUT.refuse_part("division", "six digits or pairs of letters", shown(self.code))

    @classmethod
    def parse(cls, text: str) -> Self:
        return cls(*LAYOUT.split(text))

    def format(self) -> str:
        return LAYOUT.join(self.code)

    @property
    def levels(self) -> tuple[str, ...]:
        """The divisions from the outermost to the innermost: ("000012",) or ("AA", "AB", "AC")."""
        if self.code.isdigit():
            return (self.code,)
        pairs = (self.code[at : at + 2] for at in (0, 2, 4))
        return tuple(pair for pair in pairs if pair != "00")
