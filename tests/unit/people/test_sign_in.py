"""Signing in through the pages, with real passwords and real one-time codes."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.test import Client

from cordula_web.people import session_age
from cordula_web.people.roles import Surgeon
from tests.unit.people.codes import PASSWORD, code_of, give_app


@pytest.fixture
def holm(st_brigid, person):
    return person(
        "holm", st_brigid, Surgeon, password=PASSWORD, email="holm@example.org", title="Surgery"
    )


def sign_in(login: str, password: str = PASSWORD, **extra: str) -> tuple[Client, object]:
    browser = Client()
    answer = browser.post("/account/sign-in", {"login": login, "password": password, **extra})
    return browser, answer


def test_the_page_of_sign_in_is_there_and_asks_for_name_and_password(db):
    page = Client().get("/account/sign-in").content.decode()

    assert "User name or e-mail" in page
    assert 'autocomplete="current-password"' in page


@pytest.mark.parametrize("login", ["holm", "HOLM", "holm@example.org"])
def test_password_and_code_let_somebody_in(holm, login):
    secret = give_app(holm)

    browser, asked = sign_in(login)
    assert asked.headers["Location"] == "/account/second-factor/check"
    assert browser.get("/today").status_code == 302
    browser.post("/account/second-factor/check", {"code": code_of(secret)})

    assert browser.get("/today").wsgi_request.acting.account_id == holm.id


def test_the_password_alone_lets_nobody_in(holm):
    give_app(holm)

    browser, _ = sign_in("holm")

    assert "/account/sign-in" in browser.get("/today").headers["Location"]


def test_a_wrong_code_lets_nobody_in(holm):
    give_app(holm)
    browser, _ = sign_in("holm")

    refused = browser.post("/account/second-factor/check", {"code": "000000"})

    assert "This code is not right" in refused.content.decode()
    assert "/account/sign-in" in browser.get("/today").headers["Location"]


def test_a_code_works_once(holm):
    code = code_of(give_app(holm))
    for expected in ("/", "/account/sign-in"):
        browser, _ = sign_in("holm")
        browser.post("/account/second-factor/check", {"code": code})
        inside = browser.get("/today")
        assert (
            inside.status_code == 200 if expected == "/" else expected in inside.headers["Location"]
        )


def test_a_recovery_code_lets_somebody_in_once(holm):
    give_app(holm)
    code = RecoveryCodes.activate(holm).generate_codes()[0]
    first, _ = sign_in("holm")
    second, _ = sign_in("holm")

    first.post("/account/second-factor/check", {"code": code})
    second.post("/account/second-factor/check", {"code": code})

    assert first.get("/today").status_code == 200
    assert second.get("/today").status_code == 302


def test_somebody_without_a_second_factor_can_only_set_one_up(holm):
    browser, _ = sign_in("holm")

    assert browser.get("/today").headers["Location"] == "/account/second-factor"
    assert "You have none yet" in browser.get("/account/second-factor").content.decode()


def test_setting_up_an_app_through_the_pages_opens_the_work_list(holm):
    browser, _ = sign_in("holm")
    confirm = browser.get("/account/second-factor/app")
    browser.post(confirm.headers["Location"], {"password": PASSWORD})
    page = browser.get("/account/second-factor/app").content.decode()
    secret = re.search(r'class="id">([A-Z2-7]+)<', page).group(1)

    kept = browser.post("/account/second-factor/app", {"code": code_of(secret)})

    assert kept.headers["Location"].startswith("/account/second-factor")
    assert browser.get("/today").status_code == 200


def test_at_a_practice_site_the_second_factor_may_be_off_and_pages_say_so(
    holm, st_brigid, settings
):
    settings.PRACTICE_WITHOUT_SECOND_FACTOR = True
    st_brigid.practice = True
    st_brigid.save()

    browser, _ = sign_in("holm")
    page = browser.get("/today")

    assert page.status_code == 200
    assert page.context["without_second_factor"] is True


def test_the_setting_alone_does_not_switch_the_second_factor_off_at_a_real_site(holm, settings):
    settings.PRACTICE_WITHOUT_SECOND_FACTOR = True

    browser, _ = sign_in("holm")

    assert browser.get("/today").headers["Location"] == "/account/second-factor"


def test_one_role_at_a_real_site_brings_the_second_factor_back(holm, st_brigid, harbour, settings):
    settings.PRACTICE_WITHOUT_SECOND_FACTOR = True
    st_brigid.practice = True
    st_brigid.save()
    holm.memberships.create(site=harbour, role_name="surgeon")

    browser, _ = sign_in("holm")
    browser.post("/acting", {"membership": holm.memberships.first().pk})

    assert browser.get("/today").headers["Location"] == "/account/second-factor"


def test_a_deactivated_account_is_out_at_once_and_stays_out(holm, signed_in):
    browser = signed_in(holm)
    holm.is_active = False
    holm.save()

    assert "/account/sign-in" in browser.get("/today").headers["Location"]
    _, refused = sign_in("holm")
    assert refused.headers["Location"] == "/account/inactive"


def test_five_wrong_passwords_close_the_door_for_that_name_also_to_the_right_one(holm):
    for _ in range(5):
        sign_in("holm", "not the password")

    _, refused = sign_in("holm")

    assert refused.status_code == 200
    assert "Too many attempts" in refused.content.decode()


def test_an_unknown_name_and_a_wrong_password_read_alike(holm):
    _, wrong = sign_in("holm", "not the password")
    _, unknown = sign_in("nobody", "not the password")

    said = "This name and this password do not belong together."
    assert said in wrong.content.decode()
    assert said in unknown.content.decode()


def test_the_last_second_factor_stays_where_one_is_needed(holm, signed_in):
    secret = give_app(holm)
    browser = signed_in(holm)
    confirm = browser.get("/account/second-factor/app/off")
    browser.post(confirm.headers["Location"], {"password": PASSWORD, "code": code_of(secret)})

    refused = browser.post("/account/second-factor/app/off")

    assert "Your last second factor stays." in refused.content.decode()
    assert Authenticator.objects.exists()


def test_a_passkey_is_offered_and_asks_the_browser_to_verify_the_person(holm, signed_in):
    sign_in_page = Client().get("/account/sign-in").content.decode()
    browser = signed_in(holm)
    confirm = browser.get("/account/passkeys/new")
    browser.post(confirm.headers["Location"], {"password": PASSWORD})
    page = browser.get("/account/passkeys/new")

    assert "Sign in with a passkey" in sign_in_page
    options = page.context["js_data"]["creation_options"]["publicKey"]
    assert options["authenticatorSelection"]["userVerification"] == "required"
    assert options["user"]["name"] == "holm@example.org"


def test_sign_in_gives_the_session_a_new_name(holm):
    give_app(holm)
    browser = Client()
    browser.get("/account/sign-in")
    browser.post("/account/sign-in", {"login": "holm", "password": PASSWORD})
    before = browser.cookies["sessionid"].value
    secret = totp.decrypt(Authenticator.objects.get().data["secret"])

    browser.post("/account/second-factor/check", {"code": code_of(secret)})

    assert browser.cookies["sessionid"].value != before


def test_sign_out_ends_the_session_and_only_by_post(holm, signed_in):
    browser = signed_in(holm)

    browser.get("/account/sign-out")
    assert browser.get("/today").status_code == 200
    browser.post("/account/sign-out")

    assert "/account/sign-in" in browser.get("/today").headers["Location"]


@pytest.mark.parametrize("path", ["/account/signup", "/account/signup/", "/account/email/"])
def test_nobody_can_make_an_account_for_themselves(db, path):
    assert Client().get(path).status_code == 404


def test_the_secret_of_the_app_does_not_stand_in_the_database(holm):
    secret = give_app(holm)

    assert secret not in str(Authenticator.objects.get().data)


# --- Age of a session -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("idle_s", "whole_s", "over"),
    [(0, 0, False), (1800, 1800, False), (1801, 1801, True), (0, 43200, False), (0, 43201, True)],
)
def test_a_session_ends_after_30_idle_minutes_or_12_hours(idle_s, whole_s, over):
    now = 1_800_000_000.0

    assert session_age.is_over(now, now - whole_s, now - idle_s) is over


@pytest.mark.parametrize(("which", "ago_s"), [("session_seen", 1801), ("session_began", 43201)])
def test_whoever_was_away_too_long_signs_in_again(holm, signed_in, which, ago_s):
    browser = signed_in(holm)
    assert browser.get("/today").status_code == 200
    session = browser.session
    session[which] = session[which] - ago_s
    session.save()

    assert "/account/sign-in" in browser.get("/today").headers["Location"]


def test_reading_keeps_a_session_alive(holm, signed_in):
    browser = signed_in(holm)
    browser.get("/today")
    session = browser.session
    session["session_seen"] -= 1700
    session.save()

    browser.get("/today")

    assert browser.session["session_seen"] > session["session_seen"] + 1600
