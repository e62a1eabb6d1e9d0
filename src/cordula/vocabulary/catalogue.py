"""How are the vocabulary's tables read, and what does a wrong word hear?"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from importlib.resources import files
from typing import Any

LOCAL_SYSTEM = "urn:cordula:obs"


@dataclass(frozen=True, slots=True)
class Code:
    """A word in somebody else's code system, or in ours.

    `verified` is true only where the code was read with this meaning in a published text and no other text
    contradicts it; for LOINC, whose public lists disagree with each other, in two independent places. A code
    that is not verified waits for the site to check it against the release it has licensed.
    """

    system: str
    code: str
    version: str
    verified: bool


class UnknownWord(LookupError):
    """A key that the vocabulary does not have; the message suggests the nearest one."""

    def __init__(self, word: str, what: str, known: Iterable[str]) -> None:
        near = get_close_matches(word, sorted(known), n=1, cutoff=0.5)
        hint = f"; did you mean “{near[0]}”?" if near else ""
        super().__init__(f"“{word}” is not {what}{hint}")
        self.word = word
        self.suggestion = near[0] if near else None


def read_table(name: str) -> dict[str, Any]:
    """One of the TOML files beside this module."""
    return tomllib.loads((files(__package__) / name).read_text(encoding="utf-8"))


def read_code(row: Mapping[str, Any]) -> Code:
    return Code(
        system=row["system"],
        code=row["code"],
        version=row.get("version", "not stated"),
        verified=row["verified"],
    )
