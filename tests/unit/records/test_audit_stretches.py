"""However a ledger is cut into stretches, and whoever reads them, the audit finds the same."""

from collections.abc import Iterator

import pytest
from django.db import connection

from cordula.vocabulary.identifiers import SiteId
from cordula_web.records import audit_readers
from cordula_web.records.audit import audit
from cordula_web.records.audit_readers import EARLIEST, LATEST, spans
from cordula_web.records.signer import checkpoint_now
from tests.unit.records.conftest import Recording, life_so_far
from tests.unit.records.evil_owner import guards_off
from tests.unit.records.test_audit import NOW, Undone

LENGTHS = (1, 5, 16_384)
FORGED = 10  # it begins a stretch of five, and is one of its own among stretches of one
# What in the bytes of an entry is changed, with every hash of it right, and what is then said of it.
FORGERIES = {
    '"sv":': ('"sv":7', "is version"),
    '"prev":"': ('"prev":"00', "does not name the entry before it in"),
    '"origin":"': ('"origin":"other.', "belongs to other.cordula.example/st-anna"),
    '"at":"20': ('"at":"19', "recorded before the entry in front of it"),
}


def problems() -> list[str]:
    """All but that the guards are off, which they are."""
    return [str(problem) for problem in audit().problems if problem.table != "guards"]


@pytest.fixture
def owned(recording: Recording, site: SiteId) -> Iterator[None]:
    recording(life_so_far())
    checkpoint_now(NOW)
    with guards_off(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE entry_subject DROP CONSTRAINT entry_subject_of")
        yield


@pytest.mark.parametrize("length", LENGTHS)
def test_an_untouched_ledger_is_sound_however_it_is_cut(
    owned: None, length: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit_readers, "STRETCH", length)
    assert audit().looked_at["entry"] == len(life_so_far())
    assert problems() == []


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("place", FORGERIES)
def test_an_entry_that_does_not_go_on_from_the_one_before_is_named_however_it_is_cut(
    owned: None, place: str, length: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit_readers, "STRETCH", length)
    forged, says = FORGERIES[place]
    with Undone(), connection.cursor() as cursor:
        cursor.execute(
            "WITH forged AS (SELECT convert_to(replace(convert_from(data, 'UTF8'), %s, %s), 'UTF8')"
            " AS data FROM entry WHERE index = %s) UPDATE entry SET data = forged.data,"
            " leaf = sha256('\\x00'::bytea || forged.data) FROM forged WHERE index = %s",
            [place, forged, FORGED, FORGED],
        )
        named = problems()
    assert any(line.startswith(f"entry {FORGED}: {says}") for line in named), named


@pytest.mark.parametrize("length", LENGTHS)
def test_a_missing_entry_is_named_however_it_is_cut(
    owned: None, length: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit_readers, "STRETCH", length)
    with Undone(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM entry WHERE index = %s", [FORGED])
        named = problems()
    assert any(f"(entry {FORGED}) names an entry that says otherwise" in line for line in named)
    assert any(line.startswith("head 1: size is not what") for line in named)


def test_no_index_falls_between_two_stretches() -> None:
    for total in (0, 1, 16_384, 16_385, 100_000):
        bounds = [span for _, span in spans(total)]
        assert (bounds[0][0], bounds[-1][1]) == (EARLIEST, LATEST)
        assert [one[1] for one in bounds[:-1]] == [one[0] for one in bounds[1:]]


def test_several_processes_find_what_one_finds(
    committed: SiteId, monkeypatch: pytest.MonkeyPatch
) -> None:
    checkpoint_now(NOW)
    with guards_off(), connection.cursor() as cursor:
        cursor.execute("UPDATE entry SET actor = 'somebody' WHERE index = %s", [FORGED])
        cursor.execute("UPDATE entry_subject SET version = 99 WHERE index = %s", [FORGED + 1])
    monkeypatch.setattr(audit_readers, "STRETCH", 5)
    alone = problems()
    monkeypatch.setattr(audit_readers, "WORTH_SHARING", 0)
    monkeypatch.delattr(audit_readers, "_alone")
    assert problems() == alone
    assert f"entry {FORGED}: actor is not what data says" in alone
