"""`cordula simulate` tells people and programs how a design performs, and refuses one that cannot be by file and line."""

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cordula.cli.main import assemble
from cordula.protocols import load
from tests.unit.cli.process import really
from tests.unit.cli.test_protocol import change

PRACTICE, NORWOOD, ELPIS = (
    "practice-mnc-stage-2",
    "fresh-autologous-mnc-norwood",
    "allogeneic-laromestrocel-stage-2",
)
FEW = ("--trials", "300", "--seed", "20261122")


def run(*words: object) -> Result:
    return CliRunner().invoke(assemble(), ["simulate", *map(str, words)])


def values(*words: object) -> list[dict[str, object]]:
    told = run(*words, "--json")
    assert told.exit_code == 0, told.output
    found: list[dict[str, object]] = json.loads(told.stdout)
    return found


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return Path(shutil.copytree(load.folder_named(PRACTICE), tmp_path / "own"))


@pytest.mark.parametrize("name", load.library())
def test_every_protocol_of_the_library_is_simulated_with_the_null_first(name: str) -> None:
    found = values(name, *FEW)

    assert [one["scenario"] for one in found] == list(load.named(name).scenarios)
    assert found[0]["scenario"] == "null"
    assert {one["digest"] for one in found} == {load.named(name).digest}
    assert all("numpy" in one["versions"] and one["seed"] == 20261122 for one in found)  # type: ignore[operator]


def test_the_page_names_what_it_was_worked_out_with() -> None:
    said = run(PRACTICE, *FEW, "--scenario", "harm", "--show", 2).stdout

    assert load.named(PRACTICE).digest in said
    assert "seed 20261122" in said
    assert said.index("NULL:") < said.index("HARM:")
    assert "Type I error: finds a difference that is not there" in said
    assert "Safety rule" in said
    assert "The first 2 trials" in said
    assert "nothing of real children" in said


def test_the_same_seed_tells_the_same_with_one_thread_or_three() -> None:
    one, three = (values(PRACTICE, *FEW, "--workers", n) for n in (1, 3))

    assert one == three


def test_every_result_of_a_small_binary_trial_is_counted() -> None:
    found = values(NORWOOD)

    assert all(one["exact"] for one in found)
    assert "every possible result was counted" in run(NORWOOD).stdout


def test_two_designs_stand_side_by_side() -> None:
    said = run(PRACTICE, "--compare", ELPIS, *FEW).stdout

    assert "practice-mnc-stage-2" in said
    assert "allogeneic-laromestrocel-stage-2" in said
    assert "Stops before the last look" in said
    assert len(values(PRACTICE, "--compare", ELPIS, *FEW)) == 1


def test_a_range_of_truths_ends_in_a_warning_where_no_lots_were_drawn() -> None:
    warned = run("autologous-mnc-stage-2", *FEW, "--truths", "0,3").stdout
    drawn = values(ELPIS, *FEW, "--truths", "0,6")

    assert "the arms were not randomised" in warned
    assert [one["difference"] for one in drawn] == ["0", "6"]
    assert drawn[0]["any_found"]["value"] < drawn[1]["any_found"]["value"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("no-such-protocol",), "no-such-protocol"),
        ((PRACTICE, "--scenario", "nul"), "did you mean “null”?"),
        ((PRACTICE, "--truths", "a,b"), "numbers with commas"),
        ((NORWOOD, "--truths", "0,1"), "no measured number compared between two arms"),
        ((PRACTICE, "--truths", "0", "--compare", ELPIS), "ask for one of them"),
        ((PRACTICE, "--trials", "0"), "0 is not in the range"),
    ],
)
def test_what_cannot_be_asked_is_one_line(words: tuple[str, ...], told: str) -> None:
    said = run(*words)

    assert said.exit_code == 2
    assert told in said.stderr


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('looks = ["0.5", "1"]', 'looks = ["0", "1"]', "the first with some"),
        ('alpha = "0.05"\nsides', 'alpha = "1.5"\nsides', '(alpha = "1.5")'),
        ("blocks = [4, 6]", "blocks = [5]", "a block of 5 cannot be divided as 1 : 1"),
        ('spending = "obrien_fleming"', 'spending = ["0.04", "0.03"]', "alpha spent can only grow"),
    ],
)
def test_a_design_that_cannot_be_is_refused_with_its_line(
    own: Path, old: str, new: str, told: str
) -> None:
    line = change(own / "protocol.toml", old, new)

    said = really("simulate", str(own))

    assert said.returncode == 2
    assert f"{own}/protocol.toml:{line}: " in said.stderr
    assert told in said.stderr
    assert said.stderr.count("\n") == 1


def test_what_only_the_trial_can_see_is_told_at_the_design(own: Path) -> None:
    change(own / "protocol.toml", "participants = 60", "participants = 1")

    said = run(own)

    assert said.exit_code == 2
    assert "protocol.toml:" in said.stderr
    assert "each look needs more children" in said.stderr


def test_no_cluster_at_an_address_is_told_in_a_line() -> None:
    said = run(PRACTICE, "--dask", "nonsense")

    assert said.exit_code == 2
    assert "no Dask cluster answers at nonsense" in said.stderr


def test_what_is_compiled_the_first_time_is_told_as_such_and_kept(tmp_path: Path) -> None:
    first, second = (
        really("simulate", NORWOOD, "--scenario", "null", NUMBA_CACHE_DIR=str(tmp_path))
        for _ in range(2)
    )

    assert re.fullmatch(
        r"Compiled \d+ kernels in \d+\.\d s; what was compiled is kept for the next time\.\n",
        first.stderr,
    )
    assert second.stderr == ""
    assert first.stdout == second.stdout


def test_where_the_plain_twins_answer_nothing_is_said_to_be_compiled() -> None:
    said = really("simulate", NORWOOD, "--scenario", "null", CORDULA_PLAIN="1")

    assert "kernels plain NumPy" in said.stdout
    assert said.stderr == ""
