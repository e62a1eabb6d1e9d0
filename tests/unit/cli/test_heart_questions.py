"""The questions of `cordula heart`, as they are typed."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cordula.cli.main import assemble

from .process import really


def said(*words: str) -> Result:
    return CliRunner().invoke(assemble(), ["heart", *words])


def told(*words: str):
    answer = said(*words, "--json")
    assert answer.exit_code == 0, answer.output
    return json.loads(answer.output)


def test_a_what_if_for_people():
    answer = said("what-if", "norwood-bts", "--change", "contractility=1.38")

    assert answer.exit_code == 0
    assert "+5.0 points" in answer.output
    assert "not any child's future" in answer.output


def test_a_what_if_for_programs():
    answer = told("what-if", "norwood-bts", "--change", "shunt_diameter=4", "--change", "RV.Ees=14")

    assert answer["change"]["flow_ratio"] > 0.3
    assert answer["asked"] == {"shunt_diameter": 4.0, "RV__Ees": 14.0}


def test_the_four_stories_for_people_flag_the_false_gain_once():
    answer = said("explain-ef", "norwood-bts", "--points", "5")

    assert answer.exit_code == 0
    assert answer.output.count("A false gain") == 1
    assert "contractility ×1.38" in answer.output
    assert "inlet_leak +0.26" in answer.output
    assert "assumptions" in answer.output


def test_the_four_stories_for_programs():
    answer = told("explain-ef", "norwood-bts")

    assert [s["id"] for s in answer["stories"]] == ["stronger", "unloaded", "leaking", "softer"]
    assert [s["false_gain"] for s in answer["stories"]] == [False, False, True, False]


def test_the_stories_of_a_child_whose_numbers_were_read():
    answer = told("explain-ef", "norwood-bts", "--read", "ejection_fraction=38 %")

    assert answer["before"]["ejection_fraction"] < 0.45


def test_a_fit_names_what_it_cannot_tell():
    answer = said(
        "fit",
        "norwood-bts",
        "--weight",
        "5.2 kg",
        "--read",
        "ejection_fraction=42 %",
        "--read",
        "flow_ratio=1.2 ± 0.1",
        "--read",
        "mean_arterial_pressure=60 mm[Hg]",
    )

    assert answer.exit_code == 0, answer.output
    assert "These numbers hardly tell apart" in answer.output
    assert "1.2 ± 0.1" in answer.output


def test_a_cohort_is_written_and_counted(tmp_path: Path):
    to = tmp_path / "infants.csv"

    answer = told("cohort", "norwood-bts", "-n", "1100", "--seed", "4", "--to", str(to))

    with to.open() as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == answer["infants"] == 1100
    assert [int(row["infant"]) for row in rows[-2:]] == [1098, 1099]
    missing = [row for row in rows if row["reason"]]
    assert len(missing) == sum(answer["without_steady_state"].values()) > 0


def test_a_cohort_by_one_thread_is_that_of_three():
    alone = told("cohort", "norwood-bts", "-n", "2100", "--workers", "1")

    assert told("cohort", "norwood-bts", "-n", "2100", "--workers", "3") == alone


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("what-if", "norwood", "--change", "contractility=1.2"), "did you mean “norwood-"),
        (("what-if", "norwood-bts", "--change", "contractility"), "expected NAME=NUMBER"),
        (("what-if", "norwood-bts", "--change", "strength=2"), "no lever or number “strength”"),
        (("explain-ef", "norwood-bts", "--points", "-5"), "a rise is above 0"),
        (("fit", "norwood-bts"), "nothing was read"),
        (("fit", "norwood-bts", "--read", "ejection_fraction=42"), "'ejection_fraction=42 %'"),
        (("fit", "norwood-bts", "--read", "ejection_fraction=142 %"), "142 % cannot be"),
        (("fit", "norwood-bts", "--read", "ejection=42 %"), "did you mean “ejection_fraction”"),
        (("fit", "norwood-bts", "--read", "flow_ratio=1.2 kg"), "kg"),
        (("cohort", "regazzoni-adult", "-n", "5"), "has no lever"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_2(words, says):
    answer = really("heart", *words)

    assert answer.returncode == 2
    assert says in answer.stderr
    assert answer.stderr.count("\n") == 1


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_a_cohort_on_two_workers_is_the_same():
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as far:
        there = told("cohort", "norwood-bts", "-n", "2500", "--dask", far.scheduler_address)

    assert there == told("cohort", "norwood-bts", "-n", "2500")
