"""One match is gone to at once; several are listed; none says what was understood."""

import json
import logging
from html.parser import HTMLParser

import pytest
import structlog
from django.test import Client

from cordula.events.quality import Deviated
from cordula.events.sealed import Sealed
from cordula.labels.din import Din
from cordula.vocabulary.identifiers import InfantId
from cordula_web.people import identities
from cordula_web.people.identities import Identity
from cordula_web.people.sites import Membership
from tests import cast, site

pytestmark = pytest.mark.usefixtures("st_anna")
UNIT, CHILD = f"/unit/{cast.DIN}", f"/child/{cast.LINA}"
CHECK = Din(cast.DIN[:5], cast.DIN[5:7], cast.DIN[7:]).check_character


@pytest.fixture
def lina(db) -> None:
    site.record_life([*cast.before_birth(), *cast.birth()])


def search(account, text, role=None, address="/search"):
    return site.browser(account, role).post(address, {"q": text})


@pytest.mark.parametrize(
    ("text", "page"),
    [
        (f"={cast.DIN}00", UNIT),
        (f"A9999 26 123456 {CHECK}", UNIT),
        (f"{cast.DIN} D00020A0", UNIT),
        (str(cast.UNIT), UNIT),
        (str(cast.CHAIN), CHILD),
        ("4471 0926", CHILD),
        ("44710926", CHILD),
        ("haddad", CHILD),
        ("HADDAD ", CHILD),
        (str(cast.LINA), CHILD),
    ],
)
def test_one_match_is_gone_to_at_once(lina, text, page):
    answer = search(cast.SURGEON, text)
    assert (answer.status_code, answer.headers.get("Location")) == (302, page)


def test_the_technologist_finds_units_and_cannot_look_for_names(lina):
    assert search(cast.TECHNOLOGIST, f"={cast.DIN}00").headers["Location"] == UNIT
    assert search(cast.TECHNOLOGIST, str(cast.CHAIN)).headers["Location"] == UNIT
    for text in ("haddad", "4471 0926", str(cast.LINA)):
        answer = search(cast.TECHNOLOGIST, text)
        assert answer.status_code == 200
        assert "Not known here" in answer.content.decode()


def test_the_geneticist_is_led_to_the_child_of_a_unit(lina):
    assert search(site.GENETICIST, f"={cast.DIN}00").headers["Location"] == CHILD


def test_several_matches_are_listed(lina):
    site.record_life(site.of_another(cast.before_birth(), 1))
    identities.save(
        InfantId("child-1"), Identity(family_name="Haddad", given_name="Omar"), site.HERE
    )
    text = search(cast.SURGEON, "haddad").content.decode()
    assert "2 matches" in text
    assert "HADDAD, Omar" in text
    assert CHILD in text


def test_a_deviation_leads_to_the_record_of_its_unit(lina):
    deviated = Deviated(
        units=(cast.UNIT,),
        number="DEV-142",
        what=Sealed("1" * 64),
        harm=False,
        by=cast.TECHNOLOGIST,
        at=cast.after_birth(days=1),
    )
    site.record_life([deviated])
    assert search(cast.QUALITY, "dev-142").headers["Location"] == f"{UNIT}/record"
    assert "Not known here" in search(cast.QUALITY, "DEV-143").content.decode()


def test_what_is_not_known_is_shown_with_what_was_understood(lina):
    text = search(cast.SURGEON, "<b>nobody</b>").content.decode()
    assert "Not known here" in text
    assert "&lt;b&gt;nobody&lt;/b&gt;" in text
    wrong = "A" if CHECK != "A" else "B"
    assert "does not fit" in search(cast.SURGEON, f"{cast.DIN}{wrong}").content.decode()


def test_another_sites_unit_and_child_are_not_known_here(lina):
    Membership.objects.filter(account_id=cast.SURGEON).update(site=site.ELSEWHERE)
    for text in (f"={cast.DIN}00", "haddad", "4471 0926", str(cast.CHAIN), str(cast.UNIT)):
        assert "Not known here" in search(cast.SURGEON, text).content.decode()


def test_an_empty_search_says_what_can_be_looked_for(lina):
    assert "Nothing to look for yet" in search(cast.SURGEON, "").content.decode()


def test_the_results_alone_are_a_piece_of_a_page(lina):
    text = search(cast.SURGEON, "haddad", address="/search/found").content.decode()
    assert "<html" not in text
    assert CHILD in text


def test_a_very_long_text_is_answered(lina):
    assert search(cast.SURGEON, "x" * 5000).status_code == 200


# --- No name in an address ------------------------------------------------------------------------


class Forms(HTMLParser):
    """The forms of a page, and whatever sends a request while somebody types."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[dict] = []
        self.sending: list[dict] = []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        if tag == "form":
            self.forms.append(told | {"fields": {}})
        if tag == "input" and told.get("name") and self.forms:
            self.forms[-1]["fields"][told["name"]] = told.get("value", "")
        if any(name.startswith("hx-") for name in told):
            self.sending.append(told)


def searching(page: str) -> list[dict]:
    return [form for form in Forms(page).forms if "q" in form["fields"]]


def test_no_form_of_a_search_puts_what_is_looked_for_into_an_address(lina):
    browser = site.browser(cast.SURGEON)
    for page in (
        browser.get("/today"),
        browser.get("/search"),
        browser.post("/search", {"q": "x"}),
    ):
        forms = searching(page.content.decode())
        assert forms
        assert {(form["method"], form["action"]) for form in forms} == {("post", "/search")}
        assert not any("hx-get" in told for told in Forms(page.content.decode()).sending)


def test_a_search_as_somebody_types_is_sent_in_a_body(lina):
    sending = Forms(site.browser(cast.SURGEON).get("/search").content.decode()).sending
    assert [told["hx-post"] for told in sending if told.get("name") == "q"] == ["/search/found"]


def test_a_search_in_an_address_is_not_answered(lina):
    browser = site.browser(cast.SURGEON)
    answer = browser.get("/search", {"q": "haddad"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/search")
    assert "Nothing to look for yet" in browser.get("/search").content.decode()
    assert browser.get("/search/found", {"q": "haddad"}).status_code == 405


def test_a_search_without_the_token_of_its_page_is_refused_and_with_it_answered(lina):
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = site.browser(cast.SURGEON).cookies
    assert browser.post("/search", {"q": "haddad"}).status_code == 403
    fields = searching(browser.get("/today").content.decode())[0]["fields"]
    answer = browser.post("/search", fields | {"q": "haddad"})
    assert (answer.status_code, answer.headers["Location"]) == (302, CHILD)


def test_where_a_search_leads_carries_nothing_of_it(lina):
    """The page gone to is what a browser sends on as Referer, and it is sent to this origin alone."""
    answer = search(cast.SURGEON, "haddad")
    assert "?" not in answer.headers["Location"]
    assert "haddad" not in str(answer.headers).lower()
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.wsgi_request.META["QUERY_STRING"] == ""


def test_the_log_of_requests_carries_nothing_of_a_search(lina, caplog):
    with caplog.at_level(logging.DEBUG), structlog.testing.capture_logs() as lines:
        for text in ("haddad", "4471 0926", "nobody of this name"):
            search(cast.SURGEON, text)
    written = json.dumps([*lines, *(record.getMessage() for record in caplog.records)], default=str)
    assert [line["route"] for line in lines if line["event"] == "request"] == ["today:search"] * 3
    assert not any(text in written.lower() for text in ("haddad", "4471", "nobody"))
