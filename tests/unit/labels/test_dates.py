import tomllib
from datetime import UTC, date, datetime, time, timezone
from pathlib import Path

import pytest

from cordula.labels.dates import CollectionDate, Expiry
from cordula.labels.errors import LabelError
from cordula.labels.flexible_date import FlexibleDate, Occasion, Zone
from cordula.labels.printed_dates import MONTHS, printed_day, printed_moment, printed_moment_in_utc
from cordula.labels.scan import scan

FOLDER = Path(__file__).parents[3] / "vectors" / "isbt128"
FILE = tomllib.loads((FOLDER / "dates.toml").read_text("utf-8"))


@pytest.mark.parametrize("year", [1999, 2000, 2026, 2028, 2100])
def test_the_last_day_of_a_year_is_366_in_leap_years_only(year):
    digits = f"{year // 100 % 10}{year % 100:02}"
    leap = year % 4 == 0 and year != 2100
    assert Expiry.parse(f"=>{digits}{366 if leap else 365}").day == date(year, 12, 31)
    with pytest.raises(LabelError):
        Expiry.parse(f"=>{digits}{367 if leap else 366}")


def test_a_date_keeps_whether_it_came_with_a_time():
    assert Expiry(date(2026, 11, 22)).format() == "=>026326"
    assert Expiry(date(2026, 11, 22), time(23, 59)).format() == "&>0263262359"


def test_a_moment_is_formatted_to_the_minute():
    moment = datetime(2026, 11, 22, 14, 5, 59, tzinfo=UTC)
    assert CollectionDate.at(moment).format() == "&*0263261405"


def test_an_expiry_is_no_collection_date():
    assert Expiry(date(2026, 11, 22)) != CollectionDate(date(2026, 11, 22))


@pytest.mark.parametrize("day", [date(1899, 12, 31), date(2200, 1, 1)])
def test_a_date_of_another_century_cannot_be_made(day):
    with pytest.raises(LabelError, match="1900 to 2199"):
        Expiry(day)


def test_seconds_do_not_get_lost_unnoticed():
    with pytest.raises(LabelError, match="whole minute"):
        Expiry(date(2026, 11, 22), time(14, 5, 30))
    with pytest.raises(TypeError, match="at"):
        Expiry(datetime(2026, 11, 22, 14, 5, tzinfo=UTC))
    with pytest.raises(LabelError, match="to the minute"):
        FlexibleDate(Zone.UTC, Occasion.EXPIRY, datetime.fromisoformat("2026-11-22T14:05:01"))


def test_a_flexible_date_in_utc_is_aware_and_a_local_one_is_not():
    utc, local = scan("=(2001202611221405"), scan("=(1001202611221405")
    assert utc.structures[0].moment == datetime(2026, 11, 22, 14, 5, tzinfo=UTC)
    assert local.structures[0].moment.tzinfo is None


def test_a_flexible_date_with_a_zone_of_its_own_cannot_be_made():
    with pytest.raises(LabelError, match="zone given apart"):
        FlexibleDate(Zone.UTC, Occasion.EXPIRY, datetime(2026, 11, 22, 14, 5, tzinfo=UTC))


@pytest.mark.parametrize("vector", FILE["day"], ids=lambda v: v["printed"])
def test_a_day_is_printed_with_its_month_in_letters(vector):
    assert printed_day(vector["day"]) == vector["printed"]


def test_every_month_has_its_own_letters():
    assert [printed_day(date(2026, month, 1))[3:6] for month in range(1, 13)] == list(MONTHS)


@pytest.mark.parametrize("vector", FILE["moment"], ids=lambda v: v["printed"])
def test_a_time_that_crosses_zones_is_printed_with_its_zone_and_in_utc(vector):
    zone = timezone(vector["moment"].utcoffset(), vector["zone"])
    moment = vector["moment"].astimezone(zone)
    assert printed_moment(moment) == vector["printed"]
    assert printed_moment_in_utc(moment) == vector["printed_in_utc"]


def test_a_time_without_a_zone_is_not_printed_as_one():
    with pytest.raises(ValueError, match="no time zone"):
        printed_moment(Expiry(date(2026, 11, 22)).moment)
