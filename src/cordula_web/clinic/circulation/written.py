"""How is a number of the model written? With its unit, its band, and no more digits than it deserves."""

from decimal import Decimal
from math import isfinite
from typing import Protocol

from django.utils.translation import gettext as _

from cordula import display
from cordula.heart.outcomes import OUTCOMES
from cordula.vocabulary.quantity import Quantity
from cordula.vocabulary.words import _ as core

HUNDREDTHS = frozenset({"cardiac_output", "systemic_flow", "pulmonary_flow", "flow_ratio"})


class Band(Protocol):
    """A number and the band about it."""

    @property
    def value(self) -> float: ...
    @property
    def low(self) -> float: ...
    @property
    def high(self) -> float: ...


def name_of(outcome: str) -> str:
    name = core(OUTCOMES[outcome][1])
    return name[0].upper() + name[1:]


def unit_of(outcome: str) -> str:
    """``%``, ``mmHg``, ``L per min``; "" for a ratio."""
    unit = "%" if _is_part(outcome) else OUTCOMES[outcome][0]
    one = Quantity(Decimal(1), unit)
    return display.quantity(one).lstrip("1\u00a0")


def number(outcome: str, value: float) -> str:
    """``45``, ``8.9``: two digits, and whole numbers above ten, in the unit of `unit_of`. A flow or a ratio has
    hundredths, so that before, after and the change between them add up: ``0.95``, ``1.07``."""
    if not isfinite(value):
        return _("not known")
    if outcome in HUNDREDTHS and abs(value) < 10:
        return display.quantity(Quantity(Decimal(f"{value:.2f}"), "1"))
    return display.quantity(Quantity(_rounded(100 * value if _is_part(outcome) else value), "1"))


def written(outcome: str, value: float) -> str:
    """``45%``, ``58 mmHg``."""
    if not isfinite(value):
        return _("not known")
    if _is_part(outcome):
        return display.quantity(Quantity(_rounded(100 * value), "%"))
    return display.quantity(Quantity(_rounded(value), OUTCOMES[outcome][0]))


def changed(outcome: str, value: float) -> str:
    """``+4.9``, ``−0.12``: what is added to `number`. What is smaller than anybody reads is ``0``."""
    if not isfinite(value):
        return _("not known")
    size = abs(100 * value) if _is_part(outcome) else abs(value)
    told = _step(outcome, size)
    if not told:
        return "0"
    return f"{'−' if value < 0 else '+'}{display.quantity(Quantity(told, '1'))}"


def _step(outcome: str, size: float) -> Decimal:
    """Two digits, in steps no finer than a tenth of a percentage point or a hundredth of anything else."""
    if size >= 10:
        return _rounded(size)
    step = Decimal("0.1" if _is_part(outcome) else "0.01")
    coarse = size >= 1 and outcome not in HUNDREDTHS
    return Decimal(size).quantize(Decimal("0.1") if coarse else step)


def band_of_change(outcome: str, band: Band) -> str:
    """``+2.8 to +9.6``."""
    if not isfinite(band.low) or not isfinite(band.high):
        return _("no band")
    low, high = changed(outcome, band.low), changed(outcome, band.high)
    return _("{low} to {high}").format(low=low, high=high)


def band_of(outcome: str, band: Band) -> str:
    """``52 to 64``."""
    low, high = number(outcome, band.low), number(outcome, band.high)
    return _("{low} to {high}").format(low=low, high=high)


def _is_part(outcome: str) -> bool:
    return OUTCOMES[outcome][0] == "1" and outcome != "flow_ratio"


def _rounded(value: float) -> Decimal:
    """Two significant digits, whole numbers above ten."""
    if value == 0:
        return Decimal(0)
    if abs(value) >= 10:
        return Decimal(f"{value:.0f}")
    return Decimal(f"{Decimal(f'{value:.1e}'):f}")
