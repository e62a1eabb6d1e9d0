"""`cordula heart list` and `run`, as typed."""

import json

import pytest
from click.testing import CliRunner, Result

from cordula.cli.failures import BAD_INPUT
from cordula.cli.heart import FRAME, heart
from cordula.heart import names
from tests.unit.heart.vectors import steady


def typed(*words: str) -> Result:
    return CliRunner().invoke(heart, list(words))


def test_every_circuit_is_listed_with_its_title() -> None:
    told = typed("list").output
    assert all(name in told for name in names())


def test_the_list_is_there_for_programs() -> None:
    told = json.loads(typed("list", "--json").output)
    assert {row["circuit"] for row in told} == set(names())


def test_of_one_circuit_its_levers_and_numbers_are_listed_with_their_units() -> None:
    lines = [line.split(maxsplit=1) for line in typed("list", "norwood-bts").output.splitlines()]
    told = dict(lines)
    assert told["contractility"] == "a lever"
    assert told["RV.Ees"].endswith("mm[Hg]/mL")
    assert told["heart_rate"].endswith("/min")


def test_one_line_of_a_wrong_name_is_short() -> None:
    assert len(typed("run", "norwood-bts", "--set", "foo=1").output) < 200


def test_a_run_tells_outcomes_sources_and_what_it_is_not() -> None:
    told = typed("run", "norwood-bts").output
    assert "mean arterial pressure" in told
    assert "58.2\u00a0mmHg" in told
    assert "Single Ventricle Reconstruction" in told
    assert told.endswith(f"{FRAME}\n")


def test_a_run_for_programs_has_units_and_what_was_given() -> None:
    told = json.loads(typed("run", "norwood-bts", "--set", "RV.Ees=17", "--json").output)
    assert told["given"] == {"RV.Ees": 17.0}
    assert told["outcomes"]["ejection_fraction"]["unit"] == "1"
    stronger = told["outcomes"]["ejection_fraction"]["value"]
    assert stronger > steady("norwood-bts")["ejection_fraction"] + 0.04


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("norwood-btt",), "did you mean “norwood-bts”"),
        (("glenn", "--set", "RV.Es=3"), "did you mean “RV.Ees”"),
        (("glenn", "--set", "foo=3"), "the most like it are"),
        (("glenn", "--set", "foo=3"), "`cordula heart list glenn` lists them"),
        (("glenn", "--set", "RV.Ees=much"), "expected RV.Ees=NUMBER"),
        (("glenn", "--age", "4 a"), "made for 90 to 1095 days"),
        (("glenn", "--weight", "5.5"), "is not a weight such as '5.6 kg'"),
        (("glenn", "--weight", "5.5 L"), "cannot be converted"),
        (("norwood-bts", "--set", "heart_rate=0"), "heart rate and volume must be above 0"),
    ],
)
def test_bad_input_is_one_line_and_says_what_to_do(words: tuple[str, ...], says: str) -> None:
    result = typed("run", *words)
    assert result.exit_code == BAD_INPUT
    assert says in result.output
    assert len(result.output.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("number", "told"),
    [
        ("RV.Ees=0", "RV.Ees is a number above 0, not 0"),
        ("RV.Ees=-1", "RV.Ees is a number above 0, not -1"),
        ("RV.Ees=nan", "RV.Ees is a number above 0, not nan"),
    ],
)
def test_a_number_that_no_body_has_is_refused(number: str, told: str) -> None:
    answer = CliRunner().invoke(heart, ["run", "norwood-bts", "--set", number])
    assert answer.exit_code != 0
    assert told in str(answer.exception) + answer.output
