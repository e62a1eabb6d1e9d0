"""The closed lists of the evidence files, and what each measure is."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from cordula.evidence.refusal import Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceMeasure:
    """One thing that studies report; `measures.toml` explains each field."""

    key: str
    words: str
    kind: str
    better: str
    unit: str | None = None
    low: float | None = None
    high: float | None = None
    measure: str | None = None


def read_own(name: str) -> dict[str, Any]:
    """One of the TOML files beside this module."""
    return tomllib.loads((files(__package__) / name).read_text(encoding="utf-8"))


@cache
def lists() -> Mapping[str, Mapping[str, Any]]:
    return read_own("words.toml")


def listed(name: str) -> Mapping[str, Any]:
    """One closed list, such as the designs."""
    return lists()[name]


def in_words(name: str, key: str) -> str:
    """The word of a list as people read it."""
    said = lists()[name].get(key, key.replace("_", " "))
    return str(said["words"] if isinstance(said, Mapping) else said)


@cache
def measures() -> Mapping[str, EvidenceMeasure]:
    return {key: EvidenceMeasure(key=key, **row) for key, row in read_own("measures.toml").items()}


def measure(key: str) -> EvidenceMeasure:
    found = measures().get(key)
    if found is None:
        raise Unknown(key, "a measure of the evidence", measures())
    return found
