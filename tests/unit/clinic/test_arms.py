"""A child draws her arm; who may know it is told, who may not is not, and an emergency is recorded before it is told."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest

from cordula.events.randomisation import Randomised, Unblinded
from cordula_web.people import badges, disclosures, sealed_lists
from cordula_web.people.accounts import Account
from cordula_web.people.sites import Membership, Site
from cordula_web.records import queries
from cordula_web.records.arms import due_places, forget_drawn
from cordula_web.records.shelf import SHELF
from tests import cast, site
from tests.unit.records.evil_owner import empty_the_ledger
from tests.unit.trial_office.conftest import (
    BEGAN,
    PROTOCOL,
    STATISTICIAN,
    approve,
    child,
    committed,
    drawn,
    enrolment,
    tell,
)

pytestmark = pytest.mark.django_db(transaction=True)

CHILD = f"/child/{child(0)}"
TITLES = {arm["id"]: arm["title"] for arm in PROTOCOL.design["arms"]}
LIST = drawn(4)


@pytest.fixture
def trial(db: None) -> Iterator[None]:
    """Two enrolled children and a list of four places that nobody has drawn from."""
    empty_the_ledger()
    site.people_the_site(site.PASSWORD)
    who = Account.objects.create(id=STATISTICIAN, username=STATISTICIAN, printed_name="S. Ahmed")
    Membership.objects.create(account=who, site_id=site.HERE, role_name="statistician")
    approve(BEGAN - timedelta(days=9))
    sealed_lists.keep(LIST.root, LIST.disclosures)
    tell(committed(LIST, BEGAN - timedelta(days=8)))
    for number in range(2):
        for event in enrolment(number):
            tell(event)
    yield
    SHELF.forget()


@pytest.fixture
def masked(trial: None, settings) -> None:
    """A masked trial at a practice site, where a password alone signs."""
    settings.PRACTICE_WITHOUT_SECOND_FACTOR = True
    Site.objects.update(practice=True)
    SHELF.put(replace(PROTOCOL, design={**PROTOCOL.design, "masked": "double"}))


def draw(account=cast.SURGEON, key="key-of-the-draw", at=CHILD):
    return site.browser(account).post(f"{at}/draw", {"key": key, "listed": LIST.name})


def text_of(account, path=CHILD) -> str:
    answer = site.browser(account).get(path)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def recorded(kind: str) -> list:
    return [one.event for one in queries.entries_of([kind], site=site.HERE)]


def ask(browser=None, **changed):
    nurse = Account.objects.get(pk=cast.NURSE)
    browser = browser or site.browser(cast.SURGEON)
    entered = {
        "key": "key-of-telling",
        "reason": "Fever of unknown origin",
        "badge": badges.badge_of(nurse),
        "password": site.PASSWORD,
    }
    return browser.post(f"{CHILD}/unblind", entered | changed)


def test_the_next_place_is_drawn_with_its_proof_and_its_words_leave_the_list(trial) -> None:
    assert "Draw the arm" in text_of(cast.SURGEON)

    assert draw().status_code == 302

    (event,) = recorded("Randomised")
    assert isinstance(event, Randomised)
    assert (event.number, event.sealed) == (1, LIST.seals[0])
    assert disclosures.read([event.sealed.digest]) == {
        event.sealed.digest: LIST.disclosures[0].value
    }
    with pytest.raises(sealed_lists.NotKept):
        sealed_lists.kept(LIST.root).words_of(1)
    assert [one.number for one in due_places(PROTOCOL, site.HERE)] == [2]


def test_a_draw_sent_twice_is_one_draw_and_the_next_child_gets_the_next_place(trial) -> None:
    answers = [draw().status_code for _ in range(2)]
    draw(key="key-of-the-second", at=f"/child/{child(1)}")

    assert answers == [302, 302]
    assert [one.number for one in recorded("Randomised")] == [1, 2]


def test_only_what_the_ledger_says_was_drawn_is_forgotten(trial) -> None:
    draw()

    forget_drawn(committed(LIST, BEGAN), site.HERE)

    assert sorted(sealed_lists.kept(LIST.root).left) == [2, 3, 4]


def test_in_an_open_trial_who_treats_her_is_told(trial) -> None:
    draw()

    assert f"She drew: {TITLES[LIST.disclosures[0].value]}." in text_of(cast.SURGEON)
    assert "Her arm stays sealed." in text_of(site.GENETICIST)
    assert "/unblind" not in text_of(cast.SURGEON)


def test_in_an_open_trial_the_entry_says_who_is_given_no_cells_and_the_record_does_not(
    trial,
) -> None:
    for number in range(2):
        draw(key=f"key-of-draw-{number}", at=f"/child/{child(number)}")

    told = [LIST.disclosures[number].value for number in range(2)]
    assert sorted(told) == ["cells", "control"]
    assert [one.no_cells for one in recorded("Randomised")] == [arm == "control" for arm in told]
    pages = [text_of(cast.SURGEON, f"/child/{child(number)}/record") for number in range(2)]
    assert not [page for page in pages if "cells" in page.split("Drew a place")[1][:600]]


def test_in_a_masked_trial_no_entry_says_who_is_given_no_cells(masked) -> None:
    for number in range(2):
        draw(key=f"key-of-draw-{number}", at=f"/child/{child(number)}")

    assert [one.no_cells for one in recorded("Randomised")] == [False, False]


def test_in_a_masked_trial_nobody_is_told(masked) -> None:
    draw()

    for account in (cast.SURGEON, site.CARDIOLOGIST, cast.NURSE):
        page = text_of(account)
        assert "This child has drawn." in page
        assert not [title for title in TITLES.values() if title in page]


def test_who_may_not_enrol_draws_nothing(trial) -> None:
    for account in (cast.NURSE, site.COORDINATOR, STATISTICIAN):
        site.ROLES.setdefault(STATISTICIAN, ("statistician",))
        assert draw(account).status_code in (403, 404)
        assert recorded("Randomised") == []
    del site.ROLES[STATISTICIAN]


def test_a_list_that_is_not_kept_here_is_told_in_words(trial) -> None:
    sealed_lists.throw_away(LIST.root)

    answer = draw()

    assert answer.status_code == 409
    assert "not kept in this installation" in unescape(answer.content.decode())
    assert recorded("Randomised") == []


def test_an_emergency_is_recorded_with_its_reason_and_then_told_to_that_person_alone(
    masked,
) -> None:
    draw()

    assert ask().status_code == 302

    (event,) = recorded("Unblinded")
    assert isinstance(event, Unblinded)
    assert (event.told_to, event.second_person) == (cast.SURGEON, cast.NURSE)
    assert disclosures.read([event.reason.digest]) == {
        event.reason.digest: "Fever of unknown origin"
    }
    title = TITLES[LIST.disclosures[0].value]
    assert f"She drew: {title}." in text_of(cast.SURGEON)
    assert title not in text_of(site.CARDIOLOGIST)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"reason": ""}, "Say why her care depends on it."),
        ({"password": "wrong"}, "This is not your password."),
        ({"badge": "BDG:nobody"}, "Nobody at this site has this badge"),
        ({"badge": f"BDG:{cast.SURGEON}"}, "That is your own badge."),
    ],
)
def test_without_reason_second_person_or_password_nothing_is_told(masked, changed, told) -> None:
    draw()

    answer = ask(**changed)

    assert answer.status_code == 422
    assert told in unescape(answer.content.decode())
    assert recorded("Unblinded") == []
    assert "Her arm stays sealed." in text_of(cast.SURGEON)


def test_a_nurse_is_told_who_can_ask(masked) -> None:
    draw()

    assert ask(site.browser(cast.NURSE)).status_code in (403, 404)
    assert recorded("Unblinded") == []
