"""Where does the newest result of a measure stand in the history?

Most are counted or examined. Some come with another event: the volume with the collection, the
temperatures of the way with the arrival, the weight with a weighing, the gestation with the birth."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from cordula.events.collection import Born, Collected, Received
from cordula.events.event import Event
from cordula.infants.infant import Infant
from cordula.journey.case import Case
from cordula.protocols.criteria import Measured
from cordula.units.unit import Unit
from cordula.vocabulary.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Reading:
    """One event's result: a value, or the two extremes of one; every value must be inside a limit."""

    values: tuple[Quantity, ...]
    at: datetime
    timepoint: str | None
    event: Event


def reading(rule: Measured, case: Case) -> Reading | None:
    if rule.of == "unit" and case.unit is not None:
        return _counted(rule, case.unit) or _told_by(_OF_UNIT, rule, case.unit)
    if rule.of == "infant" and case.infant is not None:
        if rule.measure == "weight":
            return _weighed(case)
        return _examined(rule, case.infant) or _told_by(_OF_INFANT, rule, case.infant)
    return None


def _counted(rule: Measured, unit: Unit) -> Reading | None:
    found = unit.count(rule.measure, rule.timepoint, rule.cell_type)
    return Reading((found.result,), found.at, found.timepoint, found) if found else None


def _examined(rule: Measured, infant: Infant) -> Reading | None:
    for found in reversed(infant.examined(rule.measure)):
        if rule.timepoint in (None, found.timepoint):
            return Reading((found.result,), found.at, found.timepoint, found)
    return None


def _weighed(case: Case) -> Reading | None:
    weighed = case.weight
    return Reading((weighed.weight,), weighed.at, None, weighed) if weighed else None


Teller = Callable[..., Reading | None]


def _told_by(tellers: dict[str, Teller], rule: Measured, history: Unit | Infant) -> Reading | None:
    find = tellers.get(rule.measure)
    found = find(history) if find else None
    return found if found and rule.timepoint in (None, found.timepoint) else None


def _collected(unit: Unit) -> Reading | None:
    found = unit.latest(Collected)
    return Reading((found.volume,), found.at, "collected", found) if found else None


def _on_the_way(unit: Unit) -> Reading | None:
    """The lowest and the highest temperature between collection and laboratory."""
    found = unit.first(Received)
    if found is None or found.temperature_lowest is None or found.temperature_highest is None:
        return None
    return Reading(
        (found.temperature_lowest, found.temperature_highest), found.at, "arrival", found
    )


def _born(infant: Infant) -> Reading | None:
    found = infant.latest(Born)
    if found is None or found.gestational_age is None:
        return None
    return Reading((found.gestational_age,), found.at, None, found)


_OF_UNIT: dict[str, Teller] = {
    "volume": _collected,
    "transport_temperature": _on_the_way,
}
_OF_INFANT: dict[str, Teller] = {"gestational_age": _born}
