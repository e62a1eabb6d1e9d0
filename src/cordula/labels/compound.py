"""Which structures does one two-dimensional symbol carry together? The compound message (ST-001 2.4.23)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, NoReturn, Self

from cordula.labels.errors import LabelError, shown
from cordula.labels.index import read_first
from cordula.labels.layout import Layout, parts
from cordula.labels.structure import Structure
from cordula.labels.undecoded import National

LAYOUT = Layout("=+", "023", "Compound message", parts(count="99", order="999"))
UNSPECIFIED_ORDER = "000"

# The structures that follow in each order with a number of its own: ICCBBA's table RT017, which the site loads.
Orders = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class CompoundMessage(Structure):
    """Structures in one string without separators; nothing in it is used before all of it has been checked."""

    LAYOUTS: ClassVar[tuple[Layout, ...]] = (LAYOUT,)

    members: tuple[Structure, ...]
    order: str = UNSPECIFIED_ORDER

    def __post_init__(self) -> None:
        if not 1 <= len(self.members) <= 99:
            LAYOUT.refuse_part("count", "01 to 99 structures to follow", str(len(self.members)))
        for member in self.members:
            _check_allowed(member)
        self.format()

    @classmethod
    def parse(cls, text: str, orders: Orders | None = None) -> Self:
        count, order = LAYOUT.split(text[: LAYOUT.length])
        members = _members(text, int(count))
        if len(members) != int(count):
            found = f"{len(members)} in the scan"
            LAYOUT.refuse_part("count", f"{count} structures to follow", found)
        if order != UNSPECIFIED_ORDER:
            _check_order(members, order, orders or {})
        return cls(members, order)

    def format(self) -> str:
        head = LAYOUT.join(f"{len(self.members):02}", self.order)
        return head + "".join(member.format() for member in self.members)


def _members(text: str, count: int) -> tuple[Structure, ...]:
    members: list[Structure] = []
    at = LAYOUT.length
    while at < len(text):
        if len(members) == count:
            found = f"more: {shown(text[at:])}"
            LAYOUT.refuse(at + 1, f"the end after {count:02} structures", found)
        member, length = _member(text, at)
        members.append(member)
        at += length
    return tuple(members)


def _member(text: str, at: int) -> tuple[Structure, int]:
    if text.startswith(LAYOUT.identifier, at):
        LAYOUT.refuse(at + 1, "no compound message within another", shown(LAYOUT.identifier))
    try:
        member, length = read_first(text[at:])
        _check_allowed(member)
    except LabelError as error:
        raise error.moved(at) from None
    return member, length


def _check_allowed(member: Structure) -> None:
    if isinstance(member, National | CompoundMessage):
        LAYOUT.refuse(1, "only structures that ISBT 128 itself defines", member.name)


def _check_order(members: tuple[Structure, ...], order: str, orders: Orders) -> None:
    """A numbered order that cannot be looked up cannot be checked, and what is not checked is not used."""
    if order not in orders:
        expected = f"{UNSPECIFIED_ORDER}, or an order in the site's table of compound messages"
        LAYOUT.refuse_part("order", expected, shown(order))
    found = tuple(member.structure_number for member in members)
    if found != orders[order]:
        _refuse_order(order, orders[order], found)


def _refuse_order(order: str, expected: tuple[str, ...], found: tuple[str, ...]) -> NoReturn:
    wanted = f"the structures {', '.join(expected)} of order {order}"
    LAYOUT.refuse_part("order", wanted, ", ".join(found))
