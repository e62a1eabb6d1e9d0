"""What does the model answer to what was typed? The fitted circulation, the four stories, and all that is not known."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordula.heart import explain_ef, fit, load
from cordula.heart.ask.explain import DRAWS, Explanation, Story
from cordula.heart.ask.fitting.fit import Fit
from cordula.heart.circulation import Circulation
from cordula.stats.refusals import CannotBe, NotConverged
from cordula.vocabulary.quantity import Quantity
from cordula.vocabulary.words import _ as core
from cordula_web.clinic.circulation.pictures import Loop, Picture, loop_of, loops
from cordula_web.clinic.circulation.sources import (
    Assumption,
    Source,
    assumptions_of,
    note_of,
    sources_of,
)
from cordula_web.clinic.circulation.written import (
    band_of,
    band_of_change,
    changed,
    name_of,
    number,
    unit_of,
    written,
)
from cordula_web.frame.parts import Table, TableCell, TableRow

if TYPE_CHECKING:
    from cordula_web.clinic.circulation.form import CirculationForm

SEED = 1
SHOWN = (
    "ejection_fraction",
    "end_diastolic_volume",
    "end_systolic_volume",
    "end_diastolic_pressure",
    "cardiac_output",
    "systemic_flow",
    "flow_ratio",
    "mean_arterial_pressure",
    "arterial_saturation",
    "venous_saturation",
    "oxygen_delivery",
)
# Leaks are told apart: they are added, not multiplied.
LEVERS = {
    "contractility": gettext_lazy("contractility"),
    "systemic_resistance": gettext_lazy("resistance of the body"),
    "stiffness": gettext_lazy("stiffness of the ventricle"),
}


class NoAnswer(ValueError):
    """The model cannot be brought to these numbers; the message says why."""


@dataclass(frozen=True, slots=True)
class StoryShown:
    id: str
    title: str
    means: str
    lever: str
    false_gain: bool
    picture: Picture
    changes: Table
    apart: Table
    look: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the page shows. `fitted` is None where nothing was read."""

    points: str
    about: str
    picture: Picture
    baseline: Table
    hidden: Sequence[str]
    conflicts: Sequence[str]
    stories: Sequence[StoryShown]
    untold: Sequence[str]
    drawn: int
    left_out: int
    sources: Sequence[Source]
    assumptions: Sequence[Assumption]


def answer(form: "CirculationForm") -> Answer:
    """The answer to a valid form; `NoAnswer` where there is none."""
    try:
        return _answer(form)
    except CannotBe as impossible:
        raise NoAnswer(str(impossible)) from impossible


def _answer(form: "CirculationForm") -> Answer:
    baby, fitted = _child(form), None
    if form.read():
        fitted = _fitted(baby, form.read())
        baby = fitted.circulation
    points = float(form.cleaned_data["points"])
    told = explain_ef(
        baby, points, fitted.drawn(DRAWS, SEED) - fitted.scores if fitted else None, SEED
    )
    if isinstance(told, NotConverged):
        raise NoAnswer(_("This circulation does not settle: {why}.").format(why=core(told.reason)))
    before = loop_of(told.before)
    return Answer(
        f"{form.cleaned_data['points']:f}",
        core(baby.circuit.about),
        loops(before, None, _("Pressure–volume loop of the ventricle as fitted.")),
        _baseline(told, fitted),
        [one.says for one in fitted.hidden] if fitted else [],
        _conflicts(fitted),
        [_story(told, story, before) for story in told.stories],
        [f"{core(title)}: {why}." for title, why in told.untold.items()],
        told.counted,
        told.left_out,
        sources_of(baby.circuit),
        assumptions_of(baby.circuit),
    )


def _child(form: "CirculationForm") -> Circulation:
    typed = form.cleaned_data
    age = None if typed["age"] is None else Quantity(typed["age"], "d")
    baby = load(typed["circuit"]).scaled(Quantity(typed["weight"], "kg"), age)
    if typed["haemoglobin"] is None:
        return baby
    return baby.given({"haemoglobin": float(typed["haemoglobin"])})


def _fitted(baby: Circulation, read: dict[str, Quantity]) -> Fit:
    found = fit(baby, dict(read))
    if isinstance(found, NotConverged):
        raise NoAnswer(
            _("No circulation was found for these numbers: {why}.").format(why=core(found.reason))
        )
    return found


def _baseline(told: Explanation, fitted: Fit | None) -> Table:
    """What the model says of the child now: beside what was read, each with its 90 % band."""
    bands = {one.outcome: one for one in fitted.outcomes} if fitted else {}
    rows: list[TableRow] = []
    for name in (*SHOWN, *(n for n, one in bands.items() if one.given is not None)):
        head = _measure(name)
        if name not in told.before.outcomes or any(row.cells[0] == head for row in rows):
            continue
        one = bands.get(name)
        cells = [
            head,
            TableCell(number(name, told.before[name])),
            TableCell(band_of(name, one.found) if one else _("not fitted")),
            TableCell(number(name, one.given) if one and one.given is not None else "–"),
        ]
        rows.append(TableRow(cells))
    heads = (_("Measure"), _("Model"), _("90% band"), _("Read"))
    return Table(_("Before"), heads, rows)


def _measure(outcome: str) -> TableCell:
    """The head of a row: what it is, in which unit, and what stands behind it."""
    told = (text for text in (unit_of(outcome), note_of(outcome)) if text)
    return TableCell(name_of(outcome), note="; ".join(told))


def _conflicts(fitted: Fit | None) -> list[str]:
    return [
        _(
            "{what}: {read} was read and {model} fits the other numbers. The reading, its spread or the model is wrong."
        ).format(
            what=name_of(one.outcome),
            read=written(one.outcome, one.given or 0.0),
            model=written(one.outcome, one.found.value),
        )
        for one in (fitted.conflicts if fitted else ())
    ]


def _story(told: Explanation, story: Story, before: Loop) -> StoryShown:
    words = _("Pressure–volume loops before and after: {title}.").format(title=core(story.title))
    return StoryShown(
        story.id,
        core(story.title),
        core(story.means),
        _lever(story),
        story.false_gain,
        loops(before, loop_of(story.after), words),
        _changes(told, story),
        _apart(told, story),
        core(story.look),
    )


def _lever(story: Story) -> str:
    a = story.amount
    if story.lever.endswith("_leak"):
        return _("In the model: {value} mL/s more leak for each mmHg ({low} to {high})").format(
            value=f"{a.value:.2f}", low=f"{a.low:.2f}", high=f"{a.high:.2f}"
        )
    return _("In the model: {lever} × {value} ({low} to {high})").format(
        lever=LEVERS[story.lever],
        value=f"{a.value:.2f}",
        low=f"{a.low:.2f}",
        high=f"{a.high:.2f}",
    )


def _changes(told: Explanation, story: Story) -> Table:
    rows = [
        TableRow(
            (
                _measure(name),
                TableCell(number(name, told.before[name])),
                TableCell(number(name, story.after[name])),
                TableCell(changed(name, story.changes[name].value)),
                TableCell(band_of_change(name, story.changes[name])),
            )
        )
        for name in SHOWN
        if name in story.changes
    ]
    heads = (_("Measure"), _("Before"), _("After"), _("Change"), _("90% band of the change"))
    return Table(_("{title}: what would change").format(title=core(story.title)), heads, rows)


def _apart(told: Explanation, story: Story) -> Table:
    titles = {one.id: one.title for one in told.stories}
    rows = [
        TableRow(
            (
                TableCell(core(titles[one.other])),
                _measure(one.outcome),
                TableCell(changed(one.outcome, one.here)),
                TableCell(changed(one.outcome, one.there)),
                TableCell(f"{one.deviations:.1f}"),
            )
        )
        for one in story.apart
    ]
    heads = (_("From the story"), _("Measure again"), _("Here"), _("There"), _("Apart, in SD"))
    return Table(
        _("{title}: what would tell it apart").format(title=core(story.title)), heads, rows
    )
