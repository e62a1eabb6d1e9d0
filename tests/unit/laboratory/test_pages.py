"""Does nothing of one part of a page leak into another?"""

import pytest

from tests import cast, site
from tests.unit.journey import cast as journey

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("account", "role", "address"),
    [
        (cast.QUALITY, "quality", "/unit/{din}/release"),
        (cast.QUALITY, "quality", "/unit/{din}/count"),
        (cast.QUALITY, "quality", "/unit/{din}/refuse"),
        (cast.TECHNOLOGIST, "technologist", "/unit/{din}/count"),
        (cast.TECHNOLOGIST, "technologist", "/unit/{din}/result"),
        (cast.TECHNOLOGIST, "technologist", "/unit/{din}/take-out"),
        (cast.TECHNOLOGIST, "technologist", "/freezer/tank-3-rack-b-box-7"),
    ],
)
def test_no_value_of_the_program_stands_on_a_page(st_anna, clock, account, role, address):
    site.record_life(journey.before_release())
    clock(cast.after_birth(days=150))
    text = site.browser(account, role).get(address.format(din=cast.DIN)).content.decode()
    assert "Banner(" not in text
    assert "(label=" not in text
    assert text.count("Certificate of release, unit") <= 1
    assert "> <kbd>F9</kbd>" not in text
