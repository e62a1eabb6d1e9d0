"""The headings a case may use, and what each makes of the words in its cells.

A cell that is empty says that the fact is not recorded."""

import re
from collections.abc import Callable, Iterator
from functools import partial

from cordula.protocols.cases import facts_of_child, facts_of_results, facts_of_unit, moments
from cordula.protocols.cases.scene import NOW, Scene
from cordula.protocols.file.amounts import amount
from cordula.protocols.file.known import events, markers, unit_tests
from cordula.protocols.moments import MOMENTS
from cordula.protocols.protocol import Protocol
from cordula.protocols.refusal import not_known
from cordula.vocabulary.cardiac import operations
from cordula.vocabulary.measures import measures, timepoints
from cordula.vocabulary.words import _

Column = Callable[[Scene, str], None]

_BETWEEN = re.compile(r"(\w+) to (\w+)")

# Headings that stand for themselves, in plain words.
PLAIN: dict[str, Column] = {
    "parents agreed to": facts_of_child.agreed,
    "by one parent": facts_of_child.agreed_alone,
    "taken back": facts_of_child.taken_back,
    "mother's blood taken": facts_of_results.specimen,
    "eligibility": facts_of_results.eligibility,
    "excursion": facts_of_unit.excursion,
    "deviation": facts_of_unit.deviation,
    "diagnosis": facts_of_child.diagnosis,
    "enrolled": facts_of_child.enrolled,
    "weight": facts_of_child.weight,
    "weighed": facts_of_child.weighed,
}


def column(heading: str, protocol: Protocol) -> Column:
    """What this heading means. Raises ValueError with a suggestion where it means nothing."""
    if heading in PLAIN:
        return PLAIN[heading]
    if found := _BETWEEN.fullmatch(heading):
        return partial(_between, _moment(found[1]), _moment(found[2]))
    first, _space, rest = heading.partition(" ")
    if first in measures() and (not rest or rest in timepoints(measures()[first].of)):
        return partial(facts_of_results.measured, first, rest)
    if first in _FAMILIES and rest in dict(_members(first, protocol)):
        return partial(_FAMILIES[first], rest)
    raise ValueError(not_known(heading, _("a heading of a case"), _headings(protocol)))


def _moment(name: str) -> str:
    if name not in MOMENTS:
        raise ValueError(not_known(name, _("a moment"), MOMENTS))
    return name


def _between(start: str, end: str, scene: Scene, cell: str) -> None:
    """So long from one moment to the other; the other is now, or lies where it may."""
    if not cell:
        return
    later = moments.AHEAD if end == "operation_planned" else NOW
    moments.add(scene, start, moments.before(later, amount(cell)))
    moments.add(scene, end, later)


_FAMILIES: dict[str, Callable[[str, Scene, str], None]] = {
    "identity": facts_of_unit.identity,
    "mother": facts_of_results.mother,
    "test": facts_of_results.tested,
    "answer": facts_of_results.answered,
    "kept": facts_of_unit.kept,
    "review": facts_of_child.reviewed,
    "operation": facts_of_child.operation,
    "event": facts_of_unit.happened,
}


def _members(family: str, protocol: Protocol) -> Iterator[tuple[str, object]]:
    """What may stand after the first word of a heading, such as “test sterility_aerobic”."""
    members: dict[str, object] = {
        "identity": ("bedside", "laboratory", "theatre"),
        "mother": markers(),
        "test": unit_tests(),
        "answer": protocol.questions,
        "kept": ("vial", "bag", "segment"),
        "review": ("genetics",),
        "operation": operations(),
        "event": events(),
    }
    for name in members[family]:  # type: ignore[attr-defined]
        yield name, family


def _headings(protocol: Protocol) -> Iterator[str]:
    yield from PLAIN
    for family in _FAMILIES:
        yield from (f"{family} {name}" for name, _family in _members(family, protocol))
    for key, measure in measures().items():
        yield from (f"{key} {at}" for at in (measure.timepoints or timepoints(measure.of)))
