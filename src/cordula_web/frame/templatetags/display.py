"""How do templates write a value? By the functions of `cordula.display`, and in no other way.

Moments are shown in the site's zone. A value that is missing is written in words: "Not recorded", or whichever of
the three unknowns it is.
"""

from collections.abc import Callable
from datetime import date, datetime, tzinfo
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cordula import display
from cordula.labels.din import Din
from cordula.labels.errors import LabelError
from cordula.vocabulary.quantity import Quantity
from cordula_web.frame import squares
from cordula_web.frame.status import look
from cordula_web.frame.unbroken import unbroken

register = template.Library()
register.filter("look", look)
register.filter("said", unbroken)


# --- Values -----------------------------------------------------------------------------------


def _zone() -> tzinfo:
    return timezone.get_current_timezone()


def _writes(name: str, write: Callable[[Any], str]) -> None:
    """Registers a filter that writes a value, or says in words that there is none."""
    register.filter(name, lambda value: _written(value, write))


def _written(value: Any, write: Callable[[Any], str]) -> str:
    """Django hands over a variable that is missing as an empty text."""
    return display.written(None if value == "" else value, write)


_writes("clin_date", lambda day: display.clin_date(day, _zone()))
_writes("clin_time", lambda moment: display.clin_time(moment, _zone()))
_writes("clin_datetime", lambda moment: display.clin_datetime(moment, _zone()))
_writes("patient_date", lambda day: display.patient_date(day, _zone()))
_writes("duration", display.duration)
_writes("dose", display.dose)
_writes("count", display.count)
_writes("celsius", display.celsius)
_writes("number", display.number)


@register.filter
def quantity(value: Quantity | None, measure: str | None = None) -> str:
    """A measured value; with the key of its measure, graded values come out in words."""
    return _written(value, lambda known: display.quantity(known, measure))


@register.simple_tag
def range_text(at_least: Quantity | None = None, at_most: Quantity | None = None) -> str:
    return display.range_text(at_least, at_most)


@register.simple_tag
def age(born: date, on: date) -> str:
    return display.age(born, on)


@register.simple_tag
def person(family: str, given: str = "", title: str = "") -> str:
    return display.person(family, given, title)


# --- Moments, for people and for machines -----------------------------------------------------


@register.simple_tag
def moment(value: datetime | None, weekday: bool = False) -> SafeString | str:
    if not value:
        return display.written(None, str)
    return _time(value, display.clin_datetime(value, _zone(), weekday=weekday))


@register.simple_tag
def hour(value: datetime | None, seconds: bool = False) -> SafeString | str:
    """The time of day alone, where the day is clear from the page."""
    if not value:
        return display.written(None, str)
    return _time(value, display.clin_time(value, _zone(), seconds=seconds))


@register.simple_tag
def day(value: date | None, weekday: bool = False) -> SafeString | str:
    if not value:
        return display.written(None, str)
    shown = display.clin_date(value, _zone(), weekday=weekday)
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), shown)


def _time(value: datetime, shown: str) -> SafeString:
    machine = value.astimezone(_zone()).isoformat(timespec="seconds")
    return format_html('<time datetime="{}">{}</time>', machine, shown)


# --- Identifiers, shapes, squares -------------------------------------------------------------


@register.simple_tag
def din(number: str, flags: str = "00") -> SafeString:
    """A donation number in its groups 5-2-6, small flags and the boxed check character.

    The gaps between the groups are margins, so that copying gives the characters alone. What is not a donation
    number, such as the batch of a product received from its maker, is shown as it came.
    """
    try:
        parts = Din(number[:5], number[5:7], number[7:], flags or "00").parts
    except LabelError:
        return format_html('<bdi class="id" translate="no">{}</bdi>', number)
    return format_html(
        '<bdi class="id din" translate="no"><span>{}</span><span>{}</span><span>{}</span>'
        '<span class="flags">{}</span><span class="check">{}</span></bdi>',
        *parts,
    )


@register.inclusion_tag("components/icon.html")
def icon(name: str, size: str = "", mark: bool = False) -> dict[str, object]:
    return {"name": name, "size": size, "mark": mark}


@register.inclusion_tag("components/status_tag.html")
def status(value: object, word: str = "") -> dict[str, object]:
    return {"status": value, "word": word}


@register.simple_tag
def square(text: str) -> SafeString:
    return squares.data_matrix(text)
