"""Is a value possible and yet so unusual that somebody should look again before it is saved?"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from cordula import display
from cordula.vocabulary.measures import Measure
from cordula.vocabulary.quantity import Quantity
from cordula_web.laboratory.counting.moments import Earlier

# A slipped decimal point changes a value tenfold; what the bench does changes it less than fivefold. House rule.
SLIP = 5


@dataclass(frozen=True, slots=True)
class Doubt:
    """The question beside the value, and why it is asked."""

    question: str
    reason: str


def doubt(
    measure: Measure, result: Quantity, timepoint: str, before: Earlier | None
) -> Doubt | None:
    """At most one question for a value: many questions are answered without reading."""
    reason = _slipped(measure, result, before) or _unusual(measure, result, timepoint)
    if not reason:
        return None
    shown = display.quantity(result, measure.key)
    return Doubt(_("Is {value} right?").format(value=shown), reason)


def _slipped(measure: Measure, result: Quantity, before: Earlier | None) -> str:
    if before is None:
        return ""
    was, now = before.result.to(measure.unit).value, result.to(measure.unit).value
    if was <= 0 or was / SLIP < now < was * SLIP:
        return ""
    told = _("Before it was {value}. Check the decimal point.")
    return told.format(value=display.quantity(before.result, measure.key))


def _unusual(measure: Measure, result: Quantity, timepoint: str) -> str:
    usual = measure.usual.get(timepoint)
    if usual is None or usual.holds(result):
        return ""
    return _("Usually it is {range}.").format(range=display.range_text(usual.low, usual.high))
