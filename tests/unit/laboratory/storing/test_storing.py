"""What stands where, what ever stood there, and what did the temperature do to it?"""

import pytest

from cordula.events.storage import ExcursionReviewed, TemperatureExcursed
from cordula_web.laboratory.shelf_map import Grid
from cordula_web.records import queries
from tests import cast, site
from tests.unit.journey import cast as journey
from tests.unit.laboratory.posting import hidden, plain, send

PLACE = f"/freezer/{cast.TANK}"
HOT = {"start": "2026-07-01T10:00", "end": "2026-07-01T11:00", "extreme": "-140", "limit": "-150"}


@pytest.mark.parametrize(
    ("positions", "rows", "columns"),
    [
        (30, 5, 6),
        (81, 9, 9),
        (100, 10, 10),
        (25, 5, 5),
        (50, 5, 10),
        (7, 1, 7),
        (1, 1, 1),
        (0, 0, 0),
    ],
)
def test_a_place_is_drawn_as_the_rectangle_nearest_to_a_square(positions, rows, columns):
    assert Grid.of(positions) == Grid(rows, columns)


def test_positions_are_named_by_letter_and_number():
    names = Grid.of(30).names
    assert (names[0], names[-1], len(names)) == ("A1", "E6", 30)


@pytest.fixture
def stored(st_anna, clock):
    site.record_life(journey.before_release())
    clock(cast.after_birth(days=150))


@pytest.fixture
def operator(stored):
    return site.browser(cast.TECHNOLOGIST, "storage_operator")


db = pytest.mark.django_db(transaction=True)


def unit():
    return queries.unit(cast.UNIT, site=site.HERE)


@db
def test_the_list_says_how_much_room_each_place_has(operator):
    assert "Tank 3, rack B, box 7 28 2 30 0" in plain(operator.get("/freezer"))


@db
def test_without_any_place_the_list_says_what_would_be_here(st_anna):
    assert "No place is open." in plain(
        site.browser(cast.TECHNOLOGIST, "storage_operator").get("/freezer")
    )


@db
def test_a_place_shows_its_map_and_what_is_in_it(operator):
    page = operator.get(PLACE)
    text = page.content.decode()
    assert text.count('class="cell-full"') == 3  # two vials, and the key
    assert "C4" in plain(page)
    assert str(cast.DIN) in text


@db
@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        ("2026-07-01T10:00", "2026-07-01T11:00", "Still here"),
        ("2026-06-01T10:00", "2026-06-01T11:00", "No unit was in here then."),
        ("2026-07-02T10:00", "2026-07-01T11:00", "The end is before the start."),
    ],
)
def test_which_units_were_ever_in_here_between_two_moments(operator, start, end, told):
    page = plain(operator.get(f"{PLACE}?start={start}&end={end}"))
    assert told in page.partition("between two moments?")[2]


@db
def test_an_excursion_applies_to_every_unit_that_was_in_the_place(operator):
    answer = send(operator, PLACE, to=f"{PLACE}/excursion", **HOT)
    assert answer.status_code == 302
    excursed = unit().latest(TemperatureExcursed)
    assert excursed.units == (cast.UNIT,)
    assert excursed.extreme == cast.q("-140", "Cel")


@db
def test_an_excursion_before_anything_was_stored_applies_to_no_unit(operator):
    early = {**HOT, "start": "2026-06-01T10:00", "end": "2026-06-01T11:00"}
    assert send(operator, PLACE, to=f"{PLACE}/excursion", **early).status_code == 302
    assert unit().latest(TemperatureExcursed) is None


@db
def test_a_temperature_inside_the_limit_is_no_excursion(operator):
    answer = send(operator, PLACE, to=f"{PLACE}/excursion", **{**HOT, "extreme": "-160"})
    assert answer.status_code == 422
    assert "This is inside the limit, so it is no excursion." in plain(answer)
    assert 'value="-160"' in answer.content.decode()


@db
def test_quality_says_what_an_excursion_means_and_nobody_else_is_asked(operator):
    send(operator, PLACE, to=f"{PLACE}/excursion", **HOT)
    assert 'name="decision"' not in operator.get(PLACE).content.decode()
    quality = site.browser(cast.QUALITY, "quality")
    assert 'name="extreme"' not in quality.get(PLACE).content.decode()
    form = hidden(quality.get(PLACE), 'name="decision"')
    quality.post(f"{PLACE}/review", {**form, "decision": "no_effect"})
    assert unit().latest(ExcursionReviewed).decision == "no_effect"
    assert "Reviewed: no effect" in plain(quality.get(PLACE))


@db
def test_a_bag_scanned_at_a_place_is_put_away_there(operator):
    answer = operator.post(
        "/freezer/scan",
        {"scan": f"={cast.DIN}00", "page": "place", "place": str(cast.TANK)},
        headers={"HX-Request": "true"},
    )
    assert answer.headers["HX-Redirect"] == f"/unit/{cast.DIN}/store?place={cast.TANK}"


@db
def test_a_place_scanned_for_a_bag_is_chosen(operator):
    answer = operator.post(
        "/freezer/scan",
        {"scan": f"LOC:{cast.TANK}", "page": "storage", "unit": cast.DIN},
        headers={"HX-Request": "true"},
    )
    assert answer.headers["HX-Redirect"] == f"/unit/{cast.DIN}/store?place={cast.TANK}"


@db
def test_a_place_of_another_name_is_not_there(operator):
    assert operator.get("/freezer/nowhere").status_code == 404
    assert operator.get("/freezer/NO%20WHERE").status_code == 404
