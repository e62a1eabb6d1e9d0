"""How is a sheet drawn: a row for each measure, with what it was, what is usual, and what must be answered?"""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordula import display
from cordula.vocabulary.measures import measures, timepoints
from cordula_web.frame.parts import Choice, MeasureRow, Measures, PossibleMistake
from cordula_web.laboratory.counting.moments import at
from cordula_web.laboratory.counting.reading import Entry, names
from cordula_web.laboratory.counting.sheet import Sheet, field_id
from cordula_web.laboratory.seen import Seen
from cordula_web.people.areas import Words

# Offered while typing; any other method can be written.
METHODS = ("7-AAD", "acridine orange and propidium iodide", "flow cytometry", "trypan blue")
CELLS: dict[str, Words] = {
    "nucleated": gettext_lazy("all nucleated cells"),
    "cd34": gettext_lazy("CD34 cells"),
    "cd45": gettext_lazy("white cells (CD45)"),
}


def table(sheet: Sheet, seen: Seen) -> Measures:
    when = timepoints("unit")[sheet.timepoint]
    return Measures(
        _("Counts: {when}").format(when=when),
        tuple(_row(entry, sheet, seen) for entry in sheet.entries),
        was=_("Before"),
        now=when,
        usual=_("Usual"),
    )


def _row(entry: Entry, sheet: Sheet, seen: Seen) -> MeasureRow:
    one, usual = entry.measure, entry.measure.usual.get(sheet.timepoint)
    return MeasureRow(
        id=field_id(entry),
        name=names(one)[0],
        label=_(one.label),
        unit=display.unit_words(one.unit),
        note=_recorded(entry, sheet, seen),
        was=display.quantity(entry.before.result, one.key) if entry.before else _("Not recorded"),
        value=entry.text,
        usual=display.range_text(usual.low, usual.high) if usual else _("Not known"),
        problem=entry.problem,
        question=_question(entry),
        choices=tuple(_choices(entry)),
    )


def _recorded(entry: Entry, sheet: Sheet, seen: Seen) -> str:
    """A value that stands already is said; the field is for counting again."""
    counted = at(sheet.unit, entry.measure.key, sheet.timepoint)
    if counted is None:
        return _("The unusual value is confirmed.") if entry.doubt and entry.confirmed else ""
    return _("Recorded {value}, {time}").format(
        value=display.quantity(counted.result, entry.measure.key),
        time=display.clin_datetime(counted.at, seen.acting.site.zone),
    )


def _question(entry: Entry) -> PossibleMistake | None:
    if entry.doubt is None or entry.confirmed:
        return None
    return PossibleMistake(entry.doubt.question, entry.doubt.reason, "confirmed", entry.token)


def _choices(entry: Entry) -> Iterator[Choice]:
    _value, cells, method = names(entry.measure)
    if "cell_type" in entry.measure.needs:
        known = dict.fromkeys(m.cell_type for m in measures().values() if m.cell_type)
        options = (("", _("Choose")), *((key, CELLS.get(key, key)) for key in known))
        yield Choice(f"id_{cells}", cells, _("Which cells"), entry.cell_type, options)
    if "method" in entry.measure.needs:
        yield Choice(f"id_{method}", method, _("Method"), entry.method, suggested=METHODS)
