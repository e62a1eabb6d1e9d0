"""Is the ledger whole? Everything is worked out anew from the entries' bytes, and compared.

Found and named: a changed byte in any entry, card or checkpoint; a missing or added row; a history written
anew by the owner of the database, because the roots of the old one were signed outside it. Not to be found
by anybody: what was recorded after the newest checkpoint, and taken away before the next.
"""

from contextlib import AbstractContextManager
from time import perf_counter

from django.db import connection, transaction

from cordula_web.records import guards
from cordula_web.records.audit_cards import check_cards, check_words
from cordula_web.records.audit_checkpoints import (
    check_checkpoints,
    signed_outside,
    stored_checkpoints,
)
from cordula_web.records.audit_entries import (
    check_entries,
    check_head,
    check_nodes,
    check_stream_heads,
)
from cordula_web.records.findings import Findings, Progress, Report
from cordula_web.records.outside import outside


def quietly(what: str, done: int, total: int) -> None:
    """For those who do not watch."""


def audit(progress: Progress = quietly) -> Report:
    """Check everything, on one unchanging picture of the database while the site goes on."""
    found = Findings()
    with _one_picture():
        for line in guards.differences():
            found.add("guards", "", line)
        desk = outside()
        log, stored = signed_outside(desk, found), stored_checkpoints()
        began = perf_counter()
        sizes = {*stored, *(signed.checkpoint.size for signed in log)}
        ledger = check_entries(found, sizes, progress)
        seconds = perf_counter() - began
        check_nodes(ledger, found)
        check_head(ledger, found)
        check_stream_heads(ledger, found)
        check_checkpoints(ledger, stored, log, desk, found)
        check_cards(found, progress)
        check_words(ledger.sealed, found)
    return Report(tuple(found.problems), found.looked_at, ledger.frontier.size / max(seconds, 1e-9))


def _one_picture() -> AbstractContextManager[None]:
    inside = connection.in_atomic_block
    block: AbstractContextManager[None] = transaction.atomic()
    return block if inside else _Snapshot()


class _Snapshot(AbstractContextManager[None]):
    """A transaction that reads the database as it was when it began, and writes nothing."""

    def __enter__(self) -> None:
        self._block = transaction.atomic()
        self._block.__enter__()
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")

    def __exit__(self, *fault: object) -> None:
        self._block.__exit__(*fault)  # type: ignore[arg-type]
