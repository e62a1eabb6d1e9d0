"""How is a day written for parents, in their language?"""

from datetime import date

from cordula.display.dates import patient_date
from cordula.vocabulary.words import _


def written(day: date) -> str:
    """``22 November 2026``. The months stand here by name, so that a translator meets them."""
    months = (
        _("January"),
        _("February"),
        _("March"),
        _("April"),
        _("May"),
        _("June"),
        _("July"),
        _("August"),
        _("September"),
        _("October"),
        _("November"),
        _("December"),
    )
    return patient_date(day, months=months)
