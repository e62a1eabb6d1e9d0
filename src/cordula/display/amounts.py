"""How are doses, counts, temperatures, ranges and measured values written?

A dose has no trailing zero, a measured value keeps the digits it was recorded with, and both stand beside their
unit in words, which a line break never parts (ISMP; NHS Common User Interface MEDi-014 to 026, GTAB-054).
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from cordula.display.durations import duration, is_time
from cordula.display.signs import NO_BREAK, number, short_number, unbroken
from cordula.display.unit_words import unit_words
from cordula.vocabulary.measures import measure as find_measure
from cordula.vocabulary.quantity import Quantity
from cordula.vocabulary.words import _

Scale = Literal["million", "billion"]

_MILLIONS: dict[str, Decimal] = {
    "{cells}": Decimal("0.000001"),
    "10*3": Decimal("0.001"),
    "10*6": Decimal(1),
    "10*8": Decimal(100),
    "10*9": Decimal(1000),
}
_PER_SCALE: dict[Scale, Decimal] = {"million": Decimal(1), "billion": Decimal(1000)}


def dose(amount: Quantity, decimals: int = 2) -> str:
    """``0.68 mL``, ``14 million``, ``2.1 million per kg``. Rounding is for the eye only: the record stays exact."""
    return _beside(short_number(amount.value, decimals), amount.unit)


def quantity(result: Quantity, measure: str | None = None) -> str:
    """A measured value with the digits it was recorded with: ``7.40%``, ``92 mL``, ``moderate``."""
    if measure is not None and (known := find_measure(measure)).grades:
        return known.grade(result)
    if measure is not None and is_time(result.unit):
        return duration(result, largest="w")
    if is_time(result.unit):
        return duration(result)
    return _beside(_digits(result.value), result.unit)


def celsius(temperature: Quantity) -> str:
    """``−150 °C`` with a true minus."""
    return _beside(_digits(temperature.to("Cel").value), "Cel")


def count(amount: Quantity | int, *, scale: Scale | None = None, decimals: int = 1) -> str:
    """``968 million``, ``1.1 billion``; below a million the plain number, ``12,400``."""
    if isinstance(amount, int):
        return number(amount)
    millions = _millions(amount)
    if scale is None and abs(millions) < 1:
        return short_number(millions * 1_000_000, 0)
    scale = scale or _scale_for([millions])
    words = _("{number} billion") if scale == "billion" else _("{number} million")
    return unbroken(words.format(number=short_number(millions / _PER_SCALE[scale], decimals)))


def count_column(amounts: Sequence[Quantity], decimals: int = 1) -> list[str]:
    """Counts that stand under one another, all in the same unit."""
    scale = _scale_for([_millions(amount) for amount in amounts])
    return [count(amount, scale=scale, decimals=decimals) for amount in amounts]


def range_text(
    at_least: Quantity | None = None,
    at_most: Quantity | None = None,
    *,
    more_than: Quantity | None = None,
    less_than: Quantity | None = None,
) -> str:
    """``20 to 25 mL``, ``70% or more``, ``less than 16 EU per mL``: never a dash, never a sign of comparison."""
    if at_least is not None and at_most is not None:
        return _from_to(at_least, at_most)
    bounds = (
        (at_least, _("{value} or warmer") if _is_cold(at_least) else _("{value} or more")),
        (more_than, _("more than {value}")),
        (at_most, _("{value} or colder") if _is_cold(at_most) else _("{value} or less")),
        (less_than, _("less than {value}")),
    )
    said = (words.format(value=quantity(bound)) for bound, words in bounds if bound is not None)
    return _(" and ").join(said) or _("any value")


def _from_to(low: Quantity, high: Quantity) -> str:
    """The unit is said once, after the second number, unless saying it once would be unclear."""
    once = low.unit == high.unit and not is_time(low.unit) and low.unit != "%"
    first = _digits(low.value) if once else quantity(low)
    return unbroken(_("{low} to {high}").format(low=first, high=quantity(high)))


def _is_cold(bound: Quantity | None) -> bool:
    return bound is not None and bound.unit == "Cel"


def _digits(value: Decimal) -> str:
    """The digits as recorded. Nothing is recorded to more than 12 decimals, so more come from a division."""
    exponent = value.as_tuple().exponent
    computed = isinstance(exponent, int) and exponent < -12
    return short_number(value, 2) if computed else number(value)


def _beside(written: str, unit: str) -> str:
    words = unit_words(unit)
    return f"{written}%" if words == "%" else f"{written}{NO_BREAK}{words}".rstrip(NO_BREAK)


def _millions(amount: Quantity) -> Decimal:
    if amount.unit in _MILLIONS:
        return amount.value * _MILLIONS[amount.unit]
    return amount.to("10*6").value


def _scale_for(millions: Sequence[Decimal]) -> Scale:
    """Billions only where every count has one, so that nobody reads 0.4 billion."""
    return "billion" if millions and all(abs(m) >= 1000 for m in millions) else "million"
