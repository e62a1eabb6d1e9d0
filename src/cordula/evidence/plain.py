"""Anything of this room as values that JSON has a form for, always in the same digits."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from math import isinf, isnan
from typing import Any

DIGITS = 6


def plain(thing: Any) -> Any:
    """Floats have six significant digits, more than any study and fewer than two processors may differ in.

    A written decimal stays the number it is: 8.0 becomes 8.0, 35 becomes 35."""
    if thing is None or isinstance(thing, str | bool | int):
        return thing
    if isinstance(thing, float):
        return _rounded(thing)
    if isinstance(thing, Decimal):
        return int(thing) if thing.as_tuple().exponent == 0 else float(thing)
    if isinstance(thing, date):
        return thing.isoformat()
    if isinstance(thing, Mapping):
        return {str(key): plain(value) for key, value in thing.items()}
    if is_dataclass(thing):
        return {field.name: plain(getattr(thing, field.name)) for field in fields(thing)}
    return [plain(item) for item in thing]


def _rounded(value: float) -> float | None:
    """None where a limit is without end, as JSON has no word for it; what is no number is never released."""
    if isnan(value):
        raise ValueError("a value that is no number cannot be released")
    if isinf(value):
        return None
    found = float(f"{value:.{DIGITS}g}")
    return 0.0 if found == 0 else found
