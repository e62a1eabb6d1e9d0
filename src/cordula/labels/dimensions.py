"""How large, heavy or voluminous is the product said to be? (ST-001 2.4.29)"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, NamedTuple, Self

from cordula.labels.errors import shown
from cordula.labels.layout import Layout, Part, parts
from cordula.labels.repeated import CountedLayout
from cordula.labels.structure import Structure

ITEM = Layout(
    "",
    "029",
    "Dimension",
    parts(relation="99", dimension="9999", digits="99999", decimals="9", reserved_places="00"),
)
WIDTH = ITEM.length
LAYOUT = CountedLayout(
    "&$",
    "029",
    "Dimensions",
    parts(count="99"),
    item=Part("dimension", "".join(part.kinds for part in ITEM.parts)),
)

# The volume with additive, the one dimension that a cord blood unit states.
VOLUME_ML = "0001"


class Dimension(NamedTuple):
    """`relation` is a code: the value may be exact, nominal or a bound (ST-001 table 19)."""

    relation: str
    dimension: str
    digits: str
    decimals: int

    @property
    def value(self) -> Decimal:
        return Decimal(self.digits).scaleb(-self.decimals)


@dataclass(frozen=True, slots=True)
class Dimensions(Structure):
    LAYOUTS: ClassVar[tuple[Layout, ...]] = (LAYOUT,)

    items: tuple[Dimension, ...]

    def __post_init__(self) -> None:
        self.format()
        for place, item in enumerate(self.items):
            if item.decimals > 5:
                position = LAYOUT.length + place * WIDTH + ITEM.start_of("decimals")
                LAYOUT.refuse(position, "0 to 5 decimals", shown(str(item.decimals)))

    @classmethod
    def parse(cls, text: str) -> Self:
        _, repeated = LAYOUT.split(text)
        pieces = (repeated[at : at + WIDTH] for at in range(0, len(repeated), WIDTH))
        return cls(tuple(_dimension(*ITEM.split(piece)) for piece in pieces))

    def format(self) -> str:
        return LAYOUT.join("".join(map(_piece, self.items)))


def _dimension(relation: str, dimension: str, digits: str, decimals: str, _: str) -> Dimension:
    return Dimension(relation, dimension, digits, int(decimals))


def _piece(item: Dimension) -> str:
    return ITEM.join(item.relation, item.dimension, item.digits, str(item.decimals), "00")
