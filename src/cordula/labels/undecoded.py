"""Which structures are recognised by name and kept as they are, without being decoded?

Their tables are licensed, they are retired, or a country has defined them: they are data of others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar, Self

from cordula.labels.errors import shown
from cordula.labels.layout import Layout, Part, parts
from cordula.labels.repeated import CountedLayout
from cordula.labels.structure import Structure

ANTIGENS = parts(antigens="9" * 16, further_antigen="99")
NATIONAL = Layout("&", "", "National structure", ())
NATIONAL_IDENTIFIER = re.compile("&[a-z;!]")


@dataclass(frozen=True, slots=True)
class Undecoded(Structure):
    """A structure of ISBT 128 whose content this software does not interpret."""

    values: tuple[str, ...]

    def __post_init__(self) -> None:
        self.format()

    @classmethod
    def parse(cls, text: str) -> Self:
        return cls(cls.LAYOUTS[0].split(text))

    def format(self) -> str:
        return self.layout.join(*self.values)

    @property
    def content(self) -> str:
        return "".join(self.values)


class SpecialTesting(Undecoded):
    """Its five characters mean what the licensed special testing table says."""

    __slots__ = ()
    LAYOUTS: ClassVar[tuple[Layout, ...]] = (
        Layout("&(", "010", "Special testing", parts(test_code="UUUUU")),
    )


class RedCellAntigens(Undecoded):
    __slots__ = ()
    LAYOUTS: ClassVar[tuple[Layout, ...]] = (Layout("=\\", "012", "Red-cell antigens", ANTIGENS),)


class RedCellAntigensFinnish(Undecoded):
    __slots__ = ()
    LAYOUTS: ClassVar[tuple[Layout, ...]] = (
        Layout("&\\", "013", "Red-cell antigens, Finnish", ANTIGENS),
    )


class PlateletAntigens(Undecoded):
    __slots__ = ()
    LAYOUTS: ClassVar[tuple[Layout, ...]] = (
        Layout("&{", "014", "Platelet antigens", parts(antigens="9" * 18)),
    )


class AntigenHistory(Undecoded):
    __slots__ = ()
    LAYOUTS: ClassVar[tuple[Layout, ...]] = (
        CountedLayout(
            "&%",
            "030",
            "Red-cell antigens with test history",
            parts(count="999"),
            item=Part("antigen", "9" * 10),
        ),
    )

    @classmethod
    def parse(cls, text: str) -> Self:
        # The count follows from what is repeated.
        return cls(cls.LAYOUTS[0].split(text)[1:])


class Retired(Undecoded):
    """A structure that must not be printed any more, still met on old labels."""

    __slots__ = ()


class RetiredRedCellAntigens(Retired):
    __slots__ = ()
    LAYOUTS: ClassVar[tuple[Layout, ...]] = (
        Layout("={", "011", "Red-cell antigens, retired", ANTIGENS),
    )


class RetiredHlaAB(Retired):
    __slots__ = ()
    LAYOUTS: ClassVar[tuple[Layout, ...]] = (
        Layout("=[", "015", "HLA-A and -B alleles, retired", parts(alleles="9" * 18)),
    )


class RetiredHlaDrb1(Retired):
    __slots__ = ()
    LAYOUTS: ClassVar[tuple[Layout, ...]] = (
        Layout('="', "016", "HLA-DRB1 alleles, retired", parts(alleles="9" * 18)),
    )


class RetiredGrid(Retired):
    __slots__ = ()
    LAYOUTS: ClassVar[tuple[Layout, ...]] = (
        Layout(
            "&,3",
            "037",
            "Donor registration identifier, retired",
            parts(identifier="N999" + "U" * 15),
        ),
    )


@dataclass(frozen=True, slots=True)
class National(Structure):
    """What a country, a region or a facility has defined; it may not stand in a compound message."""

    LAYOUTS: ClassVar[tuple[Layout, ...]] = (NATIONAL,)

    identifier: str
    content: str

    def __post_init__(self) -> None:
        if not NATIONAL_IDENTIFIER.fullmatch(self.identifier):
            NATIONAL.refuse(1, "an identifier from &a to &z, &; or &!", shown(self.identifier))

    @classmethod
    def parse(cls, text: str) -> Self:
        return cls(text[:2], text[2:])

    def format(self) -> str:
        return self.identifier + self.content

    @property
    def name(self) -> str:
        return f"{NATIONAL.title} {self.identifier}"
