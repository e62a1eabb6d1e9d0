"""From cord to heart: gates and steps in the order of life, each with its fact, its people and its moment."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, tzinfo

from django.utils.translation import gettext as _

from cordula import display
from cordula.journey.verdict import Citation, Finding, Gate, SignatureNeed, Step, StepState, Verdict
from cordula_web.clinic.answer_strip import row_id
from cordula_web.clinic.offers import Offers
from cordula_web.frame.parts import GateRow, Rule, Stage, Thread, Who
from cordula_web.frame.spans import rough
from cordula_web.people.duties import People, role_words

Row = Gate | Step


def thread(verdict: Verdict, offers: Offers, people: People) -> Thread:
    rows: list[Row] = [*verdict.gates, *verdict.steps]
    rows.sort(key=lambda row: row.number)
    stages = []
    for name, title in verdict.stages:
        mine = [row for row in rows if row.stage == name]
        if mine:
            drawn = tuple(_row(row, verdict, offers, people) for row in mine)
            stages.append(Stage(title, drawn, _when(mine, verdict)))
    given = any(s.event == "Administered" and s.state is StepState.DONE for s in verdict.steps)
    return Thread(_("From cord to heart"), tuple(stages), end=_("The heart"), reached=given)


def accounts_named(verdict: Verdict) -> set[str]:
    """Whoever the rows name: who closed a gate, took a step, or signed."""
    closed = (name for gate in verdict.gates for name in gate.by)
    done = (step.done_by for step in verdict.steps if step.done_by)
    signed = (n.given_by for s in verdict.steps for n in s.signatures if n.given_by)
    return {*closed, *done, *signed}


def _row(row: Row, verdict: Verdict, offers: Offers, people: People) -> GateRow:
    if isinstance(row, Gate):
        return _gate(row, verdict, offers, people)
    return _step(row, verdict, offers, people)


def _gate(gate: Gate, verdict: Verdict, offers: Offers, people: People) -> GateRow:
    met = gate.status.opens
    return GateRow(
        status=gate.status,
        title=gate.title,
        found=gate.found,
        number=gate.number,
        id=row_id(gate),
        who=tuple(_gate_people(gate, verdict, people)),
        at=gate.since if met else None,
        due="" if met or verdict.stopped else _open_since(gate, verdict.at),
        actions=offers.for_gate(gate),
        rules=tuple(map(_rule, gate.findings)),
    )


def _step(step: Step, verdict: Verdict, offers: Offers, people: People) -> GateRow:
    done = step.state is StepState.DONE
    return GateRow(
        status=step.status,
        title=step.title,
        found=step.because,
        number=step.number,
        id=row_id(step),
        who=tuple(_step_people(step, people)),
        at=step.done_at,
        due="" if done or verdict.stopped else due_words(step.due, verdict.at),
        actions=offers.for_step(step),
    )


def _gate_people(gate: Gate, verdict: Verdict, people: People) -> Iterator[Who]:
    """Who closed it, or who must; nobody is asked any more once the journey has stopped."""
    if gate.status.opens:
        yield from _closed_by(gate.by, people)
    elif not verdict.stopped:
        yield from must_act(gate.who, people)


def _closed_by(accounts: Sequence[str], people: People) -> Iterator[Who]:
    """One person with their title, several by name alone: “J. Lindqvist + P. Osei”."""
    if len(accounts) == 1:
        yield Who(people.name(accounts[0]), people.title(accounts[0]))
    elif accounts:
        yield Who(" + ".join(map(people.name, accounts)))


def must_act(who: str, people: People) -> Iterator[Who]:
    """The person where there is one, the role where there are several (interface, copy rules)."""
    names = people.holding(who)
    yield Who(names[0], role_words(who)) if len(names) == 1 else Who(_capital(str(role_words(who))))


def _step_people(step: Step, people: People) -> Iterator[Who]:
    if step.signatures:
        for need in step.signatures:
            yield from _signature(need, people)
    elif step.done_by:
        yield Who(people.name(step.done_by), people.title(step.done_by))
    elif step.role:
        yield from must_act(step.role, people)


def _signature(need: SignatureNeed, people: People) -> Iterator[Who]:
    if need.given_by is None:
        yield from must_act(need.role, people)
    else:
        yield Who(
            people.name(need.given_by), _("{role}, signed").format(role=role_words(need.role))
        )


def _open_since(gate: Gate, now: datetime) -> str:
    if told := due_words(gate.due, now):
        return told
    if gate.since is None or now.tzinfo is None:
        return ""
    return _("since {day}").format(day=display.clin_date(gate.since, now.tzinfo))


def due_words(due: datetime | None, now: datetime) -> str:
    """“by 24-Nov-2026 12:00 (in 2d 4hr)”, or how long it is overdue."""
    if due is None or now.tzinfo is None:
        return ""
    length, at = rough(abs(due - now)), display.clin_datetime(due, now.tzinfo)
    if due < now:
        return _("{length} overdue, was due {at}").format(length=length, at=at)
    away = _("(in {length})").format(length=length).replace(" ", display.NO_BREAK)
    return f"{_('by {at}').format(at=at)} {away}"


def _when(rows: Sequence[Row], verdict: Verdict) -> str:
    """The day the stage began; while something in it is open, the moment it is done or must be done by."""
    zone = verdict.at.tzinfo
    if zone is None:
        return ""
    if planned := _planned(rows, verdict):
        return _on_two_lines(planned, zone)
    dues = [row.due for row in rows if row.due and not verdict.stopped]
    if dues:
        return _("by {at}").format(at=_on_two_lines(max(dues), zone))
    began = [at for row in rows if (at := _done_at(row))]
    return display.clin_date(min(began), zone) if began else ""


def _planned(rows: Iterable[Row], verdict: Verdict) -> datetime | None:
    """The planned operation, for the stage in which the cells are still to be given."""
    given = (row for row in rows if isinstance(row, Step) and row.event == "Administered")
    if any(step.state is not StepState.DONE for step in given):
        return next((rung.at for rung in verdict.ladder if rung.kind == "theatre"), None)
    return None


def _on_two_lines(moment: datetime, zone: tzinfo) -> str:
    return f"{display.clin_date(moment, zone)}\n{display.clin_time(moment, zone)}"


def _done_at(row: Row) -> datetime | None:
    if isinstance(row, Step):
        return row.done_at
    return row.since if row.status.opens else None


def _rule(finding: Finding) -> Rule:
    return Rule(
        status=finding.status,
        says=finding.says,
        found=finding.found,
        needed=finding.needed,
        source=_source(finding.cites),
        url=finding.cites.url,
        open=finding.cites.open,
    )


def _source(cites: Citation) -> str:
    return f"{cites.title}, {cites.place}" if cites.place else cites.title


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
