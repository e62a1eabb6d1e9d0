"""What does each study say to one question? The largest first, whatever it says; those awaited last, with the day somebody looked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cordula.display import clin_date
from cordula.evidence.wording import OPEN, unfavourable_first
from cordula.vocabulary.words import _ as core
from cordula_web.clinic.evidence import numbers, released
from cordula_web.clinic.evidence.sources import page_of
from cordula_web.frame.parts import Link

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class StudyLine:
    """One study and what it says. `n` is None where the number of its children was not read."""

    name: str
    url: str
    n: int | None
    children: str
    says: tuple[str, ...]


def lines(answer: Values) -> tuple[StudyLine, ...]:
    """Numbers, directions, and other measures of the same hearts, one line a study."""
    told: dict[str, list[str]] = {}
    sizes: dict[str, tuple[str, int | None]] = {}
    for row, says in _everything(answer):
        told.setdefault(row["study"], []).append(says)
        sizes.setdefault(row["study"], (row["name"], row["n"]))
    found = [_line(study, *sizes[study], tuple(says)) for study, says in told.items()]
    return tuple(sorted(found, key=_largest_first))


def _line(study: str, name: str, n: int | None, says: tuple[str, ...]) -> StudyLine:
    return StudyLine(name, page_of(study), n, numbers.children(n), says)


def _largest_first(one: StudyLine) -> tuple[int, str]:
    return -(one.n or 0), one.name


def _everything(answer: Values) -> Iterator[tuple[Values, str]]:
    for row in sorted(answer["directions"], key=unfavourable_first):
        yield row, direction(row)
    for row in answer["inputs"]:
        yield row, numbers.estimate(answer, row)
    for own in _by_study_and_direction(answer["beside"]):
        told = _("{direction}: {measures}")
        measures = "; ".join(map(_measure, own))
        yield own[0], told.format(direction=core(own[0]["direction_words"]), measures=measures)


def _by_study_and_direction(rows: Sequence[Values]) -> Iterator[list[Values]]:
    """What the same hearts showed by other measures: each study's unfavourable findings before the others."""
    found: dict[tuple[str, str], list[Values]] = {}
    for row in sorted(rows, key=unfavourable_first):
        found.setdefault((row["study"], row["direction"]), []).append(row)
    yield from found.values()


def _measure(row: Values) -> str:
    """“change of the right ventricle's longitudinal strain, 3 months, P 0.032”."""
    words = core(row["measure_words"])
    time = numbers.months(row["months"]) if row["months"] else ""
    p = f"P {row['p']}" if row["p"] else ""
    return ", ".join(part for part in (f"{words[0].lower()}{words[1:]}", time, p) if part)


def direction(row: Values) -> str:
    """“against cells, P 0.032”."""
    p = f", P {row['p']}" if row["p"] else ""
    return f"{core(row['direction_words'])}{p}"


def open_lines(answer: Values) -> tuple[Link, ...]:
    """The studies that bear on it and whose numbers are awaited or were not read, and are known by no direction either."""
    told = {row["study"] for part in ("directions", "inputs", "beside") for row in answer[part]}
    rows = [row for row in answer["left_out"] if row["numbers"] in OPEN]
    return tuple(
        Link(row["name"], page_of(row["study"])) for row in rows if row["study"] not in told
    )


def awaited(row: Values) -> str:
    """“awaited: no result was found; last looked on 22-Nov-2026”."""
    told = _("{reason}; last looked on {day}")
    return told.format(
        reason=core(row["reason"]), day=written_day(released.looked_on(row["study"]))
    )


def written_day(day: str) -> str:
    return clin_date(date.fromisoformat(day)) if day else ""


def largest(several: Sequence[Values]) -> int:
    """The most children of any study that answers the question itself, not by another measure."""
    rows = [row for one in several for row in (*one["inputs"], *one["directions"])]
    return max((row["n"] or 0 for row in rows), default=0)
