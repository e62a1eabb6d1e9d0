"""The cards, made anew from the ledger alone: what stood there otherwise is told, and put right.

A few histories at a time under the ledger's lock, so that the site goes on meanwhile. Readers see the old
cards of a history or the new ones, never something between.
"""

from collections.abc import Callable

from django.db import connection, models, transaction

from cordula_web.records import card_store
from cordula_web.records.append import lock_head
from cordula_web.records.audit_cards import Key, chunks, compare, orphans
from cordula_web.records.card_store import CARDS, columns
from cordula_web.records.findings import Problem, Progress


def rebuild_cards(progress: Progress) -> list[Problem]:
    """Make all cards anew. Answers what differed: nothing, if all was as it should be."""
    differed: list[Problem] = []

    def differ(kind: type[models.Model], key: Key, says: str) -> None:
        differed.append(Problem(kind._meta.db_table, " ".join(map(str, key)), says))

    for done, total, streams in chunks():
        with transaction.atomic(durable=True):
            lock_head()
            should = card_store.anew(streams)
            before = len(differed)
            for kind in CARDS:
                compare(kind, streams, should.of(kind), differ)
            if len(differed) > before:
                card_store.replace(streams, should)
        progress("cards", done, total)
    _remove_orphans(differ)
    return differed


def _remove_orphans(differ: Callable[[type[models.Model], Key, str], None]) -> None:
    for kind in CARDS:
        for name in orphans(kind):
            differ(kind, (name,), "had no entry in the ledger")
            table, first = kind._meta.db_table, columns(kind)[0]
            with connection.cursor() as cursor:
                cursor.execute(f"DELETE FROM {table} WHERE {first} = %s", [name])  # noqa: S608
