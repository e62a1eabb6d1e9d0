"""Are the guards of the ledger's tables in place? Triggers, checks and rules, compared with those of `guards.txt`.

A table that a migration rebuilt has lost its triggers without a word; an owner may switch them off.
"""

from pathlib import Path
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

EXPECTED = Path(__file__).with_name("guards.txt")
LEDGER = ("entry", "entry_subject", "node", "head", "stream_head", "checkpoint")
CARDS = ("unit_card", "infant_card", "place_card", "stay_card", "task_card")

_INVENTORY = """
WITH guarded AS (
    SELECT oid, relname FROM pg_class
    WHERE relname = ANY(%s) AND relkind = 'r' AND pg_table_is_visible(oid)
)
SELECT relname || ': ' || conname || CASE WHEN convalidated THEN ' ' ELSE ' NOT CHECKED ' END
       || pg_get_constraintdef(c.oid, true)
FROM guarded JOIN pg_constraint c ON conrelid = guarded.oid WHERE contype <> 'n'
UNION ALL
SELECT relname || ': ' || CASE tgenabled WHEN 'A' THEN 'always ' WHEN 'O' THEN 'usually '
       WHEN 'D' THEN 'NEVER ' ELSE 'on a replica ' END || pg_get_triggerdef(t.oid, true)
FROM guarded JOIN pg_trigger t ON tgrelid = guarded.oid WHERE NOT tgisinternal
UNION ALL
SELECT relname || ': a foreign key is switched off'
FROM guarded JOIN pg_trigger t ON tgrelid = guarded.oid WHERE tgisinternal AND tgenabled <> 'O'
UNION ALL
SELECT relname || ': rule ' || rulename FROM guarded JOIN pg_rewrite ON ev_class = guarded.oid
UNION ALL
SELECT relname || ': unique index ' || pg_get_indexdef(indexrelid, 0, true)
FROM guarded JOIN pg_index i ON indrelid = guarded.oid
WHERE indisunique AND indisvalid AND indexrelid NOT IN (SELECT conindid FROM pg_constraint)
UNION ALL
SELECT 'function: ' || proname || ' ' || encode(sha256(convert_to(prosrc, 'UTF8')), 'hex')
FROM pg_proc WHERE pg_function_is_visible(oid)
AND proname IN ('ledger_is_append_only', 'entry_comes_next', 'version_comes_next')
"""


def inventory() -> list[str]:
    """One line for each constraint, trigger and rule of the ledger's tables, and for each function."""
    with connections["default"].cursor() as cursor:
        cursor.execute(_INVENTORY, [[*LEDGER, *CARDS]])
        return sorted(line for (line,) in cursor.fetchall())


def differences() -> list[str]:
    """What is missing and what should not be there, one line each."""
    expected, found = set(EXPECTED.read_text().splitlines()), set(inventory())
    gone = [f"{line} (missing or changed)" for line in sorted(expected - found)]
    return gone + [f"{line} (not one of ours)" for line in sorted(found - expected)]


@register(Tags.database)
def guards_are_in_place(databases: Any = None, **_: Any) -> list[CheckMessage]:
    if "default" not in (databases or ()) or not _made():
        return []
    hint = "Nothing may be recorded until the guards are back: ask the owner of the database."
    return [Error(line, hint=hint, id="records.E001") for line in differences()]


def _made() -> bool:
    """Before the first migration there is nothing to guard."""
    return "entry" in connections["default"].introspection.table_names()
