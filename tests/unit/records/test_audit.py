"""One changed byte, anywhere, is found and named; and so is an owner who writes the whole history anew."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection, transaction

from cordula.events.event import Event
from cordula.events.laboratory import Counted
from cordula.events.quality import Deviated
from cordula.events.sealed import Sealing
from cordula.vocabulary.identifiers import SiteId
from cordula_web.records.actions import record
from cordula_web.records.audit import audit
from cordula_web.records.findings import Report
from cordula_web.records.guards import CARDS, LEDGER
from cordula_web.records.outside import outside
from cordula_web.records.rebuild import rebuild_cards
from cordula_web.records.signer import checkpoint_now
from tests import cast
from tests.unit.records.conftest import Recording, life_so_far
from tests.unit.records.evil_owner import guards_off, write_history_anew

NOW = cast.after_birth(days=160)
KEYS = {
    "entry": ("index",),
    "entry_subject": ("stream", "version"),
    "node": ("level", "index"),
    "head": ("id",),
    "stream_head": ("stream",),
    "checkpoint": ("size",),
    "unit_card": ("unit",),
    "infant_card": ("infant",),
    "place_card": ("place",),
    "stay_card": ("unit", "number"),
    "task_card": ("unit", "number"),
}
# How one thing in a column of each kind is made another thing.
CHANGES = {
    "text": "coalesce({0} || 'x', 'x')",
    "bytea": "set_byte({0}, 0, get_byte({0}, 0) # 1)",
    "bigint": "{0} + 1000",
    "integer": "coalesce({0} + 1000, 1)",
    "smallint": "{0} + 1",
    "boolean": "NOT {0}",
    "numeric": "coalesce({0} + 1, 1)",
    "date": "coalesce({0} + 1, '2026-01-01')",
    "timestamp with time zone": "coalesce({0} + interval '1 microsecond', now())",
    "ARRAY": "{0} || 'x'::text",
}


@pytest.fixture
def signed(recording: Recording, site: SiteId, protocol: object) -> list[Event]:
    """A life up to the release, signed in the middle and at the end, with words that are sealed."""
    events = life_so_far()
    recording(events[:12])
    checkpoint_now(NOW)
    recording(events[12:])
    sealing = Sealing()
    what = sealing("what", "label torn")
    event = Deviated(
        units=(cast.UNIT,), number="D-1", what=what, harm=False, by=cast.QUALITY, at=NOW
    )
    record(event, key="deviation-0001", site=site, now=NOW, sealing=sealing)
    checkpoint_now(NOW)
    return events


def test_a_ledger_that_nobody_touched_is_sound(signed: list[Event]) -> None:
    report = audit()
    assert report.problems == ()
    assert report.looked_at["entry"] == len(signed) + 1
    assert report.looked_at["checkpoint"] == report.looked_at["checkpoints.log"] == 2
    assert report.looked_at["people_sealeddisclosure"] == 1
    assert all(report.looked_at[table] for table in CARDS)


def columns_of(table: str) -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s"
            " AND table_schema = current_schema() ORDER BY ordinal_position",
            [table],
        )
        return cursor.fetchall()


def rows_of(table: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        key = ", ".join(KEYS[table])
        cursor.execute(f"SELECT {key} FROM {table} ORDER BY {key}")
        return cursor.fetchall()


def changed_and_audited(table: str, key: tuple[object, ...], column: str, kind: str) -> Report:
    """What the audit says with this one thing changed; afterwards it is as it was."""
    where = " AND ".join(f"{name} = %s" for name in KEYS[table])
    change = CHANGES[kind].format(f'"{column}"')
    with Undone(), connection.cursor() as cursor:
        cursor.execute(f'UPDATE {table} SET "{column}" = {change} WHERE {where}', key)
        assert cursor.rowcount == 1
        return audit()


class Undone(transaction.Atomic):
    """A block whose changes are taken back."""

    def __init__(self) -> None:
        super().__init__(using=None, savepoint=True, durable=False)

    def __exit__(self, *fault: object) -> None:
        transaction.set_rollback(True)
        super().__exit__(None, None, None)


@pytest.fixture
def unchecked(signed: list[Event]) -> Iterator[None]:
    """The owner has taken away what the database itself would refuse."""
    with guards_off(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE entry DROP CONSTRAINT entry_leaf")
        cursor.execute("ALTER TABLE entry_subject DROP CONSTRAINT entry_subject_of")
        cursor.execute("ALTER TABLE head DROP CONSTRAINT head_only_one")
        yield


WITHOUT_NODE = [table for table in (*LEDGER, *CARDS) if table != "node"]


def test_a_change_in_any_column_of_a_node_is_found_and_named(
    recording: Recording, site: SiteId
) -> None:
    recording(life_so_far())
    weighed = cast.theatre()[1]
    recording([replace(weighed, at=NOW)] * 300)
    for level, index in rows_of("node"):
        for column in ("level", "index", "hash"):
            kind = dict(columns_of("node"))[column]
            change = "16" if column == "level" else CHANGES[kind].format(f'"{column}"')
            with guards_off(), Undone(), connection.cursor() as cursor:
                cursor.execute(f'UPDATE node SET "{column}" = {change}')
                named = [str(p) for p in audit().problems if p.table == "node"]
            assert any(f"level {level} index {index}" in line for line in named)


@pytest.mark.parametrize("table", WITHOUT_NODE)
def test_a_change_in_any_column_is_found_and_named(table: str, unchecked: None) -> None:
    rows = rows_of(table)
    for key in {rows[0], rows[len(rows) // 2], rows[-1]}:
        for column, kind in columns_of(table):
            report = changed_and_audited(table, key, column, kind)
            named = [p for p in report.problems if p.table == table]
            assert named, f"{table} {key} {column} was changed, and the audit is silent"


@pytest.mark.slow
@pytest.mark.parametrize("table", WITHOUT_NODE)
def test_a_change_in_any_column_of_any_row_is_found(table: str, unchecked: None) -> None:
    for key in rows_of(table):
        for column, kind in columns_of(table):
            report = changed_and_audited(table, key, column, kind)
            assert any(p.table == table for p in report.problems), (table, key, column)


@pytest.mark.parametrize("table", WITHOUT_NODE)
def test_a_row_that_was_taken_away_is_named(table: str, unchecked: None) -> None:
    for key in rows_of(table)[-1:]:
        where = " AND ".join(f"{name} = %s" for name in KEYS[table])
        with Undone(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table} WHERE {where}", key)
            named = audit().problems
        assert any(p.table in (table, "checkpoints.log") for p in named)


def test_the_byte_that_was_changed_is_in_the_entry_that_is_named(unchecked: None) -> None:
    report = changed_and_audited("entry", (5,), "data", "bytea")
    assert [str(p) for p in report.problems if p.table == "entry"][:2] == [
        "entry 5: leaf is not the hash of data",
        "entry 5: data is no entry of the ledger (NotCanonical)",
    ]


def another_count(event: Event) -> Event:
    if isinstance(event, Counted) and event.measure == "nucleated_viability":
        return replace(event, result=cast.q("99", "%"))
    return event


def test_an_owner_who_edits_drops_the_newest_and_hashes_all_anew_is_found(
    signed: list[Event],
) -> None:
    write_history_anew(another_count, drop_last=1)
    report = audit()
    assert {p.table for p in report.problems} == {"checkpoint", "checkpoints.log"} | {
        "people_sealeddisclosure"  # the words of the entry that was dropped
    }
    told = [str(problem) for problem in report.problems]
    size = len(signed) + 1
    assert (
        f"checkpoints.log size {size}: was signed, but the ledger holds only {size - 1} entries"
        in told
    )


def test_an_owner_who_only_edits_is_found_though_every_hash_in_the_database_is_right(
    signed: list[Event],
) -> None:
    write_history_anew(another_count)
    size = len(signed) + 1
    assert [str(problem) for problem in audit().problems] == [
        f"{table} size {size}: root is not that of the first {size} entries: some were changed after"
        " it was signed"
        for table in ("checkpoints.log", "checkpoint")
    ]


def test_an_owner_who_also_empties_the_checkpoints_is_found_by_the_log_outside(
    signed: list[Event],
) -> None:
    write_history_anew(another_count)
    with guards_off(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM checkpoint")
    assert {problem.table for problem in audit().problems} == {"checkpoint", "checkpoints.log"}


def test_without_the_log_outside_such_an_owner_would_not_be_found(
    signed: list[Event], keys: Path
) -> None:
    """The control: it is what stands outside the database that finds her."""
    write_history_anew(another_count)
    with guards_off(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM checkpoint")
    outside().log_file.unlink()
    outside().last_file.unlink()
    assert audit().problems == ()


def test_cards_are_made_anew_and_what_differed_is_told(signed: list[Event]) -> None:
    assert rebuild_cards(lambda *_: None) == []
    with connection.cursor() as cursor:
        cursor.execute("UPDATE unit_card SET state = 'administered'")
        cursor.execute("DELETE FROM stay_card WHERE number = 1")
        cursor.execute("INSERT INTO place_card VALUES ('nowhere', 'st-anna', '{}', 0, 0, 1)")
    assert [str(p) for p in rebuild_cards(lambda *_: None)] == [
        "unit_card unit-of-lina: state is not what the ledger gives",
        "stay_card unit-of-lina 1: is missing",
        "place_card nowhere: had no entry in the ledger",
    ]
    assert audit().problems == ()
