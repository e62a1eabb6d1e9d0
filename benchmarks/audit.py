"""How fast is an audit, against doing nothing but hash the same bytes?

Counted is what is done to each entry: read from the database, parsed, checked to be canonical, compared with
its columns and histories, hashed, and pushed into the tree. Folding the cards anew comes on top.
"""

from hashlib import sha256
from itertools import islice
from statistics import median
from time import perf_counter

from benchmarks.record import lives, record

UNITS, ROUNDS = 600, 5


def measure() -> dict[str, float]:
    with record():
        from cordula_web.records.actions import record_many

        commands = lives(UNITS)
        while some := list(islice(commands, 1000)):
            record_many(some)
        hashing, audited = [], []
        for _ in range(ROUNDS):
            hashing.append(_hashed_per_second())
            audited.append(_audited_per_second())
    return {
        "entries hashed per second": median(hashing),
        "entries audited per second": median(audited),
        "audit to hashing": median(audited) / median(hashing),
    }


def _hashed_per_second() -> float:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM entry ORDER BY index")
        entries = [bytes(data) for (data,) in cursor.fetchall()]
    began = perf_counter()
    for data in entries:
        sha256(b"\x00" + data).digest()
    return len(entries) / (perf_counter() - began)


def _audited_per_second() -> float:
    from cordula_web.records.audit import audit

    report = audit()
    if not report.sound:
        raise SystemExit(f"the audit found {report.problems[0]}")
    return report.entries_per_second


if __name__ == "__main__":
    for name, value in measure().items():
        print(f"{name}: {value:.3g}")
