"""How fast is an audit, against doing nothing but hash the same bytes?

Counted is what is done to each entry: read from the database, parsed, checked to be canonical, compared with
its columns and histories, hashed, and pushed into the tree. Folding the cards anew comes on top.
"""

from functools import partial
from hashlib import sha256

from benchmarks.lives import lives
from benchmarks.ratio import Ratio, timed
from benchmarks.record import record, record_all

UNITS, ROUNDS = 600, 5
GOAL = 100_000


def measure() -> list[Ratio]:
    with record():
        record_all(lives(UNITS))
        entries = _entries()
        hashing, audited = [], []
        for _ in range(ROUNDS):
            hashing.append(len(entries) / timed(partial(_hash, entries)))
            audited.append(_audited_per_second())
    against = tuple(ours / plain for ours, plain in zip(audited, hashing, strict=True))
    promised = tuple(ours / GOAL for ours in audited)
    told = "entries audited per second"
    return [
        Ratio(
            "audit", f"{told} / the promised {GOAL:,}", f"{len(entries):,}", promised, goal="≥ 1"
        ),
        Ratio("audit", f"{told} / SHA-256 of the same bytes", f"{len(entries):,}", against),
    ]


def _entries() -> list[bytes]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM entry ORDER BY index")
        return [bytes(data) for (data,) in cursor.fetchall()]


def _hash(entries: list[bytes]) -> None:
    for data in entries:
        sha256(b"\x00" + data).digest()


def _audited_per_second() -> float:
    from cordula_web.records.audit import audit

    report = audit()
    if not report.sound:
        raise SystemExit(f"the audit found {report.problems[0]}")
    return report.entries_per_second
