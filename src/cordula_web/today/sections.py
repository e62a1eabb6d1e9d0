"""Which lists does each role begin its day with? The role's own first, then what it must do (interface, section 6)."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import F
from django.utils.translation import gettext as _

from cordula import display
from cordula.journey import wording
from cordula.units.life import State
from cordula.vocabulary.quantity import Quantity
from cordula_web.frame.parts import WorkList, WorkRow
from cordula_web.people import roles
from cordula_web.people.acting import Acting
from cordula_web.records import lists
from cordula_web.records.card_words import answer_status, answer_word
from cordula_web.records.models import InfantCard, TaskCard, UnitCard
from cordula_web.today.work import TASKS_MAX, due_words, names_for, rows, tasks_for, where

AHEAD = timedelta(days=14)
# The age of blood is counted in hours, as its limits are.
IN_HOURS = Quantity(Decimal(48), "h")
ON_THE_BENCH = (State.RECEIVED.value, State.PROCESSED.value)

Section = Callable[[Acting, datetime], Iterable[WorkList]]


def sections(acting: Acting, now: datetime) -> tuple[WorkList, ...]:
    own = _FIRST.get(acting.role, _nothing)
    return (*own(acting, now), to_do(acting, now))


def _nothing(acting: Acting, now: datetime) -> Iterator[WorkList]:
    yield from ()


def to_do(acting: Acting, now: datetime) -> WorkList:
    """What the role must do, but for what a list of its own shows already."""
    tasks = tasks_for(acting)
    if acting.role in _SIGNING:
        tasks = tasks.exclude(status="waiting_signature", kind="step")
    return WorkList(
        _("To do"),
        rows(tasks[:TASKS_MAX], acting, now),
        empty=_("Nothing waits for you."),
        empty_next=_(
            "An open gate or a step that you can take is here as soon as there is one, the first deadline"
            " on top."
        ),
    )


# --- Who operates ---------------------------------------------------------------------------------


def theatre(acting: Acting, now: datetime) -> Iterator[WorkList]:
    """Operations of the next 14 days, with or without a unit."""
    site = acting.site.site_id
    cards = list(lists.theatre_list(site, now, now + AHEAD))
    without = list(_without_unit(acting, now))
    names = names_for(acting, [*(c.infant for c in cards), *(c.infant for c in without)])
    open_gates = lists.open_gates(site, [card.unit for card in cards])
    found = [(c.operation_at, _case(c, acting, names, open_gates, now)) for c in cards]
    found += [(c.operation_at, _no_unit(c, acting, names, now)) for c in without]
    found.sort(key=lambda pair: pair[0] or now)
    yield WorkList(
        _("Theatre list, the next 14 days"),
        tuple(row for _at, row in found),
        empty=_("No operation is planned in the next 14 days."),
        empty_next=_("An operation is here as soon as it is planned on the page of the child."),
    )


def _without_unit(acting: Acting, now: datetime) -> Iterable[InfantCard]:
    planned = lists.infants(acting.site.site_id).filter(
        operation_at__gte=now, operation_at__lt=now + AHEAD
    )
    having = lists.for_site(UnitCard, acting.site.site_id).filter(infant__isnull=False)
    return planned.exclude(infant__in=having.values("infant"))


def _case(
    card: UnitCard,
    acting: Acting,
    names: dict[str, str],
    open_gates: dict[str, list[str]],
    now: datetime,
) -> WorkRow:
    return WorkRow(
        title=wording.operation(card.operation or ""),
        url=where(acting, card.din, card.infant),
        status=answer_status(card),
        word=answer_word(card),
        due=due_words(card.operation_at, now),
        due_at=card.operation_at,
        din=card.din or "",
        subject=names.get(card.infant or "", ""),
        next=" ".join(filter(None, (card.because, _open(card, open_gates), _planned_dose(card)))),
    )


def _open(card: UnitCard, open_gates: dict[str, list[str]]) -> str:
    """What blocks it, in words."""
    titles = open_gates.get(card.unit, [])
    return _("Open: {gates}.").format(gates=", ".join(titles)) if titles else ""


def _planned_dose(card: UnitCard) -> str:
    if card.dose_value is None or card.dose_unit is None:
        return ""
    dose = display.dose(Quantity(card.dose_value, card.dose_unit))
    return _("Planned dose {dose}.").format(dose=dose)


def _no_unit(card: InfantCard, acting: Acting, names: dict[str, str], now: datetime) -> WorkRow:
    return WorkRow(
        title=wording.operation(card.operation or ""),
        url=where(acting, None, card.infant),
        status="not_needed",
        word=_("No unit"),
        due=due_words(card.operation_at, now),
        due_at=card.operation_at,
        subject=names.get(card.infant, ""),
        next=_("There is no unit for this child."),
    )


# --- Who signs ------------------------------------------------------------------------------------


def signing(acting: Acting, now: datetime) -> Iterator[WorkList]:
    """What waits for this role's signature, by theatre time; then what is in question."""
    waiting = tasks_for(acting).filter(status="waiting_signature", kind="step")
    by_theatre = waiting.order_by(F("operation_at").asc(nulls_last=True), "unit")
    yield WorkList(
        _("To sign"),
        tuple(_to_sign(task, row) for task, row in _with_rows(by_theatre, acting, now)),
        empty=_("Nothing waits for your signature."),
        empty_next=_("A release is here when every gate before it is met."),
    )
    yield in_question(acting, now)


def _with_rows(
    tasks: Iterable[TaskCard], acting: Acting, now: datetime
) -> Iterable[tuple[TaskCard, WorkRow]]:
    listed = list(tasks)
    return zip(listed, rows(listed, acting, now), strict=True)


def _to_sign(task: TaskCard, row: WorkRow) -> WorkRow:
    """A release is signed by theatre time, which is what its row shows."""
    return replace(row, due_at=row.due_at or task.operation_at)


def in_question(acting: Acting, now: datetime) -> WorkList:
    cards = lists.units_in_question(acting.site.site_id)[:TASKS_MAX]
    listed = list(cards)
    names = names_for(acting, (card.infant for card in listed))
    return WorkList(
        _("Held, deviating, or not reviewed"),
        tuple(_questioned(card, acting, names) for card in listed),
        empty=_("No unit is held, and no deviation or excursion is open."),
    )


def _questioned(card: UnitCard, acting: Acting, names: dict[str, str]) -> WorkRow:
    told = [
        (card.held, _("In quarantine.")),
        (card.open_deviations, _("Open deviations: {count}.").format(count=card.open_deviations)),
        (
            card.unreviewed_excursions,
            _("Excursions not reviewed: {count}.").format(count=card.unreviewed_excursions),
        ),
    ]
    return WorkRow(
        title=_("Look at this unit"),
        url=where(acting, card.din, card.infant),
        status="not_met",
        word=_("Held") if card.held else _("In question"),
        due_at=card.operation_at,
        din=card.din or "",
        subject=names.get(card.infant or "", ""),
        next=" ".join(words for there, words in told if there),
    )


# --- Who works at the bench -----------------------------------------------------------------------


def bench(acting: Acting, now: datetime) -> Iterator[WorkList]:
    """On the way and on the bench, the oldest blood first; then what is in question."""
    yield _by_age(
        acting,
        now,
        (State.COLLECTED.value,),
        _("On the way to the lab"),
        _("Nothing is on its way."),
    )
    yield _by_age(acting, now, ON_THE_BENCH, _("On the bench"), _("The bench is empty."))
    question = in_question(acting, now)
    if question.rows:
        yield question


def _by_age(
    acting: Acting, now: datetime, states: Iterable[str], caption: str, empty: str
) -> WorkList:
    cards = lists.units(acting.site.site_id, states).order_by("collected_at", "din")[:TASKS_MAX]
    rows = tuple(_waiting(card, acting, now) for card in cards)
    return WorkList(
        caption, rows, empty, _("A unit is here from its collection until it is frozen.")
    )


def _waiting(card: UnitCard, acting: Acting, now: datetime) -> WorkRow:
    age = ""
    if card.collected_at is not None:
        length = display.lasting(now - card.collected_at, IN_HOURS)
        age = _("collected {length} ago").format(length=length)
    return WorkRow(
        title=card.next_title or _("Look at this unit"),
        url=where(acting, card.din, card.infant),
        status=answer_status(card),
        word=answer_word(card),
        due=age,
        due_at=card.due,
        late=card.due is not None and card.due < now,
        din=card.din or "",
        next=card.because,
    )


# --- Who meets the parents ------------------------------------------------------------------------


def expected(acting: Acting, now: datetime) -> Iterator[WorkList]:
    """Children not born yet, by the day they are due."""
    cards = lists.infants(acting.site.site_id).filter(born_at=None, died_at=None)
    listed = list(cards.order_by(F("due_date").asc(nulls_last=True), "infant")[:TASKS_MAX])
    names = names_for(acting, (card.infant for card in listed))
    yield WorkList(
        _("Expected"),
        tuple(_expected(card, acting, names) for card in listed),
        empty=_("No child is expected."),
        empty_next=_("A child is here from the day she is announced until she is born."),
    )


def _expected(card: InfantCard, acting: Acting, names: dict[str, str]) -> WorkRow:
    asked = _("Consent given.") if card.consented else _("No consent yet.")
    kit = _("A kit is set aside.") if card.units else _("No kit is set aside.")
    due = display.clin_date(card.due_date) if card.due_date else ""
    return WorkRow(
        title=_("Before birth"),
        url=where(acting, None, card.infant),
        status="met" if card.consented else "not_started",
        word=_("Consented") if card.consented else _("Not asked"),
        due=_("due {day}").format(day=due) if due else "",
        subject=names.get(card.infant, ""),
        next=f"{asked} {kit}",
    )


_SIGNING = (roles.Quality, roles.MedicalDirector)
_FIRST: dict[type[roles.Role], Section] = {
    roles.Surgeon: theatre,
    roles.Cardiologist: theatre,
    roles.WardNurse: theatre,
    roles.Quality: signing,
    roles.MedicalDirector: signing,
    roles.Technologist: bench,
    roles.LabReviewer: bench,
    roles.DonorCoordinator: expected,
}
