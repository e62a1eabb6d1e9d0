"""One match is gone to at once; several are listed; none says what was understood."""

import pytest

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
    return site.browser(account, role).get(address, {"q": text})


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
