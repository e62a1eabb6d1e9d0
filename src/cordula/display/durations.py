"""How is a length of time or an age written: ``18hr 20min``, ``5m 18d``?

Whole numbers, the largest unit first, no unit that is zero, no space inside; ``m`` is months and ``min`` is minutes
(NHS Common User Interface, D+Tb-0017 to 0034).
"""

from calendar import monthrange
from datetime import date, timedelta
from typing import Literal

from cordula.display.signs import NO_BREAK, unbroken
from cordula.vocabulary.quantity import NotConvertible, Quantity
from cordula.vocabulary.words import _

Step = Literal["w", "d", "hr", "min", "sec"]

_SECONDS: dict[Step, int] = {"w": 604800, "d": 86400, "hr": 3600, "min": 60, "sec": 1}
# UCUM units of time that are a whole number of seconds, and the largest step each is written in. Days recorded as
# hours stay hours, up to a week of them: a limit of 48 h reads “48hr”.
_STEPS: dict[str, tuple[int, Step]] = {
    "s": (1, "hr"),
    "min": (60, "hr"),
    "h": (3600, "hr"),
    "d": (86400, "d"),
    "wk": (604800, "w"),
}
_CALENDAR = {"mo": "m", "a": "y"}
_WEEK = _SECONDS["w"]
# Beyond two days nobody counts in hours, nor plans by the minute.
TWO_DAYS = timedelta(hours=48)


def is_time(unit: str) -> bool:
    return unit in _STEPS or unit in _CALENDAR


def duration(
    length: timedelta | Quantity,
    *,
    largest: Step | None = None,
    smallest: Step = "min",
    approximate: bool = False,
) -> str:
    """``18hr 20min``. What is finer than the smallest step is left off, unless nothing would remain."""
    if approximate:
        exact = duration(length, largest=largest, smallest=smallest)
        return unbroken(_("Approx {length}").format(length=exact))
    if isinstance(length, Quantity) and length.unit in _CALENDAR:
        return _calendar_length(length)
    seconds, usual = _seconds(length)
    if seconds < 0:
        raise ValueError(f"{length} is negative: write the two moments, or say “ago”")
    return _steps(seconds, largest or usual, "sec" if seconds < 60 else smallest)


def lasting(time: timedelta, like: Quantity | None = None) -> str:
    """``32hr 52min`` beside a limit in hours, ``25d 10hr`` where it is long: hours up to 48, or to the limit itself."""
    if like is None or like.unit not in _STEPS:
        return duration(time, smallest="hr" if time > TWO_DAYS else "min")
    limit = timedelta(seconds=_seconds(like)[0])
    if _STEPS[like.unit][1] == "hr" and time <= max(TWO_DAYS, limit):
        return duration(time, largest="hr")
    # Within an hour of its limit, the minutes are what it turns on.
    near = limit <= time < limit + timedelta(hours=1)
    return duration(time, smallest="hr" if time > TWO_DAYS and not near else "min")


def age(born: date, on: date) -> str:
    """``(5m 18d)``, to stand after the date of birth: months and days under two years, then years and months."""
    months, days = _months_and_days(born, on)
    if months >= 24:
        return f"({_joined((months // 12, 'y'), (months % 12, 'm'))})"
    return f"({_joined((months, 'm'), (days, 'd')) or unbroken(_('less than 1d'))})"


def _seconds(length: timedelta | Quantity) -> tuple[int, Step]:
    if isinstance(length, timedelta):
        return length.days * 86400 + length.seconds, "d"
    if length.unit not in _STEPS:
        raise NotConvertible(length.unit, "a length of time")
    factor, usual = _STEPS[length.unit]
    seconds = int(length.value * factor)
    return seconds, "d" if usual == "hr" and seconds > _WEEK else usual


def _steps(seconds: int, largest: Step, smallest: Step) -> str:
    parts, rest = [], seconds
    steps = list(_SECONDS)
    for step in steps[steps.index(largest) : steps.index(smallest) + 1]:
        whole, rest = divmod(rest, _SECONDS[step])
        parts.append((whole, step))
    return _joined(*parts) or f"0{smallest if seconds else 'min'}"


def _calendar_length(length: Quantity) -> str:
    if length.value != int(length.value) or length.value < 0:
        raise ValueError(f"{length} is not a whole number of months or years: use days")
    return f"{int(length.value)}{_CALENDAR[length.unit]}"


def _joined(*parts: tuple[int, str]) -> str:
    return NO_BREAK.join(f"{amount}{step}" for amount, step in parts if amount)


def _months_and_days(born: date, on: date) -> tuple[int, int]:
    if on < born:
        raise ValueError(f"{on} is before the birth on {born}")
    months = (on.year - born.year) * 12 + on.month - born.month
    if _months_later(born, months) > on:
        months -= 1
    return months, (on - _months_later(born, months)).days


def _months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last day where the month is shorter."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
