"""Is the ledger whole? Everything is worked out anew from the entries' bytes, and compared.

Found and named: a changed byte in any entry, card or checkpoint; a missing or added row; a history written
anew by the owner of the database, because the roots of the old one were signed outside it. Not to be found
by anybody: what was recorded after the newest checkpoint, and taken away before the next.
"""

from collections.abc import Iterator
from contextlib import contextmanager
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
    check_head,
    check_nodes,
    check_stream_heads,
    joined,
)
from cordula_web.records.audit_readers import stretches
from cordula_web.records.findings import Findings, Progress, Report
from cordula_web.records.outside import outside


def quietly(what: str, done: int, total: int) -> None:
    """For those who do not watch."""


def audit(progress: Progress = quietly) -> Report:
    """Check everything, on one unchanging picture of the database while the site goes on."""
    found = Findings()
    with one_picture() as own:
        for line in guards.differences():
            found.add("guards", "", line)
        desk = outside()
        log, stored = signed_outside(desk, found), stored_checkpoints()
        began = perf_counter()
        sizes = {*stored, *(signed.checkpoint.size for signed in log)}
        ledger = joined(stretches(progress, share=own), sizes, found)
        seconds = perf_counter() - began
        check_nodes(ledger, found)
        check_head(ledger, found)
        check_stream_heads(ledger, found)
        check_checkpoints(ledger, stored, log, desk, found)
        check_cards(found, progress)
        check_words(ledger.sealed, found)
    return Report(tuple(found.problems), found.looked_at, ledger.frontier.size / max(seconds, 1e-9))


@contextmanager
def one_picture() -> Iterator[bool]:
    """A transaction that reads the database as it was when it began, and writes nothing.

    Says whether it is our own. Within another, such as that of a test, what is not committed is audited too."""
    within = connection.in_atomic_block
    with transaction.atomic():
        if not within:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield not within
