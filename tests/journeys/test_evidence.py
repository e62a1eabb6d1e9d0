"""The evidence in a real browser: from a child to what is known of her protocol, with and without scripts."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys.conftest import Served

pytestmark = pytest.mark.browser

PAGES = (
    "/evidence",
    "/evidence/claims",
    "/evidence/rvef-change/12",
    "/evidence/cord-blood-volume/0",
    "/evidence/troponin/0",
    "/evidence/study/mayo-phase-2b",
    "/evidence/study/perseus",
    "/evidence/protocol/practice-mnc-stage-2",
)


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without"])
def test_the_surgeon_goes_from_a_child_to_the_number_and_its_source(
    visitor: Any, javascript: bool
) -> None:
    one = visitor("hallstrom", javascript=javascript)
    page = one.go("/child/practice-infant-00001")
    page.get_by_role("link", name="What is known about this protocol").click()
    assert "practice-mnc-stage-2" in page.locator("h1").inner_text()
    question = page.locator("section", has=page.locator("h2#rvef-change"))
    question.get_by_role("link", name="12 months").click()
    assert page.locator(".answered p").first.inner_text().startswith("By other measures, Mayo")
    page.get_by_role("link", name="TICAP").first.click()
    assert page.locator("h1").inner_text() == "TICAP"
    assert page.locator("td a[href^='https://']").count() > 0


@pytest.mark.parametrize("username", ["hallstrom", "pillai", "berger"])
def test_those_who_may_reach_it(visitor: Any, username: str) -> None:
    visitor(username).go("/evidence")


def test_every_picture_is_drawn_and_keeps_its_colours_under_our_policy(visitor: Any) -> None:
    one = visitor("hallstrom")
    page = one.go("/evidence/cord-blood-volume/0")
    sizes = page.locator(".wide img").evaluate_all("all => all.map(i => i.naturalWidth)")
    assert len(sizes) == 3
    assert all(size > 300 for size in sizes)
    picture = one.go(page.locator("img.forest").get_attribute("src"))
    fills = picture.locator("path").evaluate_all("all => all.map(p => getComputedStyle(p).fill)")
    assert "rgb(211, 219, 221)" in fills  # the pooled diamonds, as they were drawn


def test_each_picture_has_the_same_in_rows(visitor: Any) -> None:
    page = visitor("hallstrom").go("/evidence/cord-blood-volume/0")
    for number in range(page.locator(".pictured").count()):
        assert page.locator(".pictured").nth(number).locator("table tbody tr").count() > 1


@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    served: Served, browser: Any, visitor: Any, width: int
) -> None:
    state = visitor("hallstrom").context.storage_state()
    context = browser.new_context(
        bypass_csp=True, storage_state=state, viewport={"width": width, "height": 900}
    )
    page = context.new_page()
    for path in PAGES:
        page.goto(served.address + path)
        wide = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert wide[0] <= wide[1], f"{path} scrolls sideways: {wide}"
        found = Axe().run(page)
        assert found.violations_count == 0, f"{path}\n{found.generate_report()}"
        assert page.locator("h1").count() == 1, path
    context.close()


def test_a_picture_can_be_moved_by_keyboard_on_a_phone(visitor: Any) -> None:
    page = visitor("hallstrom", width=390).go("/evidence/rvef-change/12")
    held = page.locator(".wide").first
    held.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(300)
    assert held.evaluate("one => one.scrollLeft") > 0
