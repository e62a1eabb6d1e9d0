"""What is commonly claimed, what was found, and who says so and who does not?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cordula.vocabulary.words import _ as core
from cordula_web.clinic.evidence import released
from cordula_web.clinic.evidence.sources import link, page_of
from cordula_web.clinic.evidence.study_lines import written_day
from cordula_web.frame.parts import Link

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Voice:
    """What one study or one fact says, and where it is told."""

    words: str
    where: Link


@dataclass(frozen=True, slots=True)
class Claim:
    id: str
    words: str
    verdict: str
    short: str
    against: tuple[Voice, ...]
    said_for: tuple[Voice, ...]
    missing: tuple[str, ...]
    would_change: str
    checked_on: str


def claims() -> tuple[Claim, ...]:
    return tuple(map(_claim, released.newest()["claims"]))


def _claim(told: Values) -> Claim:
    return Claim(
        id=told["id"],
        words=core(told["words"]),
        verdict=core(told["verdict_words"]),
        short=core(told["short"]),
        against=tuple(map(_voice, told["against"])),
        said_for=tuple(map(_voice, told["for"])),
        missing=tuple(map(core, told["missing"])),
        would_change=core(told["would_change"]),
        checked_on=written_day(told["checked_on"]),
    )


def _voice(said: Values) -> Voice:
    if said["study"] is not None:
        return Voice(core(said["says"]), Link(said["name"], page_of(said["study"])))
    return Voice(core(said["says"]), link(released.newest()["facts"][said["fact"]]["source"]))
