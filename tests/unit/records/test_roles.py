"""With the roles of a server of one's own, the site adds to the ledger and can change nothing in it."""

from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

import cordula_web.records
from cordula.vocabulary.identifiers import SiteId
from cordula_web.records import guards, queries
from tests import cast
from tests.unit.records.conftest import Recording, life_so_far

SQL = Path(cordula_web.records.__file__).with_name("roles.sql")


@pytest.fixture
def as_app(recording: Recording, site: SiteId) -> None:
    """The roles as the administrator makes them; gone again when the test ends."""
    recording(life_so_far()[:-1])
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(SQL.read_text())
        cursor.execute("SET LOCAL ROLE cordula_app")


def test_the_site_records_as_it_does_as_owner(
    as_app: None, recording: Recording, site: SiteId
) -> None:
    recording(life_so_far()[-1:])
    assert queries.unit(cast.UNIT, site=site).state == "tested"
    assert guards.differences() == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET actor = 'other'",
        "DELETE FROM entry",
        "TRUNCATE node",
        "UPDATE entry_subject SET version = 1",
        "DELETE FROM checkpoint",
        "DELETE FROM head",
        "DELETE FROM stream_head",
        "ALTER TABLE entry DISABLE TRIGGER entry_not_changed",
        "ALTER TABLE entry DROP CONSTRAINT entry_leaf",
        "DROP TABLE entry",
        "SET session_replication_role = replica",
    ],
)
def test_the_site_has_not_even_the_right_to(as_app: None, statement: str) -> None:
    with pytest.raises(DatabaseError, match=r"permission denied|must be owner"):
        attack(statement)


def attack(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_who_only_reads_sees_no_person(recording: Recording) -> None:
    recording(life_so_far())
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(SQL.read_text())
        cursor.execute("SET LOCAL ROLE cordula_ro")
        cursor.execute("SELECT count(*) FROM entry")
        assert cursor.fetchone() == (len(life_so_far()),)
    with pytest.raises(DatabaseError, match="permission denied"):
        attack("SELECT printed_name FROM people_account")
