"""Does each protocol of the library decide as its cases say? Every row of every table is one test."""

from dataclasses import replace
from functools import cache

import pytest

from cordula.journey.judge import judge
from cordula.protocols.cases import CaseReport, check
from cordula.protocols.criteria import Measured
from cordula.protocols.load import library, named
from cordula.protocols.protocol import Gate, Protocol


@cache
def report(name: str) -> CaseReport:
    return check(named(name), judge)


def rows() -> list[tuple[str, int, int]]:
    """The protocol, the table and the row of every test."""
    return [
        (name, table, row)
        for name in library()
        for table, (_case, checked) in enumerate(report(name).tables)
        for row in range(len(checked))
    ]


def called(value: object) -> str:
    return str(value)


@pytest.mark.parametrize(("name", "table", "row"), rows(), ids=called)
def test_a_row_is_found_as_it_says(name: str, table: int, row: int) -> None:
    case, checked = report(name).tables[table]

    assert checked[row].found == checked[row].row.finding, (case.criterion, checked[row])


@pytest.mark.parametrize("name", library())
def test_every_criterion_that_is_not_open_is_shown_met_not_met_and_unknown(name: str) -> None:
    assert report(name).gaps == ()


def looser(protocol: Protocol, criterion: str) -> Protocol:
    """The protocol with one lower limit taken down to nothing."""

    def loosen(gate: Gate) -> Gate:
        rules = (
            replace(rule, limit=replace(rule.limit, at_least=None, at_most=rule.limit.at_least))
            if isinstance(rule, Measured) and rule.id == criterion
            else rule
            for rule in gate.criteria
        )
        return replace(gate, criteria=tuple(rules))

    return replace(protocol, gates=tuple(map(loosen, protocol.gates)))


def test_a_limit_that_was_turned_round_is_found_by_its_rows() -> None:
    turned = looser(named("autologous-mnc-stage-2"), "C3.1")

    failed = check(turned, judge).failed

    assert {case.criterion for case, _row in failed} == {"C3.1"}
    assert [row.row.facts for _case, row in failed] == [("92 mL",), ("64.9 mL",)]
