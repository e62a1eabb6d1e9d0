"""Every row of the display rules: what is shown, and what is never shown."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordula.display import (
    Unknown,
    age,
    celsius,
    clin_date,
    clin_datetime,
    clin_relative,
    clin_time,
    count,
    count_column,
    counted,
    din,
    dose,
    duration,
    lasting,
    number,
    patient_date,
    person,
    plain,
    quantity,
    range_text,
    unit_words,
    written,
)
from cordula.vocabulary.identifiers import DinNumber
from cordula.vocabulary.quantity import NotConvertible, Quantity
from cordula.vocabulary.ucum import EVERYDAY
from cordula.vocabulary.words import activate, deactivate

STOCKHOLM = ZoneInfo("Europe/Stockholm")
NEW_YORK = ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 22, 7, 5, tzinfo=UTC)
THEATRE = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)


def q(text: str, unit: str) -> Quantity:
    return Quantity.of(text, unit)


# What the rules call “never”, as patterns that no written value may match.
NEVER = {
    "a date in figures": r"\d+/\d+/\d+",
    "a decimal without its leading zero": r"(?<!\d)\.\d",
    "an exponent": r"\de[+-]?\d|×|[⁰¹⁴-⁹]",
    "an M for million": r"\dM\b|\d M\b",
    "a slash for per": r"/",
    "a dash for to": r"[–—]",
    "a sign of comparison": r"[<>≤≥@&]",
    "a hyphen for minus": r"(?<![\dA-Za-z])-\d",
    "a space at which number and unit part": r"\d [a-zA-Z°%]",
}

SHOWN = [
    ("clin_date", clin_date(date(2026, 6, 4)), "04-Jun-2026"),
    ("clin_date with weekday", clin_date(date(2026, 6, 4), weekday=True), "Thu 04-Jun-2026"),
    ("patient_date", patient_date(date(2026, 6, 4)), "4 June 2026"),
    ("clin_time", clin_time(NOW, STOCKHOLM), "08:05"),
    ("clin_time seconds", clin_time(NOW, STOCKHOLM, seconds=True), "08:05:00"),
    ("clin_time with its zone", clin_time(NOW, NEW_YORK, name_zone=True), "02:05 EST"),
    ("clin_datetime", clin_datetime(THEATRE, STOCKHOLM), "24-Nov-2026 17:00"),
    (
        "clin_datetime with weekday",
        clin_datetime(THEATRE, STOCKHOLM, weekday=True),
        "Tue 24-Nov-2026 17:00",
    ),
    ("duration", duration(timedelta(hours=18, minutes=20)), "18hr 20min"),
    ("duration without zeros", duration(timedelta(hours=3)), "3hr"),
    ("duration of half hours", duration(q("1.5", "h")), "1hr 30min"),
    ("duration in days", duration(timedelta(days=1, hours=8)), "1d 8hr"),
    ("duration of a limit", duration(q("48", "h")), "48hr"),
    ("duration of a limit of a week", duration(q("168", "h")), "168hr"),
    ("duration of a limit of weeks, in hours", duration(q("336", "h")), "14d"),
    ("lasting, beside hours", lasting(timedelta(hours=32, minutes=52), q("48", "h")), "32hr 52min"),
    ("lasting two days", lasting(timedelta(hours=48), q("48", "h")), "48hr"),
    ("lasting just beyond", lasting(timedelta(hours=48, minutes=1), q("48", "h")), "2d 1min"),
    ("lasting 610 hours", lasting(timedelta(hours=610, minutes=1), q("48", "h")), "25d 10hr"),
    ("lasting, beside a long limit", lasting(timedelta(hours=70), q("72", "h")), "70hr"),
    ("lasting, beside days", lasting(timedelta(hours=32), q("7", "d")), "1d 8hr"),
    ("lasting, beside months", lasting(timedelta(hours=610, minutes=1), q("2", "mo")), "25d 10hr"),
    ("lasting beyond days", lasting(timedelta(days=7, minutes=3), q("7", "d")), "7d 3min"),
    ("lasting, no limit", lasting(timedelta(hours=32, minutes=52)), "1d 8hr 52min"),
    ("lasting long, no limit", lasting(timedelta(hours=610, minutes=1)), "25d 10hr"),
    ("duration in weeks", duration(q("187", "d"), largest="w"), "26w 5d"),
    ("duration of minutes", duration(q("11", "min")), "11min"),
    ("duration under a minute", duration(timedelta(seconds=45)), "45sec"),
    ("duration to the second", duration(timedelta(seconds=90), smallest="sec"), "1min 30sec"),
    ("duration of nothing", duration(timedelta()), "0min"),
    ("duration, approximate", duration(timedelta(hours=2), approximate=True), "Approx 2hr"),
    ("duration in months", duration(q("18", "mo")), "18m"),
    ("duration in years", duration(q("5", "a")), "5y"),
    ("age", age(date(2026, 6, 4), date(2026, 11, 22)), "(5m 18d)"),
    ("age of a week", age(date(2026, 6, 4), date(2026, 6, 11)), "(7d)"),
    ("age on the first day", age(date(2026, 6, 4), date(2026, 6, 4)), "(less than 1d)"),
    ("age under two years", age(date(2024, 11, 23), date(2026, 11, 22)), "(23m 30d)"),
    ("age of two years", age(date(2024, 11, 22), date(2026, 11, 22)), "(2y)"),
    ("age of a child", age(date(2023, 6, 4), date(2026, 11, 22)), "(3y 5m)"),
    ("dose in mL", dose(q("0.680", "mL")), "0.68 mL"),
    ("dose in cells", dose(q("14.28", "10*6"), decimals=0), "14 million"),
    ("dose per kg", dose(q("2.1000", "10*6/kg")), "2.1 million per kg"),
    ("dose half to even", dose(q("0.685", "mL")), "0.68 mL"),
    ("dose that is whole", dose(q("20.0", "mL")), "20 mL"),
    ("dose that is tiny", dose(q("0.0042", "mL")), "0.0042 mL"),
    ("dose above a thousand", dose(q("1200", "mL")), "1,200 mL"),
    ("measured value keeps its digits", quantity(q("7.40", "%")), "7.40%"),
    ("measured volume", quantity(q("92", "mL")), "92 mL"),
    ("measured concentration", quantity(q("46.1", "10*6/mL")), "46.1 million per mL"),
    ("measured endotoxin", quantity(q("0.05", "{EU}/mL")), "0.05 EU per mL"),
    ("measured colonies", quantity(q("12400", "[CFU]")), "12,400 colonies"),
    ("measured strain", quantity(q("-15.2", "%")), "−15.2%"),
    ("measured age at birth", quantity(q("271", "d"), "gestational_age"), "38w 5d"),
    ("measured grade", quantity(q("3", "{grade}"), "tricuspid_regurgitation"), "moderate"),
    ("incubation", quantity(q("14", "d")), "14d"),
    ("count in millions", count(q("968", "10*6")), "968 million"),
    ("count in billions", count(q("1100", "10*6")), "1.1 billion"),
    ("count recorded in 10*8", count(q("9.68", "10*8")), "968 million"),
    ("count that is small", count(q("12400", "{cells}")), "12,400"),
    ("bare count", count(12400), "12,400"),
    ("range", range_text(q("20", "mL"), q("25", "mL")), "20 to 25 mL"),
    ("range of per cents", range_text(q("90", "%"), q("99", "%")), "90% to 99%"),
    ("range of times", range_text(q("4", "h"), q("24", "h")), "4hr to 24hr"),
    ("range in two units", range_text(q("500", "uL"), q("2", "mL")), "500 microlitre to 2 mL"),
    ("range with a floor", range_text(q("70", "%")), "70% or more"),
    ("range with a ceiling", range_text(at_most=q("48", "h")), "48hr or less"),
    ("range below", range_text(less_than=q("16", "{EU}/mL")), "less than 16 EU per mL"),
    ("range above", range_text(more_than=q("70", "%")), "more than 70%"),
    ("range of cold", range_text(at_most=q("-150", "Cel")), "−150 °C or colder"),
    (
        "range with one open end",
        range_text(more_than=q("1", "mL"), at_most=q("3", "mL")),
        "more than 1 mL and 3 mL or less",
    ),
    ("celsius", celsius(q("-150", "Cel")), "−150 °C"),
    ("celsius from kelvin", celsius(q("123.15", "K")), "−150.00 °C"),
    ("person", person("Haddad", "Lina", "Miss"), "HADDAD, Lina (Miss)"),
    ("person without title", person("Haddad", "Lina"), "HADDAD, Lina"),
    ("one", counted("vial", 1), "1 vial"),
    ("many", counted("vial", 1200), "1,200 vials"),
    ("irregular", counted("child", 2, "children"), "2 children"),
]


@pytest.mark.parametrize(("rule", "shown", "expected"), SHOWN, ids=[row[0] for row in SHOWN])
def test_each_rule_shows_what_the_table_says(rule: str, shown: str, expected: str) -> None:
    assert plain(shown) == expected


@pytest.mark.parametrize(("rule", "shown", "_expected"), SHOWN, ids=[row[0] for row in SHOWN])
def test_no_rule_shows_what_the_table_forbids(rule: str, shown: str, _expected: str) -> None:
    for what, pattern in NEVER.items():
        assert not re.search(pattern, shown), what


FORBIDDEN = [
    "04/06/26",
    ".68 mL",
    "1.4e7",
    "14×10⁶",
    "14M",
    "2.1\u00a0million/kg",
    "20–25\u00a0mL",
    "≥70%",
    "-150\u00a0°C",
    "0.68 mL",
]


@pytest.mark.parametrize("bad", FORBIDDEN)
def test_the_forbidden_writings_are_recognised_as_forbidden(bad: str) -> None:
    assert any(re.search(pattern, bad) for pattern in NEVER.values())


doses = st.decimals(min_value=Decimal("0.0001"), max_value=10**7, places=6)


@given(value=doses, unit=st.sampled_from(["mL", "10*6", "10*6/kg", "mL/kg", "{cells}/kg"]))
def test_no_dose_has_a_trailing_zero_or_vanishes(value: Decimal, unit: str) -> None:
    shown = dose(Quantity(value, unit))
    digits = shown.split("\u00a0")[0]
    assert not re.search(r"\.\d*0$|\.$", digits)
    assert Decimal(digits.replace(",", "")) > 0
    assert not any(re.search(pattern, shown) for pattern in NEVER.values())


@given(value=doses)
def test_a_dose_is_rounded_to_the_nearest(value: Decimal) -> None:
    digits = dose(Quantity(value, "mL"), decimals=2).split("\u00a0")[0]
    assert abs(Decimal(digits.replace(",", "")) - value) <= Decimal("0.005")


@pytest.mark.parametrize("unit", sorted(EVERYDAY))
def test_every_everyday_unit_has_words_without_a_slash_or_brackets(unit: str) -> None:
    assert not re.search(r"[/*\[\]{}<> ]|10\d", unit_words(unit))


def test_a_value_that_comes_from_a_division_is_not_shown_with_all_its_digits() -> None:
    third = q("1", "mL") / 3
    assert plain(quantity(third)) == "0.33 mL"


def test_counts_in_a_column_share_one_unit() -> None:
    column = [q("968", "10*6"), q("1100", "10*6"), q("0.4", "10*9")]
    assert [plain(c) for c in count_column(column)] == [
        "968 million",
        "1,100 million",
        "400 million",
    ]
    assert [plain(c) for c in count_column(column[1:2])] == ["1.1 billion"]


def test_what_is_not_a_count_is_not_counted() -> None:
    with pytest.raises(NotConvertible):
        count(q("5", "mL"))
    with pytest.raises(NotConvertible):
        duration(q("5", "mL"))


def test_the_three_unknowns_are_different_words_and_never_blank() -> None:
    assert written(None, str) == "Not recorded"
    assert written(Unknown.NOT_KNOWN, str) == "Not known"
    assert written(Unknown.NONE_KNOWN, str) == "None known"
    assert written(q("92", "mL"), quantity) == "92\u00a0mL"
    assert written(0, number) == "0"


def test_a_donation_number_is_grouped_and_copied_without_flags() -> None:
    shown = din(DinNumber("A999926123456"), flags="00", check="T")
    assert str(shown) == "A9999 26 123456 00 [T]"
    assert shown.groups == ("A9999", "26", "123456")
    assert shown.copied == "A999926123456"
    assert str(din(DinNumber("A999926123456"))) == "A9999 26 123456"


def test_a_person_is_never_shortened() -> None:
    long = person("af Ugglas-Weißenfels", "Anna Maria Elisabeth Charlotta", "Dr")
    assert long == "AF UGGLAS-WEISSENFELS, Anna Maria Elisabeth Charlotta (Dr)"


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (THEATRE, "24-Nov-2026 17:00 (in 2d 8hr 55min)"),
        (NOW, "22-Nov-2026 08:05 (now)"),
        (NOW - timedelta(days=3), "19-Nov-2026 08:05 (3d ago)"),
    ],
)
def test_a_distance_never_stands_alone(moment: datetime, expected: str) -> None:
    assert plain(clin_relative(moment, NOW, STOCKHOLM)) == expected


def test_the_same_moment_is_another_day_in_another_zone() -> None:
    late = datetime(2026, 6, 4, 23, 30, tzinfo=UTC)
    assert clin_date(late, STOCKHOLM) == "05-Jun-2026"
    assert clin_date(late, NEW_YORK) == "04-Jun-2026"


def test_midnight_is_the_start_of_a_day_and_never_24_00() -> None:
    assert (
        plain(clin_datetime(datetime(2026, 6, 4, 22, 0, tzinfo=UTC), STOCKHOLM))
        == "05-Jun-2026 00:00"
    )


def test_the_hour_that_comes_twice_is_told_apart_by_its_zone() -> None:
    first, second = (datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1))
    shown = [plain(clin_time(m, STOCKHOLM, name_zone=True)) for m in (first, second)]
    assert shown == ["02:30 CEST", "02:30 CET"]


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="has no zone"):
        clin_time(datetime(2026, 6, 4, 8, 5), STOCKHOLM)  # noqa: DTZ001
    with pytest.raises(ValueError, match="in which zone"):
        clin_date(NOW)


def test_parents_read_the_month_in_their_language() -> None:
    swedish = ["januari", "februari", "mars", "april", "maj", "juni"]
    assert plain(patient_date(date(2026, 6, 4), months=swedish)) == "4 juni 2026"


def test_a_written_value_holds_no_space_at_which_a_line_could_break() -> None:
    for shown in (
        clin_datetime(THEATRE, STOCKHOLM, weekday=True),
        duration(timedelta(hours=18, minutes=20)),
        dose(q("2.1", "10*6/kg")),
        count(q("968", "10*6")),
        celsius(q("-150", "Cel")),
        range_text(q("20", "mL"), q("25", "mL")),
    ):
        assert " " not in shown


@given(born=st.dates(date(2000, 1, 1), date(2030, 1, 1)), days=st.integers(1, 8000))
def test_an_age_has_no_zero_units_and_no_decimals(born: date, days: int) -> None:
    shown = plain(age(born, born + timedelta(days=days)))
    assert re.fullmatch(r"\(([1-9]\d*[ymd])( [1-9]\d*[ymd])?\)", shown)


def test_a_child_born_on_the_31st_is_a_month_old_at_the_end_of_a_short_month() -> None:
    assert age(date(2026, 1, 31), date(2026, 2, 28)) == "(1m)"
    assert plain(age(date(2026, 1, 31), date(2026, 3, 1))) == "(1m 1d)"


def test_an_age_before_birth_is_refused() -> None:
    with pytest.raises(ValueError, match="before the birth"):
        age(date(2026, 6, 4), date(2026, 6, 3))


@given(seconds=st.integers(60, 10**8))
def test_a_duration_adds_up_again(seconds: int) -> None:
    worth = {"d": 86400, "hr": 3600, "min": 60, "sec": 1}
    parts = plain(duration(timedelta(seconds=seconds), smallest="sec")).split(" ")
    read = [re.fullmatch(r"([1-9]\d*)(d|hr|min|sec)", part) for part in parts]
    assert sum(int(p[1]) * worth[p[2]] for p in read if p) == seconds


@pytest.mark.parametrize(
    "bad", [timedelta(seconds=-60), Quantity.of("-3", "h"), Quantity.of("1.5", "mo")]
)
def test_a_duration_that_cannot_be_said_is_refused(bad: timedelta | Quantity) -> None:
    with pytest.raises(ValueError):
        duration(bad)


def test_a_language_without_translations_reads_the_english_words() -> None:
    token = activate("sv")
    try:
        assert plain(dose(q("2.1", "10*6/kg"))) == "2.1 million per kg"
        assert plain(range_text(q("70", "%"))) == "70% or more"
    finally:
        deactivate(token)
