import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordula.labels.check_character import ALPHABET, check_character, check_value
from cordula.labels.errors import LabelError
from cordula.labels.grid import Grid

FOLDER = Path(__file__).parents[3] / "vectors" / "isbt128"
VECTORS = tomllib.loads((FOLDER / "check_characters.toml").read_text("utf-8"))
CHARACTERS = ALPHABET[:36]


@pytest.mark.parametrize("vector", VECTORS["din"] + VECTORS["other"], ids=lambda v: v["origin"])
def test_the_published_check_characters_are_computed(vector):
    text = vector.get("number") or vector["content"]
    assert (check_value(text), check_character(text)) == (vector["value"], vector["character"])


@pytest.mark.parametrize("vector", VECTORS["grid"], ids=lambda v: v["number"])
def test_the_checksum_of_a_registered_donor_is_written_as_two_digits(vector):
    assert f"{check_value(vector['number'][:17]):02}" == vector["checksum"]
    assert Grid.parse_number(vector["number"]).number == vector["number"]


def test_a_registered_donor_is_read_as_registries_write_it():
    assert Grid.parse_number("6939 DKM0 0139 2612 726").number == "6939DKM001392612726"


def test_every_substitution_of_one_character_changes_the_check_character():
    number, changed = "A999026000001", []
    for place, old in enumerate(number):
        others = [c for c in CHARACTERS if c != old]
        changed += [number[:place] + new + number[place + 1 :] for new in others]

    assert len(changed) == 455
    assert check_character(number) not in {check_character(text) for text in changed}


@given(number=st.text(CHARACTERS, min_size=13, max_size=15), data=st.data())
@settings(max_examples=100)
def test_a_substitution_anywhere_is_noticed(number, data):
    place = data.draw(st.integers(0, len(number) - 1))
    new = data.draw(st.sampled_from(CHARACTERS).filter(lambda c: c != number[place]))
    changed = number[:place] + new + number[place + 1 :]
    assert check_character(changed) != check_character(number)


@pytest.mark.parametrize("number", [v["number"] for v in VECTORS["din"]])
def test_every_transposition_of_neighbours_changes_the_check_character(number):
    for at in range(12):
        swapped = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
        if swapped != number:
            assert check_character(swapped) != check_character(number)


@given(st.text(CHARACTERS, min_size=1, max_size=20))
@settings(max_examples=100)
def test_the_formula_of_appendix_a_gives_the_same_value(text):
    total = 0
    for character in text:
        total = (total + ALPHABET.index(character)) * 2 % 37
    assert check_value(text) == (38 - total) % 37


@pytest.mark.parametrize(
    ("text", "position"), [("a9999", 1), ("A99 99", 4), ("A9999*", 6), ("", None)]
)
def test_a_check_character_is_computed_of_capital_letters_and_digits_only(text, position):
    with pytest.raises(LabelError) as refusal:
        check_character(text)
    assert refusal.value.position == position
