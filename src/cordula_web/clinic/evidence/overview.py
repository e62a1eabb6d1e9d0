"""What does the newest snapshot say of every question? Those that the largest studies answer come first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cordula.evidence.wording import FIRST, level_words, unfavourable_first
from cordula.vocabulary.words import _ as core
from cordula_web.clinic.evidence import numbers, released
from cordula_web.clinic.evidence.band import Band, band
from cordula_web.clinic.evidence.study_lines import (
    StudyLine,
    largest,
    lines,
    open_lines,
)
from cordula_web.frame.addresses import address
from cordula_web.frame.parts import Link

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Certain:
    """How sure one may be: the level in words, and why it is no higher."""

    level: str
    words: str
    reasons: tuple[str, ...]
    judged: str


@dataclass(frozen=True, slots=True)
class Told:
    """One question at one time. Without an estimate `why_not` says why."""

    time: str
    url: str
    estimate: str
    interval: str
    band: Band | None
    why_not: str
    holds_nothing: bool
    alone: bool
    studies: tuple[StudyLine, ...]
    waiting: tuple[Link, ...]
    certain: Certain


@dataclass(frozen=True, slots=True)
class Asked:
    id: str
    words: str
    told: tuple[Told, ...]


def asked(only: Iterable[str] | None = None) -> tuple[Asked, ...]:
    """Every question of the snapshot, or those named, in the order of the largest study that answers them."""
    wanted = {one["question"] for one in released.answers().values()}
    chosen = wanted if only is None else wanted & set(only)
    several = [released.times(question) for question in sorted(chosen)]
    return tuple(map(_asked, sorted(several, key=_first)))


def _first(several: Sequence[Values]) -> tuple[int, int]:
    """Of two that are answered by as large a study, the one with a finding against the cells."""
    found = [unfavourable_first(row)[0] for one in several for row in one["directions"]]
    return -largest(several), min(found, default=len(FIRST))


def _asked(several: list[Values]) -> Asked:
    first = several[0]
    return Asked(first["question"], core(first["words"]), tuple(map(told, several)))


def told(answer: Values) -> Told:
    main = answer["pooled"]["main"] if answer["pooled"] else None
    number = f"{numbers.value(answer, main['estimate'])}{numbers.unit(answer)}" if main else ""
    return Told(
        time=numbers.months(answer["months"]),
        url=answer_url(answer),
        estimate=number,
        interval=numbers.interval(answer, main) if main else "",
        band=band(answer, main) if main else None,
        why_not=core(answer["why_not"] or ""),
        holds_nothing=main is not None and holds_no_effect(answer, main),
        alone=main is not None and answer["pooled"]["k"] == 1,
        studies=lines(answer),
        waiting=open_lines(answer),
        certain=certain(answer["certainty"]),
    )


def answer_url(answer: Values) -> str:
    options = {"question": answer["question"], "months": f"{answer['months']:g}"}
    return address("clinic:evidence_answer", options)


def holds_no_effect(answer: Values, main: Values) -> bool:
    """Whether “no difference” lies within the interval of a comparison."""
    if not answer["compares"]:
        return False
    nothing = 1.0 if answer["scale"] == "log" else 0.0
    low, high = main["low"], main["high"]
    return (low is None or low <= nothing) and (high is None or nothing <= high)


def certain(certainty: Values) -> Certain:
    judgement = certainty["judgement"]
    told_by = _("{who} judged so on {when}, against the rules: {why}")
    return Certain(
        level=level_words(certainty["level"]),
        words=core(certainty["words"]),
        reasons=tuple(core(reason["because"]) for reason in certainty["reasons"]),
        judged=told_by.format(**judgement) if judgement else "",
    )
