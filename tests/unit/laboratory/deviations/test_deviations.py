"""Is a deviation reported in three facts, and closed by quality alone?"""

import pytest

from cordula.events.quality import Deviated, DeviationClosed
from cordula_web.records import queries
from tests import cast, site
from tests.unit.laboratory.posting import plain, send

pytestmark = pytest.mark.django_db(transaction=True)
WHAT = "The bag stood at room temperature for an hour."


@pytest.fixture
def brandt(st_anna, clock):
    site.record_life([*cast.before_birth(), *cast.birth()])
    clock(cast.after_birth(hours=20))
    return site.browser(cast.TECHNOLOGIST, "technologist")


def unit():
    return queries.unit(cast.UNIT, site=site.HERE)


def report(browser, **more):
    fields = {"what": WHAT, "unit": f"={cast.DIN}00", "harm": "no", **more}
    return send(browser, "/deviation", **fields)


@pytest.mark.parametrize("number", [f"={cast.DIN}00", str(cast.DIN), "A9999 26 123456 T"])
def test_a_deviation_is_reported_for_the_bag_that_was_scanned_or_typed(brandt, number):
    assert report(brandt, unit=number).status_code == 302
    told = unit().latest(Deviated)
    assert told.harm is False
    assert told.number in plain(brandt.get("/deviation"))


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"unit": "A999926123481"}, "No unit of this number is known here. Scan the bag."),
        ({"unit": "=A99992612348100"}, "No unit of this number is known here. Scan the bag."),
        ({"what": ""}, "What happened: fill this in."),
        ({"harm": ""}, "harmed now? Choose yes or no."),
    ],
)
def test_a_report_without_its_three_facts_is_not_taken(brandt, more, told):
    answer = report(brandt, **more)
    assert answer.status_code == 422
    assert told in plain(answer)
    assert unit().latest(Deviated) is None


def test_the_words_of_a_report_stand_in_no_entry_and_on_its_page(brandt):
    report(brandt)
    number = unit().latest(Deviated).number
    assert WHAT in plain(brandt.get(f"/deviation/{number}"))
    assert WHAT not in plain(brandt.get("/deviation"))


def test_quality_closes_a_deviation_and_the_reporter_does_not(brandt):
    report(brandt)
    address = f"/deviation/{unit().latest(Deviated).number}"
    assert 'name="severity"' not in brandt.get(address).content.decode()
    quality = site.browser(cast.QUALITY, "quality")
    send(
        quality, address, severity="minor", usable="yes", conclusion="The logger shows 18 degrees."
    )
    closed = unit().latest(DeviationClosed)
    assert (closed.severity, closed.usable) == ("minor", True)
    assert unit().open_deviations == ()
    assert "No deviation is open." in plain(quality.get("/deviation"))
    assert "The logger shows 18 degrees." in plain(quality.get(address))


def test_a_report_sent_twice_is_one_deviation(brandt):
    from tests.unit.laboratory.posting import hidden

    form = {
        **hidden(brandt.get("/deviation")),
        "what": WHAT,
        "unit": str(cast.DIN),
        "harm": "yes",
    }
    brandt.post("/deviation", form)
    assert brandt.post("/deviation", form).status_code == 302
    assert len(unit().all(Deviated)) == 1


def test_a_number_that_is_not_here_has_no_page(brandt):
    assert brandt.get("/deviation/261122-000000").status_code == 404
