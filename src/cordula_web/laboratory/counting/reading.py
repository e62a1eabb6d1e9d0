"""What stands in the fields of the bench: values, what is wrong with them, and what must be asked first?"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from cordula import display
from cordula.units.unit import Unit
from cordula.vocabulary.measures import Measure
from cordula.vocabulary.quantity import NotANumber, Quantity
from cordula_web.laboratory.counting.doubts import Doubt, doubt
from cordula_web.laboratory.counting.moments import Earlier, earlier

Field = Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One measure as it stands on the form. Empty means: not measured this time."""

    measure: Measure
    text: str = ""
    cell_type: str = ""
    method: str = ""
    result: Quantity | None = None
    problem: str = ""
    before: Earlier | None = None
    doubt: Doubt | None = None
    confirmed: bool = False

    @property
    def token(self) -> str:
        """An answer is to this very value: another value is asked about anew."""
        return f"{self.measure.key}={self.text}"

    @property
    def asked(self) -> bool:
        """Whether a question is open."""
        return self.doubt is not None and not self.confirmed


def names(measure: Measure) -> tuple[str, str, str]:
    """The fields of a measure: its value, its cells, its method."""
    return f"value-{measure.key}", f"cells-{measure.key}", f"method-{measure.key}"


def read(
    measures: Iterable[Measure], field: Field, confirmed: Iterable[str], unit: Unit, timepoint: str
) -> tuple[Entry, ...]:
    answered = frozenset(confirmed)
    return tuple(_entry(one, field, answered, unit, timepoint) for one in measures)


def _entry(
    measure: Measure, field: Field, answered: frozenset[str], unit: Unit, timepoint: str
) -> Entry:
    text, cell_type, method = (field(name).strip() for name in names(measure))
    before = earlier(unit, measure.key, timepoint)
    typed = Entry(measure=measure, text=text, cell_type=cell_type, method=method, before=before)
    if not text:
        return typed
    result, problem = _result(measure, text)
    problem = problem or _not_told(measure, timepoint, cell_type, method)
    if result is None or problem:
        return replace(typed, problem=problem)
    return replace(
        typed,
        result=result,
        doubt=doubt(measure, result, timepoint, before),
        confirmed=typed.token in answered,
    )


def _result(measure: Measure, text: str) -> tuple[Quantity | None, str]:
    try:
        result = Quantity.of(text, measure.unit)
    except NotANumber as fault:
        return None, f"{measure.label}: {fault}."
    if not measure.plausible.holds(result):
        told = _("{measure} cannot be {result}. Enter a value between {low} and {high}.")
        low, high, shown = (
            display.quantity(value, measure.key)
            for value in (measure.plausible.low, measure.plausible.high, result)
        )
        return None, told.format(measure=measure.label, result=shown, low=low, high=high)
    return result, ""


def _not_told(measure: Measure, timepoint: str, cell_type: str, method: str) -> str:
    """What else the measure needs. The value is judged apart, so any possible one serves here."""
    faults = measure.faults(
        measure.plausible.low,
        timepoint=timepoint,
        cell_type=cell_type or None,
        method=method or None,
    )
    return " ".join(f"{fault}." for fault in faults)
