"""A passkey in a real browser, with an authenticator that the browser itself stands in for."""

import os

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Page, sync_playwright

from cordula_web.people.roles import Technologist
from tests.unit.people.codes import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Internal, resident, and able to verify the person: what a telephone or a laptop has built in.
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch):
    # Playwright runs a loop in this thread; the database is asked from it all the same.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    executable = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        page = browser.new_page()
        devtools = page.context.new_cdp_session(page)
        devtools.send("WebAuthn.enable")
        devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
        yield page
        browser.close()


def sign_in_by_password(page: Page, url: str) -> None:
    page.goto(f"{url}/account/sign-in")
    page.get_by_label("User name or e-mail").fill("wu")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def add_a_passkey(page: Page, url: str) -> None:
    page.goto(f"{url}/account/passkeys/new")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Passwordless").check()
    page.get_by_role("button", name="Add the passkey").click()
    page.get_by_role("heading", name="Your recovery codes").wait_for()


def test_a_passkey_is_added_and_then_lets_its_owner_in_without_a_password(
    page, live_server, st_brigid, person
):
    wu = person("wu", st_brigid, Technologist, password=PASSWORD)
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    sign_in_by_password(page, live_server.url)
    add_a_passkey(page, live_server.url)

    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{live_server.url}/account/sign-in")
    page.get_by_role("button", name="Sign in with a passkey").click()

    page.get_by_text("Wu Example").first.wait_for()
    assert Authenticator.objects.filter(user=wu, type="webauthn").exists()
    assert problems == []


def test_after_the_password_the_passkey_is_asked_for(page, live_server, st_brigid, person):
    person("wu", st_brigid, Technologist, password=PASSWORD)
    sign_in_by_password(page, live_server.url)
    add_a_passkey(page, live_server.url)
    page.get_by_role("button", name="Sign out").click()

    sign_in_by_password(page, live_server.url)
    page.get_by_role("button", name="Use a passkey").click()

    page.get_by_text("Wu Example").first.wait_for()


def test_the_last_passkey_stays_where_a_second_factor_is_needed(
    page, live_server, st_brigid, person
):
    wu = person("wu", st_brigid, Technologist, password=PASSWORD)
    sign_in_by_password(page, live_server.url)
    add_a_passkey(page, live_server.url)
    passkey = Authenticator.objects.get(user=wu, type="webauthn")

    answer = page.goto(f"{live_server.url}/account/passkeys/{passkey.pk}/remove")

    assert answer.status == 409
    page.get_by_role("heading", name="Your last second factor stays").wait_for()
