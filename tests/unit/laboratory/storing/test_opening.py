"""A place is opened once, with its words, its positions and its limit."""

import pytest

from cordula_web.records import lists
from tests import cast, site
from tests.unit.laboratory.posting import hidden, plain, send

pytestmark = pytest.mark.django_db(transaction=True)
OPEN = "/freezer/open"
BOX = {"tank": "Tank 9", "inwards": "Rack B,  Box 5", "positions": "25", "limit": "-150"}


@pytest.fixture
def keeper(st_anna):
    return site.browser(cast.TECHNOLOGIST, "storage_operator")


def test_a_box_is_opened(keeper):
    assert send(keeper, OPEN, **BOX).status_code == 302
    card = lists.places(site.HERE).get(path=["Tank 9", "Rack B", "Box 5"])
    assert card.positions == 25


def test_a_form_sent_twice_opens_one_place(keeper):
    fields = hidden(keeper.get(OPEN)) | BOX
    assert [keeper.post(OPEN, fields).status_code for _ in range(2)] == [302, 422]
    assert lists.places(site.HERE).filter(path=["Tank 9", "Rack B", "Box 5"]).count() == 1


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"tank": ""}, "Tank or freezer: fill this in."),
        ({"positions": "0"}, "greater than or equal to 1"),
        ({"positions": "100000"}, "less than or equal to 1000"),
        ({"limit": "cold"}, "cold"),
    ],
)
def test_what_cannot_be_stands_at_its_field(keeper, change, told):
    answer = send(keeper, OPEN, **(BOX | change))
    assert answer.status_code == 422
    assert told in plain(answer)
    assert not lists.places(site.HERE).filter(path__contains=["Tank 9"])


def test_only_those_who_keep_the_freezers_are_offered_it(keeper):
    assert OPEN in keeper.get("/freezer").content.decode()
    technologist = site.browser(cast.TECHNOLOGIST, "technologist")
    assert OPEN not in technologist.get("/freezer").content.decode()
