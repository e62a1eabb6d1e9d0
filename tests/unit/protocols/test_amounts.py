"""Numbers are written with their units in words that a nurse reads, or in UCUM."""

import pytest

from cordula.protocols.file.amounts import PLAIN_UNITS, amount
from cordula.vocabulary.quantity import is_unit


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("70 %", "70 %"),
        ("48 h", "48 h"),
        ("48h", "48 h"),
        ("3 million/kg", "3 10*6/kg"),
        ("16 EU/mL", "16 {EU}/mL"),
        ("13 months", "13 mo"),
        ("-150 °C", "-150 Cel"),
        ("0.25 10*6/kg", "0.25 10*6/kg"),
    ],
)
def test_an_amount_is_read(text: str, meant: str) -> None:
    assert str(amount(text)) == meant


@pytest.mark.parametrize("text", [70, 0.5, True, None, "70", "%", "", "about 70 %", "7,0 %"])
def test_a_number_without_a_unit_is_not_an_amount(text: object) -> None:
    with pytest.raises(ValueError):
        amount(text)


def test_every_plain_word_stands_for_a_unit() -> None:
    assert [unit for unit in PLAIN_UNITS.values() if not is_unit(unit)] == []
