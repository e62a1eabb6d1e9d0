"""Units are UCUM, and what UCUM calls “one” is kept apart where the bench keeps it apart."""

import pytest

from cordula.vocabulary import ucum
from cordula.vocabulary.ucum import _SECONDS, EVERYDAY, NotConvertible, _asked, conversion, is_unit
from cordula.vocabulary.unit_text import divided, multiplied


@pytest.mark.parametrize("unit", sorted(EVERYDAY))
def test_every_everyday_unit_is_one_to_the_registry_too(unit: str) -> None:
    ucum._meaning(unit)


@pytest.mark.parametrize("unit", ["L/min/m2", "mL/kg/h", "{transplants}", "10*6.%", "mg/(kg.h)"])
def test_other_ucum_units_are_read(unit: str) -> None:
    assert is_unit(unit)


@pytest.mark.parametrize(
    "unit", ["", " ", "ml per kg", "Milliliter", "{", "10^6", "10*", "10*/kg", "kg/", "Cel/min"]
)
def test_other_texts_are_not_units(unit: str) -> None:
    assert not is_unit(unit)


def test_the_ehrlich_unit_is_not_taken_for_endotoxin() -> None:
    with pytest.raises(NotConvertible):
        conversion("[EU]/mL", "{EU}/mL")


def test_a_pair_of_units_is_worked_out_once() -> None:
    conversion("mL", "L")
    before = conversion.cache_info().hits
    conversion("mL", "L")
    assert conversion.cache_info().hits == before + 1


@pytest.mark.parametrize("unit", sorted(EVERYDAY - {"Cel"}))
def test_a_unit_divided_by_itself_is_one(unit: str) -> None:
    assert divided(unit, unit) == "1"
    assert is_unit(multiplied(unit, "mL"))


@pytest.mark.parametrize("source", _SECONDS)
def test_the_times_known_without_the_registry_are_those_of_the_registry(source: str) -> None:
    for target in _SECONDS:
        assert conversion(source, target) == _asked(source, target)
