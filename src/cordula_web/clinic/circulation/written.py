"""How is a number of the model written? With its unit, its band, and no more digits than it deserves."""

from decimal import Decimal
from math import isfinite
from typing import Protocol

from django.utils.translation import gettext as _

from cordula import display
from cordula.heart.outcomes import OUTCOMES
from cordula.vocabulary.quantity import Quantity


class Band(Protocol):
    """A number and the band about it."""

    @property
    def value(self) -> float: ...
    @property
    def low(self) -> float: ...
    @property
    def high(self) -> float: ...


def name_of(outcome: str) -> str:
    name = _(OUTCOMES[outcome][1])
    return name[0].upper() + name[1:]


def written(outcome: str, value: float) -> str:
    """``45%``, ``58 mmHg``."""
    if not isfinite(value):
        return _("not known")
    unit = OUTCOMES[outcome][0]
    if unit == "1" and outcome != "flow_ratio":
        return display.quantity(Quantity(_rounded(100 * value, 2), "%"))
    return display.quantity(Quantity(_rounded(value, 3), unit))


def changed(outcome: str, value: float) -> str:
    """``+4.9 points``, ``−0.12 L/min``."""
    if not isfinite(value):
        return _("not known")
    sign = "−" if value < 0 else "+"
    if OUTCOMES[outcome][0] == "1" and outcome != "flow_ratio":
        return _("{sign}{number} points").format(sign=sign, number=f"{abs(100 * value):.1f}")
    return f"{sign}{display.quantity(Quantity(_rounded(abs(value), 2), OUTCOMES[outcome][0]))}"


def change_band(outcome: str, band: Band) -> str:
    """``+4.9 points (+2.8 to +9.6)``."""
    return f"{changed(outcome, band.value)} ({between(outcome, band)})"


def between(outcome: str, band: Band) -> str:
    if not isfinite(band.low) or not isfinite(band.high):
        return _("no band")
    return _("{low} to {high}").format(
        low=changed(outcome, band.low), high=changed(outcome, band.high)
    )


def value_band(outcome: str, band: Band) -> str:
    """``58 mmHg`` and its band ``52 mmHg to 64 mmHg``."""
    return _("{low} to {high}").format(
        low=written(outcome, band.low), high=written(outcome, band.high)
    )


def _rounded(value: float, digits: int) -> Decimal:
    """So many significant digits, written out: 1.0, 58, 0.12."""
    if value == 0:
        return Decimal(0)
    rounded = Decimal(f"{value:.{digits - 1}e}")
    return Decimal(f"{rounded:f}")
