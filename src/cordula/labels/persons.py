"""Who is meant: the donor, the patient, the member of staff? (ST-001 2.4.19, 2.4.20, 2.4.24, 2.4.25)"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

from cordula.labels.calendar_parts import day_of_month
from cordula.labels.check_character import check_character
from cordula.labels.layout import Layout, Part, parts
from cordula.labels.repeated import CountedLayout
from cordula.labels.structure import Structure

DONOR = Layout(
    "=;",
    "019",
    "Donor identification number",
    parts(facility_number="Fff99", donor_number="9" * 16),
)
STAFF = Layout(
    "='", "020", "Staff member number", parts(facility_number="Fff99", staff_number="U" * 6)
)
BIRTH = Layout(
    "=#", "024", "Patient's date of birth", parts(place="99", year="9999", month="99", day="99")
)
PATIENT = CountedLayout(
    "&#",
    "025",
    "Patient identification number",
    parts(place="99", length="99"),
    case_matters=True,
    item=Part("patient number", "X"),
)


@dataclass(frozen=True, slots=True)
class Donor(Structure):
    """`number` is kept with its leading zeros: which of them belong to it, only its facility knows."""

    LAYOUTS: ClassVar[tuple[Layout, ...]] = (DONOR,)

    fin: str
    number: str

    def __post_init__(self) -> None:
        self.format()

    @classmethod
    def parse(cls, text: str) -> Self:
        return cls(*DONOR.split(text))

    @classmethod
    def padded(cls, fin: str, number: str) -> Self:
        """A number shorter than its sixteen digits, as it is to be printed."""
        return cls(fin, number.rjust(16, "0"))

    def format(self) -> str:
        return DONOR.join(self.fin, self.number)

    @property
    def check_character(self) -> str:
        return check_character(self.fin + self.number)


@dataclass(frozen=True, slots=True)
class StaffMember(Structure):
    LAYOUTS: ClassVar[tuple[Layout, ...]] = (STAFF,)

    fin: str
    number: str

    def __post_init__(self) -> None:
        self.format()

    @classmethod
    def parse(cls, text: str) -> Self:
        return cls(*STAFF.split(text))

    @classmethod
    def padded(cls, fin: str, number: str) -> Self:
        """A number shorter than its six characters, as it is to be printed."""
        return cls(fin, number.rjust(6, "0"))

    def format(self) -> str:
        return STAFF.join(self.fin, self.number)


@dataclass(frozen=True, slots=True)
class PatientBirthDate(Structure):
    """`place` says where the date was found (a wristband, a form), by a code of the licensed table RT018."""

    LAYOUTS: ClassVar[tuple[Layout, ...]] = (BIRTH,)

    place: str
    day: date

    def __post_init__(self) -> None:
        self.format()

    @classmethod
    def parse(cls, text: str) -> Self:
        place, *day = BIRTH.split(text)
        return cls(place, day_of_month(BIRTH, *day))

    def format(self) -> str:
        return BIRTH.join(self.place, *self.day.isoformat().split("-"))


@dataclass(frozen=True, slots=True)
class PatientNumber(Structure):
    """`place` says where the number was found, as in the date of birth."""

    LAYOUTS: ClassVar[tuple[Layout, ...]] = (PATIENT,)

    place: str
    number: str

    def __post_init__(self) -> None:
        self.format()

    @classmethod
    def parse(cls, text: str) -> Self:
        place, _, number = PATIENT.split(text)
        return cls(place, number)

    def format(self) -> str:
        if not 1 <= len(self.number) <= 99:
            PATIENT.refuse_part("length", "a number of 1 to 99 characters", str(len(self.number)))
        return PATIENT.join(self.place, self.number)
