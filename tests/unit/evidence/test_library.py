"""The studies that Cordula ships are in order, whole, and count no child twice."""

from datetime import date

import pytest

from cordula.evidence import library
from cordula.evidence.everything import problems
from cordula.evidence.facts import fact, facts
from cordula.evidence.library import overlaps, studies, waiting
from cordula.evidence.refusal import Unknown

OKAYAMA = ("ticap", "perseus", "sano-2018", "hirai-2024")


def test_everything_that_is_shipped_is_in_order() -> None:
    assert problems() == []


def test_every_number_names_a_source_that_somebody_else_can_find() -> None:
    for study in studies().values():
        for result in study.results:
            assert result.source.citation, (study.id, result.line)
            assert result.flag in ("seen", "secondary", "memory", "derived")
    assert all(one.source.citation for one in facts().values())


def test_the_four_studies_from_okayama_each_name_the_other_three() -> None:
    for one in OKAYAMA:
        assert set(OKAYAMA) - {one} <= set(studies()[one].shares_patients_with)
    pairs = {(a.id, b.id) for a, b in overlaps({key: studies()[key] for key in OKAYAMA})}
    assert len(pairs) == 6


@pytest.mark.parametrize(
    ("name", "numbers"),
    [("elpis-2", "awaited"), ("child", "not_read"), ("mayo-phase-2b", "not_read")],
)
def test_what_is_awaited_or_unread_stays_visible_with_the_day_somebody_looked(
    name: str, numbers: str
) -> None:
    found = {one.id: one for one in waiting(studies())}[name]
    assert found.numbers == numbers
    assert found.looked_on == date(2026, 11, 22)


def test_a_written_number_keeps_its_digits() -> None:
    ticap = studies()["ticap"].results
    at_36 = next(r for r in ticap if r.measure == "rvef_change" and r.months == 36)
    assert str(at_36.arms[0].mean) == "8.0"


def test_numbers_remembered_or_restated_are_kept_and_marked() -> None:
    flags = {(s.id, r.flag) for s in studies().values() for r in s.results}
    assert ("perseus", "memory") in flags
    assert ("elpis-1", "secondary") in flags
    assert ("medcap", "secondary") in flags


def test_the_largest_study_of_cord_blood_is_told_with_what_speaks_against_cells() -> None:
    told = {r.measure: r.direction for r in studies()["mayo-phase-2b"].results if r.direction}
    assert told["troponin_t"] == "higher_with_cells"
    early = [r for r in studies()["mayo-phase-2b"].results if r.months == 3]
    assert "worse_with_cells" in {r.direction for r in early}


def test_an_unknown_name_hears_the_nearest() -> None:
    with pytest.raises(Unknown, match="did you mean “ticap”"):
        library.study("tycap")
    with pytest.raises(Unknown, match="own-unit-used"):
        fact("own-unit-use")
