"""What stands in the tables of one answer: what was pooled, what was not, and how the answer moves when something is taken away?"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from cordula.evidence.wording import OPEN, unfavourable_first
from cordula.vocabulary.words import _ as core
from cordula_web.clinic.evidence import numbers, released
from cordula_web.clinic.evidence.sources import cited, page_of
from cordula_web.clinic.evidence.study_lines import awaited, direction
from cordula_web.clinic.evidence.study_words import arm_words, flag_words
from cordula_web.frame.parts import Table, TableCell, TableRow

Values = Mapping[str, Any]
POOLED = ("bayes", "random", "fixed", "prediction", "bias_adjusted")


def names(kind: str) -> str:
    return {
        "bayes": _("Pooled, posterior"),
        "random": _("Pooled, random effects"),
        "fixed": _("Pooled, one common effect"),
        "prediction": _("A further study"),
        "bias_adjusted": _("With room for bias of the design"),
    }[kind]


def study_cell(row: Values, note: str = "") -> TableCell:
    return TableCell(row["name"], note, page_of(row["study"]))


def source_cell(row: Values) -> TableCell:
    found = cited(released.study(row["study"]), row["source"])
    return TableCell(found.label, flag_words(row["flag"]), found.url)


def inputs(answer: Values) -> Table:
    heads = (_("Study"), _("Children"), _("Groups"), _("Estimate, 95%"), _("Weight"), _("Source"))
    rows = sorted(answer["inputs"], key=lambda one: -(one["n"] or 0))
    note = _("Only numbers that were seen in their source, each child counted once.")
    empty = _("No study gave numbers that could be used.")
    return Table(_("What went in"), heads, tuple(_input(answer, row) for row in rows), empty, note)


def _input(answer: Values, row: Values) -> TableRow:
    note = "; ".join(core(x) for x in (row["design_words"], row["method"], row["subgroup"]) if x)
    weight = "" if row["weight"] is None else f"{100 * row['weight']:.0f}%"
    study = released.study(row["study"])
    groups = "; ".join(arm_words(study, arm) for arm in row["arms"])
    return TableRow(
        (
            study_cell(row, note),
            TableCell(str(row["n"]) if row["n"] is not None else _("not read")),
            TableCell(groups or _("told as a comparison only")),
            TableCell(numbers.estimate(answer, row), core(row["how"])),
            TableCell(weight),
            source_cell(row),
        )
    )


def directions(answer: Values) -> Table | None:
    """Studies of which only the direction is known, by this measure and by others of the same hearts."""
    known = (*answer["directions"], *answer["beside"])
    rows = sorted(known, key=lambda one: (-(one["n"] or 0), unfavourable_first(one)))
    if not rows:
        return None
    heads = (_("Study"), _("Children"), _("Measure"), _("What it says"), _("Source"))
    note = _("These numbers were not read; they are not in the estimate, and may say otherwise.")
    return Table(_("Known by direction only"), heads, tuple(map(_direction, rows)), note=note)


def _direction(row: Values) -> TableRow:
    children = str(row["n"]) if row["n"] is not None else _("not read")
    measure = TableCell(core(row["measure_words"]), numbers.months(row["months"]))
    says = TableCell(direction(row), core(row["note"] or ""))
    return TableRow((study_cell(row), TableCell(children), measure, says, source_cell(row)))


def left_out(answer: Values) -> Table:
    """Awaited and unread studies first, each with the day somebody last looked."""
    rows = sorted(answer["left_out"], key=lambda one: one["numbers"] not in OPEN)
    told = tuple(TableRow((study_cell(row), TableCell(_reason(row)))) for row in rows)
    empty = _("No study was left out.")
    return Table(_("What was left out, and why"), (_("Study"), _("Reason")), told, empty)


def _reason(row: Values) -> str:
    return awaited(row) if row["numbers"] in OPEN else core(row["reason"])


def estimates(answer: Values) -> Table | None:
    if answer["pooled"] is None:
        return None
    kinds = [kind for kind in POOLED if answer["pooled"][kind] is not None]
    rows = [_estimated(answer, names(kind), answer["pooled"][kind]) for kind in kinds]
    if answer["pooled"]["k"] == 1:
        rows.insert(0, _estimated(answer, _("The one study"), answer["pooled"]["main"]))
    return Table(_("Every way of pooling"), (_("Way"), _("Estimate, 95%"), _("Method")), rows)


def _estimated(answer: Values, name: str, found: Values) -> TableRow:
    cells = (name, numbers.estimate(answer, found), core(found["method"]))
    return TableRow(tuple(TableCell(text) for text in cells))


def leave_one_out(answer: Values) -> Table:
    rows = [
        TableRow((TableCell(one["name"]), TableCell(_without(answer, one))))
        for one in answer["leave_one_out"]
    ]
    empty = _("With fewer than three studies no study can be left out and the others pooled.")
    heads = (_("Without"), _("Estimate, 95%"))
    return Table(_("Leaving out one study at a time"), heads, rows, empty)


def _without(answer: Values, one: Values) -> str:
    return core(one["reason"]) if one["estimate"] is None else numbers.estimate(answer, one)


def sensitivity(answer: Values) -> Table | None:
    """The same under other priors of the heterogeneity."""
    heads = (_("Prior of τ"), _("Estimate, 95%"), _("A further study"), _("τ, 95%"))
    rows = [_under(answer, one) for one in answer["prior_sensitivity"]]
    return Table(_("Under other priors"), heads, rows) if rows else None


def _under(answer: Values, one: Values) -> TableRow:
    name = TableCell(one["prior"], _("The main one") if one["main"] else "")
    if one["estimate"] is None:
        return TableRow((name, TableCell(core(one["reason"] or "")), TableCell(), TableCell()))
    further = {"low": one["prediction_low"], "high": one["prediction_high"]}
    tau = _("{tau} ({low} to {high})").format(
        tau=numbers.plain(one["tau"]),
        low=numbers.plain(one["tau_low"]),
        high=numbers.plain(one["tau_high"]),
    )
    texts = (numbers.estimate(answer, one), numbers.interval(answer, further), tau)
    return TableRow((name, *(TableCell(text) for text in texts)))


def shrinkage(answer: Values) -> Table | None:
    """What is believed of each study once the others are known."""
    rows = answer["pooled"]["shrinkage"] if answer["pooled"] else ()
    heads = (_("Study"), _("Estimate, 95%"))
    told = [TableRow((study_cell(one), TableCell(numbers.estimate(answer, one)))) for one in rows]
    return Table(_("Each study in the light of the others"), heads, told) if told else None
