"""Does every page of the showcase come out whole, with the headers a browser must have?"""

import re
from collections import Counter

import pytest
from django.test import Client

pytestmark = pytest.mark.urls("cordula_web.frame.showcase.alone")
PAGES = (
    "",
    "unit",
    "bench",
    "sign",
    "today",
    "parts",
    "error/400",
    "error/403",
    "error/404",
    "error/500",
)


@pytest.fixture
def browser() -> Client:
    return Client()


def text(browser: Client, page: str) -> str:
    return browser.get(f"/showcase/{page}").content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_one_heading_one_main_part_and_no_id_twice(browser: Client, page: str) -> None:
    shown = text(browser, page)
    twice = [
        name for name, often in Counter(re.findall(r'\sid="([^"]+)"', shown)).items() if often > 1
    ]
    assert len(re.findall("<h1", shown)) == 1
    assert len(re.findall("<main", shown)) == 1
    assert twice == []


@pytest.mark.parametrize("page", PAGES)
def test_a_page_keeps_its_policy_and_asks_nothing_of_other_hosts(
    browser: Client, page: str
) -> None:
    answer = browser.get(f"/showcase/{page}")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "require-trusted-types-for 'script'" in policy
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in answer.headers["Permissions-Policy"]
    assert not re.search(r'(?:src|href)="(?:https?:)?//', answer.content.decode())


@pytest.mark.parametrize("page", PAGES)
def test_every_label_names_a_field_and_every_described_field_its_words(
    browser: Client, page: str
) -> None:
    shown = text(browser, page)
    ids = set(re.findall(r'\sid="([^"]+)"', shown))
    assert set(re.findall(r'<label[^>]* for="([^"]+)"', shown)) <= ids
    for named in re.findall(r'aria-(?:describedby|labelledby)="([^"]+)"', shown):
        assert set(named.split()) <= ids


def test_the_error_pages_answer_with_their_status(browser: Client) -> None:
    for status in (400, 403, 404, 500):
        assert browser.get(f"/showcase/error/{status}").status_code == status


def test_an_address_nobody_knows_is_answered_in_our_words(browser: Client) -> None:
    answer = browser.get("/nowhere")
    assert answer.status_code == 404
    assert "There is nothing here for you to see" in answer.content.decode()


def test_a_form_without_proof_is_refused_in_our_words() -> None:
    answer = Client(enforce_csrf_checks=True).post("/theme", {"theme": "dim"})
    assert answer.status_code == 403
    assert "This form was not accepted" in answer.content.decode()


def test_a_scan_is_answered_with_its_line_alone_to_htmx(browser: Client) -> None:
    line = browser.post(
        "/showcase/scan", {"scan": "=A99992612345600"}, headers={"HX-Request": "true"}
    )
    assert line.content.decode().startswith("\n<p" if line.content.startswith(b"\n") else "<p")
    assert "Wrong bag. Stop." in line.content.decode()
    assert 'role="alert"' in line.content.decode()


def test_a_scan_without_script_gets_the_whole_page(browser: Client) -> None:
    page = browser.post("/showcase/scan", {"scan": "=A99992612348100"})
    assert "<h1" in page.content.decode()
    assert "All scans" not in page.content.decode()


@pytest.mark.parametrize("theme", ["dim", "light"])
def test_the_theme_is_kept_on_the_device_and_leads_back(browser: Client, theme: str) -> None:
    answer = browser.post("/theme", {"theme": theme, "next": "/showcase/unit"})
    assert answer.headers["Location"] == "/showcase/unit"
    assert f'data-theme="{theme}"' in text(browser, "unit")


def test_the_sign_off_is_never_dim(browser: Client) -> None:
    browser.cookies["theme"] = "dim"
    shown = text(browser, "sign")
    assert 'data-theme="light"' in shown
    assert "Dim page" not in shown


@pytest.mark.parametrize(
    "elsewhere", ["https://example.org/", "//example.org/", "javascript:go()", ""]
)
def test_the_theme_leads_nowhere_but_to_our_own_pages(browser: Client, elsewhere: str) -> None:
    answer = browser.post("/theme", {"theme": "dim", "next": elsewhere})
    assert answer.headers["Location"] == "/"


def test_a_theme_nobody_drew_is_refused(browser: Client) -> None:
    assert browser.post("/theme", {"theme": "pink"}).status_code == 400
    browser.cookies["theme"] = '"><script>'
    assert 'data-theme="light"' in text(browser, "unit")


def test_a_preview_never_carries_the_number_of_a_real_bag(browser: Client) -> None:
    from cordula_web.frame.showcase import bench
    from cordula_web.frame.squares import PREVIEW, code_128, data_matrix

    label = bench.label()
    assert {label.bars, label.product_bars, label.square} == {
        code_128(PREVIEW),
        data_matrix(PREVIEW),
    }
