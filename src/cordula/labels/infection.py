"""Which infection markers were tested in this collection, and with what result? (ST-001 2.4.27)

For cord blood the results are usually the mother's: the structure does not say whose, and the record must.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import ClassVar, Self

from cordula.labels.check_character import check_character
from cordula.labels.errors import shown
from cordula.labels.layout import Layout, parts
from cordula.labels.structure import Structure

LAYOUT = Layout(
    '&"', "027", "Infection markers", parts(marker_pairs="9" * 10, reserved_places="0" * 8)
)


class Result(Enum):
    """The label has one digit for "not tested" and "tested, nothing stated here": it states no result."""

    NOT_TESTED = 0
    NEGATIVE = 1
    POSITIVE = 2


class Marker(StrEnum):
    """In the order of the label: the first and second of each pair, then HEV alone."""

    HIV_ANTIBODY = "HIV-1/2 antibody"
    HIV_P24 = "HIV p24 antigen"
    HIV_GENOME = "HIV genome"
    HCV_ANTIBODY = "HCV antibody"
    HCV_ANTIGEN = "HCV antigen"
    HCV_GENOME = "HCV genome"
    HBC_ANTIBODY = "HBc antibody"
    HBS_ANTIGEN = "HBs antigen"
    HBV_GENOME = "HBV genome"
    HTLV_ANTIBODY = "HTLV antibody"
    SYPHILIS_ANTIBODY = "syphilis antibody"
    CMV_ANTIBODY = "CMV antibody"
    CMV_GENOME = "CMV genome"
    EBV_GENOME = "EBV genome"
    WNV_GENOME = "WNV genome"
    PARVOVIRUS_B19_ANTIBODY = "parvovirus B19 antibody"
    PARVOVIRUS_B19_GENOME = "parvovirus B19 genome"
    CHAGAS_ANTIBODY = "Chagas antibody"
    HEV_GENOME = "HEV genome"


MARKERS = tuple(Marker)
# HEV has no partner yet; in its digit the place of the second marker is always empty.
PAIRS = len(MARKERS) // 2 + 1


@dataclass(frozen=True, slots=True)
class InfectionMarkers(Structure):
    """One result for each marker, in the order of `MARKERS`."""

    LAYOUTS: ClassVar[tuple[Layout, ...]] = (LAYOUT,)

    results: tuple[Result, ...]

    def __post_init__(self) -> None:
        if len(self.results) != len(MARKERS):
            LAYOUT.refuse(None, f"{len(MARKERS)} results", str(len(self.results)))

    @classmethod
    def of(cls, results: Mapping[Marker, Result]) -> Self:
        return cls(tuple(results.get(marker, Result.NOT_TESTED) for marker in MARKERS))

    @classmethod
    def parse(cls, text: str) -> Self:
        digits, _ = LAYOUT.split(text)
        pairs = [_pair(place, digit) for place, digit in enumerate(digits)]
        return cls(tuple(result for pair in pairs for result in pair)[: len(MARKERS)])

    def format(self) -> str:
        values = [result.value for result in (*self.results, Result.NOT_TESTED)]
        digits = (
            3 * first + second for first, second in zip(values[::2], values[1::2], strict=True)
        )
        return LAYOUT.join("".join(map(str, digits)), "0" * 8)

    @property
    def by_marker(self) -> dict[Marker, Result]:
        return dict(zip(MARKERS, self.results, strict=True))

    @property
    def check_character(self) -> str:
        """Required beside the digits where they are printed (ST-001 table 30)."""
        return check_character(self.format()[len(LAYOUT.identifier) :])


def _pair(place: int, digit: str) -> tuple[Result, Result]:
    """A digit is three times the first result of its pair, plus the second."""
    first, second = divmod(int(digit), 3)
    position = LAYOUT.start_of("marker pairs") + place
    if first > 2:
        LAYOUT.refuse(position, "a digit from 0 to 8", shown(digit))
    if place == PAIRS - 1 and second:
        LAYOUT.refuse(position, "0, 3 or 6, as HEV stands alone here", shown(digit))
    return Result(first), Result(second)
