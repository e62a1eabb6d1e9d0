"""The page is a draft until people have brought what only people can bring."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from cordula.decision_aid import checklist
from cordula.decision_aid.aid import Aid
from cordula.decision_aid.page import draw
from cordula.decision_aid.site import Site
from tests.unit.decision_aid.conftest import TODAY

Spoilt = Callable[[str, str], Aid]


def test_the_shipped_page_is_a_draft_and_says_why(aid: Aid, site: Site) -> None:
    missing = checklist.missing(aid, site, TODAY)
    assert "who paid for it" in missing
    assert "parents have not tried this page" in missing
    assert "doctors and midwives have not checked it" in missing


def test_a_page_with_everything_is_no_draft(aid: Aid, complete: Site) -> None:
    assert checklist.missing(aid, complete, TODAY) == ()


@pytest.mark.parametrize("owner", checklist.OWNERS)
def test_each_thing_people_bring_is_missed_by_itself(aid: Aid, complete: Site, owner: str) -> None:
    without = {
        "funding": {"funding": None},
        "reviewed": {"reviewed_by": None},
        "tried:parents": {"tried": complete.tried[1:]},
        "tried:professionals": {"tried": complete.tried[:1]},
    }[owner]
    assert len(checklist.missing(aid, replace(complete, **without), TODAY)) == 1


def test_the_page_becomes_a_draft_when_its_day_has_passed(aid: Aid, complete: Site) -> None:
    assert checklist.missing(aid, complete, aid.check_by) == ()
    late = checklist.missing(aid, complete, date(2027, 5, 23))
    assert late == ("the evidence has not been checked again in time",)


def test_the_page_shows_what_the_owner_brought(aid: Aid, complete: Site) -> None:
    from cordula.decision_aid.reading import read

    facts = dict(draw(read(complete), complete, TODAY).about.facts)
    assert facts["Who paid for it"].startswith("The hospital paid")
    assert "12 parents" in facts["Who has tried it"]


@pytest.mark.parametrize(
    ("part", "item"),
    [
        ("good", "IPDAS 4"),
        ("bad", "IPDAS 5"),
        ("birth", "IPDAS 6"),
    ],
)
def test_a_missing_part_is_a_missing_item(aid: Aid, complete: Site, part: str, item: str) -> None:
    rows = tuple(row for row in aid.choices.rows if row.key != part)
    spoilt = replace(aid, choices=replace(aid.choices, rows=rows))
    unmet = [one.item.id for one in checklist.check(spoilt, complete, TODAY) if one.met is False]
    assert item in unmet


def test_every_item_that_can_be_met_names_how(aid: Aid) -> None:
    for item in checklist.items():
        assert item.shown_in or item.owner or item.day or item.apart
        assert not item.owner or item.missing
        for where in item.shown_in:
            assert checklist._is_shown(aid, where), f"{item.id}: {where}"


def test_both_instruments_are_there(aid: Aid, site: Site) -> None:
    ids = [one.item.id for one in checklist.check(aid, site, TODAY)]
    assert [f"IPDAS {n}" for n in range(1, 13)] == ids[:12]
    assert sum(one.startswith("NICE") for one in ids) >= 4
