"""How are several statements sent at once? As one text, each still executed alone and in order.

Under READ COMMITTED every statement sees what was committed before it began, also within one text: so what
stands after the statement that takes the lock reads what the lock protects.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any, Self

from django.db import connection, transaction
from psycopg.pq import TransactionStatus

Statement = tuple[str, Sequence[Any]]
Rows = list[tuple[Any, ...]]

BEGIN: Statement = ("BEGIN", ())
COMMIT: Statement = ("COMMIT", ())


def together(statements: Sequence[Statement]) -> list[Rows]:
    """The rows of each statement. Values are bound by the driver, as in any single statement."""
    text = ";\n".join(sql for sql, _ in statements)
    values = [value for _, given in statements for value in given]
    answers: list[Rows] = []
    with connection.cursor() as cursor:
        cursor.execute(text, values)
        more: bool | None = True
        while more:
            answers.append(cursor.fetchall() if cursor.description else [])
            more = cursor.nextset()
    return answers


class InTwoTrips(AbstractContextManager["InTwoTrips"]):
    """A durable transaction that begins with its first statements and is committed with its last.

    To begin and to commit are otherwise a round trip each, and the ledger's lock is held in between. The block is
    Django's own, never part of another: what `finish` sent is on the disk when it answers."""

    def __enter__(self) -> Self:
        self._block = transaction.atomic(durable=True)
        self._block.__enter__()
        driver = connection.connection
        # Only a test has a transaction around this one; there is then nothing to begin or to commit.
        self._own = driver.info.transaction_status == TransactionStatus.IDLE
        if self._own:
            driver.autocommit = True  # it would send a BEGIN of its own, in a trip of its own
        return self

    def begin(self, statements: Sequence[Statement]) -> list[Rows]:
        return together([BEGIN, *statements])[1:] if self._own else together(statements)

    def finish(self, statements: Sequence[Statement]) -> None:
        """Nothing may follow. Django's own commit then finds that there is nothing left to do."""
        together([*statements, COMMIT] if self._own else statements)

    def __exit__(self, *fault: object) -> None:
        self._block.__exit__(*fault)  # type: ignore[arg-type]
