"""`cordula protocol` lists, shows and checks protocols, and refuses a broken one by file and line."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cordula.cli.main import assemble
from cordula.protocols import load
from tests.unit.cli.process import really

PRACTICE = "practice-mnc-stage-2"


def run(*words: object) -> Result:
    return CliRunner().invoke(assemble(), ["protocol", *map(str, words)])


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A protocol of one's own, which may be broken."""
    return Path(shutil.copytree(load.folder_named(PRACTICE), tmp_path / "own"))


def change(file: Path, old: str, new: str) -> int:
    """Writes something else into a file; returns the line."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_every_protocol_of_the_library_is_listed_as_what_it_is() -> None:
    said = run("list").output
    assert all(name in said for name in load.library())
    assert said.count("its sponsor has not seen it") == 3
    assert said.count("never for a child") == 1
    told = json.loads(run("list", "--json").output)
    assert [one["id"] for one in told] == load.library()
    assert all(len(one["digest"]) == 64 for one in told)


@pytest.mark.parametrize("name", load.library())
def test_a_protocol_is_shown_for_people_and_for_programs(name: str) -> None:
    assert load.named(name).title in run("show", name).output
    told = json.loads(run("show", name, "--json").output)
    assert (told["id"], told["kind"]) == (name, "Protocol")
    assert len(told["gates"]) == len(load.named(name).gates)


def test_all_protocols_of_the_library_decide_as_their_cases_say() -> None:
    checked = run("check")
    assert checked.exit_code == 0, checked.output
    assert checked.output.count("0 failed; 0 not shown.") == len(load.library())
    told = json.loads(run("check", "--json").output)
    assert [one["protocol"] for one in told] == load.library()
    assert all(one["passed"] and one["rows"] for one in told)


def test_a_protocol_of_ones_own_is_checked_from_its_folder(own: Path) -> None:
    assert run("check", own).exit_code == 0
    assert run("show", own).exit_code == 0


def test_a_protocol_that_decides_otherwise_than_its_case_fails(own: Path) -> None:
    change(own / "cases.toml", '"met"],', '"not met"],')
    failed = run("check", own)
    assert failed.exit_code == 1
    assert "Found “met” where “not met” was expected" in failed.output
    told = json.loads(run("check", own, "--json").output)
    assert (told[0]["passed"], told[0]["failed"][0]["found"]) == (False, "met")


@pytest.mark.parametrize("command", ["show", "check"])
def test_a_broken_protocol_is_refused_by_file_and_line(own: Path, command: str) -> None:
    file = own / "protocol.toml"
    line = change(file, '"nucleated_viability"', '"nucleated_viabilty"')
    refused = run(command, own)
    assert refused.exit_code == 1
    assert f"REFUSED: {own} has 1 fault" in refused.output
    assert f"{file}:{line}: “nucleated_viabilty” is not " in refused.output
    assert "did you mean “nucleated_viability”?" in refused.output
    told = json.loads(run(command, own, "--json").output)
    problems = (told if command == "show" else told[0])["problems"]
    assert [(p["file"], p["line"]) for p in problems] == [(str(file), line)]


def test_one_broken_protocol_does_not_hide_the_others(own: Path) -> None:
    change(own / "protocol.toml", '"nucleated_viability"', '"nucleated_viabilty"')
    both = run("check", own, PRACTICE)
    assert both.exit_code == 1
    assert "REFUSED" in both.output
    assert "0 failed; 0 not shown." in both.output


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("show",), "Missing argument 'ID|FOLDER'"),
        (("show", "practice-mnc"), "did you mean “practice-mnc-stage-2”?"),
        (("check", "nothing-like-it"), "“nothing-like-it” is not a protocol of the library"),
        (("check", "{folder}"), "holds no protocol.toml"),
        (("check", PRACTICE, "--site-file", "{folder}/none"), "does not exist"),
        (("check", "--site-file", "{site}"), "name that one beside --site-file"),
        (("nonsense",), "No such command"),
    ],
)
def test_bad_input_gets_one_line_and_ends_with_2(
    tmp_path: Path, words: tuple[str, ...], says: str
) -> None:
    (tmp_path / "site.toml").write_text("")
    places = {"folder": tmp_path, "site": tmp_path / "site.toml"}
    ended = really("protocol", *(word.format(**places) for word in words))
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith("cordula: ")
    assert ended.stderr.count("\n") == 1
    assert says in ended.stderr


def test_a_site_file_that_is_wrong_is_refused_by_its_own_line(tmp_path: Path) -> None:
    site = tmp_path / "site.toml"
    site.write_text("nonsense = 1\n")
    refused = run("show", PRACTICE, "--site-file", site)
    assert refused.exit_code == 1
    assert f"{site}:1: " in refused.output


def test_the_counts_that_stop_a_trial_are_shown_as_a_table() -> None:
    """The same counts that simulation and monitoring ask: two deaths of two to four children stop this one."""
    told = run("show", "practice-mnc-stage-2").stdout

    assert "Children counted  The trial stops with\n      2 to 4            2 or more\n" in told
    assert "1     2.963                   0.00153" in told
