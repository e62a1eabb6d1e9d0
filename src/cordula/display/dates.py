"""How is a day or a moment written, so that nobody takes 4 June for 6 April?

Moments are kept in UTC and written in the zone of the place where they are read. The rules are those of the NHS
Common User Interface for dates and times; they ignore the reader's locale on purpose. A written date or time holds
no space at which a line could break; a page must also keep its hyphens together.
"""

from collections.abc import Sequence
from datetime import date, datetime, tzinfo

from cordula.display.durations import duration
from cordula.display.signs import NO_BREAK, unbroken
from cordula.vocabulary.words import _

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
LONG_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def clin_date(day: date, zone: tzinfo | None = None, *, weekday: bool = False) -> str:
    """``04-Jun-2026``, or ``Thu 04-Jun-2026``. A moment needs the zone in which its day is meant."""
    day = _day(day, zone)
    lead = f"{_WEEKDAYS[day.weekday()]}{NO_BREAK}" if weekday else ""
    return f"{lead}{day.day:02d}-{_MONTHS[day.month - 1]}-{day.year:04d}"


def patient_date(
    day: date, zone: tzinfo | None = None, *, months: Sequence[str] = LONG_MONTHS
) -> str:
    """``4 June 2026`` for parents' pages, which pass the month names of their language."""
    day = _day(day, zone)
    return f"{day.day}{NO_BREAK}{months[day.month - 1]}{NO_BREAK}{day.year:04d}"


def clin_time(
    moment: datetime, zone: tzinfo, *, seconds: bool = False, name_zone: bool = False
) -> str:
    """``08:05``, or ``08:05 CET`` where the reader may be in another zone than the writer."""
    local = _local(moment, zone)
    clock = local.strftime("%H:%M:%S" if seconds else "%H:%M")
    return f"{clock}{NO_BREAK}{local.tzname()}" if name_zone else clock


def clin_datetime(
    moment: datetime, zone: tzinfo, *, weekday: bool = False, name_zone: bool = False
) -> str:
    """``24-Nov-2026 17:00``, or ``Tue 24-Nov-2026 17:00``."""
    day = clin_date(moment, zone, weekday=weekday)
    return f"{day}{NO_BREAK}{clin_time(moment, zone, name_zone=name_zone)}"


def clin_relative(moment: datetime, now: datetime, zone: tzinfo, *, weekday: bool = False) -> str:
    """The moment, and how far it is: ``24-Nov-2026 17:00 (in 2d 9hr)``. The distance never stands alone."""
    return f"{clin_datetime(moment, zone, weekday=weekday)} ({_distance(moment, now)})"


def _distance(moment: datetime, now: datetime) -> str:
    length = duration(abs(moment - now))
    if moment == now:
        return _("now")
    words = _("in {length}") if moment > now else _("{length} ago")
    return unbroken(words.format(length=length))


def _day(day: date, zone: tzinfo | None) -> date:
    if not isinstance(day, datetime):
        return day
    if zone is None:
        raise ValueError("a moment has no day of its own: say in which zone the day is meant")
    return _local(day, zone)


def _local(moment: datetime, zone: tzinfo) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no zone, so nobody can say when it was")
    return moment.astimezone(zone)
