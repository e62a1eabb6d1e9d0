"""Which bytes is a passport made of? Lines of text, so that people can read it and compare two of them.

    cordula-passport/1
    unit:ovxgs5ban5tca5dimuqhg4dfmm

    entries
    183 4e2983af {"actor":"orswg2don5wg6z3jon2c233omu","at":"2026-11-22T07:04:41.005000Z",…}
    …

    hashes
    EX6Pcm7FK6omvxxqNqh2bG6R8PwVEpmjX/aoGqH3lwc=
    …

    disclosures
    WyJjMkZzZENCdlppQjBhR1VnY0dGblpRIiwgInJlYXNvbiIsICJ0aGUgc2VhbCBvZiB0aGUgYmFnIHdhcyB0b3JuIl0
    …

    checkpoint
    ledger.example.org/cordula
    …

An entry stands in its exact bytes, behind its index and the first eight digits of its leaf. These digits
prove nothing; they let a reader name the entry that was changed. `docs/passport-format.md` tells the rest.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from cordula.ledger import exact_base64
from cordula.ledger.checkpoint import DECIMAL
from cordula.ledger.merkle import HASH_SIZE, leaf_hash
from cordula.passport.refusal import Reason, Refused
from cordula.vocabulary.words import _

NAME = "cordula-passport/1"
SIZE_MAX = 1024 * 1024
SECTIONS = ("entries", "hashes", "disclosures", "checkpoint")

_ANY_VERSION = re.compile(rb"cordula-passport/([0-9]{1,9})\n")
_STREAM = re.compile(r"unit:[a-z0-9-]{1,40}")
_MARK = re.compile(r"[0-9a-f]{8}")
_DISCLOSURE = re.compile(r"[A-Za-z0-9_-]+")

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Line:
    """An entry in a passport: where it is sealed, the mark of its leaf, and its exact bytes."""

    index: int
    mark: str
    entry: bytes

    @classmethod
    def of(cls, index: int, entry: bytes) -> "Line":
        return cls(index, mark(leaf_hash(entry)), entry)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A passport as it was written down. Nothing in it is trusted yet."""

    stream: str
    lines: tuple[Line, ...]
    hashes: tuple[bytes, ...]
    disclosures: tuple[str, ...]
    signed: str


def mark(leaf: bytes) -> str:
    return leaf[:4].hex()


def format(sheet: Sheet) -> bytes:
    """The bytes of a passport."""
    parts = (
        [NAME, sheet.stream],
        ["entries", *(f"{e.index} {e.mark} {e.entry.decode()}" for e in sheet.lines)],
        ["hashes", *map(exact_base64.encode, sheet.hashes)],
        ["disclosures", *sheet.disclosures],
    )
    text = "".join("\n".join(part) + "\n\n" for part in parts)
    return f"{text}checkpoint\n{sheet.signed}".encode()


def parse(data: bytes) -> Sheet:
    """Take a passport apart, without trusting it; raises Refused unless it is exactly of this format."""
    head, entries, hashes, disclosures, rest = _sections(_text(data))
    name, newline, signed = rest.partition("\n")
    if name != "checkpoint" or not newline:
        raise _malformed(_("the part “checkpoint” is not where it belongs"))
    sheet = Sheet(
        _stream(head),
        _items("entries", entries, _line),
        _items("hashes", hashes, _hash),
        _items("disclosures", disclosures, _disclosure),
        signed,
    )
    if list(sheet.disclosures) != sorted(set(sheet.disclosures)):
        raise _malformed(_("the disclosures do not stand in the order of their letters, each once"))
    return sheet


def _text(data: bytes) -> str:
    if len(data) > SIZE_MAX:
        says = _("the file has more than {limit} bytes, which no passport has")
        raise Refused(Reason.TOO_LARGE, says.format(limit=SIZE_MAX))
    version = _ANY_VERSION.match(data)
    if version is None:
        says = _("this is not a passport: its first line is not {name}")
        raise Refused(Reason.NOT_A_PASSPORT, says.format(name=NAME))
    if version.group(0) != f"{NAME}\n".encode():
        says = _("this passport is of version {found}; this program reads version 1")
        raise Refused(Reason.OTHER_VERSION, says.format(found=version.group(1).decode()))
    return _decoded(data)


def _decoded(data: bytes) -> str:
    try:
        text = data.decode()
    except UnicodeDecodeError as wrong:
        says = _("byte {place} is not UTF-8: the file was damaged on its way")
        raise _malformed(says.format(place=wrong.start)) from None
    if "\r" in text:
        raise _malformed(
            _("its line ends were changed on its way: ask for the file as it was made")
        )
    return text


def _sections(text: str) -> list[str]:
    parts = text.split("\n\n", len(SECTIONS))
    if len(parts) <= len(SECTIONS):
        says = _("the file ends too early: the part “{name}” is missing")
        raise _malformed(says.format(name=SECTIONS[len(parts) - 1]))
    return parts


def _stream(head: str) -> str:
    stream = head.partition("\n")[2]
    if not _STREAM.fullmatch(stream):
        raise _malformed(_("its second line does not name one unit"))
    return stream


def _items(name: str, part: str, read: Callable[[str], Item]) -> tuple[Item, ...]:
    title, *lines = part.split("\n")
    if title != name:
        raise _malformed(_("the part “{name}” is not where it belongs").format(name=name))
    found = []
    for number, line in enumerate(lines, 1):
        try:
            found.append(read(line))
        except ValueError:
            says = _("line {number} of the part “{name}” cannot be read")
            raise _malformed(says.format(number=number, name=name)) from None
    return tuple(found)


def _line(text: str) -> Line:
    index, digits, entry = text.split(" ", 2)
    if not DECIMAL.fullmatch(index) or not _MARK.fullmatch(digits) or not entry:
        raise ValueError(text)
    return Line(int(index), digits, entry.encode())


def _hash(text: str) -> bytes:
    value = exact_base64.decode(text)
    if len(value) != HASH_SIZE:
        raise ValueError(text)
    return value


def _disclosure(text: str) -> str:
    if not _DISCLOSURE.fullmatch(text):
        raise ValueError(text)
    return text


def _malformed(sentence: str) -> Refused:
    return Refused(Reason.MALFORMED, sentence)
