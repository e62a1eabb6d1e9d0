from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from cordula.events.randomisation import AllocationListCommitted
from cordula.trial.allocation import Draw, check
from cordula.vocabulary.identifiers import InfantId, UnitId, stream_of
from cordula_web.people import disclosures, identities, sealed_lists
from cordula_web.practice import programme
from cordula_web.practice.people import PEOPLE, SITE
from cordula_web.records import lists, queries
from cordula_web.records.audit import audit
from cordula_web.records.histories import REMEMBERED
from tests.unit.records.evil_owner import empty_the_ledger

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def played(settings: object, tmp_path: Path) -> Iterator[None]:
    """A small practice programme in the tests' own database."""
    settings.CORDULA_KEYS = tmp_path / "keys"  # type: ignore[attr-defined]
    settings.CORDULA_PROTOCOLS = str(tmp_path / "protocols")  # type: ignore[attr-defined]
    (tmp_path / "keys").mkdir()
    # A child that another test left enrolled would be one before the first list.
    empty_the_ledger()
    REMEMBERED.forget()
    programme.play(infants=30).run()
    yield
    empty_the_ledger()
    REMEMBERED.forget()


def test_the_programme_stands_in_every_state_it_was_anchored_at(played: None) -> None:
    states = lists.units_by_state(SITE)
    wanted = "consented collected received cryopreserved tested released allocated shipped arrived"
    assert {*wanted.split(), "thawed", "prepared", "administered"} <= set(states)
    assert programme.is_played()
    assert programme.is_whole()
    assert audit().sound


def test_the_ledger_s_times_are_those_of_the_lives(played: None) -> None:
    history = queries.history(stream_of(UnitId("practice-unit-00001")), site=SITE)
    assert history[0].recorded_at < timezone.now() - timedelta(days=100)
    assert [e.recorded_at for e in history] == sorted(e.recorded_at for e in history)


def test_names_stand_outside_the_ledger(played: None) -> None:
    assert identities.name_of(InfantId("practice-infant-00001")).startswith("HADDAD, Lina")
    history = queries.history(stream_of(InfantId("practice-infant-00001")), site=SITE)
    assert "Haddad" not in repr(history)
    assert not [person for person in PEOPLE if person.printed_name in repr(history)]


def test_the_version_in_force_is_kept_beside_the_record(played: None, settings: object) -> None:
    kept = list(Path(settings.CORDULA_PROTOCOLS).glob("practice-mnc-stage-2-*/protocol.toml"))  # type: ignore[attr-defined]
    assert len(kept) == 1


def told(*kinds: str) -> list[Any]:
    return [one.event for one in queries.entries_of(list(kinds), site=SITE)]


def test_a_list_comes_first_every_draw_is_proven_and_its_words_leave_the_list(played: None) -> None:
    listed, *enrolled = told("AllocationListCommitted", "Enrolled")
    draws = told("Randomised")

    assert isinstance(listed, AllocationListCommitted)
    assert len(enrolled) == 30
    assert [one.number for one in draws] == list(range(1, len(draws) + 1))
    for one in draws:
        check(Draw(one.number, one.sealed, one.proof), listed.root, listed.places)
    assert sorted(sealed_lists.kept(listed.root).left) == list(range(len(draws) + 1, 61))


def test_cells_are_given_to_those_who_drew_them_and_all_are_followed_alike(played: None) -> None:
    draws = {one.infant: one.sealed.digest for one in told("Randomised")}
    words = disclosures.read(list(draws.values()))
    arms = {infant: words[digest] for infant, digest in draws.items()}
    given, released = told("Administered"), {one.infant for one in told("Released")}
    measured = {one.measure for one in told("Examined")}

    assert set(arms.values()) == {"cells", "control"}
    assert {arms[one.infant] for one in given} == {"cells"}
    assert released - set(arms), "nobody is left to be drawn for"
    assert {"troponin_t", "rv_fac", "rv_longitudinal_strain"} <= measured
    assert {one.infant for one in told("Randomised") if one.no_cells} == {
        infant for infant, arm in arms.items() if arm == "control"
    }
