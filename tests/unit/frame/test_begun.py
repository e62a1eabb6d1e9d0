"""What was begun on a page outlives a reload, and not the afternoon; a time of day is the last such time."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from cordula_web.frame.begun import KEPT_FOR, PAGES_MAX, Begun
from cordula_web.frame.clock_time import last_time_it_was, next_time_it_is

NOW = datetime(2026, 11, 22, 8, 5, tzinfo=UTC)
DUBLIN = ZoneInfo("Europe/Dublin")


def test_what_was_put_is_there_for_the_next_request():
    session = {}
    Begun(session, "thaw", NOW).put("din", "A999926123456")
    later = Begun(session, "thaw", NOW + timedelta(minutes=1))
    assert later.get("din") == "A999926123456"
    assert later.at("din") == NOW


def test_pages_do_not_see_one_another():
    session = {}
    Begun(session, "thaw", NOW).put("din", "A999926123456")
    assert Begun(session, "prepare", NOW).get("din") is None


def test_what_was_begun_long_ago_is_not_gone_on_with():
    session = {}
    Begun(session, "thaw", NOW).put("din", "A999926123456")
    assert Begun(session, "thaw", NOW + KEPT_FOR + timedelta(seconds=1)).get("din") is None


def test_the_oldest_page_makes_room():
    session = {}
    for number in range(PAGES_MAX + 1):
        Begun(session, f"page {number}", NOW).put("din", "x")
    assert Begun(session, "page 0", NOW).get("din") is None
    assert Begun(session, "page 1", NOW).get("din") == "x"


@pytest.mark.parametrize(
    ("clock", "meant"),
    [
        (time(8, 0), datetime(2026, 11, 22, 8, 0, tzinfo=UTC)),
        (time(8, 9), datetime(2026, 11, 22, 8, 9, tzinfo=UTC)),
        (time(23, 58), datetime(2026, 11, 21, 23, 58, tzinfo=UTC)),
    ],
)
def test_a_time_of_day_is_the_last_such_time(clock, meant):
    assert last_time_it_was(clock, NOW) == meant


def test_just_after_midnight_it_was_yesterday():
    now = datetime(2026, 11, 22, 0, 1, tzinfo=DUBLIN)
    assert last_time_it_was(time(23, 58), now).date() == datetime(2026, 11, 21).date()  # noqa: DTZ001


def test_in_the_hour_that_comes_twice_the_later_one_that_has_been_is_meant():
    second = datetime(2026, 10, 25, 1, 50, tzinfo=DUBLIN, fold=1)
    assert last_time_it_was(time(1, 30), second).utcoffset() == timedelta(0)
    first = datetime(2026, 10, 25, 1, 50, tzinfo=DUBLIN, fold=0)
    assert last_time_it_was(time(1, 30), first).astimezone(UTC) <= first.astimezone(UTC)


def test_a_time_to_come_is_the_next_such_time():
    assert next_time_it_is(time(8, 35), NOW) == NOW + timedelta(minutes=30)
    assert next_time_it_is(time(0, 5), NOW).date() == (NOW + timedelta(days=1)).date()
