"""How is a date printed on a label, and a time that crosses time zones? (ST-001 7.4.4.2)

Months are the three English capitals of the label standard in every language of the site. On a shipment that
crosses an international time zone the time in UTC stands beside the local one, in parentheses.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")


def printed_day(day: date) -> str:
    """`17 MAR 2017`."""
    return f"{day.day:02} {MONTHS[day.month - 1]} {day.year:04}"


def printed_moment(moment: datetime) -> str:
    """`15 JAN 2017 15:15 EST`: the zone's abbreviation is that of the moment, which must have a zone."""
    if moment.tzinfo is None:
        raise ValueError(
            f"{moment:%Y-%m-%d %H:%M} has no time zone, and a shipment's time needs one"
        )
    return f"{printed_day(moment)} {moment:%H:%M} {moment.tzname()}"


def printed_moment_in_utc(moment: datetime) -> str:
    """`(15 JAN 2017 20:15 UTC)`, to stand beside the local time."""
    return f"({printed_moment(moment.astimezone(UTC))})"
