"""What must this person do today, and by when?"""

from dataclasses import replace
from datetime import timedelta

import pytest

from cordula.events.course import OperationPlanned, ReviewRequested
from cordula.events.quality import Quarantined
from cordula.events.sealed import Sealed
from tests import cast, site
from tests.unit.journey import cast as journey

pytestmark = pytest.mark.usefixtures("st_anna")
NOW = cast.after_birth(days=165)


def planned(after: timedelta = timedelta(days=7)) -> OperationPlanned:
    plan = cast.theatre()[0]
    return replace(plan, planned_for=NOW + after, at=cast.after_birth(days=145))


def collected():
    return [*cast.before_birth(), *cast.birth(), *cast.laboratory()]


def today(account, role=None) -> str:
    return site.browser(account, role).get("/today").content.decode().replace("\u00a0", " ")


def test_home_leads_to_the_day(clock):
    clock(NOW)
    answer = site.browser(cast.SURGEON).get("/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/today")


def test_the_surgeon_begins_with_the_theatre_list_and_what_blocks(clock):
    site.record_life([*collected(), planned()])
    clock(NOW)
    text = today(cast.SURGEON)
    assert text.index("Theatre list, the next 14 days") < text.index("To do")
    assert "HADDAD, Lina (Miss)" in text
    assert "Not yet" in text
    assert "Open: " in text
    assert "Questionnaire" in text


def test_an_operation_later_than_14_days_is_not_on_the_list_yet(clock):
    site.record_life([*collected(), planned(timedelta(days=15))])
    clock(NOW)
    assert "No operation is planned in the next 14 days." in today(cast.SURGEON)


def test_a_child_without_a_unit_is_on_the_theatre_list(clock):
    site.record_life([cast.before_birth()[0], planned()])
    clock(NOW)
    text = today(cast.SURGEON)
    assert "There is no unit for this child." in text
    assert f"/child/{cast.LINA}" in text


def test_each_role_gets_its_own_tasks_with_the_deadline(clock):
    site.record_life([*collected(), planned()])
    clock(NOW)
    coordinator, quality = today(site.COORDINATOR), today(cast.QUALITY)
    assert "#gate-questionnaire" in coordinator
    assert "travel" in coordinator.lower()
    assert "#gate-questionnaire" in quality
    assert "#gate-questionnaire" not in today(cast.TECHNOLOGIST)


def test_what_is_late_is_marked(clock):
    site.record_life([*collected(), planned(timedelta(hours=6))])
    clock(NOW)
    text = today(site.COORDINATOR)
    assert "overdue" in text
    assert "#i-warn" in text


def test_the_first_deadline_stands_first(clock):
    site.record_life([*collected(), planned()])
    soon = [*collected(), planned(timedelta(days=3))]
    site.record_life(site.of_another(soon, 1))
    clock(NOW)
    text = today(site.COORDINATOR)
    assert text.index("100001") < text.index("123456")


def test_the_bench_has_no_names_and_says_what_is_on_it(clock):
    on_the_way = [*cast.before_birth(), *cast.birth()[:3]]
    site.record_life(on_the_way)
    site.record_life(site.of_another([*cast.before_birth(), *cast.birth()], 1))
    clock(cast.after_birth(hours=19))
    text = today(cast.TECHNOLOGIST)
    assert text.index("On the way to the lab") < text.index("123456")
    assert text.index("On the bench") < text.index("100001")
    assert "collected 18hr 53min ago" in text
    assert "HADDAD" not in text


def test_quality_begins_with_what_waits_for_a_signature(clock):
    site.record_life(journey.before_release())
    clock(cast.after_birth(days=150))
    text = today(cast.QUALITY)
    assert text.index("To sign") < text.index("#step-release") < text.index("Held, deviating")


def test_a_unit_that_is_held_is_in_question(clock):
    held = Quarantined(
        unit=cast.UNIT, reason=Sealed("1" * 64), by=cast.QUALITY, at=cast.after_birth(days=150)
    )
    site.record_life([*collected(), held])
    clock(NOW)
    assert "In quarantine." in today(cast.QUALITY)
    assert "In quarantine." in today(cast.TECHNOLOGIST)


def test_the_geneticist_is_led_to_the_child(clock):
    asked = ReviewRequested(
        infant=cast.LINA, review="genetics", by=site.CARDIOLOGIST, at=cast.after_birth(days=150)
    )
    site.record_life([*collected(), planned(), asked])
    clock(NOW)
    text = today(site.GENETICIST)
    assert "Waiting for a signature" in text
    assert f'href="/child/{cast.LINA}"' in text
    assert f"/unit/{cast.DIN}" not in text


def test_the_coordinator_sees_who_is_expected(clock):
    site.record_life(cast.before_birth()[:2])
    clock(cast.after_birth(days=-10))
    text = today(site.COORDINATOR)
    assert "No consent yet. A kit is set aside." in text


@pytest.mark.parametrize(
    ("account", "role"),
    [
        (cast.SURGEON, "surgeon"),
        (cast.TECHNOLOGIST, "technologist"),
        (cast.QUALITY, "quality"),
        (cast.DIRECTOR, "medical_director"),
        (cast.MIDWIFE, "collector"),
        (site.COORDINATOR, "donor_coordinator"),
        (site.GENETICIST, "geneticist"),
        (site.AUDITOR, "auditor"),
    ],
)
def test_an_empty_day_says_what_would_be_here(account, role, clock):
    clock(NOW)
    text = today(account, role)
    assert "Nothing waits for you." in text
    assert "is here as soon as there is one" in text


def test_the_list_asks_the_database_as_often_for_many_as_for_few(
    clock, django_assert_max_num_queries
):
    for number in (1, 2, 3):
        site.record_life(site.of_another([*cast.before_birth(), *cast.birth()], number))
    clock(NOW)
    browser = site.browser(cast.SURGEON)
    with django_assert_max_num_queries(18):
        browser.get("/today")
