"""Lists by stratum, lists that go on from a used-up one, and seeds: committed on the trial's page, drawn on the child's."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils.crypto import get_random_string

from cordula.events.randomisation import AllocationListCommitted, Randomised
from cordula.protocols.protocol import Protocol
from cordula_web.people import disclosures, sealed_lists
from cordula_web.people.models import SealedList
from cordula_web.records import queries
from cordula_web.records.shelf import SHELF
from tests import cast, site
from tests.unit.trial_office.conftest import (
    BEGAN,
    BOARD,
    PROTOCOL,
    STATISTICIAN,
    approve,
    child,
    enrolment,
    tell,
)

pytestmark = pytest.mark.django_db(transaction=True)

TRIAL = f"/trial/{PROTOCOL.id}/{PROTOCOL.version}"


def designed(participants: int, **allocation: Any) -> Protocol:
    return replace(
        PROTOCOL,
        design={**PROTOCOL.design, "participants": participants, "allocation": allocation},
    )


@pytest.fixture
def here(st_anna: None) -> Iterator[None]:
    approve(BEGAN - timedelta(days=9))
    yield
    SHELF.forget()


@pytest.fixture
def stratified(here: None) -> None:
    SHELF.put(designed(4, method="permuted_blocks", blocks=[4], strata=["sex"]))


@pytest.fixture
def minimised(here: None) -> None:
    SHELF.put(designed(20, method="minimisation", strata=["sex", "age"]))


def text_of(client: Client, path: str = TRIAL) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def commit(key: str, **entered: str) -> tuple[int, str]:
    answer = site.browser(STATISTICIAN).post(f"{TRIAL}/commit-list", {"key": key} | entered)
    return answer.status_code, unescape(answer.content.decode())


def draw(number: int, **entered: str) -> tuple[int, str]:
    answer = site.browser(cast.SURGEON).post(
        f"/child/{child(number)}/draw", {"key": f"draw-of-{number:04d}"} | entered
    )
    return answer.status_code, unescape(answer.content.decode())


def enrol(*numbers: int) -> None:
    for number in numbers:
        for event in enrolment(number):
            tell(event)


def recorded(kind: str) -> list[Any]:
    return [one.event for one in queries.entries_of([kind], site=site.HERE)]


def test_each_stratum_has_a_list_and_a_child_draws_from_hers(stratified: None) -> None:
    assert "One list for each combination of: sex." in text_of(site.browser(STATISTICIAN))
    assert commit("list-of-girls", stratum="  girls ")[0] == 302
    assert commit("list-of-boys", stratum="boys")[0] == 302
    enrol(0)

    page = text_of(site.browser(cast.SURGEON), f"/child/{child(0)}/draw")
    unchosen = draw(0, listed="")
    chosen = draw(0, listed="boys, 1.0")

    assert "Choose a list" in page
    assert "girls, 1.0: place 1 of 4" in page
    assert unchosen[0] == 422
    assert recorded("Randomised")[0].list_name == "boys, 1.0"
    assert chosen[0] == 302


def test_a_stratum_is_committed_once_and_none_after_the_first_child(stratified: None) -> None:
    commit("list-of-girls", stratum="girls")

    again = commit("list-of-girls-2", stratum="girls")
    enrol(0)
    late = commit("list-of-boys", stratum="boys")

    assert again[0] == 409
    assert "A list is never replaced" in again[1]
    assert late[0] == 422
    assert "Lists are committed before the first child." in late[1]
    assert "Commit a list" not in text_of(site.browser(STATISTICIAN))
    assert SealedList.objects.count() == 1


def test_a_used_up_list_is_continued_by_choice_and_the_next_child_draws_from_it(
    stratified: None,
) -> None:
    commit("list-of-girls", stratum="girls")
    commit("list-of-boys", stratum="boys")
    enrol(*range(5))
    for number in range(4):
        assert draw(number, listed="girls, 1.0")[0] == 302

    page = text_of(site.browser(STATISTICIAN))
    refused = commit("not-used-up", stratum="boys")
    done = commit("go-on-girls", stratum="girls")
    drawn = draw(4, listed="girls, 1.0, continued 1")

    assert "Continue a list that is used up" in page
    assert "used up" in page
    assert '<option value="boys">' not in page
    assert (refused[0], done[0], drawn[0]) == (422, 302, 302)
    listed = recorded("AllocationListCommitted")[-1]
    assert listed.continues == "girls, 1.0"
    later = text_of(site.browser(STATISTICIAN))
    assert "goes on from “girls, 1.0”" in later
    assert later.count("Leads to the root") == 5
    assert "Continue a list" not in later


def test_a_design_that_has_no_list_is_refused_in_words(here: None) -> None:
    unequal = [{**arm, "ratio": n} for n, arm in enumerate(PROTOCOL.design["arms"], start=1)]
    SHELF.put(
        replace(
            PROTOCOL, design={**PROTOCOL.design, "arms": unequal, "allocation": {"method": "urn"}}
        )
    )

    status, page = commit("list-of-urn")

    assert status == 409
    assert "urn is for arms of equal ratio, not 1 : 2" in page
    assert SealedList.objects.count() == 0


def test_a_minimisation_commits_to_a_seed_that_nobody_is_shown(minimised: None) -> None:
    assert "Commit to a sealed seed" in text_of(site.browser(STATISTICIAN))

    assert commit("the-seed-key")[0] == 302

    (listed,) = recorded("AllocationListCommitted")
    assert isinstance(listed, AllocationListCommitted)
    assert (listed.method, listed.places) == ("minimisation", 20)
    seed = sealed_lists.kept(listed.root).words_of(1)
    assert seed.digest == listed.root
    page = text_of(site.browser(STATISTICIAN))
    assert listed.root in page
    assert seed.value[-64:] not in page
    assert "Commit to" not in page.replace("Committed to", "")


def test_minimised_arms_follow_from_the_seed_and_each_child_has_words_of_her_own(
    minimised: None,
) -> None:
    commit("the-seed-key")
    enrol(*range(6))
    ages = ("under 6 months", "older")

    page = text_of(site.browser(cast.SURGEON), f"/child/{child(0)}/draw")
    for number in range(6):
        entered = {"factor_0": "Female ", "factor_1": ages[number % 2], "factors_are_right": "on"}
        assert draw(number, listed="all children, 1.0", **entered)[0] == 302

    draws = recorded("Randomised")
    assert 'value="female"' in page  # the record knows her sex
    assert all(isinstance(one, Randomised) and one.proof == () for one in draws)
    assert [one.factors for one in draws] == [("female", ages[n % 2]) for n in range(6)]
    words = disclosures.read([one.sealed.digest for one in draws])
    assert set(words.values()) == {"cells", "control"}
    assert text_of(site.browser(STATISTICIAN)).count("Follows from the seed") == 6
    told = text_of(site.browser(cast.SURGEON), f"/child/{child(3)}")
    assert "She drew: Stage II" in told


def test_the_board_alone_reads_the_balance_and_a_seed_that_nobody_draws_from(here: None) -> None:
    SHELF.put(designed(2, method="minimisation", strata=["sex"]))
    commit("the-seed-key")
    enrol(0, 1)
    entered = {"listed": "all children, 1.0", "factor_0": "female"}
    seed = sealed_lists.kept(recorded("AllocationListCommitted")[0].root).words_of(1)
    draw(0, **entered)
    early = closed_part()
    draw(1, **entered)

    late = closed_part()

    assert seed.value not in early
    assert "Draws of each list by arm" in early
    assert seed.value in late
    assert seed.salt in late
    assert seed.value[-64:] not in text_of(site.browser(STATISTICIAN))


def closed_part() -> str:
    board = site.browser(BOARD)
    opened = board.post(
        f"/meetings/{PROTOCOL.id}/{PROTOCOL.version}/open-closed-part",
        {"key": get_random_string(20)},
    )
    return text_of(board, opened.url)  # type: ignore[attr-defined]


def test_a_slip_in_a_factor_is_asked_about_and_makes_no_new_level(minimised: None) -> None:
    commit("the-seed-key")
    enrol(0, 1)
    listed = {"listed": "all children, 1.0"}
    draw(0, factor_0="female", factor_1="under 6 months", **listed)

    slip = draw(1, factor_0="femal", factor_1="under 6 months", **listed)
    empty = draw(1, factor_0="", factor_1="under 6 months", **listed)

    assert slip[0] == empty[0] == 422
    assert "No child before had “femal”. They had: female." in slip[1]
    assert "although no child before had it" in slip[1]
    assert len(recorded("Randomised")) == 1


def test_a_seed_that_is_not_kept_here_is_told_in_words(minimised: None) -> None:
    commit("the-seed-key")
    enrol(0, 1)
    entered = {"listed": "all children, 1.0", "factor_0": "female", "factor_1": "older"}
    draw(0, **entered)
    SealedList.objects.all().delete()

    refused = draw(1, **entered)

    assert refused[0] == 409
    assert "not kept in this installation" in refused[1]
    assert "Proven when the seed is told" in text_of(site.browser(STATISTICIAN))
