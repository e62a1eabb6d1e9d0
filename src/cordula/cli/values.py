"""Anything the core knows, as values that JSON has a form for."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any


def values_of(thing: Any) -> Any:
    """Its fields by name, with the name of its kind where several kinds stand side by side.

    A decimal becomes text, because a JSON reader may round a number."""
    if isinstance(thing, str | int | None):
        return thing
    if isinstance(thing, Decimal):
        return str(thing)
    if isinstance(thing, date | datetime):
        return thing.isoformat()
    if isinstance(thing, Mapping):
        return {str(key): values_of(value) for key, value in thing.items()}
    if is_dataclass(thing):
        named = {field.name: values_of(getattr(thing, field.name)) for field in fields(thing)}
        return {"kind": type(thing).__name__} | named
    if isinstance(thing, list | tuple | set | frozenset):
        return [values_of(item) for item in thing]
    return str(thing)
