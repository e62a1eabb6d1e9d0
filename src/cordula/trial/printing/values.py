"""A finding as values that JSON has a form for; what is not a number becomes null."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from math import isfinite
from typing import Any


def values_of(thing: Any) -> Any:
    """Dataclasses as objects, numbers as numbers."""
    if isinstance(thing, float):
        return thing if isfinite(thing) else None
    if is_dataclass(thing):
        return {field.name: values_of(getattr(thing, field.name)) for field in fields(thing)}
    if isinstance(thing, Mapping):
        return {str(key): values_of(value) for key, value in thing.items()}
    if isinstance(thing, tuple | list):
        return [values_of(one) for one in thing]
    return thing
