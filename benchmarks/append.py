"""What does it cost to record an event, against one row put into a bare table of the same PostgreSQL?

Both are durable: each commit waits for the disk. The rounds are interleaved, so that whatever else the
machine does falls on both alike; the ratio is that of the medians.
"""

from statistics import median
from time import perf_counter
from typing import Any

from benchmarks.record import cast_site, lives, record

ROUNDS, EACH = 15, 20


def measure() -> dict[str, float]:
    """Commits per second of a bare row and of a recorded event, and how many rows one event costs."""
    with record():
        _prepare()
        raw, recorded = [], []
        for number in range(ROUNDS):
            raw.append(_timed(_bare_row, number))
            recorded.append(_timed(_event, number))
    return {
        "bare rows per second": 1 / median(raw),
        "events per second": 1 / median(recorded),
        "events to bare rows": median(raw) / median(recorded),
    }


def _prepare() -> None:
    from django.db import connection

    from cordula_web.records.actions import record_many

    record_many(list(lives(1)))
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bare (id bigserial PRIMARY KEY, data bytea NOT NULL)")


def _timed(act: Any, number: int) -> float:
    """Seconds for one, over a round."""
    began = perf_counter()
    for turn in range(EACH):
        act(number * EACH + turn)
    return (perf_counter() - began) / EACH


def _bare_row(_: int) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bare (data) VALUES (%s)", [b"x" * 600])


def _event(number: int) -> None:
    from cordula.events.course import Weighed
    from cordula.vocabulary.identifiers import InfantId
    from cordula_web.records.actions import record as record_event
    from tests import cast

    now = cast.after_birth(days=160)
    weight = cast.q(str(5000 + number), "g")
    event = Weighed(infant=InfantId("child-0"), weight=weight, by=cast.NURSE, at=now)
    record_event(event, key=f"benchmark-{number:06d}", site=cast_site(), now=now)


if __name__ == "__main__":
    for name, value in measure().items():
        print(f"{name}: {value:.3g}")
