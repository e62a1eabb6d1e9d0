"""What does it cost to record an event, against one row put into a bare table of the same PostgreSQL?

Both are durable: each commit waits for the disk. Rounds are interleaved, so that whatever else the machine does
falls on both. On a disk that answers at once the processor decides; the second line tells how much of the
commit's time is that, by leaving the waiting for the disk out on both sides.
"""

from collections.abc import Iterator
from functools import partial
from itertools import count

from benchmarks.lives import NOW, SITE, infant, lives
from benchmarks.ratio import Ratio, interleaved, quotients
from benchmarks.record import record, record_all
from cordula.events.course import Weighed
from cordula.events.event import Event
from tests import cast

ROUNDS, EACH = 21, 20
# One after the other is weighed, so that no history grows longer than those of a hospital.
CHILDREN = 100
BARE = "INSERT INTO bare (data) VALUES (%s)"


def measure() -> list[Ratio]:
    with record():
        _prepare()
        numbers = count()
        bare, event = partial(_bare_rows, EACH), partial(_events, EACH, numbers)
        bare(), event()
        durable = quotients(*interleaved(ROUNDS, bare, event))
        _without_waiting_for_the_disk()
        hurried = quotients(*interleaved(ROUNDS, bare, event))
    told = "one event recorded / one bare row inserted, commits per second"
    return [
        Ratio(
            "append", f"{told}, durable", f"{EACH}", durable, goal="≥ 0.80 where the disk decides"
        ),
        Ratio("append", f"{told}, not waiting for the disk", f"{EACH}", hurried, goal="≥ 0.25"),
    ]


def _prepare() -> None:
    from django.db import connection

    record_all(lives(CHILDREN))
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bare (id bigserial PRIMARY KEY, data bytea NOT NULL)")


def _bare_rows(number: int) -> None:
    from django.db import connection

    for _ in range(number):
        with connection.cursor() as cursor:
            cursor.execute(BARE, [b"x" * 600])


def _events(number: int, numbers: Iterator[int]) -> None:
    from cordula_web.records.actions import record as record_event

    for turn in (next(numbers) for _ in range(number)):
        record_event(_weighed(turn), key=f"benchmark-{turn:06d}", site=SITE, now=NOW)


def _weighed(turn: int) -> Event:
    weight = cast.q(str(5000 + turn), "g")
    return Weighed(infant=infant(turn % CHILDREN), weight=weight, by=cast.NURSE, at=NOW)


def _without_waiting_for_the_disk() -> None:
    """For the whole server: the ledger itself insists on waiting, and this is where it cannot."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ALTER SYSTEM SET fsync = off")
        cursor.execute("SELECT pg_reload_conf()")
