"""`cordula evidence` in a terminal: text for people, JSON for programs, refusals in one line."""

import json
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cordula.cli.main import assemble
from cordula.evidence import pool, snapshot
from cordula.evidence.answer import Answer
from tests.unit.cli.process import really
from tests.unit.evidence.written import write


@cache
def two_answers() -> dict[str, Answer]:
    found = (pool("death"), pool("cord-blood-volume"))
    return {one.key: one for one in found}


@pytest.fixture
def two_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    """A release of two questions, so that it takes no longer than it must; test_release looks at the whole."""
    monkeypatch.setattr(snapshot, "answered", two_answers)


def run(*words: object, answers: str = "") -> Result:
    return CliRunner().invoke(assemble(), ["evidence", *map(str, words)], input=answers)


def test_list_names_every_study_and_how_far_it_was_read() -> None:
    said = run("list").output
    assert "elpis-2" in said
    assert "awaited" in said
    assert len(json.loads(run("list", "--json").output)) == len(said.splitlines())


def test_show_prints_every_number_with_its_source_and_flag() -> None:
    said = run("show", "perseus").output
    assert "6.4 ± 5.5 percentage points (n 17)" in said
    assert "from memory, not checked" in said
    assert json.loads(run("show", "perseus", "--json").output)["id"] == "perseus"


def test_an_unknown_study_is_bad_input_in_one_line() -> None:
    gone = really("evidence", "show", "tycap")
    assert gone.returncode == 2
    assert gone.stderr.strip() == "cordula: “tycap” is not a study; did you mean “ticap”?"


def test_check_is_quiet_where_all_is_in_order_and_tells_each_fault(tmp_path: Path) -> None:
    assert run("check").output == "In order.\n"
    line = write(tmp_path, "example", "months = 12", "months = -12")
    told = run("check", tmp_path)
    assert told.exit_code == 1
    assert told.output == f"example.toml:{line}: -12 months lie before the start\n"
    assert json.loads(run("check", tmp_path, "--json").output)[0]["line"] == line


def test_pool_answers_with_what_is_left_out_and_how_sure_one_may_be() -> None:
    said = run("pool", "rvef-change", "--at", "12mo").output
    assert "TICAP (controlled, not randomised, 14 children): 5.6 percentage points" in said
    assert "Certainty: very low" in said
    assert "PERSEUS" in said
    assert said.index("against cells") < said.index("5.6 percentage points")
    values = json.loads(run("pool", "rvef-change", "--at", "1y", "--json").output)
    assert values["pooled"]["main"]["estimate"] == 5.6


def test_pool_refuses_the_overlapping_and_runs_without() -> None:
    refused = run("pool", "rvef-change", "--at", "12mo", "--include", "sano-2018")
    assert refused.exit_code == 1
    assert "REFUSED: these count some of the same children" in refused.output
    assert run("pool", "rvef-change", "--at", "12mo", "--exclude", "sano-2018").exit_code == 0


@pytest.mark.parametrize("words", [("rvef-chang",), ("rvef-change", "--at", "soon")])
def test_bad_input_ends_with_two_and_one_line(words: tuple[str, ...]) -> None:
    gone = really("evidence", "pool", *words)
    assert gone.returncode == 2
    assert len(gone.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("time", ["99mo", "6mo", "0", "3.5y"])
def test_a_time_nobody_asked_about_is_bad_input_and_names_those_there_are(time: str) -> None:
    gone = run("pool", "rvef-change", "--at", time)

    assert gone.exit_code == 2
    assert gone.output.count("\n") == 1
    assert "months; there is 3, 12, 24, 36." in gone.output


def test_a_time_that_is_asked_is_answered_though_nobody_measured_then() -> None:
    assert run("pool", "rvef-change", "--at", "36mo").exit_code == 0
    assert run("pool", "death", "--at", "8y").exit_code == 0


def test_pool_without_a_question_names_them() -> None:
    assert "rvef-change" in run("pool").output
    assert {"question", "months", "words"} == set(json.loads(run("pool", "--json").output)[0])


def test_plots_are_written_as_pictures_and_tables(tmp_path: Path) -> None:
    assert run("pool", "death", "--plots", tmp_path / "new").exit_code == 0
    names = {path.name for path in (tmp_path / "new").iterdir()}
    assert {"death-96mo-forest.svg", "death-96mo-forest.csv"} <= names


def test_claims_are_printed_with_both_sides() -> None:
    said = run("claims").output
    assert said.count("  For\n") == said.count("  Against\n") == 5
    assert len(json.loads(run("claims", "--json").output)) == 5


@pytest.mark.usefixtures("two_questions")
def test_a_snapshot_is_written_and_the_next_tells_what_changed(tmp_path: Path) -> None:
    first = run("snapshot", "2026-11", "--folder", tmp_path, "--on", "2026-11-22")
    assert "The first" in first.output
    again = run("snapshot", "2026-12", "--folder", tmp_path, "--on", "2026-12-01")
    assert again.output.endswith("Nothing has changed.\n")
    before = (tmp_path / "2026-12.json").read_text(encoding="utf-8")
    spoilt = before.replace('"verdict": "animals_only"', '"verdict": "supported"')
    (tmp_path / "2026-12.json").write_text(spoilt, encoding="utf-8")
    told = run("snapshot", "2027-01", "--folder", tmp_path, "--on", "2027-01-02", "--json")
    assert json.loads(told.output)["changes"] == [
        "claim inflammation: verdict supported became animals_only"
    ]
    assert run("snapshot", "november", "--folder", tmp_path).exit_code == 2


@pytest.mark.usefixtures("two_questions")
def test_pool_releases_the_snapshot_that_is_named(tmp_path: Path) -> None:
    words = ("pool", "death", "--snapshot", "2026-11", "--folder", tmp_path, "--on", "2026-11-22")
    said = run(*words).output
    assert "Certainty" in said
    assert said.endswith(f"Written: {tmp_path / '2026-11.json'}\nThe first: 2 answers.\n")
    again = json.loads(run(*words, "--json").output)
    assert again["question"] == "death"
    assert again["released"]["changes"] == []
    assert (tmp_path / "2026-11" / "death-96mo-forest.svg").exists()


def test_a_snapshot_is_never_of_chosen_studies_nor_of_no_month(tmp_path: Path) -> None:
    words = ("pool", "death", "--folder", tmp_path, "--snapshot")
    assert run(*words, "2026-11", "--exclude", "svr").exit_code == 2
    assert run(*words, "2026-13").exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_add_asks_writes_and_checks(tmp_path: Path) -> None:
    head = (
        "Example,A study,,1,case_report,single_ventricle,cord_blood_mnc,autologous,intramyocardial"
    )
    rest = "published,awaited,One child,stage 2,Journal,abstract,seen,10000000,,,Cells,1,"
    answers = f"{head},{rest}".replace(",", "\n")
    told = run("add", "example", "--folder", tmp_path, answers=answers + "\n")
    assert told.exit_code == 0, told.output
    assert (tmp_path / "example.toml").exists()
    assert run("add", "example", "--folder", tmp_path).exit_code == 2
    assert run("add", "../other", "--folder", tmp_path).exit_code == 2


def test_add_that_is_stopped_keeps_what_was_answered(tmp_path: Path) -> None:
    told = run("add", "example", "--folder", tmp_path, answers="Example\nA study\n")
    assert told.exit_code != 0
    assert "A study" in (tmp_path / "example.draft").read_text(encoding="utf-8")


def test_a_folder_without_a_study_is_not_called_in_order(tmp_path: Path) -> None:
    said = run("check", tmp_path)
    assert said.exit_code != 0
    assert "In order" not in said.output


@pytest.mark.parametrize("text", ["{}", "{", "[]"])
def test_a_file_that_is_no_snapshot_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "2026-01.json").write_text(text)
    said = run("snapshot", "2026-12", "--folder", tmp_path)
    assert "2026-01.json:1:" in f"{said.output}{said.exception}"
    assert not (tmp_path / "2026-12.json").exists()
