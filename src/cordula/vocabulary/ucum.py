"""Is this a UCUM unit, and by what exact factor does one unit become another?

Building pint's registry takes most of a second, so it is built at the first conversion between two different
units and never before. It works in fractions: a factor such as 1/60 stays exact.
"""

import re
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from functools import cache, lru_cache
from importlib.resources import files
from math import lcm
from typing import Any

from cordula.vocabulary.words import _


class UnitError(ValueError):
    """Something is wrong with a unit; the message says what."""


class UnknownUnit(UnitError):
    """The text is not a UCUM unit."""

    def __init__(self, unit: str) -> None:
        super().__init__(
            _("“{unit}” is not a UCUM unit; examples are {examples}").format(
                unit=unit, examples="mL, 10*6, 10*6/kg, {EU}/mL, Cel, h, %"
            )
        )
        self.unit = unit


class NotConvertible(UnitError):
    """Both units are fine, but one cannot become the other."""

    def __init__(self, source: str, target: str) -> None:
        says = _("{source} cannot be converted to {target}: they measure different things")
        super().__init__(says.format(source=source, target=target))
        self.source = source
        self.target = target


# Wide enough that a product of two ordinary values is never rounded before it is compared.
_EXACT = Context(prec=100)


@dataclass(frozen=True, slots=True)
class Conversion:
    """In the target unit a value reads (value × multiply + add) ÷ divide; all three are whole numbers."""

    multiply: Decimal
    divide: Decimal
    add: Decimal

    def apply(self, value: Decimal) -> Decimal:
        return self.numerator(value) / self.divide

    def numerator(self, value: Decimal) -> Decimal:
        return _EXACT.fma(value, self.multiply, self.add)

    def denominator(self, value: Decimal) -> Decimal:
        return _EXACT.multiply(value, self.divide)


# The units of the bench and the ward, known without asking the registry; a test asks it about each of them.
_BENCH = """1 % 10*3 10*6 10*8 10*9 10*3/uL 10*6/mL 10*9/L {cells} {cells}/uL /uL [CFU] 10*5.[CFU] {EU}/mL
    uL mL L ug mg g g/dL mg/L ng/L pg/mL ng/mL Cel K s min h d wk mo a mm cm"""
_WARD = "/mo kg 10*6/kg 10*5/kg {cells}/kg mL/kg g/kg mL/min L/min /min mm[Hg] {grade}"
EVERYDAY = frozenset(f"{_BENCH} {_WARD}".split())

# Times, in seconds: every protocol converts them, and the registry costs more than reading one does. UCUM's year is
# the Julian year of 365.25 days and its month a twelfth of it; a test asks the registry about each pair.
_SECONDS = {
    "s": 1,
    "min": 60,
    "h": 3600,
    "d": 86_400,
    "wk": 604_800,
    "mo": 2_629_800,
    "a": 31_557_600,
}


@lru_cache(maxsize=4096)
def is_unit(text: str) -> bool:
    """Whether the text is a UCUM unit that can be computed with, such as ``10*6/kg``."""
    if text in EVERYDAY:
        return True
    try:
        _meaning(text)
    except UnknownUnit:
        return False
    return True


# A protocol compares thousands of times a second in a few dozen pairs of units; each pair is worked out once.
@lru_cache(maxsize=4096)
def conversion(source: str, target: str) -> Conversion:
    """The exact way from one unit to another; NotConvertible or UnknownUnit if there is none."""
    if source in _SECONDS and target in _SECONDS:
        return _whole_numbers(Fraction(_SECONDS[source], _SECONDS[target]), Fraction(0))
    return _asked(source, target)


def _asked(source: str, target: str) -> Conversion:
    """As `conversion`, from the registry."""
    start, end = _meaning(source), _meaning(target)
    if not _same_kind(source, target):
        raise NotConvertible(source, target)
    at_zero, at_one = (_convert(Fraction(n), start, end, source, target) for n in (0, 1))
    return _whole_numbers(at_one - at_zero, at_zero)


def _whole_numbers(slope: Fraction, offset: Fraction) -> Conversion:
    divide = lcm(slope.denominator, offset.denominator)
    return Conversion(
        multiply=Decimal(int(slope * divide)),
        divide=Decimal(divide),
        add=Decimal(int(offset * divide)),
    )


def _convert(value: Fraction, start: Any, end: Any, source: str, target: str) -> Fraction:
    from pint.errors import PintError

    try:
        return Fraction(_registry().convert(value, start, end))
    except PintError:
        # pint's own message cannot be written when it counts in fractions, so it is not chained.
        raise NotConvertible(source, target) from None


_ANNOTATION = re.compile(r"\{[!-z|~]+\}")
_LOOSE_POWER = re.compile(r"10\*(?![1-9])|10\^")
_ARBITRARY = re.compile(r"\{(?!cells\})[^}]*\}|\[(?:CFU|PFU|EU|iU|IU|arb'U|USP'U)\]")


def _same_kind(source: str, target: str) -> bool:
    """UCUM calls colonies, endotoxin units, per cents and cells all “one”; at the bench they are not the same."""
    kinds = _kind(source), _kind(target)
    return kinds[0] == kinds[1] or not all(kinds)


def _kind(unit: str) -> tuple[str, ...]:
    named = tuple(sorted(_ARBITRARY.findall(unit)))
    if named:
        return named
    if unit == "%":
        return ("%",)
    return ("count",) if "10*" in unit or "10^" in unit or "{cells}" in unit else ()


@lru_cache(maxsize=4096)
def _meaning(unit: str) -> Any:
    """The unit as pint knows it."""
    from lark.exceptions import LarkError
    from pint.errors import PintError
    from ucumvert import InvalidUcumError, parse_ucum

    # UCUM reads 10* alone as ten and 10^6 as 10*6: the first is a slip, and one unit keeps one spelling.
    if _LOOSE_POWER.search(unit):
        raise UnknownUnit(unit)
    # ucumvert gives a lone annotation such as {cells} back unread; in UCUM it means one.
    text = "1" if _ANNOTATION.fullmatch(unit) else unit
    try:
        quantity = _reader().transform(parse_ucum(text, _parser()))
    except (InvalidUcumError, LarkError, PintError):
        raise UnknownUnit(unit) from None
    # A bare number such as “2” or “3.mL” is legal UCUM, but as a unit it invites misreading.
    if quantity.magnitude != 1:
        raise UnknownUnit(unit)
    return quantity.units


@cache
def _parser() -> Any:
    from ucumvert import get_ucum_parser

    return get_ucum_parser()


@cache
def _reader() -> Any:
    from ucumvert import UcumToPintTransformer

    return UcumToPintTransformer(ureg=_registry())


@cache
def _registry() -> Any:
    from pint import UnitRegistry

    # ucumvert's own registry reads units through pint's shared application registry, which counts in floats.
    registry: Any = UnitRegistry(non_int_type=Fraction)
    registry.load_definitions(str(files("ucumvert") / "pint_ucum_defs.txt"))
    return registry
