"""Which donation is this? The donation identification number, DIN (ST-001 2.4.1, 7.4.1, 7.5)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, NamedTuple, NoReturn, Self

from cordula.labels import flags
from cordula.labels.check_character import check_character, check_value
from cordula.labels.errors import LabelError, shown
from cordula.labels.layout import Layout, parts
from cordula.labels.structure import Structure

# The second character of the identifier is the first of the number, so the identifier proper is `=` alone.
LAYOUT = Layout(
    "=",
    "001",
    "Donation identification number",
    parts(facility_number="Fff99", year="99", serial_number="999999", flags="gg"),
)


class DinParts(NamedTuple):
    """A donation number as it is printed, part by part: `flags` small, `check_character` in a box."""

    fin: str
    year: str
    serial: str
    flags: str
    check_character: str


@dataclass(frozen=True, slots=True)
class Din(Structure):
    """A donation identification number, and the flags of the label it was read from.

    Two labels of one donation differ in their flags, which are no part of the number: they are left out of
    equality and hash, so that the pilot tube of a donation is never taken for another donation.
    """

    LAYOUTS: ClassVar[tuple[Layout, ...]] = (LAYOUT,)

    fin: str
    year: str
    serial: str
    flags: str = field(default="00", compare=False)

    def __post_init__(self) -> None:
        self.format()
        if flags.kind(self.flags) is flags.FlagKind.CHECK and self.flags != self.check_flags:
            self._refuse_check_flags()

    @classmethod
    def parse(cls, text: str) -> Self:
        return cls(*LAYOUT.split(text))

    def format(self) -> str:
        return LAYOUT.join(self.fin, self.year, self.serial, self.flags)

    @property
    def number(self) -> str:
        """The 13 characters that identify the donation."""
        return self.fin + self.year + self.serial

    @property
    def check_character(self) -> str:
        return check_character(self.number)

    @property
    def check_flags(self) -> str:
        """The Type 3 flags that carry the check character in the bar code."""
        return str(60 + check_value(self.number))

    @property
    def parts(self) -> DinParts:
        """The parts as printed. Type 3 flags are never printed, and stay out (ST-001 7.4.1)."""
        printed = "" if flags.kind(self.flags) is flags.FlagKind.CHECK else self.flags
        return DinParts(self.fin, self.year, self.serial, printed, self.check_character)

    @property
    def eye_readable(self) -> str:
        return f"{self.fin} {self.year} {self.serial}"

    @property
    def remark(self) -> str | None:
        """What is allowed and yet so unusual that somebody should look twice."""
        if self.fin[1:3].isdigit():
            return None
        return f"{self.fin} has letters where every facility number in use today has digits"

    def _refuse_check_flags(self) -> NoReturn:
        expected = f"the check digits {self.check_flags} of {self.eye_readable}"
        LAYOUT.refuse_part("flags", expected, shown(self.flags))


def read_typed_din(text: str) -> Din:
    """A donation number typed from the label: its 13 characters, then the boxed check character.

    The refusal does not say which check character would have fitted: whoever copies it from the screen has not
    read it from the label, and the check would prove nothing.
    """
    typed = "".join(text.split())
    typed = typed.upper() if typed.isascii() else typed
    if len(typed) != 14:
        _refuse_typed(
            None, "13 characters and the boxed check character", f"{len(typed)} characters"
        )
    din = _typed_number(typed[:13])
    if typed[13] != din.check_character:
        expected = f"the boxed check character printed beside {din.eye_readable}"
        _refuse_typed(14, expected, shown(typed[13]))
    return din


def _typed_number(typed: str) -> Din:
    try:
        return Din(typed[:5], typed[5:7], typed[7:13])
    except LabelError as error:
        # Nobody types the identifier, so the positions are one less than in a bar code.
        raise error.moved(-1) from None


def _refuse_typed(position: int | None, expected: str, found: str) -> NoReturn:
    raise LabelError(f"Typed {LAYOUT.name[0].lower()}{LAYOUT.name[1:]}", position, expected, found)
