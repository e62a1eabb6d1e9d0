"""What can be measured, in which unit, on whom and when, and which value is a slip?"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache
from types import MappingProxyType
from typing import Any

from cordula.vocabulary.catalogue import Code, UnknownWord, read_code, read_table
from cordula.vocabulary.quantity import NotConvertible, Quantity
from cordula.vocabulary.words import _


class UnknownMeasure(UnknownWord):
    """No measure has this key."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Two bounds, both inside, and where they come from."""

    low: Quantity
    high: Quantity
    source: str

    def holds(self, result: Quantity) -> bool:
        return self.low <= result <= self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One thing that is measured as a number; `measures.toml` explains each field."""

    key: str
    label: str
    name: str
    of: str
    unit: str
    decimals: int
    timepoints: tuple[str, ...]
    plausible: Interval
    usual: Mapping[str, Interval]
    needs: tuple[str, ...]
    cell_type: str | None
    grades: tuple[str, ...]
    code: Code

    def recorded(self, value: Decimal) -> Quantity:
        """The value as finely as this measure is recorded."""
        step = Decimal(1).scaleb(-self.decimals)
        return Quantity(value.quantize(step, rounding=ROUND_HALF_EVEN), self.unit)

    def faults(
        self,
        result: Quantity,
        *,
        timepoint: str | None = None,
        cell_type: str | None = None,
        method: str | None = None,
    ) -> tuple[str, ...]:
        """Why this result cannot be recorded; empty if it can."""
        return (
            *self._missing(cell_type, method),
            *self._wrong_cells(cell_type),
            *self._wrong_time(timepoint),
            *self._implausible(result),
        )

    def doubts(self, result: Quantity, *, timepoint: str | None = None) -> tuple[str, ...]:
        """Why somebody should look again before this result is recorded; empty if it is as usual."""
        usual = self.usual.get(timepoint or "")
        if usual is None or usual.holds(result):
            return ()
        says = _("{measure} is usually {low} to {high}; {result} was entered")
        return (self._say(says, low=usual.low, high=usual.high, result=result),)

    def grade(self, result: Quantity) -> str:
        """The word for an ordinal result, such as “moderate”."""
        return self.grades[int(result.value)]

    def _say(self, words: str, **values: object) -> str:
        return words.format(measure=_(self.name), **values)

    def _missing(self, cell_type: str | None, method: str | None) -> tuple[str, ...]:
        missing = []
        if "cell_type" in self.needs and not cell_type:
            missing.append(self._say(_("{measure} needs its cell type")))
        if "method" in self.needs and not method:
            missing.append(self._say(_("{measure} needs its method")))
        return tuple(missing)

    def _wrong_cells(self, cell_type: str | None) -> tuple[str, ...]:
        if not cell_type or self.cell_type in (None, cell_type):
            return ()
        says = _("{measure} is measured on {own} cells, not on {given} cells")
        return (self._say(says, own=self.cell_type, given=cell_type),)

    def _wrong_time(self, timepoint: str | None) -> tuple[str, ...]:
        if not self.timepoints or timepoint in self.timepoints:
            return ()
        says = _("{measure} is measured at one of: {allowed}; not at “{given}”")
        given = timepoint or _("no time")
        return (self._say(says, allowed=", ".join(self.timepoints), given=given),)

    def _implausible(self, result: Quantity) -> tuple[str, ...]:
        try:
            holds = self.plausible.holds(result)
        except NotConvertible:
            says = _("{measure} is measured in {unit}, which {given} cannot become")
            return (self._say(says, unit=self.unit, given=result.unit),)
        if not holds:
            says = _("{measure} cannot be {result}: it lies between {low} and {high}")
            low, high = self.plausible.low, self.plausible.high
            return (self._say(says, result=result, low=low, high=high),)
        return self._between_grades(result)

    def _between_grades(self, result: Quantity) -> tuple[str, ...]:
        if not self.grades or result.value % 1 == 0:
            return ()
        says = _("{measure} is a whole grade, one of {grades}")
        return (self._say(says, grades=", ".join(self.grades)),)


@cache
def measures() -> Mapping[str, Measure]:
    """Every measure by its key, in the order of the table."""
    table = read_table("measures.toml") | read_table("timepoints.toml")
    return MappingProxyType(
        {key: _measure(key, row, table) for key, row in table["measures"].items()}
    )


def measure(key: str) -> Measure:
    """The measure with this key; UnknownMeasure with a suggestion if there is none."""
    found = measures().get(key)
    if found is None:
        raise UnknownMeasure(key, "a measure", measures())
    return found


@cache
def timepoints(of: str) -> Mapping[str, str]:
    """The times at which the unit, or the infant, is measured, each with its words."""
    return MappingProxyType(read_table("timepoints.toml")[of])


def _measure(key: str, row: Mapping[str, Any], table: Mapping[str, Any]) -> Measure:
    unit, sources = row["unit"], table["sources"]
    usual = {u["at"]: _interval(u, unit, sources) for u in row.get("usual", ())}
    return Measure(
        key=key,
        **{name: row[name] for name in ("label", "name", "of", "unit", "decimals")},
        timepoints=tuple(table["schedules"][row["timepoints"]]),
        plausible=_interval(row["plausible"], unit, sources),
        usual=MappingProxyType(usual),
        needs=tuple(row.get("needs", ())),
        cell_type=row.get("cell_type"),
        grades=tuple(row.get("grades", ())),
        code=read_code(row["code"]),
    )


def _interval(row: Mapping[str, str], unit: str, sources: Mapping[str, str]) -> Interval:
    low, high = (Quantity.of(row[end], unit) for end in ("low", "high"))
    return Interval(low, high, sources[row["source"]])
