"""Which operations come in the next 14 days, and can the cells be used? Each case is judged at this moment.

The cards say which cases there are. Their verdicts may be hours old, and an old “Yes” is the worst answer a list
can give, so each is judged anew; there are few of them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from cordula import display
from cordula.infants.infant import Infant
from cordula.journey.answers import Answer, can_it_be_used
from cordula.journey.verdict import Status, StepState, Verdict
from cordula.journey.wording import operation
from cordula.vocabulary.identifiers import DinNumber, InfantId, UnitId
from cordula_web.clinic.looked_up import why_no_verdict
from cordula_web.frame.addresses import address
from cordula_web.frame.parts import PageHead, Table, TableCell, TableRow
from cordula_web.people.acting import Acting, ActingRequest
from cordula_web.people.areas import Area
from cordula_web.people.identities import identities_of
from cordula_web.people.permissions import area
from cordula_web.records import lists, queries
from cordula_web.records.models import InfantCard, UnitCard
from cordula_web.records.page import standing
from cordula_web.records.verdicts import verdict_digest, verdict_of

AHEAD = timedelta(days=14)
# An operation that should have begun stays on the wall for the rest of its day.
BEHIND = timedelta(hours=12)
LOOKED = "theatre_list_seen"


@dataclass(frozen=True, slots=True)
class Case:
    """One operation: the child, her unit if there is one, and what the protocol says of it now."""

    infant: Infant
    at: datetime
    operation: str
    theatre: str
    name: str
    card: UnitCard | None = None
    verdict: Verdict | None = None

    @property
    def digest(self) -> str:
        shown = verdict_digest(self.verdict) if self.verdict else "-"
        return f"{self.at.isoformat()} {shown}"

    @property
    def key(self) -> str:
        return f"{self.infant.id} {self.card.unit if self.card else ''}"


@area(Area.THEATRE)
def theatre(request: ActingRequest) -> HttpResponse:
    now = timezone.now().astimezone(request.acting.site.zone)
    found = cases(request.acting, now)
    seen: Mapping[str, str] = request.session.get(LOOKED, {})
    changed = {case.key for case in found if seen and seen.get(case.key) != case.digest}
    request.session[LOOKED] = {case.key: case.digest for case in found}
    page: dict[str, Any] = {
        "head": PageHead(_("Theatre list"), _("Operations in the next 14 days, by time.")),
        "table": table(found, changed, now),
    }
    return render(request, "clinic/theatre_list.html", page | standing(request, now))


def cases(acting: Acting, now: datetime) -> list[Case]:
    site = acting.site.site_id
    children = lists.infants(site).filter(
        operation_at__gte=now - BEHIND, operation_at__lt=now + AHEAD, died_at=None
    )
    cards = list(children.order_by("operation_at", "infant"))
    units = _units(acting, cards)
    names = _names(acting, cards)
    return [case for card in cards for case in _cases(acting, card, units, names, now)]


def _units(acting: Acting, cards: Iterable[InfantCard]) -> dict[str, list[UnitCard]]:
    found: dict[str, list[UnitCard]] = {}
    wanted = [card.infant for card in cards]
    for unit in lists.units(acting.site.site_id).filter(infant__in=wanted):
        found.setdefault(str(unit.infant), []).append(unit)
    return found


def _names(acting: Acting, cards: Iterable[InfantCard]) -> dict[str, str]:
    """Names for those who may know them; the technologist's list goes by numbers."""
    if not acting.may_see(Area.INFANT_IDENTITY):
        return {}
    known = identities_of(InfantId(card.infant) for card in cards)
    return {str(who): identity.printed for who, identity in known.items()}


def _cases(
    acting: Acting,
    card: InfantCard,
    units: Mapping[str, list[UnitCard]],
    names: Mapping[str, str],
    now: datetime,
) -> Iterable[Case]:
    site = acting.site.site_id
    infant = queries.infant(InfantId(card.infant), site=site)
    plan = infant.next_operation
    if plan is None:
        return
    name = names.get(card.infant) or str(card.chain_of_identity or "")
    for unit_card in units.get(card.infant, ()) or (None,):
        verdict = None
        if unit_card is not None:
            unit = queries.unit(UnitId(unit_card.unit), site=site)
            verdict = verdict_of(unit, infant, now)
        theatre = plan.theatre or ""
        yield Case(infant, plan.planned_for, plan.operation, theatre, name, unit_card, verdict)


# --- What is shown --------------------------------------------------------------------------------


def table(found: Iterable[Case], changed: Iterable[str], now: datetime) -> Table:
    marked = set(changed)
    heads = (
        _("Time"),
        _("Child and unit"),
        _("Can it be used?"),
        _("What stops it"),
        _("Planned dose"),
        _("Weight"),
    )
    return Table(
        _("Cases"),
        heads,
        tuple(_row(case, case.key in marked, now) for case in found),
        empty=_("No operation is planned in the next 14 days."),
    )


def _row(case: Case, changed: bool, now: datetime) -> TableRow:
    assert now.tzinfo is not None  # noqa: S101  the clock carries the zone of the site
    at = display.clin_datetime(case.at, now.tzinfo, weekday=True)
    where = ", ".join(filter(None, (operation(case.operation), case.theatre)))
    note = f"{where}. {_('Changed since you last looked.')}" if changed else where
    din = str(case.card.din) if case.card and case.card.din else ""
    answer = _answer(case)
    return TableRow(
        (
            TableCell(at, note=note),
            _who(case, din),
            TableCell(answer.word, status=answer.status),
            TableCell(_stops(answer)),
            TableCell(_dose(case)),
            _weight(case, now),
        )
    )


def _who(case: Case, din: str) -> TableCell:
    url = address("clinic:unit", {"din": din}) if din else ""
    number = " ".join(display.din(DinNumber(din)).groups) if din else _("No unit")
    return TableCell(case.name, note=number, url=url)


def _answer(case: Case) -> Answer:
    if case.card is None:
        says = _("There is no unit for this child.")
        return Answer(word=_("No unit"), status=Status.NOT_MET, says=says)
    if case.verdict is None:
        says = why_no_verdict(case.infant)
        return Answer(word=_("Not known"), status=Status.UNKNOWN, says=says)
    return can_it_be_used(case.verdict)


def _stops(answer: Answer) -> str:
    if answer.status.opens:
        return _("Nothing. {says}").format(says=answer.says)
    return ", ".join(item.title for item in answer.blockers) or answer.says


def _dose(case: Case) -> str:
    """On the wall stands no dose of a unit that is not released, and none outside its range."""
    verdict = case.verdict
    if verdict is None or not _is_released(verdict):
        return _("Not before the release") if verdict else _("None")
    if verdict.dose is None or verdict.dose.volume is None:
        return verdict.dose.because if verdict.dose else _("None")
    if not verdict.dose.status.opens:
        return verdict.dose.because
    told = _("Planned {dose}") if verdict.dose.planned else "{dose}"
    return told.format(dose=display.dose(verdict.dose.volume))


def _is_released(verdict: Verdict) -> bool:
    return any(s.event == "Released" and s.state is StepState.DONE for s in verdict.steps)


def _weight(case: Case, now: datetime) -> TableCell:
    weighed = case.infant.weight
    if weighed is None:
        return TableCell(_("Not recorded"))
    old = display.duration(now - weighed.at) if weighed.at <= now else ""
    return TableCell(
        display.quantity(weighed.weight), note=_("{length} ago").format(length=old) if old else ""
    )
