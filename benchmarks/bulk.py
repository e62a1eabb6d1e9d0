"""How fast are many events recorded at once, against the same number of bare rows put in by one statement?

A thousand events a transaction, the most that one takes: every event passes the whole door, is admitted to its
histories, hashed into the tree, and shown on the cards.
"""

from collections.abc import Iterator
from functools import partial
from itertools import islice
from typing import Any

from benchmarks.ratio import Ratio, interleaved, quotients
from benchmarks.record import lives, record

ROUNDS, EACH = 9, 1000
GOAL = 10_000
BARE = "INSERT INTO bare (data) SELECT unnest(%s::bytea[])"


def measure() -> list[Ratio]:
    with record():
        commands = lives(1_000)
        _table()
        _events(commands)
        took, bare = interleaved(ROUNDS, partial(_events, commands), _bare_rows)
    promised = tuple(EACH / seconds / GOAL for seconds in took)
    told = "events recorded per second"
    return [
        Ratio("bulk", f"{told} / the promised {GOAL:,}", f"{EACH:,}", promised, goal="≥ 1"),
        Ratio("bulk", f"{told} / bare rows in one statement", f"{EACH:,}", quotients(bare, took)),
    ]


def _table() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bare (id bigserial PRIMARY KEY, data bytea NOT NULL)")


def _events(commands: Iterator[Any]) -> None:
    from cordula_web.records.actions import record_many

    record_many(list(islice(commands, EACH)))


def _bare_rows() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(BARE, [[b"x" * 600] * EACH])
