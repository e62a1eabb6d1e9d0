"""The cases find what is wrong: with a table, with a row, and with what no row shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

import pytest

from cordula.infants.infant import Infant
from cordula.protocols.cases import CaseReport, check
from cordula.protocols.cases.columns import column
from cordula.protocols.cases.scene import Scene
from cordula.protocols.moments import MOMENTS
from cordula.protocols.printing import case_tables
from cordula.protocols.protocol import Protocol
from cordula.protocols.refusal import ProtocolRefused
from cordula.units.unit import Unit
from tests.unit.protocols.written import changed, line_with, loaded

CASES = """\
[[case]]
criterion = "C2"
title = "Live cells"
columns = ["nucleated_viability pre_freeze", "finding"]
rows = [["71 %", "met"], ["70 %", "not met"], ["", "unknown"]]

[[case]]
criterion = "C5"
columns = ["test sterility_aerobic", "finding"]
rows = [["no_growth", "met"]]
"""


class Status(StrEnum):
    MET = "met"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Finding:
    criterion: str
    status: Status
    found: str = "Looked at."


@dataclass(frozen=True)
class Gate:
    findings: Sequence[Finding]


@dataclass(frozen=True)
class Verdict:
    gates: Sequence[Gate]


def everything_is_met(
    protocol: Protocol, unit: Unit | None, infant: Infant | None, now: datetime
) -> Verdict:
    """A judge that never refuses anything, as no judge may be."""
    ids = [c.id for gate in protocol.gates for c in gate.criteria]
    return Verdict([Gate([Finding(one, Status.MET) for one in ids])])


def report(folder: Path, cases: str = CASES) -> CaseReport:
    (folder / "cases.toml").write_text(cases, encoding="utf-8")
    return check(loaded(folder), everything_is_met, folder)


def refused(folder: Path, cases: str) -> list[str]:
    try:
        report(folder, cases)
    except ProtocolRefused as fault:
        return [str(problem).replace(f"{folder}/", "") for problem in fault.problems]
    return []


def test_a_judge_that_never_refuses_is_found_out(tmp_path: Path) -> None:
    found = report(tmp_path)

    assert not found.passed
    assert [(c.criterion, row.row.finding) for c, row in found.failed] == [
        ("C2", "not met"),
        ("C2", "unknown"),
    ]


def test_what_no_row_shows_is_told_and_what_is_open_need_not_be_shown(tmp_path: Path) -> None:
    gaps = report(tmp_path).gaps

    assert "C5 has no row that is not met" in gaps
    assert "C5 has no row that is unknown" in gaps
    assert "C1 has no row that is met" in gaps
    assert [gap for gap in gaps if gap.startswith(("C2", "C4"))] == []


def test_the_tables_mark_each_row_and_say_what_was_found(tmp_path: Path) -> None:
    told = case_tables(report(tmp_path))

    assert "C2     Live cells\n       Enough cells are alive. [text]\n" in told
    assert "  ✓  71 %                            met\n" in told
    assert "  ✗  70 %                            not met\n" in told
    assert "  ✗  Found “met” where “not met” was expected: Looked at.\n" in told
    assert told.endswith("✗ 4 rows, 2 failed; 11 not shown.\n")


def test_a_title_that_is_not_given_is_that_of_the_criterion(tmp_path: Path) -> None:
    assert report(tmp_path).tables[1][0].title == "Nothing grew."


@pytest.mark.parametrize(
    ("old", "new", "passage", "told"),
    [
        ('criterion = "C5"', 'criterion = "C55"', "C55", "“C55” is not a criterion of the protocol; did you mean “C5”?"),
        ("test sterility_aerobic", "test sterility_areobic", "areobic", "“test sterility_areobic” is not a heading of a case; did you mean “test sterility_aerobic”?"),
        ("nucleated_viability pre_freeze", "nucleated_viability prefreeze", "prefreeze", "“nucleated_viability prefreeze” is not a heading of a case; did you mean “nucleated_viability pre_freeze”?"),
        ("test sterility_aerobic", "colected to now", "colected", "“colected” is not a moment; did you mean “collected”?"),
        ('["70 %", "not met"]', '["70 %", "not mett"]', "mett", "row 2: “not mett” is not a finding; did you mean “not met”?"),
        ('["70 %", "not met"]', '["70 %"]', '["70 %"]', "row 2 has 1 cells, and there are 2 columns"),
        ('["70 %", "not met"]', "[70, 1]", "[70, 1]", "row 2 is not a list of texts"),
        ('columns = ["test sterility_aerobic", "finding"]', 'columns = ["test sterility_aerobic"]', 'aerobic"]', 'the last column is “finding” (columns = ["test sterility_aerobic"])'),
        ('title = "Live cells"', 'titel = "Live cells"', "titel", "“titel” is not a key of [[case]]; did you mean “title”?"),
    ],
)  # fmt: skip
def test_a_fault_in_a_table_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, passage: str, told: str
) -> None:
    text = changed(old, new, CASES)

    assert f"cases.toml:{line_with(passage, text)}: {told}" in refused(tmp_path, text)


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("seventy", "“seventy” is not a number with its unit"),
        ("71 %, long ago", "“long” is not a number with its unit"),
    ],
)
def test_a_cell_that_says_nothing_fails_its_row_and_says_why(
    tmp_path: Path, cell: str, told: str
) -> None:
    failed = report(tmp_path, changed("71 %", cell, CASES)).failed

    assert failed[0][1].found == "cannot be read"
    assert told in failed[0][1].says


@pytest.mark.parametrize(
    ("heading", "cell", "told"),
    [
        ("diagnosis", "hypoplastic_left_hart", "“hypoplastic_left_hart” is not what this column can say"),
        ("parents agreed to", "colect, use", "“colect” is not what this column can say; did you mean “collect”?"),
        ("test sterility_aerobic", "nogrowth", "“nogrowth” is not what this column can say; did you mean “no_growth”?"),
        ("mother hiv", "negativ", "“negativ” is not what this column can say; did you mean “negative”?"),
        ("answer travel", "nope", "“nope” is not what this column can say; did you mean “no”?"),
        ("eligibility", "eligible", "“eligible” is not what this column can say"),
        ("review genetics", "fine", "“fine” is not what this column can say"),
        ("enrolled", "there", "“there” is not what this column can say; did you mean “here”?"),
        ("operation stage_1_palliation", "done", "“done” is not what this column can say"),
        ("identity bedside", "three people", "“three people” is not what this column can say; did you mean “two people”?"),
        ("excursion", "some", "“some” is not what this column can say"),
        ("deviation", "closed", "“closed” is not what this column can say"),
        ("kept vial", "many", "“many” is not what this column can say"),
        ("event Died", "recorded", "a case cannot make “Died” happen yet"),
        ("event TestStarted", "yes", "“yes” is not what this column can say"),
        ("weight", "heavy", "“heavy” is not a number with its unit"),
    ],
)  # fmt: skip
def test_a_typo_in_a_cell_never_passes_for_a_fact(
    tmp_path: Path, heading: str, cell: str, told: str
) -> None:
    text = changed("nucleated_viability pre_freeze", heading, CASES)
    text = changed("70 %", cell, text)

    failed = report(tmp_path, text).failed

    assert any(row.says.startswith(told) for _case, row in failed), failed


@pytest.mark.parametrize("moment", [moment for moment in MOMENTS if moment != "now"])
def test_every_moment_can_stand_in_a_case(tmp_path: Path, moment: str) -> None:
    scene = Scene(loaded(tmp_path))

    column(f"{moment} to now", scene.protocol)(scene, "2 h")

    unit, infant, now = scene.told()
    assert unit is not None
    assert infant.weight is None or moment == "weighed"
    of_child = {
        "born": infant.born_at,
        "weighed": infant.weight.at if infant.weight else None,
        "operation_planned": plan.planned_for
        if (plan := infant.planned("stage_2_palliation"))
        else None,
    }
    assert (of_child.get(moment) or unit.moment(moment)) == now - timedelta(hours=2)


def test_a_result_of_the_child_is_recorded_of_the_child(tmp_path: Path) -> None:
    scene = Scene(loaded(tmp_path))

    column("rvef baseline", scene.protocol)(scene, "45 %, 3 days ago")

    (examined,) = scene.told()[1].examined("rvef")
    assert (str(examined.result), examined.timepoint) == ("45 %", "baseline")


def test_a_protocol_without_cases_is_told(tmp_path: Path) -> None:
    with pytest.raises(ProtocolRefused, match=r"cases\.toml:1: cannot be read"):
        check(loaded(tmp_path), everything_is_met, tmp_path)
