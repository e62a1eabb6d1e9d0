"""Every test gives words for results, and says how long to wait only where a source does."""

import pytest

from cordula.vocabulary.quantity import Quantity
from cordula.vocabulary.tests import (
    Test,
    UnknownResult,
    UnknownTest,
    laboratory_test,
    laboratory_tests,
    markers_of,
)

ALL = list(laboratory_tests().values())
UNIT = [
    "sterility_aerobic",
    "sterility_anaerobic",
    "fungal",
    "gram_stain",
    "cfu_growth",
    "abo_rhd",
    "hla",
    "haemoglobinopathy",
    "identity_segment",
]
MOTHER = [
    "hiv",
    "hiv_nat",
    "hbsag",
    "anti_hbc",
    "hbv_nat",
    "anti_hcv",
    "hcv_nat",
    "syphilis",
    "htlv",
    "cmv",
    "wnv",
    "chagas",
]


@pytest.mark.parametrize(("of", "keys"), [("unit", UNIT), ("mother", MOTHER)])
def test_every_test_of_a_subject_is_there(of: str, keys: list[str]) -> None:
    assert [t.key for t in ALL if t.of == of] == keys


@pytest.mark.parametrize("known", ALL, ids=lambda t: t.key)
def test_every_test_is_complete(known: Test) -> None:
    assert known.label
    assert known.name
    assert len(known.results) >= 3
    assert "not_valid" in known.results
    assert known.code.code
    assert known.incubation is None or known.incubation.source
    assert (known.infection is not None) == (known.of == "mother")


@pytest.mark.parametrize("key", ["sterility_aerobic", "sterility_anaerobic"])
def test_a_sterility_culture_is_final_after_14_days(key: str) -> None:
    incubation = laboratory_test(key).incubation
    assert incubation is not None
    assert incubation.time == Quantity.of("14", "d")
    assert "NCT01883076" in incubation.source


def test_all_markers_of_an_infection_are_found_together() -> None:
    assert [t.key for t in markers_of("hbv")] == ["hbsag", "anti_hbc", "hbv_nat"]
    assert [t.key for t in markers_of("hcv")] == ["anti_hcv", "hcv_nat"]
    assert markers_of("measles") == ()


def test_a_result_has_words_and_another_one_is_refused() -> None:
    sterility = laboratory_test("sterility_aerobic")
    assert sterility.result_label("no_growth") == "No growth"
    with pytest.raises(UnknownResult, match="did you mean “no_growth”"):
        sterility.result_label("nogrowth")


def test_an_unknown_test_suggests_the_nearest() -> None:
    with pytest.raises(UnknownTest, match="did you mean “sterility_aerobic”"):
        laboratory_test("sterility_aerobe")
