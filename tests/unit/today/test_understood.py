"""What does a scanned or typed text mean, before anything is looked for?"""

import pytest

from cordula.labels.din import Din
from cordula_web.today.understood import understand

NUMBER = "A999926123456"
CHECK = Din("A9999", "26", "123456").check_character
OTHER = "A" if CHECK != "A" else "B"


@pytest.mark.parametrize(
    "text",
    [
        f"={NUMBER}00",
        f"]C0={NUMBER}00",
        f"  ={NUMBER}00 ",
        f"={NUMBER.lower()}00",
        f"={NUMBER}00=<E0001V00",
        NUMBER,
        NUMBER.lower(),
        "A9999 26 123456",
        "A9999 26 123456 00",
        f"A9999 26 123456 {CHECK}",
        f"A9999-26-123456 00 {CHECK}",
        f"{NUMBER} E0001V00",
    ],
)
def test_a_donation_is_understood_however_it_is_scanned_or_typed(text: str) -> None:
    meant = understand(text)
    assert meant.din == NUMBER
    assert not meant.closed


def test_a_wrong_check_character_is_explained_and_the_right_one_is_not_told() -> None:
    meant = understand(f"A9999 26 123456 {OTHER}")
    assert meant.din is None
    assert meant.closed
    assert "does not fit" in meant.says
    assert f" {CHECK} " not in meant.says


def test_a_number_typed_without_its_check_character_says_so() -> None:
    assert "without its check character" in understand(NUMBER).says


@pytest.mark.parametrize("text", ["CHA999926000001", "ch A9999 26 000001", "&/CHA999926000001"])
def test_a_chain_of_identity_is_understood(text: str) -> None:
    assert understand(text).chain == "CHA999926000001"


def test_a_product_code_alone_names_no_unit() -> None:
    meant = understand("=<E0001V00")
    assert meant.closed
    assert "Scan the donation number" in meant.says


def test_another_label_is_named() -> None:
    meant = understand("&>0261122359")
    assert meant.closed
    assert "xpir" in meant.says


def test_a_label_that_cannot_be_read_says_why() -> None:
    meant = understand("=A99992612345")
    assert meant.closed
    assert "cannot be read" in meant.says


def test_the_number_of_a_deviation_is_understood() -> None:
    assert understand("dev-142").deviation == "DEV-142"


@pytest.mark.parametrize("text", ["Haddad", "4471 0926", "unit-of-lina", "van den Berg", "Ünal"])
def test_other_words_are_left_to_be_looked_for(text: str) -> None:
    meant = understand(text)
    assert (meant.din, meant.chain, meant.closed, meant.says) == (None, None, False, "")


def test_nothing_is_nothing() -> None:
    assert understand("  ").text == ""
