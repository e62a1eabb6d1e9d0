"""How fast are many events recorded at once, against the same number of bare rows put in by one statement?

A thousand events a transaction, the most that one takes: every event passes the whole door, is admitted to its
histories, hashed into the tree, and shown on the cards.
"""

from benchmarks.lives import lives
from benchmarks.ratio import Ratio, interleaved, quotients
from benchmarks.record import AT_ONCE, in_batches, record

ROUNDS = 9
GOAL = 10_000
BARE = "INSERT INTO bare (data) SELECT unnest(%s::bytea[])"


def measure() -> list[Ratio]:
    with record():
        from cordula_web.records.actions import record_many

        batches = in_batches(list(lives(ROUNDS * 60)))
        _table()
        record_many(next(batches))
        took, bare = interleaved(ROUNDS, lambda: record_many(next(batches)), _bare_rows)
    promised = tuple(AT_ONCE / seconds / GOAL for seconds in took)
    told = "events recorded per second"
    return [
        Ratio("bulk", f"{told} / the promised {GOAL:,}", f"{AT_ONCE:,}", promised, goal="≥ 1"),
        Ratio(
            "bulk", f"{told} / bare rows in one statement", f"{AT_ONCE:,}", quotients(bare, took)
        ),
    ]


def _table() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bare (id bigserial PRIMARY KEY, data bytea NOT NULL)")


def _bare_rows() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(BARE, [[b"x" * 600] * AT_ONCE])
