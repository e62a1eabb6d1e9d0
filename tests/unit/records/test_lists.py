"""The lists find what they should at one site, and nothing of another."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F

from cordula.protocols.protocol import Protocol
from cordula.vocabulary.identifiers import SiteId
from cordula_web.people import identities
from cordula_web.people.identities import Identity
from cordula_web.records import lists
from cordula_web.records.lists import Match
from cordula_web.records.models import Entry
from tests import cast
from tests.unit.records.conftest import ELSEWHERE, Recording, life_so_far
from tests.unit.records.test_gates import excursion

UNIT, LINA = Match("unit", cast.UNIT), Match("infant", cast.LINA)


@pytest.fixture
def known(recording: Recording, site: SiteId, protocol: Protocol) -> SiteId:
    recording(life_so_far())
    name = Identity(family_name="Example", given_name="Lina", hospital_number="H 12-34")
    identities.save(cast.LINA, name, site)
    return site


def test_work_is_listed_by_role(known: SiteId) -> None:
    assert [task.item for task in lists.work_list(known)] == ["release", "release"]
    assert [task.title for task in lists.work_list(known, ["quality"])] == ["Release"]
    assert not lists.work_list(known, ["surgeon"])
    assert not lists.work_list(ELSEWHERE)


def test_units_are_listed_by_state(known: SiteId) -> None:
    assert [card.din for card in lists.units(known, ["tested"])] == [cast.DIN]
    assert lists.units_by_state(known) == {"tested": 1}
    assert not lists.units(ELSEWHERE)


def test_a_unit_in_question_is_listed_until_it_was_reviewed(
    known: SiteId, recording: Recording
) -> None:
    assert not lists.units_in_question(known)
    recording([excursion()])
    assert [card.unreviewed_excursions for card in lists.units_in_question(known)] == [1]


def test_the_theatre_list_shows_operations_of_some_days(
    known: SiteId, recording: Recording
) -> None:
    plan = cast.theatre()[0]
    recording([plan])
    day = cast.after_birth(days=172)
    assert [card.unit for card in lists.theatre_list(known, day, day + timedelta(days=1))] == [
        cast.UNIT
    ]
    assert not lists.theatre_list(known, day + timedelta(days=1), day + timedelta(days=2))
    assert [card.operation for card in lists.infants(known)] == ["stage_2_palliation"]


def test_a_place_shows_what_is_in_it_and_what_ever_was(known: SiteId) -> None:
    assert [place.path for place in lists.places(known)] == [["Tank 3", "Rack B", "Box 7"]]
    there = lists.occupied(cast.TANK, known)
    assert [(stay.position, stay.product) for stay in there] == [
        ("C4", str(cast.VIAL_A)),
        ("C5", str(cast.VIAL_B)),
    ]
    assert lists.occupancy(known) == {cast.TANK: 2}
    stored = cast.after_birth(hours=23)
    hour = timedelta(hours=1)
    assert lists.stays_between(cast.TANK, stored, stored + hour, known).count() == 2
    assert not lists.stays_between(cast.TANK, stored - 2 * hour, stored - hour, known)
    assert not lists.occupied(cast.TANK, ELSEWHERE)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A999926123456", [UNIT]),
        ("=A99992612345600", [UNIT]),
        ("a9999 26 123456", [UNIT]),
        (str(cast.VIAL_A), [UNIT]),
        (str(cast.CHAIN), [LINA]),
        (str(cast.UNIT), [UNIT]),
        (str(cast.LINA), [LINA]),
        (str(cast.TANK), [Match("place", cast.TANK)]),
        ("h1234", [LINA]),
        ("example", [LINA]),
        ("A999926999999", []),
        ("", []),
        ("%", []),
    ],
)
def test_search_goes_to_what_is_meant(known: SiteId, text: str, found: list[Match]) -> None:
    assert lists.search(known, text) == found
    assert lists.search(ELSEWHERE, text) == []


def test_a_list_of_many_units_is_found_by_index(known: SiteId) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for statement in (
            lists.work_list(known, ["quality"]),
            lists.units(known, ["tested"]),
            lists.infants(known),
            lists.units_of(cast.LINA, known),
            lists.occupied(cast.TANK, known),
            lists.theatre_list(known, cast.BIRTH, cast.BIRTH),
        ):
            assert "Index" in statement.explain()


def test_the_first_page_of_a_list_is_read_in_the_order_of_an_index(known: SiteId) -> None:
    """Whatever the number of units: nothing is sorted that is not shown."""
    with connection.cursor() as cursor:
        for other_way in ("seqscan", "bitmapscan", "sort"):
            cursor.execute(f"SET LOCAL enable_{other_way} = off")
        for statement in (
            lists.work_list(known),
            lists.units(known),
            lists.units(known, ["tested"]),
            lists.units(known).order_by(F("due").asc(nulls_last=True), "din"),
            lists.infants(known),
        ):
            plan = statement[:50].explain()
            assert "Sort" not in plan, plan


def test_rare_kinds_of_entries_are_found_by_index(known: SiteId) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("ANALYZE entry")
        deviations = Entry.objects.filter(type="Deviated", site=known)
        assert "entry_by_type" in deviations.order_by("index").explain()
