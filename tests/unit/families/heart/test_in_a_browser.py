"""Can the three explanations be read by everybody, and on a phone?"""

import mimetypes
import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Route, sync_playwright

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def test_axe_finds_nothing_and_nothing_scrolls_sideways():
    html = Client().get("/aid/en/heart").content

    def fulfil(route: Route) -> None:
        path = "/" + route.request.url.split("/", 3)[3].split("?")[0]
        static = path.startswith("/static/")
        found = finders.find(path.removeprefix("/static/")) if static else None
        body = html if path == "/aid/en/heart" else Path(str(found)).read_bytes() if found else b""
        kind = mimetypes.guess_type(path)[0] or "text/html; charset=utf-8"
        route.fulfill(body=body, content_type=kind)

    executable = os.environ.get("CORDULA_CHROMIUM", "/usr/bin/chromium")
    with sync_playwright() as play:
        chromium = play.chromium.launch(
            executable_path=executable, args=["--no-sandbox", "--disable-background-networking"]
        )
        page = chromium.new_page(viewport={"width": 1440, "height": 1000})
        page.route("**/*", fulfil)
        page.goto("http://families.test/aid/en/heart")
        found = Axe().run(page)
        _pictured(page, 1440)
        widths = [_width(page, width) for width in (390, 320)]
        chromium.close()
    assert found.violations_count == 0, found.generate_report()
    assert all(wide <= seen for wide, seen in widths), widths


def _width(page, width: int) -> tuple[int, int]:
    page.set_viewport_size({"width": width, "height": 844})
    wide, seen = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    _pictured(page, width)
    return wide, seen


def _pictured(page, width: int) -> None:
    """Kept where somebody wants to look at them."""
    if folder := os.environ.get("CORDULA_PICTURES"):
        page.screenshot(path=f"{folder}/heart-{width}.png", full_page=True)
