"""Journey 4: a parent opens the decision aid. No account, no cookie, no script; on a phone, and on paper."""

import io
from typing import Any

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from matplotlib.image import imread
from numpy.typing import NDArray
from playwright.sync_api import Locator, Page
from pypdf import PdfReader
from scipy import ndimage

from tests.journeys.conftest import Served

pytestmark = pytest.mark.browser

AID, CLAIMS = "/aid/en/cord-blood", "/aid/en/claims"
FULL, RING, PALE = "#0d5362", "#6d7f87", "#75878f"


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without"])
def test_a_stranger_reads_the_page_and_leaves_no_trace(visitor: Any, javascript: bool) -> None:
    one = visitor(javascript=javascript)
    page = one.go(AID)
    assert page.locator("h1").inner_text() == "Your baby’s cord blood: what are your choices?"
    assert page.locator(".opts thead th").first.inner_text().startswith("Let it flow to your baby")
    assert page.locator(".draft").is_visible()
    page.get_by_role("radio", name="We help other families A lot").check()
    page.get_by_role("link", name="What is claimed").click()
    assert page.locator("h1").inner_text() == "What is claimed, and what studies show"
    assert one.context.cookies() == []
    assert not one.complaints


def test_nothing_is_asked_for_but_the_page_its_styles_letters_and_picture(visitor: Any) -> None:
    one, asked = visitor(), []
    one.page.on("request", lambda request: asked.append((request.method, request.resource_type)))
    one.go(AID)
    one.page.wait_for_load_state("networkidle")
    assert {kind for _, kind in asked} <= {"document", "stylesheet", "font", "image", "other"}
    assert {method for method, _ in asked} == {"GET"}


@pytest.mark.parametrize("address", [AID, CLAIMS])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing(served: Served, browser: Any, address: str, width: int) -> None:
    context = browser.new_context(bypass_csp=True, viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(served.address + address)
    found = Axe().run(page)
    context.close()
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("address", [AID, CLAIMS])
def test_it_never_scrolls_sideways(visitor: Any, address: str) -> None:
    page = visitor(width=320).go(address)
    for width in (320, 390, 821, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        wide = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert wide[0] <= wide[1], f"{width}: {wide}"


def test_everything_is_reached_by_keyboard_and_the_ring_is_seen(visitor: Any) -> None:
    page = visitor().go(AID)
    links = page.locator("a:visible, a.skip").count()
    questions = page.locator(".val tbody tr").count()
    stops = []
    for _ in range(links + questions):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(RING_OF_FOCUS))
    assert all(ring for _, ring in stops), stops
    assert [tag for tag, _ in stops].count("INPUT") == questions
    page.get_by_role("radio", name="We keep the birth simple Not at all").focus()
    page.keyboard.press("ArrowRight")
    assert page.get_by_role("radio", name="We keep the birth simple A little").is_checked()


RING_OF_FOCUS = """() => {
  const one = document.activeElement, style = getComputedStyle(one)
  return [one.tagName, style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 3]
}"""


def test_it_prints_on_three_sheets_of_a4(visitor: Any) -> None:
    page = visitor().go(AID)
    paper = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert len(paper.pages) == 3
    assert {(round(p.mediabox.width), round(p.mediabox.height)) for p in paper.pages} == {
        (595, 842)
    }
    heads = [one.extract_text() for one in paper.pages]
    assert "Your 4 choices" in heads[0]
    assert heads[1].lstrip().startswith("Clamp now, or wait 2 minutes?")
    assert heads[2].lstrip().startswith("How often is stored blood used?")
    assert "Draft." in heads[0]


def test_the_pdf_beside_it_is_tagged_and_has_three_sheets(visitor: Any) -> None:
    one = visitor()
    page = one.go(AID)
    address = page.get_by_role("link", name="As PDF, to print").get_attribute("href")
    answer = one.context.request.get(one.address + address)
    paper = PdfReader(io.BytesIO(answer.body()))
    assert len(paper.pages) == 3
    assert paper.trailer["/Root"]["/MarkInfo"]["/Marked"]


@pytest.mark.parametrize("media", ["screen", "print"])
def test_the_dots_in_the_picture_are_as_many_as_the_number_beside_it(
    served: Served, browser: Any, media: str
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, device_scale_factor=3)
    page = context.new_page()
    page.emulate_media(media=media)
    page.goto(served.address + AID)
    figures = page.locator(".duo figure")
    assert figures.count() == 4
    for number in range(4):
        figure = figures.nth(number)
        picture = seen(figure.locator("svg"))
        beside = int(figure.locator("figcaption b").inner_text())
        assert (spots(picture, FULL), spots(picture, RING)) == (beside, 100 - beside)
    crowd = seen(page.locator(".many svg"))
    written = page.locator(".use b").inner_text()
    assert written == f"About {spots(crowd, FULL)} child in {spots(crowd, PALE) + 1:,}"
    context.close()


def seen(picture: Locator) -> NDArray[np.float32]:
    return imread(io.BytesIO(picture.screenshot()))[..., :3]


def spots(picture: NDArray[np.float32], colour: str) -> int:
    """How many separate spots of about this colour are larger than the rim of another?"""
    wanted = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    found, count = ndimage.label(np.abs(picture - wanted).max(axis=2) < 0.15, np.ones((3, 3)))
    sizes = ndimage.sum_labels(np.ones_like(found), found, range(1, count + 1))
    return int((sizes >= sizes.max() / 2).sum())


def test_a_dot_too_few_would_be_seen(visitor: Any) -> None:
    page: Page = visitor().go(AID)
    page.evaluate("document.querySelector(`.dots circle[fill='#0d5362']`).remove()")
    assert spots(seen(page.locator(".dots svg").first), FULL) == 38


def test_on_a_phone_each_answer_names_its_choice(visitor: Any) -> None:
    page = visitor(width=390).go(AID)
    rows, choices = page.locator(".opts tbody tr").count(), page.locator(".opts thead th").count()
    assert page.locator(".opts td .narrow:visible").count() == rows * choices
    assert not page.locator(".opts thead").is_visible()
