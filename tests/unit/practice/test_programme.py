from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from cordula.vocabulary.identifiers import InfantId, UnitId, stream_of
from cordula_web.people import identities
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
    REMEMBERED.forget()
    programme.play(infants=22).run()
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
