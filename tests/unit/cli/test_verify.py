"""`cordula verify` tells a verified history, a refusal, or what was wrong with the question."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cordula.cli.main import assemble
from tests import cast
from tests.unit.cli.process import really
from tests.unit.passport.cases import CASES
from tests.unit.passport.corpus import read
from tests.unit.passport.forge import DISCLOSURES, SIGNER, with_lines
from tests.unit.passport.forge import lines as lines_of
from tests.unit.passport.test_issue import WITNESS, cosigned

KEY = SIGNER.key.format()
LIFE = next(vector.data for vector in read()[1] if vector.name == "a_whole_life")


@pytest.fixture
def life(tmp_path: Path) -> Path:
    file = tmp_path / "unit.passport"
    file.write_bytes(LIFE)
    return file


@pytest.fixture
def gap(tmp_path: Path) -> Path:
    file = tmp_path / "gap.passport"
    file.write_bytes(with_lines(LIFE, [*lines_of(LIFE)[:6], *lines_of(LIFE)[7:]]))
    return file


def run(*words: object) -> Result:
    return CliRunner().invoke(assemble(), [str(word) for word in words])


@pytest.mark.parametrize("command", [("verify",), ("passport", "verify")])
def test_a_passport_is_verified_and_its_history_told(life: Path, command: tuple[str, ...]) -> None:
    found = run(*command, life, "--key", KEY)
    assert found.exit_code == 0
    assert found.output.startswith("VERIFIED. ")
    for said in (
        "Unit        A9999 26 123456",
        "State       administered",
        "Issued by   ledger.example.org/cordula",
        "True as of  entry 68 of the ledger, 24-Nov-2026 02:27 UTC",
        "ask the issuer for later events",
        " 29  23-Nov-2026 02:47  Administered ",
    ):
        assert said in found.output


def test_the_key_may_stand_in_a_file(life: Path, tmp_path: Path) -> None:
    keys = tmp_path / "issuer.key"
    keys.write_text(f"# the ledger of the issuer\n{KEY}\n")
    assert run("verify", life, "--key", keys).exit_code == 0


def test_programs_get_values(life: Path) -> None:
    told = json.loads(run("verify", life, "--key", KEY, "--json").output)
    assert (told["verdict"], told["state"], told["din"]) == ("verified", "administered", cast.DIN)
    assert (told["last_index"], told["ledger_size"], len(told["history"])) == (68, 70, 30)
    assert told["disclosures"] == [{"name": "reason", "value": DISCLOSURES[0].value}]
    assert told["history"][28]["by"] == "surgeon"


def test_a_refusal_has_its_reason_and_ends_with_1(gap: Path) -> None:
    said = run("verify", gap, "--key", KEY)
    assert said.exit_code == 1
    assert said.output.startswith("REFUSED (missing). Entry 7 of this unit is missing.")
    told = run("verify", gap, "--key", KEY, "--json")
    assert told.exit_code == 1
    assert json.loads(told.output)["reason"] == "missing"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_case_ends_with_0_or_1(case, tmp_path: Path) -> None:
    file = tmp_path / "case"
    file.write_bytes(case.data)
    found = run("verify", file, "--key", KEY)
    assert found.exit_code == (0 if case.reason is None else 1)
    assert ("REFUSED" in found.output) == (case.reason is not None)


def test_what_is_not_understood_is_said_first(tmp_path: Path) -> None:
    file = tmp_path / "later"
    file.write_bytes(next(case.data for case in CASES if case.name == "a_later_kind"))
    said = run("verify", file, "--key", KEY).output
    assert "NOT UNDERSTOOD by this version of Cordula: entry 1. Decide nothing on it." in said


def test_witnesses_may_be_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "cosigned"
    file.write_bytes(cosigned())
    asked = ("verify", file, "--key", KEY, "--witness", WITNESS.key.format(), "--quorum")
    assert run(*asked, 1).exit_code == 0
    refused = run(*asked, 2)
    assert (refused.exit_code, "not_cosigned" in refused.output) == (1, True)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "Missing argument 'FILE'"),
        (("{life}",), "Missing option '--key'"),
        (("{folder}/none", "--key", KEY), "none cannot be read: No such file or directory"),
        (("{folder}", "--key", KEY), "cannot be read: Is a directory"),
        (("{life}", "--key", "nobody"), "the key nobody cannot be read: No such file"),
        (("{life}", "--key", "a+b+c"), "the key cannot be used"),
        (("{life}", "--key", "a+" + "b" * 5000), "the key cannot be used"),
        (("{life}", "--key", KEY[:-4]), "the key cannot be used"),
        (("{life}", "--key", "{life}"), "the key cannot be used"),
        (("{life}", "--key", "{empty}"), "holds no key"),
        (("{life}", "--key", "{binary}"), "is not a file with keys: it is not text"),
        (("{life}", "--key", SIGNER.format()), "that is a private key"),
        (("{life}", "--key", KEY, "--witness", KEY), "the key cannot be used"),
        (("{life}", "--key", KEY, "--quorum", "-1"), "Invalid value for '--quorum'"),
        (("{life}", "--key", KEY, "--nonsense"), "No such option"),
    ],
)
def test_bad_input_gets_one_line_and_ends_with_2(
    life: Path, tmp_path: Path, words: tuple[str, ...], says: str
) -> None:
    (tmp_path / "empty").write_text("# nothing\n")
    (tmp_path / "binary").write_bytes(b"\xff\xfe")
    places = {
        "life": life,
        "folder": tmp_path,
        "empty": tmp_path / "empty",
        "binary": tmp_path / "binary",
    }
    ended = really("verify", *(word.format(**places) for word in words))
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert ended.stderr.startswith("cordula: ")
    assert ended.stderr.count("\n") == 1
    assert says in ended.stderr
    assert SIGNER.format()[-20:] not in ended.stderr


def test_the_whole_command_runs_in_a_process_of_its_own(life: Path, gap: Path) -> None:
    assert really("verify", str(life), "--key", KEY).returncode == 0
    refused = really("verify", str(gap), "--key", KEY)
    assert (refused.returncode, refused.stderr) == (1, "")


def test_the_verifier_for_a_browser_is_written_once(tmp_path: Path) -> None:
    target = tmp_path / "verify.html"
    assert run("passport", "verifier", "--to", target).exit_code == 0
    assert target.read_bytes().startswith(b"<!doctype html>")
    again = really("passport", "verifier", "--to", str(target))
    assert (again.returncode, again.stdout) == (2, "")
    assert "is there already" in again.stderr
    nowhere = really("passport", "verifier", "--to", str(tmp_path / "none" / "verify.html"))
    assert "cannot be written: No such file or directory" in nowhere.stderr
