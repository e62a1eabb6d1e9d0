"""Who may release a unit, over which words, and what is refused?"""

import re
from typing import Any

import pytest

from cordula.events.laboratory import Tested
from cordula.events.release import ExceptionallyReleased, Released, Signed
from cordula_web.people import disclosures
from cordula_web.people.accounts import Account
from cordula_web.records import queries
from cordula_web.records.verdicts import verdict_digest
from tests import cast, site
from tests.unit.journey import cast as journey
from tests.unit.people.codes import code_of, give_app

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = f"/unit/{cast.DIN}/release"
DAY = cast.after_birth(days=150)


@pytest.fixture
def ready(st_anna, clock):
    site.record_life(journey.before_release())
    clock(DAY)


@pytest.fixture
def grown(st_anna, clock):
    """A culture grew: one criterion is not met."""
    life = journey.before_release()
    site.record_life([_grew(e) if isinstance(e, Tested) else e for e in life])
    clock(DAY)


def _grew(event: Tested) -> Tested:
    from dataclasses import replace

    return replace(event, result="growth")


def fields(page: Any) -> dict[str, str]:
    """The hidden fields of the signature, as a browser would send them back."""
    text = page.content.decode()
    form = text[text.index('class="sign"') :]
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))


def sign(browser: Any, **more: str) -> Any:
    shown = fields(browser.get(ADDRESS))
    given = {"last_four": "3456", "password": site.PASSWORD, **more}
    return browser.post(ADDRESS, {**shown, **given})


def unit():
    return queries.unit(cast.UNIT, site=site.HERE)


def plain(page: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page.content.decode())).replace("\xa0", " ")


def test_two_people_release_over_words_that_name_the_child(ready):
    quality, director = site.browser(cast.QUALITY), site.browser(cast.DIRECTOR)
    assert sign(quality).status_code == 302
    page = director.get(ADDRESS)
    assert "I release this unit for HADDAD, Lina, born 04-Jun-2026." in plain(page)
    before = verdict_digest(queries.verdict(cast.UNIT, site=site.HERE, now=DAY))
    assert sign(director).status_code == 302
    released = unit().latest(Released)
    assert released.by == cast.DIRECTOR
    assert released.verdict == before
    assert disclosures.read([released.signature.printed_name.digest]) == {
        released.signature.printed_name.digest: "Dr Lars Holm"
    }


def test_the_digest_of_the_very_words_shown_is_recorded(ready):
    browser = site.browser(cast.QUALITY)
    page = browser.get(ADDRESS).content.decode()
    words = re.search(r'<p class="statement">(.*?)</p>', page)[1]
    words = re.sub(r"<[^>]+>", "", words).replace("&quot;", '"')
    sign(browser)
    sealed = unit().latest(Signed).signature.statement.digest
    assert disclosures.read([sealed])[sealed] == words


def test_nobody_signs_twice(ready):
    quality = site.browser(cast.QUALITY)
    sign(quality)
    page = quality.get(ADDRESS)
    assert "You have signed. A second, different person must sign." in plain(page)
    assert 'name="password"' not in page.content.decode()


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"last_four": "3457"}, "These are not the last 4 characters of this unit’s number."),
        ({"last_four": "=A99992612348100"}, "Wrong bag. Stop"),
        ({"last_four": ""}, "Type the last 4 characters of the unit number."),
        ({"password": "of somebody else"}, "This is not your password."),
    ],
)
def test_nothing_is_signed_with_a_wrong_component(ready, given, told):
    answer = sign(site.browser(cast.QUALITY), **given)
    assert answer.status_code == 422
    assert told in plain(answer)
    assert unit().latest(Signed) is None


def test_the_bag_itself_arms_the_signature(ready):
    assert sign(site.browser(cast.QUALITY), last_four=f"={cast.DIN}00").status_code == 302


def test_a_verdict_that_changed_since_it_was_shown_is_not_signed(ready):
    browser = site.browser(cast.QUALITY)
    shown = fields(browser.get(ADDRESS))
    site.record_life([*journey.before_release(), _grew(_culture())])
    answer = browser.post(ADDRESS, {**shown, "last_four": "3456", "password": site.PASSWORD})
    assert answer.status_code == 409
    assert "The verdict changed since you looked." in plain(answer)
    assert unit().latest(Signed) is None


def _culture() -> Tested:
    from dataclasses import replace

    tested = next(e for e in cast.laboratory() if isinstance(e, Tested))
    return replace(tested, at=cast.after_birth(days=149))


def test_what_changed_since_the_first_signature_is_marked(ready, clock):
    sign(site.browser(cast.QUALITY))
    life = [*journey.before_release()]
    from dataclasses import replace

    later = replace(_grew(_culture()), at=cast.after_birth(days=150, hours=1))
    site.record_life([*life, later])
    clock(cast.after_birth(days=150, hours=2))
    page = site.browser(cast.DIRECTOR).get(ADDRESS)
    assert page.content.decode().count('<tr class="changed">') == 1
    assert "1 line differs from what stood here at the first signature." in plain(page)


def test_the_same_form_sent_twice_is_recorded_once(ready):
    browser = site.browser(cast.QUALITY)
    shown = fields(browser.get(ADDRESS))
    form = {**shown, "last_four": "3456", "password": site.PASSWORD}
    browser.post(ADDRESS, form)
    browser.post(ADDRESS, form)
    assert len(unit().all(Signed)) == 1


def test_what_is_not_met_stands_on_top_and_the_quality_assurance_cannot_release_against_it(grown):
    sign(site.browser(cast.DIRECTOR))
    page = plain(site.browser(cast.QUALITY).get(ADDRESS))
    assert page.index("Not met") < page.index("What is certified")


def test_the_director_releases_by_exception_with_grounds_and_a_physician(grown):
    sign(site.browser(cast.QUALITY))
    director = site.browser(cast.DIRECTOR)
    answer = sign(
        director,
        reason="The organism is a contaminant of the skin.",
        investigation="Two further cultures were without growth.",
        acknowledged_by=str(cast.SURGEON),
    )
    assert answer.status_code == 302
    released = unit().latest(ExceptionallyReleased)
    assert released.criteria == ("sterile",)
    assert released.acknowledged_by == cast.SURGEON
    page = plain(director.get(ADDRESS))
    assert "The organism is a contaminant of the skin." in page
    assert "Mr D. Hallström" in page
    assert "Released by exception." in page
    assert "Not met, and released by exception" in page
    assert "Every gate of the protocol" not in page


def test_an_exception_without_its_grounds_is_refused_and_nothing_typed_is_lost(grown):
    sign(site.browser(cast.QUALITY))
    answer = sign(site.browser(cast.DIRECTOR), reason="Typed with care.")
    assert answer.status_code == 422
    assert "Name the physician who was told." in plain(answer)
    assert "Typed with care." in answer.content.decode()
    assert unit().release is None


def test_the_director_waits_for_the_other_signature_before_an_exception(grown):
    page = plain(site.browser(cast.DIRECTOR).get(ADDRESS))
    assert "it must be signed by: Quality assurance." in page


def test_the_first_signature_of_a_session_takes_the_second_factor_too(ready, settings):
    settings.PRACTICE_WITHOUT_SECOND_FACTOR = False
    secret = give_app(Account.objects.get(pk=cast.QUALITY))
    browser = site.browser(cast.QUALITY)
    assert sign(browser).status_code == 422
    assert sign(browser, code="000000").status_code == 422
    assert unit().latest(Signed) is None
    assert sign(browser, code=code_of(secret)).status_code == 302


def test_a_signature_against_what_is_not_met_says_so_in_its_words(grown):
    page = plain(site.browser(cast.QUALITY).get(ADDRESS))
    assert "may be released for HADDAD, Lina, born 04-Jun-2026 by exception" in page


def test_a_physician_who_signs_cannot_acknowledge_her_own_exception(grown):
    sign(site.browser(cast.QUALITY))
    page = site.browser(cast.DIRECTOR).get(ADDRESS).content.decode()
    assert f'value="{cast.SURGEON}"' in page
    assert f'<option value="{cast.DIRECTOR}"' not in page


def test_the_certificate_is_never_dim_and_says_that_it_is_for_practice(ready):
    browser = site.browser(cast.QUALITY)
    browser.cookies["theme"] = "dim"
    page = browser.get(ADDRESS).content.decode()
    assert 'data-theme="light"' in page
    assert "Practice data." in page
    assert "St Anna" in page


def test_a_technologist_is_not_shown_the_certificate(ready):
    assert site.browser(cast.TECHNOLOGIST, "technologist").get(ADDRESS).status_code == 404
