"""Events as plain JSON values, and back. Canonical bytes are made by the envelope.

How a field is written follows from its type: a Quantity as {"unit", "value"} with the value as
text, a time as ISO 8601 with its offset, a sealed value as {"sealed": digest}, a tuple as a list.
A field that holds None is left out, so that a field added later reads as absent in old entries.
"""

from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from cordula.events.event import Event
from cordula.events.kinds import KINDS
from cordula.events.sealed import Sealed
from cordula.vocabulary.quantity import Quantity

Writer = Callable[[Any], Any]
Reader = Callable[[Any], Any]

# These stand in the envelope, not in the body.
IN_ENVELOPE = ("by", "at")


class NotReadable(ValueError):
    """A stored body does not fit its kind of event."""


def to_body(event: Event) -> dict[str, Any]:
    """The event's own fields as JSON values."""
    kind: Any = type(event)
    return _write_fields(event, _plan(kind))


def from_body(kind: str, body: dict[str, Any], **envelope: Any) -> Event:
    """The event of this kind; `envelope` gives the fields that stand outside the body.

    Raises NotReadable where the body has a missing, unknown or malformed field."""
    try:
        event: Event = _build(KINDS[kind], body, envelope)
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError) as fault:
        raise NotReadable(f"{kind}: {fault}") from fault
    return event


def _build(kind: Any, body: dict[str, Any], given: dict[str, Any]) -> Any:
    plan = _plan(kind)
    if unknown := body.keys() - plan.keys():
        raise ValueError(f"unknown field {min(unknown)}")
    values = {name: plan[name][1](value) for name, value in body.items()}
    return kind(**values, **given)


def _write_fields(value: Any, plan: dict[str, tuple[Writer, Reader]]) -> dict[str, Any]:
    body = {}
    for name, (write, _) in plan.items():
        item = getattr(value, name)
        if item is not None:
            body[name] = write(item)
    return body


@cache
def _plan(kind: Any) -> dict[str, tuple[Writer, Reader]]:
    """For each field in order: how it is written and how it is read."""
    hints = get_type_hints(kind)
    names = (f.name for f in fields(kind) if f.init or f.default is not MISSING)
    return {
        name: _pair(hints[name])
        for name in names
        if not (issubclass(kind, Event) and name in IN_ENVELOPE)
    }


def _pair(hint: Any) -> tuple[Writer, Reader]:
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        (inner,) = (arm for arm in get_args(hint) if arm is not NoneType)
        return _pair(inner)
    if origin is tuple:
        return _tuple_pair(get_args(hint)[0])
    if origin is Literal:
        return str, _one_of(get_args(hint))
    return _scalar_pair(hint)


def _tuple_pair(element: Any) -> tuple[Writer, Reader]:
    write, read = _pair(element)
    return (
        lambda items: [write(item) for item in items],
        lambda items: tuple(read(item) for item in _expect(list, items)),
    )


def _scalar_pair(hint: Any) -> tuple[Writer, Reader]:
    if hint is Quantity:
        return _write_quantity, _read_quantity
    if hint is Sealed:
        return lambda sealed: {"sealed": sealed.digest}, lambda body: Sealed(body["sealed"])
    if hint in (datetime, date):
        return hint.isoformat, hint.fromisoformat
    if hint in (bool, int):
        return hint, lambda value: _expect(hint, value)
    if is_dataclass(hint):
        return _dataclass_pair(hint)
    if issubclass(hint, StrEnum):
        return lambda member: member.value, hint
    return str, (lambda value: hint(_expect(str, value)))


def _dataclass_pair(kind: Any) -> tuple[Writer, Reader]:
    return (
        lambda value: _write_fields(value, _plan(kind)),
        lambda body: _build(kind, _expect(dict, body), {}),
    )


def _write_quantity(quantity: Quantity) -> dict[str, str]:
    return {"unit": quantity.unit, "value": str(quantity.value)}


def _read_quantity(body: dict[str, str]) -> Quantity:
    return Quantity(Decimal(body["value"]), body["unit"])


def _one_of(allowed: tuple[Any, ...]) -> Reader:
    def read(value: Any) -> Any:
        if value not in allowed:
            raise ValueError(f"{value!r} is none of {', '.join(allowed)}")
        return value

    return read


def _expect(kind: type[Any], value: Any) -> Any:
    if type(value) is not kind:
        raise TypeError(f"expected {kind.__name__}, found {type(value).__name__}")
    return value
