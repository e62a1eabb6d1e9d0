"""What has just been scanned? One structure, a pair read as one, or a compound message."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeVar

from cordula.labels.compound import LAYOUT as COMPOUND
from cordula.labels.compound import CompoundMessage, Orders
from cordula.labels.din import Din, read_typed_din
from cordula.labels.errors import LabelError, shown
from cordula.labels.index import read_first
from cordula.labels.product import check_division_present
from cordula.labels.structure import Structure

__all__ = ["Scan", "check_division_present", "expect", "read_typed_din", "scan"]

# Set before the data by scanners that say which symbology they have read: ]C0 is Code 128, ]d1 a Data Matrix.
SYMBOLOGY = re.compile(r"\]([A-Za-z][0-9A-Za-z])")

# Neighbouring linear bar codes that a scanner may read as one string (ST-001 10).
PAIRS = frozenset(
    {
        ("001", "002"),
        ("003", "005"),
        ("001", "003"),
        ("001", "019"),
        ("017", "018"),
        ("021", "022"),
        ("024", "025"),
    }
)

Kind = TypeVar("Kind", bound=Structure)


@dataclass(frozen=True, slots=True)
class Scan:
    """What a scanner sent and what it means. `raw` is kept for the record, every character of it."""

    raw: str
    symbology: str | None
    start: int  # the position in `raw` of the first character after the symbology, from 1
    structures: tuple[Structure, ...]
    compound: CompoundMessage | None = None

    @property
    def text(self) -> str:
        """The structures as a bar code carries them."""
        if self.compound:
            return self.compound.format()
        return "".join(structure.format() for structure in self.structures)

    @property
    def remarks(self) -> tuple[str, ...]:
        dins = (structure for structure in self.structures if isinstance(structure, Din))
        return tuple(din.remark for din in dins if din.remark)


def scan(text: str, orders: Orders | None = None) -> Scan:
    """Read a scan whole or refuse it whole with a LabelError; positions are those of `text`.

    `orders` are the site's own numbered compound messages (see `tables`); without them a message that claims a
    numbered order is refused, because its order cannot be checked.
    """
    symbology, start = _symbology(text)
    try:
        compound, structures = _read(text[start:].rstrip(), orders)
    except LabelError as error:
        raise error.moved(start) from None
    return Scan(text, symbology, start + 1, structures, compound)


def expect(scan: Scan, kind: type[Kind]) -> Kind:
    """The one structure of this kind in the scan; a scan of anything else is refused, and named.

    A field takes a structure by its kind, never by whether its characters would fit (ST-001 2.2).
    """
    found = [structure for structure in scan.structures if isinstance(structure, kind)]
    if len(set(found)) == 1:
        return found[0]
    expected = "this structure, once" if found else "this structure"
    names = ", ".join(structure.name for structure in scan.structures)
    raise LabelError(kind.kind_name(), scan.start, expected, names)


def _symbology(text: str) -> tuple[str | None, int]:
    start = len(text) - len(text.lstrip())
    prefix = SYMBOLOGY.match(text, start)
    return (prefix[0], prefix.end()) if prefix else (None, start)


def _read(text: str, orders: Orders | None) -> tuple[CompoundMessage | None, tuple[Structure, ...]]:
    if text.startswith(COMPOUND.identifier):
        message = CompoundMessage.parse(text, orders)
        return message, message.members
    first, length = read_first(text)
    if length == len(text):
        return None, (first,)
    return None, (first, _second(first, text, length))


def _second(first: Structure, text: str, at: int) -> Structure:
    if text[at] not in "=&":
        first.layout.refuse(at + 1, f"the end after {at} characters", shown(text[at:]))
    try:
        second, length = read_first(text[at:])
    except LabelError as error:
        raise error.moved(at) from None
    if at + length < len(text):
        second.layout.refuse(at + length + 1, "the end of the scan", shown(text[at + length :]))
    if (first.structure_number, second.structure_number) not in PAIRS:
        expected = f"nothing, or a structure that may be read together with {first.name}"
        second.layout.refuse(at + 1, expected, second.name)
    return second
