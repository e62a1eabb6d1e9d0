from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

import pytest

from cordula.events.laboratory import MotherTested
from cordula.journey.finders import FINDERS
from cordula.journey.verdict import Status
from cordula.protocols import criteria
from cordula.protocols.criteria import Criterion
from tests.unit.journey import cast
from tests.unit.journey.cast import GATES, SAYS, found, whole_life

KINDS = sorted(
    (k for k in vars(criteria).values() if isinstance(k, type) and issubclass(k, Criterion)),
    key=lambda kind: kind.__name__,
)
ALL = [rule for gate in GATES for rule in gate.criteria]


@pytest.mark.parametrize("kind", [k for k in KINDS if k is not Criterion])
def test_every_kind_of_criterion_has_a_finder(kind: type[Criterion]) -> None:
    assert kind in FINDERS


def test_the_practice_protocol_asks_every_kind_of_criterion_but_happened() -> None:
    asked = {type(rule) for rule in ALL}
    assert set(FINDERS) - asked == {criteria.Happened}


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.id)
def test_every_criterion_is_met_in_the_whole_life(rule: Criterion) -> None:
    assert found(rule, whole_life()).status is Status.MET


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.id)
def test_nothing_is_met_where_nothing_is_recorded(rule: Criterion) -> None:
    expected = Status.MET if rule.id == "deviations" else Status.UNKNOWN
    assert found(rule, []).status is expected


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.id)
def test_a_number_that_nobody_could_source_is_not_known(rule: Criterion) -> None:
    answer = found(replace(rule, open=True), whole_life())
    assert answer.status is Status.UNKNOWN
    assert "must fill it in" in answer.says


@dataclass(frozen=True, kw_only=True)
class MoonIsFull(Criterion):
    KIND: ClassVar[str] = "moon"


def test_a_kind_that_this_version_cannot_judge_is_not_known() -> None:
    answer = found(MoonIsFull(id="moon", **SAYS), whole_life())
    assert answer.status is Status.UNKNOWN
    assert "moon" in answer.says


def test_a_record_that_cannot_be_compared_is_not_known_and_stops_nothing_else() -> None:
    zoneless = datetime(2026, 6, 4)  # noqa: DTZ001
    events = [
        replace(e, specimen_at=zoneless) if isinstance(e, MotherTested) else e
        for e in cast.before_release()
    ]
    verdict = cast.judged(events)
    assert verdict.gate("mother").status is Status.UNKNOWN
    assert "cannot be compared" in verdict.gate("mother").found
    assert verdict.gate("count").status is Status.MET
