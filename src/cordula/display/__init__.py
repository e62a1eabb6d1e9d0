"""How every value, date, dose and identifier is written for people: the only place that decides."""

from cordula.display.amounts import celsius, count, count_column, dose, quantity, range_text
from cordula.display.dates import clin_date, clin_datetime, clin_relative, clin_time, patient_date
from cordula.display.durations import age, duration, lasting
from cordula.display.names import WrittenDin, din, person
from cordula.display.signs import MINUS, NO_BREAK, counted, number, plain
from cordula.display.unit_words import unit_words
from cordula.display.unknown import Unknown, written

__all__ = [
    "MINUS",
    "NO_BREAK",
    "Unknown",
    "WrittenDin",
    "age",
    "celsius",
    "clin_date",
    "clin_datetime",
    "clin_relative",
    "clin_time",
    "count",
    "count_column",
    "counted",
    "din",
    "dose",
    "duration",
    "lasting",
    "number",
    "patient_date",
    "person",
    "plain",
    "quantity",
    "range_text",
    "unit_words",
    "written",
]
