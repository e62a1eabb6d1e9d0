"""A number comes from the evidence or from a named source, and from nowhere else."""

from collections.abc import Callable
from datetime import date

import pytest

from cordula.decision_aid.aid import Aid
from cordula.decision_aid.page import Page
from cordula.decision_aid.refusal import AidRefused
from cordula.evidence.facts import fact
from cordula.evidence.library import study

Spoilt = Callable[[str, str], Aid]


def test_numbers_are_those_of_the_evidence(aid: Aid) -> None:
    facts = {"bank_early": "cell-limit-reached-no-delay", "used_of": "own-unit-used"}
    assert aid.figures["bank_early"].value == fact(facts["bank_early"]).values[0].value
    assert aid.figures["used_of"].value == fact(facts["used_of"]).values[0].one_in
    assert aid.figures["largest"].value == study("mayo-phase-2b").size


def test_the_measures_without_a_difference_are_counted_in_the_study(aid: Aid) -> None:
    measured = [r for r in study("mayo-phase-2b").results if r.direction and r.months]
    same = [r for r in measured if r.direction == "no_difference"]
    figures = aid.figures
    assert (figures["no_difference"].value, figures["measured"].value) == (len(same), len(measured))


def test_a_fact_of_two_groups_is_asked_for_by_group(spoilt: Spoilt) -> None:
    with pytest.raises(AidRefused, match="has no single “value”"):
        spoilt('of = "clamped early"', 'of = "clamped never"')


def test_a_fact_nobody_knows_is_refused_with_a_suggestion(spoilt: Spoilt) -> None:
    with pytest.raises(AidRefused, match="did you mean “own-unit-used”"):
        spoilt('fact = "own-unit-used"', 'fact = "own-unit-use"')


def test_a_number_without_a_source_is_refused(spoilt: Spoilt) -> None:
    with pytest.raises(AidRefused, match=r"aid\.toml:\d+: “source” is missing"):
        spoilt(
            'bank_births = { stated = 367, why = "collections in the study; its abstract", source = "allan" }',
            'bank_births = { stated = 367, why = "collections in the study; its abstract" }',
        )


def test_the_day_somebody_last_looked_is_said_in_words(aid: Aid, page: Page) -> None:
    assert aid.figures["donor_cells_looked"].value == date(2026, 11, 22)
    last = page.unknown.points[-1].words.replace("\u00a0", " ")
    assert last.endswith("We last looked on 22 November 2026.")


def test_a_percentage_is_rounded_to_whole_dots_only_where_it_is_drawn(aid: Aid) -> None:
    assert str(aid.figures["bank_late"].value) == "6.2"
    assert aid.figures["bank_late"].whole == 6
