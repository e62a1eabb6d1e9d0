"""Which ABO and RhD group does the label state, or which message instead? (ST-001 2.4.2)"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, NamedTuple, Self

from cordula.labels.layout import Layout, parts
from cordula.labels.structure import Structure

LAYOUT = Layout(
    "=%",
    "002",
    "Blood group ABO and RhD",
    parts(group="XX", phenotype="U", reserved_place="0"),
    True,
)


class Use(StrEnum):
    """For whom the label says the product is meant."""

    NOT_SPECIFIED = "not specified"
    DIRECTED_ONLY = "directed only"
    EMERGENCY = "emergency only"
    DIRECTED_BIOHAZARD = "directed, biohazard"
    DIRECTED_CROSSOVER = "directed, may be crossed over"
    AUTOLOGOUS_CROSSOVER = "autologous, may be crossed over"
    AUTOLOGOUS_ONLY = "autologous only"
    AUTOLOGOUS_ONLY_BIOHAZARD = "autologous only, biohazard"


class Group(NamedTuple):
    abo: str
    rhd: str | None
    use: Use


# Each row holds the codes in the order of Use.
_CODES = {
    ("O", "negative"): "95 91 92 93 94 96 97 98",
    ("O", "positive"): "51 47 48 49 50 52 53 54",
    ("A", "negative"): "06 02 03 04 05 07 08 09",
    ("A", "positive"): "62 58 59 60 61 63 64 65",
    ("B", "negative"): "17 13 14 15 16 18 19 20",
    ("B", "positive"): "73 69 70 71 72 74 75 76",
    ("AB", "negative"): "28 24 25 26 27 29 30 31",
    ("AB", "positive"): "84 80 81 82 83 85 86 87",
}
_WITHOUT_RHD = {"O": ("55", "P8"), "A": ("66", "A8"), "B": ("77", "B8"), "AB": ("88", "C8")}

GROUPS: dict[str, Group] = {
    code: Group(abo, rhd, use)
    for (abo, rhd), row in _CODES.items()
    for code, use in zip(row.split(), Use, strict=True)
} | {
    code: Group(abo, None, use)
    for abo, row in _WITHOUT_RHD.items()
    for code, use in zip(row, (Use.NOT_SPECIFIED, Use.AUTOLOGOUS_ONLY), strict=True)
}

MESSAGES = {
    "00": "no ABO or RhD information",
    "Ma": "autologous collection",
    "Mb": "biohazard",
    "Md": "to be discarded",
    "Mq": "quarantine, hold for further testing or processing",
    "Mr": "research only",
    "Mx": "not for transfusion, on test results",
    "T1": "tissue: ABO not specified, RhD positive",
    "T2": "tissue: ABO not specified, RhD negative",
    "T3": "tissue: neither ABO nor RhD specified",
    "T4": "tissue: autologous collection, in quarantine",
    "T5": "tissue: see the outer packaging for the product's status",
    "T6": "tissue: to be sterilised before release",
}


@dataclass(frozen=True, slots=True)
class BloodGroup(Structure):
    """`code` is the group or the message; `phenotype` is 0 where none is stated.

    A code this module does not know (a rare or a pooled group) is read, and its group, use and message are None:
    unknown, which is neither a group nor the absence of one.
    """

    LAYOUTS: ClassVar[tuple[Layout, ...]] = (LAYOUT,)

    code: str
    phenotype: str = "0"

    def __post_init__(self) -> None:
        self.format()

    @classmethod
    def parse(cls, text: str) -> Self:
        code, phenotype, _ = LAYOUT.split(text)
        return cls(code, phenotype)

    def format(self) -> str:
        return LAYOUT.join(self.code, self.phenotype, "0")

    @property
    def group(self) -> Group | None:
        return GROUPS.get(self.code)

    @property
    def abo(self) -> str | None:
        return self.group.abo if self.group else None

    @property
    def rhd(self) -> str | None:
        return self.group.rhd if self.group else None

    @property
    def use(self) -> Use | None:
        return self.group.use if self.group else None

    @property
    def message(self) -> str | None:
        return MESSAGES.get(self.code)
