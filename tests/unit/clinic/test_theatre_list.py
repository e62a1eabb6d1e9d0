"""What hangs on the theatre wall: each case as judged now, never a dose before the release, never a diagnosis."""

from datetime import timedelta
from itertools import takewhile

import pytest

from cordula.events.release import Released
from cordula.events.theatre import Thawed
from tests import cast, site
from tests.unit.journey import cast as journey

pytestmark = pytest.mark.django_db
DOOR = cast.after_birth(days=172)


def until(kind):
    return list(takewhile(lambda event: not isinstance(event, kind), journey.whole_life()))


def words(browser):
    page = browser.get("/theatre")
    assert page.status_code == 200
    return page.content.decode()


def test_a_case_says_time_child_answer_dose_and_weight(st_anna, clock):
    site.record_life(until(Thawed))
    clock(DOOR)
    text = words(site.browser(cast.SURGEON))
    assert "HADDAD, Lina (Miss)" in text
    assert "Planned 0.68\u00a0mL" in text
    assert "6.8\u00a0kg" in text
    assert "50min ago" in text


def test_before_the_release_no_dose_is_told_and_what_stops_it_is(st_anna, clock):
    site.record_life(until(Released))
    clock(cast.after_birth(days=165))
    text = words(site.browser(cast.SURGEON))
    assert "Not before the release" in text
    assert "0.68" not in text
    assert "Release" in text


def test_a_yes_of_this_morning_is_judged_again_in_the_evening(st_anna, clock):
    site.record_life(until(Thawed))
    clock(DOOR - timedelta(minutes=5))
    assert "Yes" in words(site.browser(cast.SURGEON))
    clock(DOOR + timedelta(minutes=59, hours=10) + timedelta(hours=13, minutes=-49))
    text = words(site.browser(cast.SURGEON))
    assert "Weigh again" in text or "No operation is planned" in text


def test_no_diagnosis_stands_on_the_wall(st_anna, clock):
    site.record_life(until(Thawed))
    clock(DOOR)
    assert "ypoplastic" not in words(site.browser(cast.SURGEON))


def test_the_technologist_reads_numbers_and_no_name(st_anna, clock):
    site.record_life(until(Thawed))
    clock(DOOR)
    text = words(site.browser(cast.TECHNOLOGIST))
    assert "HADDAD" not in text
    assert str(cast.CHAIN) in text


def test_a_child_without_a_unit_is_on_the_list_too(st_anna, clock):
    planned = [e for e in journey.whole_life() if type(e).__name__ == "OperationPlanned"]
    site.record_life([cast.before_birth()[0], *planned])
    clock(DOOR)
    assert "There is no unit for this child." in words(site.browser(cast.SURGEON))


def test_a_case_that_changed_since_the_last_look_is_marked(st_anna, clock):
    life = until(Thawed)
    site.record_life(life[:-3])
    clock(cast.after_birth(days=171, hours=1))
    surgeon = site.browser(cast.SURGEON)
    assert "Changed since" not in words(surgeon)
    site.record_life(life)
    clock(cast.after_birth(days=171, hours=2))
    assert "Changed since you last looked." not in words(site.browser(cast.SURGEON))


def test_an_empty_list_says_so(st_anna, clock):
    clock(DOOR)
    assert "No operation is planned in the next 14 days." in words(site.browser(cast.SURGEON))
