"""Who reads the stretches of the ledger? This process where it is short, else one process for each processor.

All of them see one and the same picture of the database, which this process holds open and lends them.
"""

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import pairwise
from multiprocessing import get_context
from typing import Any

from django.db import connection

from cordula_web.records import audit_lent
from cordula_web.records.audit_stretch import Stretch, read
from cordula_web.records.findings import Progress

STRETCH = 16_384
# Below this, starting other processes takes longer than they save.
WORTH_SHARING = 8 * STRETCH
EARLIEST, LATEST = -(2**63), 2**63 - 1


def stretches(progress: Progress, *, share: bool) -> Iterator[Stretch]:
    """All of them, in order. Shared only by who holds a picture of its own of what was committed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM entry")
        (total,) = cursor.fetchone()
    read_by = _by_several if share and total >= WORTH_SHARING else _alone
    for stretch in read_by(list(spans(total))):
        yield stretch
        progress("entries", stretch.start + len(stretch.leaves), total)


def spans(total: int) -> Iterator[audit_lent.Span]:
    """Where each stretch should begin, and between which indexes it is looked for: no entry is left out."""
    starts = range(0, max(total, 1), STRETCH)
    bounds = pairwise([EARLIEST, *starts[1:], LATEST])
    yield from zip(starts, bounds, strict=True)


def _alone(wanted: list[audit_lent.Span]) -> Iterator[Stretch]:
    connection.ensure_connection()
    for start, bounds in wanted:
        yield read(connection.connection, start, bounds)


def _by_several(wanted: list[audit_lent.Span]) -> Iterator[Stretch]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_export_snapshot()")
        (picture,) = cursor.fetchone()
    pool = ProcessPoolExecutor(
        max_workers=min(os.cpu_count() or 1, len(wanted)),
        # A new process, not a copy: a copy would share this one's connection.
        mp_context=get_context("spawn"),
        initializer=audit_lent.look_at,
        initargs=(_address(), picture),
    )
    with pool:
        yield from pool.map(audit_lent.read_span, wanted)


def _address() -> dict[str, Any]:
    info = connection.connection.info
    return {**info.get_parameters(), "password": info.password or None}
