"""A protocol is printed so that a nurse can read it: limits in words, sources, and what is open."""

from pathlib import Path

import pytest

from cordula.journey.judge import judge
from cordula.protocols.cases import check
from cordula.protocols.load import library, load, named
from cordula.protocols.printing import case_tables, describe
from cordula.protocols.printing.layout import WIDTH
from tests.unit.protocols.test_site_file import site_file
from tests.unit.protocols.test_trial_refusals import WHOLE
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


def test_a_nurse_reads_what_becomes_of_the_outcome_after_each_event() -> None:
    told = describe(named("practice-mnc-stage-2"))

    assert "Question: Change of the right ventricle's area at 3 months\n" in told
    assert (
        "After a death                 asked only of children who would have it in neither" in told
    )
    assert "After an unplanned operation  what is measured later counts as it is" in told


def test_a_composite_says_what_stands_for_the_event(tmp_path: Path) -> None:
    told = describe(load(written(tmp_path, WHOLE)))

    assert "it is an outcome itself, and counts as -20 %" in told
    assert "No use to go on when the chance to find anything at the end is below 10 %." in told


def test_endpoints_that_ask_alike_share_one_table() -> None:
    told = describe(named("autologous-mnc-stage-2"))

    assert told.count("Question: the same for 6 endpoints") == 1
    assert told.count("After a transplant") == 1
    assert told.count("What is looked at") == 6
    assert "Several endpoints: each is tested at the whole level" in told


def test_an_endpoint_without_an_estimand_says_what_is_open() -> None:
    told = describe(named("fresh-autologous-mnc-norwood"))

    assert "No estimand is told, so what deaths and transplants do to it is open:" in told


def test_looks_and_safety_rules_are_told_in_children_and_in_words() -> None:
    told = describe(named("practice-mnc-stage-2"))

    assert "1     30 of 60 children  50 %" in told
    assert "Counted are  deaths within 30 days, in the arm “Stage II with cells”" in told
    assert "Not before   2 children are counted" in told


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ('rule = "sprt"\nunacceptable = "0.3"\nbeta = "0.2"', "they speak for a share of 30 %"),
        ('rule = "beta_binomial"\nprior = ["0.2", "1.8"]\nthreshold = "0.9"', "of more than 90 %"),
    ],
)
def test_each_kind_of_safety_rule_says_when_it_stops(tmp_path: Path, rule: str, says: str) -> None:
    text = WHOLE.replace('rule = "pocock"', rule)
    if "beta_binomial" in rule:
        text = text.replace('alpha = "0.05"\nsource = "text"', 'source = "text"')

    assert says in describe(load(written(tmp_path, text)))
