"""How do templates write a value? By the functions of `cordula.display`, and in no other way.

Moments are shown in the site's zone. A filter given nothing writes nothing: whether something is
"Not recorded", "Not known" or "None known" is for the page to say, for these are three answers.
"""

from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cordula.labels.din import Din
from cordula.labels.errors import LabelError
from cordula_web.frame import squares
from cordula_web.frame import until_display as display
from cordula_web.frame.status import look

register = template.Library()
register.filter("look", look)


@register.inclusion_tag("components/icon.html")
def icon(name: str, size: str = "", mark: bool = False) -> dict[str, object]:
    return {"name": name, "size": size, "mark": mark}


@register.inclusion_tag("components/status_tag.html")
def status(value: object, word: str = "") -> dict[str, object]:
    return {"status": value, "word": word}


@register.simple_tag
def moment(value: datetime | None, weekday: bool = False) -> SafeString | str:
    """A moment, for people and for machines."""
    if value is None:
        return ""
    here = timezone.localtime(value)
    shown = display.clin_datetime(here, weekday=weekday)
    return _time(here, shown)


@register.simple_tag
def hour(value: datetime | None) -> SafeString | str:
    """The time of day alone, where the day is clear from the page."""
    if value is None:
        return ""
    here = timezone.localtime(value)
    return _time(here, display.clin_time(here))


@register.simple_tag
def day(value: date | None) -> SafeString | str:
    if value is None:
        return ""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), display.clin_date(value))


def _time(here: datetime, shown: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', here.isoformat(timespec="seconds"), shown)


@register.simple_tag
def din(number: str, flags: str = "00") -> SafeString:
    """A donation number in its groups 5-2-6, small flags and the boxed check character.

    The gaps between the groups are margins, so that copying gives the characters alone. What is not a
    donation number, such as the batch of a product received from its maker, is shown as it came.
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


@register.simple_tag
def square(text: str) -> SafeString:
    return squares.data_matrix(text)
