"""A protocol is printed so that a nurse can read it: limits in words, sources, and what is open."""

from pathlib import Path

import pytest

from cordula.journey.judge import judge
from cordula.protocols.cases import check
from cordula.protocols.load import library, load, named
from cordula.protocols.printing import case_tables, describe
from cordula.protocols.printing.layout import WIDTH
from tests.unit.protocols.test_site_file import site_file
from tests.unit.protocols.written import written


def test_a_limit_is_told_in_words_with_its_source() -> None:
    told = describe(named("autologous-mnc-stage-2"))

    assert "Live cells, before freezing: more than 70%.\n           [nct01883076]" in told
    assert "Age at the planned operation: less than 13 months." in told


def test_what_is_open_says_so() -> None:
    told = describe(named("autologous-mnc-stage-2"))

    assert "OPEN: no text gives the number; unknown until the site fills it in." in told
    assert "OPEN: volume per kg" in told


def test_gates_and_steps_are_counted_down_the_way_as_the_pages_count_them() -> None:
    told = describe(named("practice-mnc-stage-2"))

    assert "\n 1  Parents’ consent" in told
    assert "\n 4  Step: Collect the cord blood" in told
    assert "\n    Opens when these are met or done: 5, 6, 7, 8, 9, 10, 11.\n" in told


def test_what_a_site_filled_in_is_told_with_who_approved_it(tmp_path: Path) -> None:
    told = describe(load(written(tmp_path), site_file(tmp_path)))

    assert "Open numbers filled in by: St Brigid's" in told
    assert "at_least = 15 °C, at_most = 25 °C  [sop-12]  medical director" in told


@pytest.mark.parametrize("name", library())
def test_the_text_fits_a_sheet_of_paper(name: str) -> None:
    wide = [line for line in describe(named(name)).splitlines() if len(line) > WIDTH]

    assert [line for line in wide if "https://" not in line] == []


@pytest.mark.parametrize("name", library())
def test_the_tables_of_the_cases_fit_a_sheet_of_paper(name: str) -> None:
    told = case_tables(check(named(name), judge))

    assert [line for line in told.splitlines() if len(line) > WIDTH] == []
    assert "✗" not in told


@pytest.mark.parametrize("name", library())
def test_every_criterion_and_every_source_is_printed(name: str) -> None:
    protocol, told = named(name), describe(named(name))

    ids = [c.id for gate in protocol.gates for c in gate.criteria]
    assert [one for one in ids if f"    {one} " not in told] == []
    assert [one for one in protocol.sources if f"\n[{one}] " not in told] == []
