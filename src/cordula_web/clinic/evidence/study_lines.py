"""What does each study say to one question? The largest first, whatever it says; those awaited last, with the day somebody looked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cordula.display import clin_date
from cordula.vocabulary.words import _ as core
from cordula_web.clinic.evidence import numbers, released
from cordula_web.clinic.evidence.sources import page_of

Values = Mapping[str, Any]
OPEN = ("awaited", "not_read")
# What speaks against the cells is told before what does not.
FIRST = ("worse_with_cells", "higher_with_cells", "endpoint_not_met", "no_difference")


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
    for row in sorted(answer["directions"], key=_unfavourable_first):
        yield row, direction(row)
    for row in answer["inputs"]:
        yield row, numbers.estimate(answer, row)
    for row in sorted(answer["beside"], key=_unfavourable_first):
        told = _("{says}: {measure}, {time}")
        measure = core(row["measure_words"])
        yield (
            row,
            told.format(says=direction(row), measure=measure, time=numbers.months(row["months"])),
        )


def direction(row: Values) -> str:
    """“against cells, P 0.032”."""
    p = f", P {row['p']}" if row["p"] else ""
    return f"{core(row['direction_words'])}{p}"


def _unfavourable_first(row: Values) -> int:
    return FIRST.index(row["direction"]) if row["direction"] in FIRST else len(FIRST)


def open_lines(answer: Values) -> tuple[StudyLine, ...]:
    """The studies that bear on it and whose numbers are awaited or were not read."""
    rows = [row for row in answer["left_out"] if row["numbers"] in OPEN]
    return tuple(_line(row["study"], row["name"], None, (awaited(row),)) for row in rows)


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
