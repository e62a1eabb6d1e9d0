"""What a person meets on the command line, with right and with wrong words."""

import json

import pytest

from tests.journeys.conftest import Installed

LINA = "A999926000001"


def test_a_second_demo_keeps_the_data(installed: Installed) -> None:
    before = json.loads(installed.cordula("audit", "--json").stdout)["looked_at"]["entry"]
    said = installed.cordula("demo", "--no-serve").stdout
    after = json.loads(installed.cordula("audit", "--json").stdout)["looked_at"]["entry"]
    assert "its data is kept" in said
    assert "hallstrom" in said
    assert after >= before > 500


def test_a_fresh_demo_says_what_goes_and_asks(installed: Installed) -> None:
    refused = installed.cordula("demo", "--fresh", "--no-serve", ok=(130,))
    assert str(installed.home / "practice") in refused.stdout
    assert (installed.home / "practice" / "database" / "PG_VERSION").exists()


def test_the_journey_of_a_unit_is_told_with_what_is_missing(installed: Installed) -> None:
    said = installed.cordula("journey", LINA)
    assert "Donor health questionnaire" in said.stdout
    assert "practice data" in said.stdout
    told = json.loads(installed.cordula("journey", LINA, "--json").stdout)
    gates = {gate["id"]: gate["status"] for gate in told["verdict"]["gates"]}
    assert gates["consent"] == "met"
    assert gates["questionnaire"] == "unknown"


def test_the_audit_holds_and_the_cards_do_not_differ(installed: Installed) -> None:
    assert "Everything holds." in installed.cordula("audit").stdout
    assert "None differed" in installed.cordula("rebuild-cards").stdout


def test_a_checkpoint_is_three_lines(installed: Installed) -> None:
    installed.cordula(
        "passport", "issue", LINA, "--to", str(installed.home / "a"), "--recipient", "X"
    )
    said = installed.cordula("checkpoint", ok=(0, 2))
    assert len(said.stdout.splitlines()) in (0, 3)


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("journey", "A999926000009999"), "donation number"),
        (("journey", "A999926999999"), "No unit here"),
        (("journey",), "--help"),
        (("scan", "nonsense"), ""),
        (("passport", "issue", LINA, "--to", "/nowhere/else/x", "--recipient", "X"), ""),
        (("passport", "issue", LINA, "--to", "x", "--recipient", " "), "--recipient"),
        (
            ("passport", "issue", LINA, "--to", "/proc/x", "--recipient", "X"),
            "is recorded as entry",
        ),
        (("serve", "--port", "99999"), "65535"),
        (("demo", "--infants", "-3", "--no-serve"), "--infants"),
        (("protocol", "show", "practise-mnc-stage-2"), "practice-mnc-stage-2"),
        (("verify", "no-such-file", "--key", "x"), "no-such-file"),
        (("unknown",), "--help"),
        (("demo", "--infants", "many"), "infants"),
    ],
)
def test_wrong_words_get_one_line_and_exit_code_2(
    installed: Installed, words: tuple[str, ...], hint: str
) -> None:
    done = installed.cordula(*words, ok=(2,))
    said = [line for line in done.stderr.splitlines() if line != "(practice record)"]
    assert len(said) == 1, done.stderr
    assert said[0].startswith("cordula: ")
    assert hint in said[0]


def test_without_a_record_the_command_says_how_to_get_one(tmp_path) -> None:
    empty = Installed(tmp_path)
    assert "cordula demo" in empty.cordula("audit", ok=(2,)).stderr
    assert not (tmp_path / "practice").exists()


def test_a_record_of_one_s_own_begins_with_a_site_and_its_administrator(tmp_path) -> None:
    own = Installed(tmp_path)
    words = (
        "--site-id",
        "st-x",
        "--site-name",
        "St X",
        "--phone",
        "1",
        "--printed-name",
        "A. Root",
    )
    said = own.cordula(
        "set-up", *words, "--time-zone", "Europe/Dublin", "--administrator", "root"
    ).stdout
    assert "/account/first-password/" in said
    again = own.cordula(
        "set-up", *words, "--time-zone", "UTC", "--administrator", "root", ok=(2,)
    ).stderr
    assert "st-x" in again
    assert "Everything holds." in own.cordula("audit").stdout
