"""When was this collected or produced, and when does it expire? (ST-001 2.4.4 to 2.4.9)

The date is century, year and day of the year; the time, where there is one, is the local time of whoever printed
the label, which does not say its zone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import ClassVar, Self

from cordula.labels.calendar_parts import clock_time, day_of_year
from cordula.labels.errors import shown
from cordula.labels.layout import Layout, Part, parts
from cordula.labels.structure import Structure

DAY = parts(century="9", year="99", day_of_the_year="999")
MINUTE: tuple[Part, ...] = (*DAY, *parts(hour="99", minute="99"))
END_OF_DAY = time(23, 59)

# The century is the hundreds digit of the year. Only 0 stands in the published examples; 9 and 1 follow from the
# rule, and no other century can stand on a label of our time.
CENTURIES = {"9": 1900, "0": 2000, "1": 2100}


@dataclass(frozen=True, slots=True)
class LabelDate(Structure):
    """A day, and the time on that day where the structure has one (`clock` is None where it has not)."""

    day: date
    clock: time | None = None

    def __post_init__(self) -> None:
        if isinstance(self.day, datetime):
            raise TypeError(f"{self.kind_name()}: a day without a time; use `at` for a moment")
        if self.clock is not None and self.clock != self.clock.replace(second=0, microsecond=0):
            self.layout.refuse_part("minute", "a whole minute", str(self.clock))
        self.format()

    @classmethod
    def at(cls, moment: datetime) -> Self:
        """The date and time for a moment already turned to the local time that the label shall show."""
        return cls(moment.date(), moment.time().replace(second=0, microsecond=0))

    @classmethod
    def parse(cls, text: str) -> Self:
        layout = cls.LAYOUTS[1 if text.startswith("&") else 0]
        century, year, ordinal, *clock = layout.split(text)
        if century not in CENTURIES:
            layout.refuse_part("century", "9 for 19.., 0 for 20.. or 1 for 21..", shown(century))
        day = day_of_year(layout, CENTURIES[century] + int(year), ordinal)
        return cls(day, clock_time(layout, *clock) if clock else None)

    def format(self) -> str:
        clock = () if self.clock is None else (f"{self.clock:%H}", f"{self.clock:%M}")
        return self.layout.join(self._century, *self._year_and_day, *clock)

    @property
    def layout(self) -> Layout:
        return self.LAYOUTS[0 if self.clock is None else 1]

    @property
    def time_is_specified(self) -> bool:
        """23:59 is what ISBT 128 prescribes where no time is specified."""
        return self.clock is not None and self.clock != END_OF_DAY

    @property
    def moment(self) -> datetime:
        """The local date and time; the last minute of the day where no time is specified."""
        return datetime.combine(self.day, self.clock or END_OF_DAY)

    @property
    def _century(self) -> str:
        for digit, years in CENTURIES.items():
            if years <= self.day.year < years + 100:
                return digit
        self.layout.refuse_part("century", "a year from 1900 to 2199", str(self.day.year))

    @property
    def _year_and_day(self) -> tuple[str, str]:
        return f"{self.day.year % 100:02}", f"{self.day.timetuple().tm_yday:03}"


class Expiry(LabelDate):
    __slots__ = ()
    LAYOUTS: ClassVar[tuple[Layout, ...]] = (
        Layout("=>", "004", "Expiry date", DAY),
        Layout("&>", "005", "Expiry date and time", MINUTE),
    )


class CollectionDate(LabelDate):
    __slots__ = ()
    LAYOUTS: ClassVar[tuple[Layout, ...]] = (
        Layout("=*", "006", "Collection date", DAY),
        Layout("&*", "007", "Collection date and time", MINUTE),
    )


class ProductionDate(LabelDate):
    __slots__ = ()
    LAYOUTS: ClassVar[tuple[Layout, ...]] = (
        Layout("=}", "008", "Production date", DAY),
        Layout("&}", "009", "Production date and time", MINUTE),
    )
