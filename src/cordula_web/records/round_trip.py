"""How are several statements sent at once? As one text, each still executed alone and in order.

Under READ COMMITTED every statement sees what was committed before it began, also within one text: so what
stands after the statement that takes the lock reads what the lock protects.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection

Statement = tuple[str, Sequence[Any]]
Rows = list[tuple[Any, ...]]


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
