"""After how many serious events does the trial stop? One count for each look: a rule that fits on one page."""

from dataclasses import dataclass
from itertools import pairwise

from cordula.stats.asked import asked
from cordula.stats.bayes.one_arm import check_looks
from cordula.stats.refusals import CannotBe


@asked
@dataclass(frozen=True, slots=True)
class StoppingRule:
    """looks: infants observed at each look, rising. counts: stop at that look with so many events or more; None
    where no count stops."""

    looks: tuple[int, ...]
    counts: tuple[int | None, ...]

    def __post_init__(self) -> None:
        check_looks(self.looks)
        if len(self.counts) != len(self.looks):
            raise CannotBe(f"{len(self.counts)} counts for {len(self.looks)} looks: one for each")
        for number, count in zip(self.looks, self.counts, strict=True):
            if count is not None and not 1 <= count <= number:
                raise CannotBe(
                    f"stopping with {count} events of {number} infants: 1 to {number}, or None"
                )

    @property
    def number(self) -> int:
        """Infants at the last look."""
        return self.looks[-1]

    def stops(self, events: int, number: int) -> bool:
        """Does the trial stop with `events` among `number` infants? False between the looks. Raises CannotBe."""
        if not 0 <= events <= number:
            raise CannotBe(f"{events} events of {number} infants: between 0 and the number")
        if number not in self.looks:
            return False
        count = self.counts[self.looks.index(number)]
        return count is not None and events >= count


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: from `first` to `last` infants observed (a look each), stop with `count` or more."""

    first: int
    last: int
    count: int | None


@asked
def stopping_table(rule: StoppingRule) -> tuple[Row, ...]:
    """The rule with equal counts at neighbouring looks drawn together."""
    rows = [
        Row(number, number, count) for number, count in zip(rule.looks, rule.counts, strict=True)
    ]
    joined = [rows[0]]
    for before, row in pairwise(rows):
        if row.count == before.count:
            joined[-1] = Row(joined[-1].first, row.last, row.count)
        else:
            joined.append(row)
    return tuple(joined)


@asked
def printed(rule: StoppingRule, event: str = "events") -> str:
    """The table as plain text, to be pinned to the wall."""
    rows = [("infants observed", f"stop with so many {event}, or more")]
    for row in stopping_table(rule):
        infants = f"{row.first}" if row.first == row.last else f"{row.first} to {row.last}"
        rows.append((infants, "no count stops here" if row.count is None else f"{row.count}"))
    width = max(len(infants) for infants, _ in rows)
    return "\n".join(f"{infants:>{width}}   {count}" for infants, count in rows)
