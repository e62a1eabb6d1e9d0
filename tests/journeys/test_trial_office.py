"""A statistician simulates the protocol and leaves the page; the safety board opens the closed part on the record."""

import re
import time

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys.conftest import Served

pytestmark = pytest.mark.browser

TRIAL = "/trial/practice-mnc-stage-2/1.0"
MEETING = "/meetings/practice-mnc-stage-2/1.0"
PAGES = {"novak": ("/trial", TRIAL, "/simulations"), "okafor": ("/meetings", MEETING)}


def test_a_simulation_is_started_left_and_read_without_a_script(visitor) -> None:
    one = visitor("novak", javascript=False)
    page = one.go("/simulations")
    design = page.locator("option", has_text="Practice").get_attribute("value")
    page.select_option("select[name=design]", design)
    page.fill("input[name=trials]", "50")
    page.click("main button:has-text('Start')")
    page.wait_for_url(re.compile(r"/simulations/[0-9a-f]{16}$"))
    there = page.url

    one.go("/trial")
    for _ in range(120):
        page.goto(there)
        if not page.locator("progress").count():
            break
        time.sleep(0.5)

    told = page.inner_text("main")
    assert "Done" in told
    assert "Type I error" in told
    assert page.locator("main img[alt]").count() == 4
    assert "Nothing here is about real children" in told


def test_the_open_part_has_no_arm_and_the_closed_part_is_recorded(visitor) -> None:
    one = visitor("okafor")
    page = one.go(MEETING)
    assert "Stage II with cells" not in page.inner_text("main")

    page.click("text=Open the closed part")
    page.wait_for_url(re.compile(r"/closed/\d+$"))
    told = page.inner_text("main")
    assert told.index("CLOSED PART") < told.index("Stage II with cells")
    assert "in the arm that she drew from the committed list" in told
    assert "not a randomised comparison" not in told

    page = one.go(MEETING)
    assert "Prof B. Okafor" in page.inner_text("main")


def test_nobody_but_the_board_is_let_into_a_closed_part(visitor) -> None:
    board = visitor("okafor")
    board.go(MEETING)
    board.page.click("text=Open the closed part")
    board.page.wait_for_url(re.compile(r"/closed/\d+$"))
    path = board.page.url.removeprefix(board.address)

    for username in ("novak", "berger", "holm", "hallstrom"):
        answer = visitor(username).page.goto(board.address + path)
        assert answer.status == 404, username


@pytest.mark.parametrize("username", PAGES)
def test_the_pages_are_in_order_at_every_width(
    served: Served, browser, visitor, username: str
) -> None:
    one = visitor(username)
    context = browser.new_context(bypass_csp=True, storage_state=one.context.storage_state())
    page = context.new_page()
    for path in PAGES[username]:
        page.goto(served.address + path)
        assert page.locator("h1").count() == 1, path
        assert "Practice data" in page.inner_text("body"), path
        for width in (1440, 390, 320):
            page.set_viewport_size({"width": width, "height": 900})
            wide = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
            assert wide[0] <= wide[1], f"{path} scrolls sideways at {width}: {wide}"
        found = Axe().run(page)
        assert found.violations_count == 0, f"{path}\n{found.generate_report()}"
    context.close()


def test_the_command_says_what_the_page_says(visitor, served: Served) -> None:
    told = served.installed.cordula(
        "monitor", "practice-mnc-stage-2", "--practice", "--size", "600"
    )

    page = visitor("novak").go(f"{TRIAL}?size=600")

    root = re.search(r"Root of the tree at that size\s+([0-9a-f]{64})", told.stdout)
    assert root is not None
    assert root[1] in page.inner_text("main")
    assert "entries of the ledger seen" in page.inner_text("main").lower()


def test_a_trial_that_is_not_there_is_refused_in_one_line(served: Served) -> None:
    told = served.installed.cordula("monitor", "no-such-trial", "--practice", ok=(2,))

    assert "is not in force here. In force: practice-mnc-stage-2 1.0." in told.stderr
