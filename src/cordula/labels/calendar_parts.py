"""Do the digits for a day or a time name one that exists?"""

from __future__ import annotations

from calendar import isleap, monthrange
from datetime import date, time, timedelta

from cordula.labels.errors import shown
from cordula.labels.layout import Layout


def day_of_month(layout: Layout, year: str, month: str, day: str) -> date:
    """A day from the parts `year`, `month` and `day` of a structure."""
    if int(year) == 0:
        layout.refuse_part("year", "a year", shown(year))
    if not 1 <= int(month) <= 12:
        layout.refuse_part("month", "a month from 01 to 12", shown(month))
    last = monthrange(int(year), int(month))[1]
    if not 1 <= int(day) <= last:
        expected = f"a day from 01 to {last} of the month {year}-{month}"
        layout.refuse_part("day", expected, shown(day))
    return date(int(year), int(month), int(day))


def day_of_year(layout: Layout, year: int, ordinal: str) -> date:
    """A day from the part `day of the year` of a structure."""
    last = 366 if isleap(year) else 365
    if not 1 <= int(ordinal) <= last:
        expected = f"a day from 001 to {last} of the year {year}"
        layout.refuse_part("day of the year", expected, shown(ordinal))
    return date(year, 1, 1) + timedelta(days=int(ordinal) - 1)


def clock_time(layout: Layout, hour: str, minute: str) -> time:
    """A time from the parts `hour` and `minute` of a structure."""
    if int(hour) > 23:
        layout.refuse_part("hour", "an hour from 00 to 23", shown(hour))
    if int(minute) > 59:
        layout.refuse_part("minute", "a minute from 00 to 59", shown(minute))
    return time(int(hour), int(minute))
