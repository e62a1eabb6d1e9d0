"""The whole sheet of one count: every field, the values behind it, and the events it becomes."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from cordula.events.laboratory import Counted
from cordula.units.unit import Unit
from cordula.vocabulary.identifiers import AccountId
from cordula.vocabulary.measures import measure
from cordula.vocabulary.quantity import Quantity
from cordula_web.frame.parts import Problem
from cordula_web.laboratory.counting.moments import earlier
from cordula_web.laboratory.counting.reading import Entry, names
from cordula_web.laboratory.counting.sums import EACH_ML, TOTAL, VOLUME, total_cells
from cordula_web.laboratory.sending import Writing

# How a total came about that nobody counted as such.
PRODUCT = "volume × concentration"


@dataclass(frozen=True)
class Sheet:
    """What was typed at one point of a unit's life."""

    unit: Unit
    timepoint: str
    entries: tuple[Entry, ...]

    @cached_property
    def values(self) -> Mapping[str, Quantity]:
        """What is known at this point: typed now, or recorded before."""
        recorded = {
            counted.measure: counted.result
            for counted in self.unit.all(Counted)
            if counted.timepoint == self.timepoint
        }
        return recorded | {e.measure.key: e.result for e in self.entries if e.result is not None}

    @cached_property
    def before(self) -> Mapping[str, Quantity]:
        found = ((key, earlier(self.unit, key, self.timepoint)) for key in (VOLUME, EACH_ML, TOTAL))
        return {key: one.result for key, one in found if one is not None}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What stands in the way of saving, each linked to its field."""
        wrong = [Problem(e.problem, f"#{field_id(e)}") for e in self.entries if e.problem]
        if not any(entry.text for entry in self.entries):
            first = f"#{field_id(self.entries[0])}" if self.entries else "#main"
            return (Problem(_("Enter at least one value."), first),)
        return tuple(wrong)

    @property
    def asked(self) -> bool:
        """Whether a question stands beside a value, and waits for its answer."""
        return any(entry.asked for entry in self.entries)

    @property
    def confirmed(self) -> tuple[str, ...]:
        """The answers given so far, each to its very value."""
        return tuple(e.token for e in self.entries if e.doubt is not None and e.confirmed)

    def to_events(self, writing: Writing, second: AccountId | None) -> list[Counted]:
        """One event for each value, and the total where both its factors were counted."""
        events = [self._event(entry, writing, second) for entry in self.entries if entry.result]
        typed = {event.measure for event in events}
        if {VOLUME, EACH_ML} <= typed and TOTAL not in typed:
            events.append(self._total(writing, second))
        return events

    def _event(self, entry: Entry, writing: Writing, second: AccountId | None) -> Counted:
        assert entry.result is not None  # noqa: S101
        assert self.unit.id is not None  # noqa: S101
        return Counted(
            unit=self.unit.id,
            measure=entry.measure.key,
            timepoint=self.timepoint,
            result=entry.result,
            cell_type=entry.cell_type or None,
            method=entry.method or None,
            second_person=second,
            unusual_confirmed=entry.doubt is not None and entry.confirmed,
            by=writing.by,
            at=writing.at,
        )

    def _total(self, writing: Writing, second: AccountId | None) -> Counted:
        total = total_cells(self.values)
        assert total is not None and self.unit.id is not None  # noqa: PT018, S101
        return Counted(
            unit=self.unit.id,
            measure=TOTAL,
            timepoint=self.timepoint,
            result=measure(TOTAL).recorded(total.value),
            method=PRODUCT,
            second_person=second,
            by=writing.by,
            at=writing.at,
        )


def field_id(entry: Entry) -> str:
    return f"id_{names(entry.measure)[0]}"
