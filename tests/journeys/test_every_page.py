"""Every page a role meets: no accessibility fault, no sideways scrolling, no outside request, no name in a log."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys.conftest import PASSWORD, Served

pytestmark = pytest.mark.browser

LINA = "A999926000001"
PAGES = {
    "hallstrom": (
        "/today",
        f"/unit/{LINA}",
        f"/unit/{LINA}/record",
        "/child/practice-infant-00001",
        "/child",
        "/unit",
        "/theatre",
        "/circulation",
        "/child/practice-infant-00001/circulation",
    ),
    "brandt": (
        "/today",
        "/bench",
        "/incoming",
        "/freezer",
        "/freezer/practice-tank-1-rack-a-box-1",
        "/deviation",
        "/unit/A999926000014/count",
        f"/unit/{LINA}",
    ),
    "adeyemi": ("/today", f"/unit/{LINA}/release"),
    "lindqvist": ("/ward",),
    "sund": ("/today", "/announce"),
    "kaya": ("/child/practice-infant-00001/weigh",),
    "pillai": ("/today",),
    "admin": ("/people",),
    "berger": ("/unit",),
}


@pytest.mark.parametrize("username", PAGES)
def test_a_role_s_pages_are_in_order(visitor, username: str) -> None:
    one = visitor(username)
    for path in PAGES[username]:
        page = one.go(path)
        assert page.locator("h1").count() == 1, path
        assert "Practice data" in page.inner_text("body"), path
        page.set_viewport_size({"width": 320, "height": 800})
        wide = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert wide[0] <= wide[1], f"{path} scrolls sideways: {wide}"
        page.set_viewport_size({"width": 1366, "height": 900})


@pytest.mark.parametrize("username", PAGES)
def test_axe_finds_nothing(served: Served, browser, visitor, username: str) -> None:
    one = visitor(username)
    state = one.context.storage_state()
    context = browser.new_context(bypass_csp=True, storage_state=state)
    page = context.new_page()
    for path in PAGES[username]:
        page.goto(served.address + path)
        found = Axe().run(page)
        assert found.violations_count == 0, f"{path}\n{found.generate_report()}"
    context.close()


def test_the_server_s_log_holds_no_name_no_number_and_no_password(visitor, served: Served) -> None:
    page = visitor("hallstrom").go("/today")
    page.fill("header input[name=q]", "Haddad")
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    visitor("hallstrom").go("/child/practice-infant-00001")
    written = served.log.read_text()
    assert '"route":"clinic:child"' in written
    for canary in ("haddad", "lina", "hallström", "4471 0", "44710", PASSWORD, LINA.lower()):
        assert canary not in written.lower(), canary


def test_the_headers_are_strict(visitor) -> None:
    one = visitor("hallstrom")
    answer = one.page.goto(f"{one.address}/unit/{LINA}")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert (
        answer.headers["cache-control"] == "no-store"
        or "no-store" in answer.headers["cache-control"]
    )
    assert answer.headers["x-content-type-options"] == "nosniff"
