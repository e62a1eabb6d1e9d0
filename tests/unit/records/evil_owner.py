"""What the owner of the database could do: write another history, with every hash in it right."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from django.db import connection

from cordula.events.envelope import open_entry
from cordula.events.event import Event
from cordula.ledger.merkle import Frontier
from cordula.vocabulary.identifiers import Stream
from cordula_web.records import card_store
from cordula_web.records.append import Batch, Head
from cordula_web.records.histories import REMEMBERED, Told, untold
from cordula_web.records.round_trip import together

LEDGER = ("entry", "entry_subject", "node", "checkpoint")
DERIVED = ("stream_head", *(kind._meta.db_table for kind in card_store.CARDS))


@contextmanager
def guards_off() -> Iterator[None]:
    """With the triggers off, as only an owner can have them."""
    _triggers("DISABLE TRIGGER USER", LEDGER)
    try:
        yield
    finally:
        _triggers("ENABLE ALWAYS TRIGGER", LEDGER)


def _triggers(how: str, tables: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for table in tables:
            if how.startswith("DISABLE"):
                cursor.execute(f"ALTER TABLE {table} {how}")
                continue
            cursor.execute(
                "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal",
                [table],
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f"ALTER TABLE {table} {how} {name}")


def empty_the_ledger(*, checkpoints: bool = True) -> None:
    """Everything gone, as in a new database."""
    tables = [t for t in (*LEDGER, *DERIVED) if checkpoints or t != "checkpoint"]
    with guards_off(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"TRUNCATE {', '.join(tables)}")
        cursor.execute(
            "UPDATE head SET origin = '', size = 0, frontier = '\\x0000000000000000',"
            " last_at = '-infinity'"
        )
    REMEMBERED.forget()


def write_history_anew(
    change: Callable[[Event], Event], *, drop_last: int = 0, repeat_last: int = 0
) -> None:
    """Change events, drop the newest or repeat it, and put every hash, version and card right again."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM entry ORDER BY index")
        entries = [open_entry(bytes(data)) for (data,) in cursor.fetchall()]
    batch = Batch(Head(entries[0].origin, Frontier(), None))
    told: dict[Stream, Told] = {}
    repeated = [replace(entries[-1], key=f"repeated-{n}") for n in range(repeat_last)]
    for entry in [*entries[: len(entries) - drop_last], *repeated]:
        event = change(entry.event)
        histories = [told.get(stream) or untold(stream) for stream in event.concerns()]
        batch.add(event, key=entry.key, site=entry.site, now=entry.recorded_at, told=histories)
        told.update(batch.touched)
    empty_the_ledger(checkpoints=False)
    together([batch.statement()])
    card_store.refresh(batch.touched)
