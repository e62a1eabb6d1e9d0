"""May this unit be used? The surgeon reads the answer; the technologist reads it without a name."""

import pytest

from tests import cast, site
from tests.unit.journey import cast as journey

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = f"/unit/{cast.DIN}"


def test_the_surgeon_sees_the_child_the_answers_and_what_is_missing(st_anna, clock):
    site.record_life(journey.before_release())
    clock(cast.after_birth(days=150))
    page = site.browser(cast.SURGEON).get(ADDRESS)
    text = page.content.decode()
    assert page.status_code == 200
    assert "HADDAD, Lina (Miss)" in text
    assert "Can it be used?" in text
    assert "Not yet" in text
    assert "From cord to heart" in text
