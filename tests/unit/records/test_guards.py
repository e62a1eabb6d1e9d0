"""The database itself refuses whatever is not an append, to whoever asks."""

import pytest
from django.db import DatabaseError, connection, transaction

from cordula_web.records import guards
from cordula_web.records.refusals import NotStored
from tests.unit.records.conftest import Recording, life_so_far

ATTACKS = {
    "change an entry": "UPDATE entry SET actor = 'other' WHERE index = 3",
    "change bytes and leaf": "UPDATE entry SET data = 'x', leaf = sha256('\\x0078') WHERE index = 3",
    "delete an entry": "DELETE FROM entry WHERE index = (SELECT max(index) FROM entry)",
    "empty the ledger": "TRUNCATE entry CASCADE",
    "change a version": "UPDATE entry_subject SET version = version + 100",
    "delete a version": "DELETE FROM entry_subject",
    "empty the versions": "TRUNCATE entry_subject",
    "change a node": "UPDATE node SET hash = sha256('')",
    "delete a node": "DELETE FROM node",
    "empty the nodes": "TRUNCATE node",
    "change a checkpoint": "UPDATE checkpoint SET note = ''",
    "delete a checkpoint": "DELETE FROM checkpoint",
    "empty the checkpoints": "TRUNCATE checkpoint",
    "replace on conflict": (
        "INSERT INTO entry SELECT * FROM entry WHERE index = 3"
        " ON CONFLICT (index) DO UPDATE SET actor = 'other'"
    ),
    "insert over an entry": "INSERT INTO entry SELECT * FROM entry WHERE index = 3",
    "leave a gap": (
        "INSERT INTO entry SELECT index + 1000, type, schema, recorded_at, occurred_at, actor, site,"
        " key || '-2', data, leaf FROM entry WHERE index = 3"
    ),
    "insert a wrong leaf": (
        "INSERT INTO entry SELECT (SELECT max(index) + 1 FROM entry), type, schema, recorded_at,"
        " occurred_at, actor, site, key || '-2', data || 'x', leaf FROM entry WHERE index = 3"
    ),
    "use a key again": (
        "INSERT INTO entry SELECT (SELECT max(index) + 1 FROM entry), type, schema, recorded_at,"
        " occurred_at, actor, site, key, data, leaf FROM entry WHERE index = 3"
    ),
    "jump a version": "INSERT INTO entry_subject VALUES ('unit:unit-of-lina', 1000, 3)",
    "name no entry": "INSERT INTO entry_subject VALUES ('unit:new', 1, 100000)",
}
# A node and a checkpoint must be there to be attacked.
BAIT = (
    "INSERT INTO node VALUES (8, 0, sha256(''))",
    "INSERT INTO checkpoint VALUES (1, sha256(''), 'note', now())",
)


@pytest.fixture
def ledger(recording: Recording) -> None:
    recording(life_so_far())
    with connection.cursor() as cursor:
        for statement in BAIT:
            cursor.execute(statement)


def attack(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize("statement", ATTACKS.values(), ids=ATTACKS)
def test_the_database_refuses_to(statement: str, ledger: None) -> None:
    with pytest.raises(DatabaseError):
        attack(statement)


@pytest.mark.parametrize("statement", ATTACKS.values(), ids=ATTACKS)
def test_a_session_that_calls_itself_a_replica_is_refused_too(statement: str, ledger: None) -> None:
    if "entry_subject VALUES ('unit:new'" in statement:
        pytest.skip("a foreign key is not looked at in a replica; the audit finds the row")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
    with pytest.raises(DatabaseError):
        attack(statement)


def test_without_its_trigger_the_ledger_could_be_changed(ledger: None) -> None:
    """The control: it is the trigger that refuses, and nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE entry DISABLE TRIGGER entry_not_changed")
    attack(ATTACKS["change an entry"])


def test_the_guards_are_those_that_are_written_down(db: None) -> None:
    assert guards.differences() == []
    assert guards.guards_are_in_place(databases=["default"]) == []


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("ALTER TABLE entry DISABLE TRIGGER entry_not_changed", "entry: NEVER CREATE TRIGGER"),
        ("ALTER TABLE entry ENABLE TRIGGER entry_not_changed", "entry: usually CREATE TRIGGER"),
        ("DROP TRIGGER node_not_emptied ON node", "node: always CREATE TRIGGER"),
        ("ALTER TABLE entry DROP CONSTRAINT entry_leaf", "entry: entry_leaf CHECK"),
        ("ALTER TABLE entry_subject DISABLE TRIGGER ALL", "a foreign key is switched off"),
        ("CREATE RULE quiet AS ON INSERT TO node DO INSTEAD NOTHING", "node: rule quiet"),
        ("DROP INDEX stay_card_position_once", "stay_card: unique index"),
        (
            """CREATE OR REPLACE FUNCTION ledger_is_append_only() RETURNS trigger
            LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'""",
            "function: ledger_is_append_only",
        ),
    ],
)
def test_a_guard_that_was_taken_away_is_named(db: None, statement: str, told: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
    assert any(told in line for line in guards.differences())
    assert any(told in error.msg for error in guards.guards_are_in_place(databases=["default"]))


def test_a_trigger_that_cannot_run_fails_the_append_and_is_never_skipped(
    recording: Recording,
) -> None:
    """As after an upgrade of the server under its running sessions."""
    recording(life_so_far()[:-1])
    with connection.cursor() as cursor:
        cursor.execute(
            """CREATE OR REPLACE FUNCTION entry_comes_next() RETURNS trigger
            LANGUAGE plpgsql AS 'BEGIN PERFORM a_function_that_is_not_there(); RETURN NEW; END'"""
        )
    with pytest.raises(NotStored):
        recording(life_so_far()[-1:])
