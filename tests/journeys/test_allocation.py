"""A child draws her arm, and the trial's page proves it: with a keyboard, without a script, and at every width."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys.conftest import Served

pytestmark = pytest.mark.browser

TRIAL = "/trial/practice-mnc-stage-2/1.0"
MEETING = "/meetings/practice-mnc-stage-2/1.0"
# Children who are released and, as the programme has it, draw late; some drew already for another's sake.
LATE = [f"/child/practice-infant-{number:05d}" for number in range(28, 20, -1)]


def to_be_drawn_for(page_of) -> str:
    """The first child that has yet to draw."""
    for path in LATE:
        if "This child has drawn." not in page_of(path).inner_text("main"):
            return path
    raise AssertionError("nobody is left to be drawn for")


def test_a_child_draws_by_keyboard_without_a_script_and_her_arm_is_told(visitor) -> None:
    one = visitor("moreau", javascript=False)
    path = to_be_drawn_for(one.go)
    page = one.go(path)
    page.click("text=Draw the arm")
    assert "A draw cannot be taken back" in page.inner_text("main")
    place = re.search(r"all children, 1\.0: place (\d+) of 60", page.inner_text("main"))
    assert place is not None

    page.get_by_role("button", name="Draw the next place").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(re.escape(path) + "$"))

    told = page.inner_text("main")
    assert f"Place {place[1]} of the list “all children, 1.0”. She drew: Stage II" in told
    page = visitor("novak").go(TRIAL)
    page.click("details.report-draws summary")
    rows = page.locator("details.report-draws tbody tr")
    assert rows.count() == int(place[1])
    assert "Leads to the root" in rows.last.inner_text()
    assert "Stage II" not in page.inner_text("details.report-draws")


def test_who_draws_no_lots_sees_neither_the_page_nor_the_arm(visitor) -> None:
    path = to_be_drawn_for(visitor("moreau").go)
    for username in ("brandt", "novak", "adeyemi"):
        one = visitor(username)
        answer = one.page.goto(f"{one.address}{path}/draw")
        assert answer.status in (403, 404), username
    told = visitor("pillai").go("/child/practice-infant-00010").inner_text("main")
    assert "Her arm stays sealed." in told


def test_the_closed_part_is_by_the_arms_that_were_drawn(visitor) -> None:
    page = visitor("okafor").go(MEETING)
    page.click("text=Open the closed part")
    page.wait_for_url(re.compile(r"/closed/\d+$"))

    told = page.inner_text("main")
    assert "Draws of each list by arm" in told
    assert "its share of the draws" in told
    assert "Troponin T, after 3 hours" in told


def test_what_is_folded_away_on_paper_is_said_in_a_sentence(visitor, tmp_path: Path) -> None:
    from pypdf import PdfReader

    page = visitor("novak").go(TRIAL)
    printed = tmp_path / "trial.pdf"
    page.pdf(path=printed)

    words = " ".join(one.extract_text() for one in PdfReader(printed).pages)
    assert "Children who have drawn" in words
    assert "Practice data" in words


@pytest.mark.parametrize("username", ["novak", "moreau", "hallstrom"])
def test_the_pages_of_allocation_are_in_order(
    served: Served, browser, visitor, username: str
) -> None:
    one = visitor(username)
    context = browser.new_context(bypass_csp=True, storage_state=one.context.storage_state())
    page = context.new_page()
    if username == "novak":
        paths = [TRIAL]
    else:
        child = to_be_drawn_for(one.go)
        paths = [child, f"{child}/draw", "/child/practice-infant-00010"]
    for path in paths:
        page.goto(served.address + path)
        assert page.locator("h1").count() == 1, path
        for summary in page.locator("details.report-draws summary").all():
            summary.click()
        for width in (1440, 390, 320):
            page.set_viewport_size({"width": width, "height": 900})
            wide = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
            assert wide[0] <= wide[1], f"{path} scrolls sideways at {width}: {wide}"
        found = Axe().run(page)
        assert found.violations_count == 0, f"{path}\n{found.generate_report()}"
    context.close()
