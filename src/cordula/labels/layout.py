"""Which characters may stand where in a structure?

A layout is the identifier of a structure and its parts, each part a name and one letter per character. The same
layout splits a scanned structure into its parts and joins parts into what a bar code carries, so that what cannot
be read cannot be printed either.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NoReturn

from cordula.labels.errors import LabelError, shown

# One letter per kind of character: the characters it allows, and how they are called at the bench.
KINDS = {
    "9": ("0-9", "a digit"),
    "0": ("0", "0, which is reserved"),
    "F": ("A-NP-Z1-9", "a capital letter other than O, or a digit from 1 to 9"),
    "f": ("A-NP-Z0-9", "a capital letter other than O, or a digit"),
    "g": ("0-9A-HJ-NPR-Y", "a digit, or a capital letter other than I, O, Q and Z"),
    "A": ("A-Z", "a capital letter"),
    "U": ("A-Z0-9", "a capital letter or a digit"),
    "L": ("a-z0-9", "a small letter or a digit"),
    "X": ("A-Za-z0-9", "a letter or a digit"),
    "C": ("C", "C"),
    "H": ("H", "H"),
    "N": ("1-9", "a digit from 1 to 9"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a structure: its name at the bench and the kind of each of its characters."""

    name: str
    kinds: str

    def pattern(self) -> str:
        return "".join(f"[{KINDS[kind][0]}]" for kind in self.kinds)

    def wrong_at(self, text: str) -> int | None:
        """Where the first character of the wrong kind stands, from 0."""
        for place, (kind, character) in enumerate(zip(self.kinds, text, strict=False)):
            if not re.fullmatch(f"[{KINDS[kind][0]}]", character):
                return place
        return None


@dataclass(frozen=True)
class Layout:
    """The identifier, number, title and parts of a structure of fixed length.

    Where every letter of a structure is a capital, a scanner that sends small letters is understood;
    `case_matters` marks those where a small letter means something else, which are read as they are.
    """

    identifier: str
    number: str
    title: str
    parts: tuple[Part, ...]
    case_matters: bool = False
    _pattern: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        groups = "".join(f"({part.pattern()})" for part in self.parts)
        object.__setattr__(self, "_pattern", re.compile(re.escape(self.identifier) + groups))

    @property
    def name(self) -> str:
        return f"{self.title} [{self.number}]" if self.number else self.title

    @property
    def length(self) -> int:
        return len(self.identifier) + sum(len(part.kinds) for part in self.parts)

    def extent(self, text: str) -> int:
        """How many characters this structure takes at the beginning of the text."""
        if len(text) < self.length:
            self.refuse(len(text) + 1, f"{self.length} characters in all", f"only {len(text)}")
        return self.length

    def split(self, text: str) -> tuple[str, ...]:
        """The parts of a structure scanned whole; the inverse of `join`."""
        self.check_identifier(text)
        if self.extent(text) != len(text):
            self.refuse(self.length + 1, f"{self.length} characters in all", f"{len(text)}")
        if not self.case_matters and text.isascii():
            text = text.upper()
        match = self._pattern.fullmatch(text)
        return match.groups() if match else self._refuse_first_wrong(text)

    def join(self, *values: str) -> str:
        """What a bar code carries; each value must fit its own part, so that none can lean on another."""
        at = len(self.identifier)
        for part, value in zip(self.parts, values, strict=True):
            if len(value) != len(part.kinds):
                self.refuse(at + 1, f"{len(part.kinds)} characters of {part.name}", shown(value))
            self._check_part(part, value, at)
            at += len(value)
        return self.identifier + "".join(values)

    def check_identifier(self, text: str) -> None:
        """The first check of all: a structure of another kind may hold characters that fit (ST-001 2.2)."""
        if not text.startswith(self.identifier):
            self.refuse(1, f"the identifier {self.identifier}", shown(text[: len(self.identifier)]))

    def start_of(self, part_name: str) -> int:
        """The position of the first character of a part, counted from 1 and from the identifier."""
        at = len(self.identifier) + 1
        for part in self.parts:
            if part.name == part_name:
                return at
            at += len(part.kinds)
        raise KeyError(part_name)

    def refuse(self, position: int | None, expected: str, found: str) -> NoReturn:
        raise LabelError(self.name, position, expected, found)

    def refuse_part(self, part_name: str, expected: str, found: str) -> NoReturn:
        self.refuse(self.start_of(part_name), expected, found)

    def _check_part(self, part: Part, value: str, at: int) -> None:
        wrong = part.wrong_at(value)
        if wrong is not None:
            allowed = KINDS[part.kinds[wrong]][1]
            self.refuse(at + wrong + 1, f"{allowed} in the {part.name}", shown(value[wrong]))

    def _refuse_first_wrong(self, text: str) -> NoReturn:
        at = len(self.identifier)
        for part in self.parts:
            self._check_part(part, text[at : at + len(part.kinds)], at)
            at += len(part.kinds)
        raise AssertionError(f"{self.name}: no wrong character in {text!r}")


def parts(**kinds: str) -> tuple[Part, ...]:
    """Parts written as `facility_number="Fff99"`; an underscore is a space in the name."""
    return tuple(Part(name.replace("_", " "), kind) for name, kind in kinds.items())
