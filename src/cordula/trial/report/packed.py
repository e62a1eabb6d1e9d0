"""What does the safety board read? An open part for everybody at the table, and a closed part for its members."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from math import isfinite

from cordula.display import clin_datetime
from cordula.trial.monitoring.accrual import Completeness
from cordula.trial.monitoring.arms import DRAWN
from cordula.trial.monitoring.interim import Interim
from cordula.trial.monitoring.parts import Analysed, ClosedPart, OpenPart
from cordula.trial.monitoring.plan import Plan
from cordula.trial.monitoring.posterior import Posterior
from cordula.trial.monitoring.safety import SafetyCount
from cordula.trial.report.boundaries import bound, boundaries
from cordula.trial.report.document import Document, Row, Section, Table, table_of
from cordula.trial.report.entries import accrual
from cordula.trial.report.several import several
from cordula.trial.report.stopping import stopping
from cordula.vocabulary.measures import measure

OPEN_LEAD = (
    "Entry, visits and events of all children together. What these cannot tell: whether the arms differ, and whether "
    "the cells do anything."
)
CLOSED_LEAD = (
    "Results by arm. The rules only say where a bound lies; what is done is for the board. Nothing here says that the "
    "cells help or harm."
)
EVENTS = {
    "death": "Deaths",
    "transplant": "Heart transplants",
    "unplanned_operation": "Unplanned operations",
    "serious_event": "Serious adverse events",
}
DUE = ("Visit", "Due", "Done", "Missed", "Died before", "Not yet due")


def open_report(plan: Plan, part: OpenPart) -> Document:
    """The open part: pooled over the arms."""
    events = tuple((EVENTS[kind], f"{count}") for kind, count in part.events.items())
    heads = ("Event", "Children with one or more")
    return Document(
        kind="open",
        name=f"open-{plan.design.protocol}-{part.made.size}",
        title=plan.design.title,
        lead=OPEN_LEAD,
        facts=tuple(_facts(part.made)),
        practice=plan.practice,
        sections=(
            _accrual(part),
            Section(heading="Visits", tables=(_visits("Of all children", part.completeness),)),
            Section(
                heading="Events since entry", tables=(Table("Of all children", heads, events),)
            ),
        ),
    )


def _facts(made: Analysed) -> Iterator[tuple[str, str]]:
    yield "Protocol", f"{made.protocol} {made.version}"
    yield "Digest of the protocol", made.digest
    yield "Entries of the ledger seen", f"{made.size}"
    yield "Root of the tree at that size", made.root
    yield "The newest of them was recorded", _moment(made.at)
    yield "Versions", ", ".join(f"{name} {v}" for name, v in made.versions.items())


def _moment(told: str) -> str:
    """In coordinated universal time, so that a report reads the same at every site."""
    moment = datetime.fromisoformat(told).astimezone(UTC)
    return f"{clin_datetime(moment, UTC)} UTC"


def _accrual(part: OpenPart) -> Section:
    told = part.accrual
    said = [f"{told.entered} of {told.planned} children have entered."]
    if told.beyond:
        said.append(
            f"{told.beyond} more entered after the planned number. They are not analysed: a trial that goes on "
            "beyond its plan answers another question."
        )
    if not told.months:
        return Section(heading="Children", said=("No child has entered yet.",))
    figure = accrual(told)
    return Section(heading="Children", said=tuple(said), figure=figure, tables=(table_of(figure),))


def _visits(caption: str, told: Sequence[Completeness]) -> Table:
    rows = tuple(
        (
            f"{measure(one.visit.measure).label}, {one.visit.timepoint.replace('_', ' ')}",
            *(f"{n}" for n in (one.due, one.done, one.missed, one.died, one.ahead)),
        )
        for one in told
    )
    return Table(caption, DUE, rows)


# --- The closed part --------------------------------------------------------------------------


def closed_report(plan: Plan, part: ClosedPart) -> Document:
    """The closed part: by arm."""
    sections = [_arms(plan, part), *several(plan, part)]
    sections += [_interim(plan, one, part) for one in part.interims]
    if part.unanswered:
        said = tuple(f"{name}: {why}." for name, why in part.unanswered.items())
        sections.append(Section(heading="What cannot be told", said=said))
    sections += [_safety(one, part.shares) for one in part.safety]
    visits = tuple(_visits(_title(plan, name), one) for name, one in part.completeness.items())
    sections.append(Section(heading="Visits by arm", tables=visits))
    return Document(
        kind="closed",
        name=f"closed-{plan.design.protocol}-{part.made.size}",
        title=plan.design.title,
        lead=CLOSED_LEAD,
        facts=tuple(_facts(part.made)),
        practice=plan.practice,
        sections=tuple(sections),
    )


def _title(plan: Plan, arm: str) -> str:
    return next(one.title for one in plan.design.arms if one.id == arm)


def _arms(plan: Plan, part: ClosedPart) -> Section:
    heads = ("Arm", "Children", *EVENTS.values())
    rows = tuple(
        (one.title, f"{one.children}", *(f"{one.events[kind]}" for kind in EVENTS))
        for one in part.arms
    )
    said = []
    if part.concealed:
        said.append(f"The arm of {part.concealed} children is not known here; they are left out.")
    if part.origin == DRAWN:
        said.append("Each child is in the arm that she drew from the committed list.")
    warnings = (part.warning,) if part.warning else ()
    table = Table("Children and events since entry", heads, rows)
    return Section(heading="Arms", said=tuple(said), warnings=warnings, tables=(table,))


def _interim(plan: Plan, one: Interim, part: ClosedPart) -> Section:
    endpoint = plan.design.endpoints[one.endpoint]
    seen = [(one.information, one.z)] if one.z is not None else []
    figure = boundaries(
        one.bounds, plan.design.sides, f"bounds-{one.endpoint}", "Bounds, and where it stands", seen
    )
    belief = next((p for p in part.posteriors if p.of == one.endpoint), None)
    unit = getattr(endpoint, "unit", "")
    rows = tuple(_numbers(one, endpoint.difference, unit, belief))
    table = Table("At this look", ("What", "Value"), rows, endpoint.statistic)
    return Section(
        heading=f"{endpoint.title}: look {one.look}",
        said=(one.says,),
        figure=figure,
        tables=(table, table_of(figure)),
    )


def _numbers(one: Interim, difference: str, unit: str, belief: Posterior | None) -> Iterator[Row]:
    found = one.statistic
    yield "Children it rests on", f"{found.counted[0]} and {found.counted[1]}"
    yield "Children of whom nothing is awaited", f"{found.settled}"
    yield "Share of the planned information", f"{100 * one.information:.1f} %"
    if isfinite(found.error):
        yield difference, f"{_signed(found.estimate)} {unit} ± {found.error:.2f}".replace("  ", " ")
    if one.z is not None:
        yield "z, and the bound", f"{_signed(one.z, 3)}, {bound(one.bounds[one.look - 1])}"
    if one.low is not None and one.high is not None:
        reach = f"{_signed(one.low)} to {_signed(one.high)} {unit}".rstrip()
        yield "Repeated confidence interval", reach
    if one.conditional is not None:
        yield (
            "Power that is left, if it goes on as it went",
            f"{100 * one.conditional:.1f} %",
        )
    if one.predictive is not None:
        yield (
            "The same, over what the data leave open (flat prior)",
            f"{100 * one.predictive:.1f} %",
        )
    if belief is not None:
        yield "Middle 95 % of what is believed (flat prior)", _reach(belief, unit)
        yield "Probability that the first arm is higher", f"{100 * belief.above:.1f} %"


def _signed(value: float, digits: int = 2) -> str:
    """Its sign always stands before it, and is a minus where it is one."""
    return f"{value:+.{digits}f}".replace("-", "−")


def _reach(one: Posterior, unit: str) -> str:
    return f"{_signed(one.low)} to {_signed(one.high)} {unit}".rstrip()


def _safety(one: SafetyCount, shares: Sequence[Posterior]) -> Section:
    figure = stopping(one.rule, one.events, one.counted)
    belief = next((p for p in shares if p.of == one.rule.id), None)
    table = Table("Where it stands", ("What", "Value"), tuple(_counts(one, belief)))
    warnings = (_stopped(one),) if one.stops else ()
    said = (one.refused,) if one.refused else ("The rule does not stop the trial.",)
    return Section(
        heading=f"Safety: {one.rule.title}",
        said=() if one.stops else said,
        warnings=warnings,
        figure=figure,
        tables=(table, table_of(figure)),
    )


def _stopped(one: SafetyCount) -> str:
    return (
        f"The rule stops the trial: its bound was met when child {one.stopped_after} was counted."
    )


def _counts(one: SafetyCount, belief: Posterior | None) -> Iterator[Row]:
    yield "Children with the event, of those counted", f"{one.events} of {one.counted}"
    yield "Children whose time is not over", f"{one.waiting}"
    yield "Stops at the next child with", "no number" if one.stops_at is None else f"{one.stops_at}"
    if belief is not None:
        low, high = 100 * belief.low, 100 * belief.high
        yield "Middle 95 % of what is believed of the share", f"{low:.1f} to {high:.1f} %"
        than = 100 * belief.than
        yield f"Probability of more than {than:.1f} %", f"{100 * belief.above:.1f} %"
