"""How are numbers with units written in a protocol? ``"70 %"``, ``"48 h"``, ``"3 million/kg"``, ``"13 months"``."""

import re

from cordula.vocabulary.quantity import NotANumber, Quantity
from cordula.vocabulary.ucum import NotConvertible, UnitError
from cordula.vocabulary.words import _

# Plain words for units whose UCUM text nobody at a bedside would read; every UCUM unit is understood as well.
PLAIN_UNITS: dict[str, str] = {
    "million": "10*6",
    "million/mL": "10*6/mL",
    "million/kg": "10*6/kg",
    "cells/kg": "{cells}/kg",
    "EU/mL": "{EU}/mL",
    "°C": "Cel",
    "seconds": "s",
    "minutes": "min",
    "hours": "h",
    "hour": "h",
    "days": "d",
    "day": "d",
    "weeks": "wk",
    "week": "wk",
    "months": "mo",
    "month": "mo",
    "years": "a",
    "year": "a",
}
_AMOUNT = re.compile(r"([+\-−]?[0-9][0-9.,]*)\s*(\S.*)")


def amount(text: object) -> Quantity:
    """The amount a text tells. Raises ValueError with the way to write it."""
    if not isinstance(text, str):
        says = _("{value} has no unit: write the number and its unit in quotes, such as “70 %”")
        raise NotANumber(says.format(value=text))
    found = _AMOUNT.fullmatch(text.strip())
    if not found:
        says = _("“{text}” is not a number with its unit, such as “70 %”, “48 h” or “3 million/kg”")
        raise NotANumber(says.format(text=text))
    unit = found[2].strip()
    return Quantity.of(found[1], PLAIN_UNITS.get(unit, unit))


def must_convert(given: Quantity, unit: str, what: str) -> None:
    """Raises ValueError where the amount cannot be said in the unit."""
    try:
        given.to(unit)
    except (NotConvertible, UnitError) as fault:
        says = _("{what} is given in {unit}, which {given} cannot become")
        raise ValueError(says.format(what=what, unit=unit, given=given)) from fault
