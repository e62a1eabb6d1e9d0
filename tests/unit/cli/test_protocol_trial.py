"""`cordula protocol check` says before the first child what of the trial cannot be run or monitored."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cordula.cli.main import assemble
from cordula.protocols import load

PRACTICE = "practice-mnc-stage-2"
REOPERATED = """
[[design.endpoints]]
id = "{name}"
title = "Time to an operation nobody planned"
rank = "secondary"
kind = "time_to_event"
after = "12 months"
analysis = "rmst"
"""


GRAPH = """method = "graphical"
order = ["fac", "unplanned_operation"]
weights = ["1", "0"]
passes_on = [["0", "0"], ["0", "0"]]"""


def with_(folder: Path, endpoint: str, rule: str) -> Path:
    """The practice protocol with one endpoint more, and a rule for several."""
    own = Path(shutil.copytree(load.folder_named(PRACTICE), folder / "own"))
    file = own / "protocol.toml"
    text = file.read_text(encoding="utf-8")
    more = f"{endpoint}\n[design.multiplicity]\n{rule}\n\n[[design.safety]]"
    file.write_text(text.replace("[[design.safety]]", more, 1), encoding="utf-8")
    return own


def run(*words: object) -> Result:
    return CliRunner().invoke(assemble(), ["protocol", *map(str, words)])


def sequence(*names: str) -> str:
    return f'method = "fixed_sequence"\norder = {json.dumps(names)}'


def test_a_trial_of_which_all_can_be_monitored_says_nothing(tmp_path: Path) -> None:
    endpoint = REOPERATED.format(name="unplanned_operation")
    own = with_(tmp_path, endpoint, sequence("fac", "unplanned_operation"))

    found = run("check", own)

    assert found.exit_code == 0
    assert "NOT MONITORED" not in found.output
    told = json.loads(run("check", own, "--json").output)
    assert told[0]["trial"] == {"faults": [], "unmonitored": {}}


def test_an_endpoint_that_the_ledger_cannot_tell_is_named(tmp_path: Path) -> None:
    own = with_(tmp_path, REOPERATED.format(name="reoperated"), sequence("fac", "reoperated"))

    found = run("check", own)

    assert found.exit_code == 0
    assert "NOT MONITORED: “reoperated” is not read from the ledger" in found.output
    told = json.loads(run("check", own, "--json").output)
    assert list(told[0]["trial"]["unmonitored"]) == ["reoperated"]


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        (sequence("unplanned_operation"), "“fac” is primary and missing in the “order”"),
        (
            GRAPH,
            "“unplanned_operation” can never be tested",
        ),
    ],
)
def test_a_trial_that_cannot_be_run_fails_the_check(tmp_path: Path, rule: str, says: str) -> None:
    own = with_(tmp_path, REOPERATED.format(name="unplanned_operation"), rule)

    found = run("check", own)

    assert found.exit_code == 1
    assert f"REFUSED: the trial cannot be run: {says}" in found.output
    told = json.loads(run("check", own, "--json").output)
    assert told[0]["passed"] is False
    assert says in told[0]["trial"]["faults"][0]


def test_a_word_for_what_stops_the_trial_is_read_and_printed(tmp_path: Path) -> None:
    endpoint = REOPERATED.format(name="unplanned_operation")
    order = sequence("fac", "unplanned_operation")
    own = with_(tmp_path, endpoint, order + '\nstops_with = "all"')
    (tmp_path / "other").mkdir()
    wrong = with_(tmp_path / "other", endpoint, order + '\nstops_with = "both"')

    assert "The trial stops once all of them are found." in run("show", own).output
    assert "“both” is not a word for what stops the trial" in run("check", wrong).output
