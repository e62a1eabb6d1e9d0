"""How does a picture of dots come on the page? As it was drawn by us, from numbers alone."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from cordula.decision_aid.page import Drawn

register = template.Library()


@register.filter
def drawn(picture: Drawn) -> SafeString:
    """The SVG of `decision_aid.dots`: it holds circles, and its label is escaped where it is drawn."""
    return mark_safe(picture.svg)  # noqa: S308  drawn by us, from numbers
