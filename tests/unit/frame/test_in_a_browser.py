"""Can every page be reached, read and used: by axe's rules, on a narrow screen, by keyboard, when the network fails?"""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

pytestmark = pytest.mark.browser
Open = Callable[[str], Page]
PAGES = ("", "unit", "bench", "sign", "today", "parts", "error/404")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.parametrize(
    ("page_name", "theme"),
    [*((name, "light") for name in PAGES), *((name, "dim") for name in ("unit", "bench", "parts"))],
)
def test_axe_finds_nothing(chromium: Browser, showcase: str, page_name: str, theme: str) -> None:
    context = chromium.new_context(bypass_csp=True, viewport={"width": 1440, "height": 1000})
    context.add_cookies([{"name": "theme", "value": theme, "url": showcase}])
    page = context.new_page()
    page.goto(showcase + page_name)
    found = Axe().run(page, options={"runOnly": RULES}).response
    context.close()
    told = [
        (rule["id"], [node["html"][:120] for node in rule["nodes"]])
        for rule in (*found["violations"], *found["incomplete"])
    ]
    assert told == []


@pytest.mark.parametrize("page_name", PAGES)
def test_a_page_fits_a_screen_of_320_pixels(
    chromium: Browser, showcase: str, page_name: str
) -> None:
    page = chromium.new_page(viewport={"width": 320, "height": 700})
    page.goto(showcase + page_name)
    wide, seen = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    page.close()
    assert wide <= seen


@pytest.mark.parametrize("page_name", ["", "unit", "bench", "sign", "today", "parts"])
def test_the_browser_has_nothing_to_complain_of(
    open_page: Open, complaints: list[str], page_name: str
) -> None:
    open_page(page_name).wait_for_load_state("networkidle")
    assert complaints == []


@pytest.mark.parametrize("page_name", ["unit", "bench", "sign"])
def test_every_stop_of_the_tab_key_shows_its_ring_and_is_not_covered(
    open_page: Open, page_name: str
) -> None:
    page = open_page(page_name)
    page.evaluate("document.activeElement.blur()")
    for _ in range(60):
        page.keyboard.press("Tab")
        told = page.evaluate(
            """() => {
              const stop = document.activeElement;
              if (stop === document.body) return null;
              const ringed = [stop, stop.closest(".find, .scan")].some((box) => {
                const look = box && getComputedStyle(box);
                return look && look.boxShadow.includes("rgb(255, 210, 63)");
              }) || stop.matches(".skip");
              const box = stop.getBoundingClientRect();
              const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
              const seen = top === null || stop.contains(top) || top.contains(stop);
              return { name: stop.outerHTML.slice(0, 90), ringed, seen };
            }"""
        )
        if told is None:
            return
        assert told["ringed"], told["name"]
        assert told["seen"], told["name"]


@pytest.mark.parametrize(("page_name", "least"), [("unit", 36), ("bench", 44), ("sign", 44)])
def test_every_button_is_large_enough(open_page: Open, page_name: str, least: int) -> None:
    small = open_page(page_name).evaluate(
        """(least) => [...document.querySelectorAll("main :is(.btn, button), .actions .btn, main input:not([type=hidden])")]
          .filter((target) => !target.matches("[type=radio], [type=checkbox]"))
          .filter((target) => target.getBoundingClientRect().height < least)
          .map((target) => target.outerHTML.slice(0, 90))""",
        least,
    )
    assert small == []


def test_a_verdict_goes_grey_when_the_network_fails(
    open_page: Open, context: BrowserContext
) -> None:
    page = open_page("unit")
    expect(page.locator("#stale")).to_be_hidden()
    context.set_offline(True)
    expect(page.locator("#stale")).to_be_visible()
    assert "grayscale" in page.locator(".answers").evaluate("box => getComputedStyle(box).filter")


def test_a_scan_that_cannot_be_sent_marks_the_page(open_page: Open) -> None:
    page = open_page("bench")
    page.route("**/showcase/scan", lambda route: route.abort())
    page.locator("#scan").fill("=A99992612348100")
    page.locator("#scan").press("Enter")
    expect(page.locator("#stale")).to_be_visible()


def test_no_page_is_kept_in_the_storage_of_the_browser(open_page: Open) -> None:
    page = open_page("bench")
    page.locator("#scan").fill("=A99992612348100")
    page.locator("#scan").press("Enter")
    expect(page.locator("#last-scan")).to_contain_text("09:51")
    kept = page.evaluate("({...localStorage, ...sessionStorage})")
    # htmx remembers the address of the page in this tab, and nothing of what the page said.
    assert kept in ({}, {"htmx-current-path-for-history": "/showcase/bench"})


def test_a_fragment_with_a_script_in_it_is_refused(open_page: Open) -> None:
    page = open_page("bench")
    page.route(
        "**/showcase/scan",
        lambda route: route.fulfill(
            content_type="text/html",
            body="<p id='last-scan'>Yes</p><script>window.ran = 1</script>",
        ),
    )
    page.locator("#scan").fill("=A99992612348100")
    page.locator("#scan").press("Enter")
    page.wait_for_timeout(300)
    assert page.evaluate("window.ran") is None
    assert page.locator("#last-scan").inner_text() != "Yes"


def test_a_link_of_the_summary_leads_into_the_field(open_page: Open) -> None:
    page = open_page("parts")
    page.get_by_role("link", name="Enter the volume in mL, like 21").click()
    expect(page.locator("#p-volume")).to_be_focused()


def test_the_theme_is_chosen_by_one_press_and_stays(open_page: Open) -> None:
    page = open_page("unit")
    page.get_by_role("button", name="Dim page, for dark rooms").click()
    assert page.locator("html").get_attribute("data-theme") == "dim"
    page.reload()
    assert page.locator("html").get_attribute("data-theme") == "dim"


def test_paper_shows_the_facts_and_no_control_and_is_never_dim(open_page: Open) -> None:
    page = open_page("unit")
    page.evaluate("document.documentElement.dataset.theme = 'dim'")
    page.emulate_media(media="print")
    assert (
        page.locator("body").evaluate("body => getComputedStyle(body).color") == "rgb(16, 34, 42)"
    )
    expect(page.get_by_text("Uncontrolled copy.")).to_be_visible()
    expect(page.locator(".bar")).to_be_hidden()
    expect(page.locator(".gate .acts").first).to_be_hidden()
    expect(page.locator(".banner")).to_be_visible()
    expect(page.get_by_text("Practice data.")).to_be_visible()
