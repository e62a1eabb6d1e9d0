"""What did an audit look at, and what did it find? Every problem is one line: table, row, what is wrong."""

from collections.abc import Callable
from dataclasses import dataclass, field

# Called with what is being checked, how much is done, and how much there is.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Problem:
    table: str
    row: str
    says: str

    def __str__(self) -> str:
        return f"{self.table} {self.row}: {self.says}" if self.row else f"{self.table}: {self.says}"


@dataclass(slots=True)
class Findings:
    """Problems as they are found, and how much was looked at."""

    problems: list[Problem] = field(default_factory=list)
    looked_at: dict[str, int] = field(default_factory=dict)

    def add(self, table: str, row: object, says: str) -> None:
        self.problems.append(Problem(table, str(row), says))

    def count(self, table: str, rows: int) -> None:
        self.looked_at[table] = self.looked_at.get(table, 0) + rows


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of an audit. `entries_per_second` is of parsing, hashing and chaining alone."""

    problems: tuple[Problem, ...]
    looked_at: dict[str, int]
    entries_per_second: float

    @property
    def sound(self) -> bool:
        return not self.problems
