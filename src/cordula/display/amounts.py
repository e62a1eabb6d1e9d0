"""How are doses, counts, temperatures, ranges and measured values written?

A dose has no trailing zero, a measured value keeps the digits it was recorded with, and both stand beside their
unit in words, which a line break never parts (ISMP; NHS Common User Interface MEDi-014 to 026, GTAB-054).
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from cordula.display.durations import duration, is_time
from cordula.display.signs import NO_BREAK, number, short_number
from cordula.display.unit_words import unit_words
from cordula.vocabulary.measures import measure as find_measure
from cordula.vocabulary.quantity import Quantity

Scale = Literal["million", "billion"]

_TO = f"{NO_BREAK}to{NO_BREAK}"
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
    return f"{short_number(millions / _PER_SCALE[scale], decimals)}{NO_BREAK}{scale}"


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
        at_least and f"{quantity(at_least)} or {_more(at_least)}",
        more_than and f"more than {quantity(more_than)}",
        at_most and f"{quantity(at_most)} or {_less(at_most)}",
        less_than and f"less than {quantity(less_than)}",
    )
    return " and ".join(bound for bound in bounds if bound) or "any value"


def _from_to(low: Quantity, high: Quantity) -> str:
    """The unit is said once, after the second number, unless saying it once would be unclear."""
    if low.unit == high.unit and not is_time(low.unit) and low.unit != "%":
        return f"{_digits(low.value)}{_TO}{quantity(high)}"
    return f"{quantity(low)}{_TO}{quantity(high)}"


def _more(bound: Quantity) -> str:
    return "warmer" if bound.unit == "Cel" else "more"


def _less(bound: Quantity) -> str:
    return "colder" if bound.unit == "Cel" else "less"


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
