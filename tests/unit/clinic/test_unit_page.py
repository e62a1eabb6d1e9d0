"""May this unit be used? The surgeon reads the answer with the child; the technologist never gets her name."""

from dataclasses import replace

import pytest

from cordula.events.before_birth import ConsentWithdrawn
from cordula.events.course import Died
from cordula.events.quality import Quarantined
from cordula.events.sealed import Sealed
from cordula_web.people.sites import Membership
from cordula_web.records.shelf import SHELF
from tests import cast, site
from tests.unit.journey import cast as journey

pytestmark = pytest.mark.usefixtures("st_anna")
ADDRESS, RECORD = f"/unit/{cast.DIN}", f"/unit/{cast.DIN}/record"
NAMES = ("Haddad", "HADDAD", "Lina (", "4471", "Rana")
WHEN = cast.after_birth(days=160)
SEALED = Sealed("1" * 64)


def collected():
    return [*cast.before_birth(), *cast.birth(), *cast.laboratory()]


def page(account, address=ADDRESS, role=None):
    return site.browser(account, role).get(address)


def text_of(*asked, **how) -> str:
    return page(*asked, **how).content.decode()


def test_the_surgeon_reads_the_child_the_three_answers_and_what_is_missing(clock):
    site.record_life(journey.before_release())
    clock(WHEN)
    text = text_of(cast.SURGEON)
    assert "HADDAD, Lina (Miss)" in text
    assert "<title>Unit A9999 26 123456 for HADDAD, Lina (Miss): Not yet" in text
    assert "Is there a unit?" in text
    assert "Can it be used?" in text
    assert text.index("Can it be used?") < text.index("From cord to heart")


@pytest.mark.parametrize("address", [ADDRESS, RECORD])
def test_the_technologist_gets_the_unit_and_no_name(address, clock):
    site.record_life(journey.before_release())
    clock(WHEN)
    text = text_of(cast.TECHNOLOGIST, address)
    assert "A9999" in text
    assert not [name for name in NAMES if name in text]


def test_the_moments_are_those_of_the_sites_clock(clock):
    site.record_life(collected())
    clock(WHEN)
    # Born at 02:27 UTC, which is 03:27 in Dublin in summer.
    assert "04-Jun-2026 03:34" in text_of(cast.SURGEON).replace("\u00a0", " ")


def test_another_sites_unit_is_not_there():
    site.record_life(collected())
    Membership.objects.filter(account_id=cast.SURGEON).update(site=site.ELSEWHERE)
    assert page(cast.SURGEON).status_code == 404


@pytest.mark.parametrize("number", ["A999926999999", "not-a-number", "A99992612345600"])
def test_a_number_nobody_knows_is_not_there(number):
    assert page(cast.SURGEON, f"/unit/{number}").status_code == 404


def test_a_role_without_units_does_not_open_one():
    site.record_life(collected())
    assert page(cast.MIDWIFE, role="collector").status_code == 404


def test_a_page_is_as_of_an_entry_and_is_not_kept_by_the_browser(clock):
    site.record_life(collected())
    clock(WHEN)
    answer = page(cast.SURGEON)
    assert "As of event " in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]


# --- States that stand out ------------------------------------------------------------------------


def test_a_child_who_died_is_said_first_and_nothing_is_offered(clock):
    died = Died(infant=cast.LINA, by=cast.SURGEON, at=cast.after_birth(days=150))
    site.record_life([*collected(), died])
    clock(WHEN)
    text = text_of(cast.SURGEON)
    assert "The child died on" in text
    assert 'class="withdrawn"' in text
    assert 'class="acts"><a' not in text


def test_consent_taken_back_is_said_with_the_wish(clock):
    back = ConsentWithdrawn(
        infant=cast.LINA,
        units=(cast.UNIT,),
        scopes=("store", "use"),
        wish="discard",
        by=site.COORDINATOR,
        at=cast.after_birth(days=150),
    )
    site.record_life([*collected(), back])
    clock(WHEN)
    text = text_of(cast.SURGEON)
    assert "Nothing more may be done." in text
    assert "The family&#x27;s wish: Destroy the cells." in text


def test_a_quarantine_is_said(clock):
    held = Quarantined(
        unit=cast.UNIT, reason=SEALED, by=cast.QUALITY, at=cast.after_birth(days=150)
    )
    site.record_life([*collected(), held])
    clock(WHEN)
    assert "The unit is in quarantine." in text_of(cast.TECHNOLOGIST)


def test_without_a_protocol_nothing_says_that_it_may_be_used(clock):
    SHELF.forget()
    site.record_life(collected())
    clock(WHEN)
    text = text_of(cast.SURGEON)
    assert "which is not installed here" in text
    assert "Not known" in text


# --- The whole record -----------------------------------------------------------------------------


def test_the_record_shows_every_entry_with_the_printed_name(clock):
    site.record_life(journey.before_release())
    clock(WHEN)
    text = text_of(cast.SURGEON, RECORD)
    assert text.count('<li id="entry-') == len(
        [e for e in journey.before_release() if f"unit:{cast.UNIT}" in e.concerns()]
    )
    assert "T. Brandt" in text
    assert "The mother’s results" in text


def test_words_about_the_child_reach_only_those_who_care_for_her(clock):
    back = ConsentWithdrawn(
        infant=cast.LINA,
        units=(cast.UNIT,),
        scopes=("use",),
        wish="discard",
        note=SEALED,
        by=site.COORDINATOR,
        at=cast.after_birth(days=150),
    )
    site.record_life([*collected(), back])
    clock(WHEN)
    assert "The words of “note”." in text_of(cast.SURGEON, RECORD)
    assert "The words of “note”." not in text_of(cast.TECHNOLOGIST, RECORD)


def test_the_name_of_the_signer_is_the_one_printed_at_signing(clock):
    signed = [replace(event, at=WHEN) for event in cast.release()[:1]]
    site.record_life([*journey.before_release(), *signed])
    clock(WHEN)
    assert "K. Adeyemi, Quality assurance; meaning: release" in text_of(cast.SURGEON, RECORD)
