"""Can the page of the circulation model be read by everybody, and on a phone?"""

import mimetypes
import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from playwright.sync_api import Route, sync_playwright

from tests import cast, site

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
ADDRESS = "http://clinic.test/circulation"
STATES = {
    "empty": None,
    "answered": {
        "circuit": "norwood-bts",
        "weight": "5.6",
        "points": "5",
        "ejection_fraction": "42",
        "end_diastolic_volume": "27",
        "mean_arterial_pressure": "58",
        "flow_ratio": "1.2",
    },
    "refused": {
        "circuit": "norwood-bts",
        "weight": "5600",
        "points": "5",
        "ejection_fraction": "142",
    },
}


OF_LINA = f"/child/{cast.LINA}/circulation"


@pytest.fixture
def pages(st_anna, clock):
    site.record_life([*cast.before_birth(), *cast.birth()])
    clock(cast.after_birth(days=60))
    browser = site.browser(cast.SURGEON)
    told = {
        name: (
            browser.post("/circulation", typed) if typed else browser.get("/circulation")
        ).content
        for name, typed in STATES.items()
    }
    return told | {
        "of a child": browser.get(OF_LINA).content,
        "answered of a child": browser.post(OF_LINA, STATES["answered"]).content,
    }


def served(page: bytes, path: str) -> tuple[bytes, str]:
    if path == "/circulation":
        return page, "text/html; charset=utf-8"
    found = finders.find(path.removeprefix("/static/"))
    told = Path(str(found)).read_bytes() if found else b""
    return told, mimetypes.guess_type(path)[0] or "text/plain"


@pytest.mark.parametrize("state", [*STATES, "of a child", "answered of a child"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(pages, state):
    def fulfil(route: Route) -> None:
        body, kind = served(pages[state], "/" + route.request.url.split("/", 3)[3].split("?")[0])
        route.fulfill(body=body, content_type=kind)

    executable = os.environ.get("CORDULA_CHROMIUM", "/usr/bin/chromium")
    with sync_playwright() as play:
        chromium = play.chromium.launch(
            executable_path=executable, args=["--no-sandbox", "--disable-background-networking"]
        )
        page = chromium.new_page(viewport={"width": 1440, "height": 1000})
        page.route("**/*", fulfil)
        page.goto(ADDRESS)
        found = Axe().run(page)
        _pictured(page, state, 1440)
        widths = [_width(page, state, width) for width in (390, 320)]
        chromium.close()
    assert found.violations_count == 0, found.generate_report()
    assert all(wide <= seen for wide, seen in widths), widths


def _width(page, state: str, width: int) -> tuple[int, int]:
    page.set_viewport_size({"width": width, "height": 844})
    wide, seen = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    _pictured(page, state, width)
    return wide, seen


def _pictured(page, state: str, width: int) -> None:
    """Kept where somebody wants to look at them."""
    if folder := os.environ.get("CORDULA_PICTURES"):
        page.screenshot(path=f"{folder}/circulation-{state}-{width}.png", full_page=True)
