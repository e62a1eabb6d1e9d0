"""The life of the tests' unit, for as many units and children as are wanted, each at times of its own."""

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import datetime, timedelta
from typing import Any

from cordula.events.event import Event
from cordula.events.storage import Stored
from cordula.protocols.load import named
from cordula.vocabulary import identifiers as ids
from tests import cast

SITE = ids.SiteId("st-anna")
NOW = cast.after_birth(days=160)
EARLIEST_STEP = 3
# What of an event is a name, or holds one.
NAMED = frozenset(
    "unit units infant mother din chain_of_identity product products parts parent digest".split()  # noqa: SIM905
)


def lives(count: int, first: int = 0) -> Iterator[Any]:
    """Commands that bring so many units, each of a child of its own, up to the release."""
    for number in range(first, first + count):
        yield from _commands(number, _life(number))


def bank(count: int, first: int = 0) -> Iterator[Any]:
    """The same, but every unit stands somewhere else on its way, as in a bank at work."""
    for number in range(first, first + count):
        life = _life(number)
        reached = EARLIEST_STEP + number * 7 % (len(life) - EARLIEST_STEP + 1)
        yield from _commands(number, life[:reached])


def din(number: int) -> ids.DinNumber:
    return ids.DinNumber(f"A999926{number:06d}")


def infant(number: int) -> ids.InfantId:
    return ids.InfantId(f"child-{number}")


def _commands(number: int, life: list[Event]) -> Iterator[Any]:
    from cordula_web.records.command import Command

    for place, event in enumerate(life):
        yield Command(event=event, key=f"life-{number:06d}-{place:03d}", site=SITE, now=NOW)


def _life(number: int) -> list[Event]:
    """Up to a day's difference in every time; judged by the protocol that practice is judged by."""
    later = timedelta(minutes=number * 37 % 1440)
    names = {
        cast.UNIT: ids.UnitId(f"unit-{number}"),
        cast.LINA: infant(number),
        cast.MOTHER: ids.MotherId(f"mother-{number}"),
        cast.DIN: din(number),
        cast.CHAIN: ids.ChainOfIdentityId(f"CHA999926{number:06d}"),
        "2" * 64: named("practice-mnc-stage-2").digest,
    }
    events = [*cast.before_birth(), *cast.birth(), *cast.laboratory()]
    # The cast's vials have their positions; these do without.
    return [_of(event, names, later) for event in events if not isinstance(event, Stored)]


def _of(value: Any, names: dict[Any, Any], later: timedelta) -> Any:
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, tuple):
        return tuple(_of(item, names, later) for item in value)
    if isinstance(value, datetime):
        return value + later
    if not hasattr(value, "__dataclass_fields__"):
        return value
    own = {field.name: getattr(value, field.name) for field in fields(value) if field.init}
    changed = {
        name: _of(item, names, later)
        for name, item in own.items()
        if name in NAMED or isinstance(item, datetime)
    }
    return replace(value, **changed) if changed else value
