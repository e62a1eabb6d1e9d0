"""From the freezer to the theatre door and back, by four small forms."""

from datetime import timedelta
from itertools import takewhile

import pytest

from cordula.events.collection import Received
from cordula.events.release import Allocated, Returned, Shipped
from cordula.events.theatre import Thawed
from cordula_web.records import queries
from tests import cast, site
from tests.unit.journey import cast as journey

pytestmark = pytest.mark.django_db
UNIT = f"/unit/{cast.DIN}"
DOOR = cast.after_birth(days=172)


def until(kind):
    life = journey.whole_life()
    at = max(n for n, event in enumerate(life) if isinstance(event, kind))
    return life[:at]


def unit():
    return queries.unit(cast.UNIT, site=site.HERE)


def send(browser, page, **fields):
    address = f"{UNIT}/{page}"
    form = browser.get(address).context["form"]
    return browser.post(address, {n: form[n].value() for n in ("key", "seen")} | fields)


@pytest.fixture
def brandt(st_anna, clock):
    clock(DOOR - timedelta(minutes=5))
    return site.browser(cast.TECHNOLOGIST)


def test_a_vial_is_set_aside(brandt):
    site.record_life(until(Allocated))
    assert send(brandt, "allocate", products=[str(cast.VIAL_A)]).status_code == 302
    assert unit().latest(Allocated).products == (cast.VIAL_A,)


def test_a_segment_kept_for_testing_is_not_offered(brandt):
    site.record_life(until(Allocated))
    choices = brandt.get(f"{UNIT}/allocate").context["form"].fields["products"].choices
    assert [key for key, _ in choices] == [str(cast.VIAL_A), str(cast.VIAL_B)]


def test_only_what_was_set_aside_is_sent(brandt):
    site.record_life(until(Shipped))
    words = {"consignment": "A999926000010101", "destination": "Theatre 2", "container": "box 4"}
    refused = send(brandt, "ship", products=[str(cast.VIAL_B)], **words)
    assert refused.status_code == 422
    assert send(brandt, "ship", products=[str(cast.VIAL_A)], **words).status_code == 302
    assert unit().latest(Shipped).destination == "Theatre 2"


def test_the_nurse_receives_it_at_theatre(brandt):
    site.record_life(until(Received))
    nurse = site.browser(cast.NURSE)
    answer = send(nurse, "receive", condition="good", seal_intact="yes", lowest="-180")
    assert answer.status_code == 302
    received = unit().latest(Received)
    assert (received.where, received.seal_intact) == ("theatre", True)
    assert str(received.temperature_lowest) == "-180 Cel"


def test_a_lowest_above_the_highest_is_asked_about(brandt):
    site.record_life(until(Received))
    fields = {"condition": "good", "seal_intact": "none", "lowest": "-100", "highest": "-150"}
    answer = send(brandt, "receive", **fields)
    assert answer.status_code == 422
    assert "Change one of them." in answer.content.decode()


def test_unused_vials_come_back_with_a_reason(brandt):
    site.record_life(list(takewhile(lambda e: not isinstance(e, Thawed), journey.whole_life())))
    fields = {"products": [str(cast.VIAL_A)], "reason": "operation_put_off"}
    assert send(brandt, "return", **fields).status_code == 302
    assert unit().latest(Returned).reason == "operation_put_off"


def test_what_would_be_refused_is_not_drawn(brandt):
    site.record_life(until(Allocated))
    page = brandt.get(f"{UNIT}/ship").content.decode()
    assert "must be allocated" in page
    assert 'name="container"' not in page


def test_who_may_not_send_sees_no_form(brandt):
    site.record_life(until(Shipped))
    assert 'name="container"' not in site.browser(cast.SURGEON).get(f"{UNIT}/ship").content.decode()
