"""At what moment, and is it local time or UTC? The flexible date and time (ST-001 2.4.31)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import ClassVar, Self

from cordula.labels.calendar_parts import clock_time, day_of_month
from cordula.labels.errors import shown
from cordula.labels.layout import Layout, parts
from cordula.labels.structure import Structure

LAYOUT = Layout(
    "=(",
    "031",
    "Flexible date and time",
    parts(
        zone="9",
        reserved_place="0",
        occasion="99",
        year="9999",
        month="99",
        day="99",
        hour="99",
        minute="99",
    ),
)


class Zone(StrEnum):
    LOCAL = "1"  # of the facility that assigned the date
    UTC = "2"


class Occasion(StrEnum):
    EXPIRY = "01"
    COLLECTION = "02"
    PRODUCTION = "03"
    CROSS_CLAMP = "04"
    PRESERVATION = "05"
    DONOR_DEATH = "06"


@dataclass(frozen=True, slots=True)
class FlexibleDate(Structure):
    """`clock` is what the label shows, to the minute and without a zone; `zone` says how to read it."""

    LAYOUTS: ClassVar[tuple[Layout, ...]] = (LAYOUT,)

    zone: Zone
    occasion: Occasion
    clock: datetime

    def __post_init__(self) -> None:
        if self.clock != self.clock.replace(second=0, microsecond=0, tzinfo=None):
            LAYOUT.refuse_part(
                "year", "a time to the minute, its zone given apart", str(self.clock)
            )
        self.format()

    @classmethod
    def parse(cls, text: str) -> Self:
        zone, _, occasion, *clock = LAYOUT.split(text)
        if zone not in set(Zone):
            LAYOUT.refuse_part("zone", "1 for local time or 2 for UTC", shown(zone))
        if occasion not in set(Occasion):
            LAYOUT.refuse_part("occasion", "an occasion from 01 to 06", shown(occasion))
        day, minute = day_of_month(LAYOUT, *clock[:3]), clock_time(LAYOUT, *clock[3:])
        return cls(Zone(zone), Occasion(occasion), datetime.combine(day, minute))

    def format(self) -> str:
        day, minute = self.clock.date().isoformat(), self.clock.time().isoformat("minutes")
        return LAYOUT.join(self.zone, "0", self.occasion, *day.split("-"), *minute.split(":"))

    @property
    def moment(self) -> datetime:
        """Aware where the label says UTC; naive where it says local, because it does not say where."""
        return self.clock.replace(tzinfo=UTC) if self.zone is Zone.UTC else self.clock
