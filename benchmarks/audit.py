"""How fast is an audit, against doing nothing but hash the same bytes?

Counted is what is done to each entry: read from the database, parsed, checked to be canonical, compared with
its columns and histories, hashed, and pushed into the tree. Folding the cards anew comes on top. A ledger of this
length is read by a process for each processor; hashed is by one.
"""

from functools import partial
from hashlib import sha256

from benchmarks.lives import lives
from benchmarks.ratio import Ratio, interleaved, quotients
from benchmarks.record import record, record_all, tell

UNITS, ROUNDS = 8_000, 5
GOAL = 100_000


def measure() -> list[Ratio]:
    with record():
        tell(f"  recording the lives of {UNITS:,} units, to be audited")
        record_all(lives(UNITS))
        entries = _entries()
        audited, hashed = interleaved(ROUNDS, _audit, partial(_hash, entries))
    promised = tuple(len(entries) / seconds / GOAL for seconds in audited)
    told, length = "entries audited per second", f"{len(entries):,}"
    return [
        Ratio("audit", f"{told} / the promised {GOAL:,}", length, promised, goal="≥ 1"),
        Ratio("audit", f"{told} / SHA-256 of the same bytes", length, quotients(hashed, audited)),
    ]


def _entries() -> list[bytes]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM entry ORDER BY index")
        return [bytes(data) for (data,) in cursor.fetchall()]


def _hash(entries: list[bytes]) -> None:
    for data in entries:
        sha256(b"\x00" + data).digest()


def _audit() -> None:
    from cordula_web.records.audit import one_picture, quietly
    from cordula_web.records.audit_entries import joined
    from cordula_web.records.audit_readers import stretches
    from cordula_web.records.findings import Findings

    found = Findings()
    with one_picture() as own:
        joined(stretches(quietly, share=own), (), found)
    if found.problems:
        raise SystemExit(f"the audit found {found.problems[0]}")
