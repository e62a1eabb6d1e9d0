"""The lists of units and of children: who is next, and what stands in the way. From cards alone, a page at a time."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, tzinfo

from django.utils.translation import gettext as _

from cordula import display
from cordula.journey import wording
from cordula.vocabulary.identifiers import InfantId, NotAnIdentifier
from cordula_web.clinic.unit_words import states
from cordula_web.frame.addresses import address
from cordula_web.frame.parts import Table, TableCell, TableRow
from cordula_web.people.acting import Acting
from cordula_web.people.areas import Area
from cordula_web.people.duties import role_words
from cordula_web.people.identities import identities_of
from cordula_web.records.card_words import answer_status, answer_word
from cordula_web.records.models import InfantCard, UnitCard

ON_A_PAGE = 50


def unit_table(cards: Sequence[UnitCard], acting: Acting, now: datetime) -> Table:
    named = acting.may_see(Area.INFANT_IDENTITY)
    names = names_of(card.infant for card in cards) if named else {}
    heads = [_("Unit"), _("State"), _("Can it be used?"), _("What comes next"), _("By")]
    heads[1:1] = [_("Child")] if named else []
    rows = tuple(_unit(card, names if named else None, now) for card in cards)
    return Table(_("Units"), tuple(heads), rows)


def _unit(card: UnitCard, names: Mapping[str, str] | None, now: datetime) -> TableRow:
    url = address("clinic:unit", {"din": card.din or ""}) if card.din else ""
    child = () if names is None else (TableCell(names.get(card.infant or "", _("No child"))),)
    return TableRow(
        (
            TableCell(card.unit, din=card.din or "", url=url),
            *child,
            TableCell(states().get(card.state, card.state), note=_held(card)),
            TableCell(answer_word(card), status=answer_status(card), note=card.because),
            _next(card),
            _due(card.due, now),
        )
    )


def _next(card: UnitCard) -> TableCell:
    """Nothing comes next where nobody may act any more."""
    return TableCell(card.next_title or "", note=role_words(card.who)) if card.who else TableCell()


def _held(card: UnitCard) -> str:
    return _("In quarantine") if card.held else ""


def _due(due: datetime | None, now: datetime) -> TableCell:
    if due is None or now.tzinfo is None:
        return TableCell()
    late = _("Late") if due < now else ""
    return TableCell(display.clin_datetime(due, now.tzinfo, weekday=True), note=late)


def child_table(
    cards: Sequence[InfantCard], units: Mapping[str, Sequence[UnitCard]], now: datetime
) -> Table:
    names = names_of(card.infant for card in cards)
    rows = tuple(_child(card, names, units.get(card.infant, ()), now) for card in cards)
    heads = (_("Child"), _("Diagnosis"), _("Next operation"), _("Unit"), _("Can it be used?"))
    return Table(_("Children"), heads, rows)


def _child(
    card: InfantCard, names: Mapping[str, str], units: Sequence[UnitCard], now: datetime
) -> TableRow:
    zone = now.tzinfo
    unit = units[0] if units else None
    more = _("and {count} more").format(count=len(units) - 1) if len(units) > 1 else ""
    return TableRow(
        (
            TableCell(
                names.get(card.infant, ""),
                url=address("clinic:child", {"infant": card.infant}),
                note=_born(card, zone),
            ),
            TableCell(", ".join(map(wording.diagnosis, card.diagnoses))),
            _operation(card, zone),
            _unit_of(unit, more),
            _answer(unit),
        )
    )


def _born(card: InfantCard, zone: tzinfo | None) -> str:
    if card.died_at:
        return _("died {day}").format(day=display.clin_date(card.died_at, zone))
    if card.born_at:
        return _("born {day}").format(day=display.clin_date(card.born_at, zone))
    if card.due_date:
        return _("due {day}").format(day=display.clin_date(card.due_date))
    return _("not born yet")


def _operation(card: InfantCard, zone: tzinfo | None) -> TableCell:
    if not card.operation or card.operation_at is None or zone is None:
        return TableCell(_("None planned"))
    at = display.clin_datetime(card.operation_at, zone, weekday=True)
    return TableCell(wording.operation(card.operation), note=at)


def _unit_of(unit: UnitCard | None, more: str) -> TableCell:
    if unit is None:
        return TableCell(_("No unit"))
    return TableCell(unit.unit, din=unit.din or "", note=more)


def _answer(unit: UnitCard | None) -> TableCell:
    if unit is None:
        return TableCell()
    return TableCell(answer_word(unit), status=answer_status(unit), note=unit.because)


def names_of(infants: Iterable[str | None]) -> dict[str, str]:
    """The printed names of these children, in one query."""
    asked = [found for name in infants if name and (found := _id(name))]
    return {str(key): identity.printed for key, identity in identities_of(asked).items()}


def _id(name: str) -> InfantId | None:
    try:
        return InfantId(name)
    except NotAnIdentifier:
        return None
