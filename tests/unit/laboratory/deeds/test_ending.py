"""Destroying before a witness, striking out what was wrong, and the list of all that can be recorded."""

import pytest

from cordula.events.laboratory import Counted
from cordula.events.quality import Voided
from cordula.events.release import Discarded
from cordula_web.records import queries
from tests import cast, site
from tests.unit.journey import cast as journey
from tests.unit.laboratory.posting import plain, send

pytestmark = pytest.mark.django_db(transaction=True)
BASE = f"/unit/{cast.DIN}"
BOX = str(cast.TANK)


def unit():
    return queries.unit(cast.UNIT, site=site.HERE)


@pytest.fixture
def brandt(st_anna, clock):
    site.record_life(journey.before_release())
    clock(cast.after_birth(days=150))
    return site.browser(cast.TECHNOLOGIST, "technologist")


@pytest.fixture
def out_of_the_freezer(brandt):
    send(brandt, f"{BASE}/take-out", products=str(cast.VIAL_A), scanned=BOX)
    return brandt


def test_nothing_is_destroyed_in_the_freezer(brandt):
    answer = send(brandt, f"{BASE}/discard", products=str(cast.VIAL_A), reason="damaged")
    assert f'value="{cast.VIAL_A}"' not in answer.content.decode()
    assert unit().latest(Discarded) is None


def test_nothing_is_destroyed_without_a_witness(out_of_the_freezer):
    answer = send(
        out_of_the_freezer, f"{BASE}/discard", products=str(cast.VIAL_A), reason="damaged"
    )
    assert answer.status_code == 422
    assert unit().latest(Discarded) is None


def test_a_witness_scans_the_badge_and_it_is_recorded(out_of_the_freezer):
    badge = {"scan": "BDG:second-technologist", "unit": cast.DIN, "page": "discard"}
    out_of_the_freezer.post("/scan", badge)
    send(out_of_the_freezer, f"{BASE}/discard", products=str(cast.VIAL_A), reason="damaged")
    told = unit().latest(Discarded)
    assert (told.products, told.reason) == ((cast.VIAL_A,), "damaged")
    assert told.witness == cast.SECOND_TECHNOLOGIST


def test_a_wrong_count_is_struck_out_and_counts_no_longer(brandt):
    before = len(unit().all(Counted))
    version = next(n for n, e in enumerate(unit().events, 1) if isinstance(e, Counted))
    quality = site.browser(cast.QUALITY, "quality")
    send(quality, f"{BASE}/void", entry=str(version), reason="Read from the wrong tube.")
    assert unit().latest(Voided).version == version
    assert len(unit().all(Counted)) == before - 1


def test_an_act_cannot_be_struck_out(brandt):
    quality = site.browser(cast.QUALITY, "quality")
    answer = send(quality, f"{BASE}/void", entry="1", reason="It never took place.")
    assert answer.status_code == 422
    assert unit().latest(Voided) is None


def test_those_who_may_not_strike_out_are_told_who_can(brandt):
    assert "This is recorded by: Laboratory reviewer" in plain(brandt.get(f"{BASE}/void"))


def test_the_list_shows_what_can_be_recorded_and_why_the_rest_cannot(brandt):
    page = plain(brandt.get(f"{BASE}/more"))
    assert "Hold the unit" in page
    assert "Process the blood The unit is" in page
    assert "Strike out" not in page  # another role's work is not in the way
    assert f"{BASE}/more" in brandt.get(BASE).content.decode()
