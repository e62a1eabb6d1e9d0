"""One of several processes that read the ledger: it sees the picture of the database that another one lent it."""

from typing import Any

import psycopg
from psycopg.sql import SQL, Literal

from cordula_web.records.audit_stretch import Stretch, read

# Where a stretch should begin, and between which indexes it is looked for.
Span = tuple[int, tuple[int, int]]
_own: list[psycopg.Connection[Any]] = []


def look_at(address: dict[str, Any], picture: str) -> None:
    """Connect, and see what the lender sees, for as long as that one holds it."""
    own = psycopg.connect(**address)
    own.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    own.execute(SQL("SET TRANSACTION SNAPSHOT {}").format(Literal(picture)))
    _own.append(own)


def read_span(span: Span) -> Stretch:
    start, bounds = span
    return read(_own[0], start, bounds)
