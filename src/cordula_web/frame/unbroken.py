"""Which pieces of a sentence must not part at the end of a line? A date from its time, its parts from one another.

`cordula.display` joins numbers and units by spaces that do not break; the hyphens of a date can only be kept together
by the page.
"""

import re

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

_WEEKDAY = r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[ \u00a0])?"
_DATE = re.compile(rf"{_WEEKDAY}\b\d\d-[A-Z][a-z]{{2}}-\d{{4}}\b(?:[ \u00a0]\d\d:\d\d\b)?")


def unbroken(text: object) -> SafeString:
    """The sentence, escaped, each date in it held together."""
    shown = conditional_escape(text if isinstance(text, SafeString) else str(text))
    held = _DATE.sub(lambda found: format_html('<span class="nb">{}</span>', found[0]), shown)
    return mark_safe(held)  # noqa: S308  escaped above; only our own span was added
