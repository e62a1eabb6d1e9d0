"""A file that cannot be true is told by file and line."""

from pathlib import Path

import pytest

from cordula.evidence.library import load, look_through
from cordula.evidence.refusal import EvidenceRefused
from tests.unit.evidence.written import write

# What is spoilt, and what is said of it. A list in brackets is told on the line where it begins.
SPOILT = [
    ('source = "paper"\nflag', "flag", "a number without a source"),
    ('source = "paper"', 'source = "papper"', "did you mean “paper”"),
    ('measure = "rvef_change"', 'measure = "rvef_chnge"', "did you mean “rvef_change”"),
    ('design = "controlled"', 'design = "blinded"', "is not one of the designs"),
    ('pmid = "10000000"', 'pmid = "PMID 1"', "not shaped like a pmid"),
    ('pmid = "10000000"\n', "", "needs a pmid, doi, pmc, registry number or url"),
    ('p = "0.40"', 'p = "n.s."', "is not a P value"),
    ("months = 12", "months = -1", "before the start"),
    ("months = 12", 'months = "12"', "is a number"),
    ("looked_on = 2026-11-22", 'looked_on = "soon"', "is a date"),
    ("phase =", "phasse =", "“phase” is missing"),
    ('flag = "seen"', 'flag = "sure"', "is not a flag"),
    ("low = 0.21", "low = 1.90", "encloses nothing"),
    ("estimate = 0.60", "estimate = 1.80", "does not lie within"),
    ("low = 0.21, ", "", "an interval needs both its ends"),
]
INSIDE = [
    ("spread = 4.0", "spread = 0", "must lie above 0"),
    ("spread = 4.0", "spread = 120.0", "at most 105.4 fits in -100 to 100"),
    (', spread_is = "sd"', "", "needs its kind"),
    ("mean = 2.0", "mean = 200", "lies between -100 and 100"),
    ("n = 10, mean", "n = 11, mean", "11 were measured, and the arm has 10"),
    ('arm = "control"', 'arm = "cells"', "an arm is told twice"),
    ('arm = "control"', 'arm = "placebo"', "is not an arm of this study"),
    ("events = 3", "events = 11", "11 events are more than n, which is 10"),
    ("n = 10, events", "events", "of how many is not said"),
]


@pytest.mark.parametrize(("old", "new", "says"), SPOILT)
def test_a_fault_is_told_with_its_line(tmp_path: Path, old: str, new: str, says: str) -> None:
    line = write(tmp_path, "example", old, new)
    with pytest.raises(EvidenceRefused) as refused:
        load(tmp_path)
    told = [p for p in refused.value.problems if says in p.says]
    assert told, str(refused.value)
    assert told[0].file == "example.toml"
    assert abs(told[0].line - line) <= 4


@pytest.mark.parametrize(("old", "new", "says"), INSIDE)
def test_an_impossible_number_of_an_arm_is_told(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    write(tmp_path, "example", old, new)
    assert any(says in problem.says for problem in look_through(tmp_path)[1])


def test_a_file_without_faults_is_read(tmp_path: Path) -> None:
    write(tmp_path)
    assert load(tmp_path)["example"].results[1].between is not None


def test_a_secondary_source_cannot_pass_as_seen(tmp_path: Path) -> None:
    write(tmp_path, "example", 'source = "paper"', 'source = "press"')
    assert any("is secondary: say so" in problem.says for problem in look_through(tmp_path)[1])


def test_sharing_is_told_by_both_or_is_a_fault_of_the_silent_one(tmp_path: Path) -> None:
    write(tmp_path, "one", "shares_patients_with = []", 'shares_patients_with = ["two"]')
    write(tmp_path, "two")
    (problem,) = look_through(tmp_path)[1]
    assert problem.file == "two.toml"
    assert "one shares children with two, and does not say so" not in problem.says
    assert "two shares children with one, and does not say so" in problem.says


def test_what_is_no_toml_is_told_beside_the_faults_of_other_files(tmp_path: Path) -> None:
    write(tmp_path, "one", 'flag = "seen"', 'flag = "sure"')
    (tmp_path / "two.toml").write_text("[study", encoding="utf-8")
    assert {problem.file for problem in look_through(tmp_path)[1]} == {"one.toml", "two.toml"}


def test_a_file_is_named_as_its_study(tmp_path: Path) -> None:
    write(tmp_path, "example", 'id = "example"', 'id = "other"')
    assert any("name one after the other" in p.says for p in look_through(tmp_path)[1])
