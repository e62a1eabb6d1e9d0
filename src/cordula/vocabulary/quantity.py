"""A number with its unit, exact, so that nobody adds millilitres to kilograms."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from cordula.vocabulary.ucum import NotConvertible, UnitError, UnknownUnit, conversion, is_unit
from cordula.vocabulary.unit_text import divided, multiplied
from cordula.vocabulary.words import _

__all__ = ["NotANumber", "NotConvertible", "Quantity", "UnitError", "UnknownUnit", "is_unit"]

_PLAIN_NUMBER = re.compile(r"[+\-−]?[0-9]{1,15}(\.[0-9]{1,12})?", re.ASCII)


class NotANumber(ValueError):
    """A text that should be a plain decimal number is not one; the message says what to write."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A measured value and its UCUM unit.

    The value keeps the digits it was recorded with: 7.40 stays 7.40. Two quantities are *equal* only if they
    are recorded in the same unit, so that equality and hashing agree; `same_amount` asks whether 1 L is
    1000 mL. Comparing, adding and subtracting convert the other side where the units differ.
    """

    value: Decimal
    unit: str

    def __post_init__(self) -> None:
        if type(self.value) is not Decimal:
            raise TypeError(_wrong_type(self.value, self.unit))
        if not self.value.is_finite():
            raise NotANumber(_("{value} is not a measured value").format(value=self.value))
        if type(self.unit) is not str:
            raise TypeError(f"a unit is a UCUM text such as mL, not {self.unit!r}")
        if not is_unit(self.unit):
            raise UnknownUnit(self.unit)

    @classmethod
    def of(cls, text: str | int, unit: str) -> Self:
        """Reads a plain number as it stands on a form or in a file: ``Quantity.of("0.68", "mL")``."""
        return cls(_decimal(text), unit)

    def to(self, unit: str) -> "Quantity":
        """The same amount in another unit; NotConvertible if there is none."""
        if unit == self.unit:
            return self
        return Quantity(conversion(self.unit, unit).apply(self.value), unit)

    def same_amount(self, other: "Quantity") -> bool:
        mine, theirs = self._side_by_side(other)
        return mine == theirs

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Quantity):
            return NotImplemented
        if other.unit == self.unit:
            return self.value < other.value
        mine, theirs = self._side_by_side(other)
        return mine < theirs

    def __le__(self, other: object) -> bool:
        if not isinstance(other, Quantity):
            return NotImplemented
        if other.unit == self.unit:
            return self.value <= other.value
        mine, theirs = self._side_by_side(other)
        return mine <= theirs

    def __gt__(self, other: object) -> bool:
        return other < self if isinstance(other, Quantity) else NotImplemented

    def __ge__(self, other: object) -> bool:
        return other <= self if isinstance(other, Quantity) else NotImplemented

    def _side_by_side(self, other: "Quantity") -> tuple[Decimal, Decimal]:
        """Both values over one denominator, so that 20 min and a third of an hour are not split by rounding."""
        if other.unit == self.unit:
            return self.value, other.value
        way = conversion(self.unit, other.unit)
        return way.numerator(self.value), way.denominator(other.value)

    def __add__(self, other: object) -> "Quantity":
        if not isinstance(other, Quantity):
            return NotImplemented
        return Quantity(self.value + other.to(self.unit).value, self.unit)

    def __sub__(self, other: object) -> "Quantity":
        if not isinstance(other, Quantity):
            return NotImplemented
        return Quantity(self.value - other.to(self.unit).value, self.unit)

    def __mul__(self, other: "Quantity | Decimal | int") -> "Quantity":
        if isinstance(other, Quantity):
            return Quantity(self.value * other.value, multiplied(self.unit, other.unit))
        return Quantity(self.value * _exact(other), self.unit)

    __rmul__ = __mul__

    def __truediv__(self, other: "Quantity | Decimal | int") -> "Quantity":
        if isinstance(other, Quantity):
            return Quantity(self.value / other.value, divided(self.unit, other.unit))
        return Quantity(self.value / _exact(other), self.unit)

    def __neg__(self) -> "Quantity":
        return Quantity(-self.value, self.unit)

    def __abs__(self) -> "Quantity":
        return Quantity(abs(self.value), self.unit)

    def __str__(self) -> str:
        """Plain digits and the UCUM unit, for logs and files; people read `cordula.display.quantity`."""
        return f"{self.value:f} {self.unit}"


def _decimal(text: str | int) -> Decimal:
    if type(text) is int:
        return Decimal(text)
    if type(text) is not str:
        raise TypeError(_wrong_type(text, ""))
    if "," in text:
        raise NotANumber(
            _(
                "“{text}” has a comma: write a point for decimals, and no commas in thousands"
            ).format(text=text)
        )
    if not _PLAIN_NUMBER.fullmatch(text.strip()):
        raise NotANumber(_("“{text}” is not a plain number such as 0.68 or 968").format(text=text))
    return Decimal(text.strip().replace("−", "-"))


def _exact(number: Decimal | int) -> Decimal:
    if type(number) is Decimal:
        return number
    if type(number) is int:
        return Decimal(number)
    raise TypeError(_wrong_type(number, ""))


def _wrong_type(value: object, unit: str) -> str:
    kind = type(value).__name__
    remedy = f'Quantity.of("{value}", "{unit}")' if unit else "a Decimal or a whole number"
    return f"a quantity is never made from a {kind} ({value!r}), which may not be the number meant: use {remedy}"
