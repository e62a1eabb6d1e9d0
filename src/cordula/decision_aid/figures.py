"""Where does each number on the parents' page come from? From the evidence, from a named source, or by counting the page."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

from cordula.decision_aid import days, known
from cordula.display.signs import number
from cordula.evidence.table import Table
from cordula.vocabulary.lines import line_of

TAKEN_FROM_A_FACT = ("value", "low", "high", "one_in", "n", "more_than")
TAKEN_FROM_A_STUDY = ("size", "arm", "looked_on", "no_difference", "measured")
COUNTED = ("options", "dots")
DOTS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number, or one day, and the key of the reference it was read in; none where the page counts itself."""

    name: str
    value: Decimal | date
    source: str | None
    file: str
    line: int

    @property
    def whole(self) -> int:
        """The number as so many dots, rounded to a whole one."""
        if isinstance(self.value, date):
            raise TypeError(f"{self.name} is a day and cannot be drawn as dots")
        return int(self.value.quantize(Decimal(1), ROUND_HALF_EVEN))

    def written(self) -> str:
        if isinstance(self.value, date):
            return days.written(self.value)
        return number(Decimal(self.whole))


def read_figures(root: Table, options: int) -> dict[str, Figure]:
    """The table [figures] of a file."""
    found = {}
    for name, table in root.named_tables("figures"):
        value, needs_source = _value(table, options)
        source = table.text("source") if needs_source else None
        line = line_of(table.faults.lines, table.path)
        table.done()
        found[name] = Figure(
            name=name, value=value, source=source, file=table.faults.file, line=line
        )
    return found


def _value(table: Table, options: int) -> tuple[Decimal | date, bool]:
    if "fact" in table:
        return _of_fact(table), True
    if "study" in table:
        return _of_study(table), True
    if "stated" in table:
        table.skip("why")
        return table.number("stated") or Decimal(0), True
    what = table.word("counted", COUNTED, "something that is counted on the page")
    return Decimal(options if what == "options" else DOTS), False


def _of_fact(table: Table) -> Decimal:
    name = table.word("fact", known.facts(), "a fact of the evidence")
    take = table.word("take", TAKEN_FROM_A_FACT, "a number of a fact", "value")
    of = table.text_or_none("of")
    if name not in known.facts():
        return Decimal(0)
    found = known.of_fact(known.facts()[name], take, of)
    if found is None:
        table.tell(f"the fact “{name}” has no single “{take}”{f' of “{of}”' if of else ''}")
    return Decimal(0) if found is None else found


def _of_study(table: Table) -> Decimal | date:
    name = table.word("study", known.studies(), "a study of the evidence")
    take = table.word("take", TAKEN_FROM_A_STUDY, "a number of a study")
    arm = table.text_or_none("arm")
    table.skip("arm")
    if name not in known.studies():
        return Decimal(0)
    found = known.of_study(known.studies()[name], take, arm)
    if found is None:
        table.tell(f"the study “{name}” does not say “{take}”{f' of “{arm}”' if arm else ''}")
    return Decimal(0) if found is None else found
