"""The statistician commits a list of arms: once, before the first child, and without anybody reading it."""

from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from cordula.events.randomisation import AllocationListCommitted
from cordula_web.people import sealed_lists
from cordula_web.people.models import SealedList
from cordula_web.records import queries
from tests import cast, site
from tests.unit.trial_office.conftest import BEGAN, PROTOCOL, STATISTICIAN, approve, enrolment, tell

pytestmark = pytest.mark.django_db(transaction=True)

TRIAL = f"/trial/{PROTOCOL.id}/{PROTOCOL.version}"
COMMIT = f"{TRIAL}/commit-list"


@pytest.fixture
def approved(st_anna: None) -> None:
    approve(BEGAN - timedelta(days=9))


def lists() -> list[AllocationListCommitted]:
    found = queries.entries_of(["AllocationListCommitted"], site=site.HERE)
    return [one.event for one in found if isinstance(one.event, AllocationListCommitted)]


def key_on(client: Client) -> str:
    return str(client.get(TRIAL).context["form"]["key"].value())


def test_a_list_is_drawn_as_designed_committed_and_kept_sealed(approved: None) -> None:
    statistician = site.browser(STATISTICIAN)

    answer = statistician.post(COMMIT, {"key": key_on(statistician)})

    assert answer.status_code == 302
    (listed,) = lists()
    kept = sealed_lists.kept(listed.root)
    assert (listed.places, listed.method) == (60, "permuted_blocks")
    arms = [kept.words_of(place).value for place in range(1, 61)]
    assert {arms.count(arm["id"]) for arm in PROTOCOL.design["arms"]} <= {28, 29, 30, 31, 32}
    assert "cells" not in SealedList.objects.get().sealed
    assert "cells" not in repr(kept)


def test_two_lists_are_never_drawn_alike(approved: None) -> None:
    statistician = site.browser(STATISTICIAN)
    statistician.post(COMMIT, {"key": key_on(statistician)})
    (listed,) = lists()

    page = unescape(statistician.get(TRIAL).content.decode())

    assert listed.root in page
    assert "Commit a list of arms" not in page


def test_a_form_sent_twice_commits_one_list(approved: None) -> None:
    statistician = site.browser(STATISTICIAN)
    key = key_on(statistician)

    answers = [statistician.post(COMMIT, {"key": key}).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert len(lists()) == SealedList.objects.count() == 1


def test_a_second_list_is_refused_in_words_and_thrown_away(approved: None) -> None:
    statistician = site.browser(STATISTICIAN)
    statistician.post(COMMIT, {"key": key_on(statistician)})

    answer = statistician.post(COMMIT, {"key": "another-key"})

    assert answer.status_code == 409
    assert "A list is never replaced" in unescape(answer.content.decode())
    assert SealedList.objects.count() == 1


def test_no_list_comes_after_the_first_child(approved: None) -> None:
    for event in enrolment(0):
        tell(event)
    statistician = site.browser(STATISTICIAN)

    page = statistician.get(TRIAL)
    answer = statistician.post(COMMIT, {"key": "too-late-key"})

    assert page.context["form"] is None
    assert answer.status_code == 409
    assert "before the first child" in unescape(answer.content.decode())
    assert SealedList.objects.count() == 0


@pytest.mark.parametrize("account", [cast.SURGEON, cast.QUALITY, cast.DIRECTOR])
def test_nobody_else_commits_one(approved: None, account: str) -> None:
    answer = site.browser(account).post(COMMIT, {"key": "somebody-else"})

    assert answer.status_code == 404
    assert lists() == []


def test_the_words_of_drawn_places_go_from_the_list(approved: None) -> None:
    statistician = site.browser(STATISTICIAN)
    statistician.post(COMMIT, {"key": key_on(statistician)})
    (listed,) = lists()

    sealed_lists.forget(listed.root, 2)

    kept = sealed_lists.kept(listed.root)
    assert len(kept.seals) == 60
    with pytest.raises(sealed_lists.NotKept, match="place 2"):
        kept.words_of(2)
    assert kept.words_of(3).digest == kept.seals[2].digest
    assert listed.at <= timezone.now()
