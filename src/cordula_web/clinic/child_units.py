"""Which units does this child have, and may they be used? If none, why: and nothing is offered in its place."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from cordula import display
from cordula.infants.infant import Infant
from cordula.units.life import State
from cordula.vocabulary.quantity import Quantity
from cordula_web.clinic.looked_up import ChildSeen
from cordula_web.clinic.unit_words import states
from cordula_web.frame.addresses import address
from cordula_web.frame.parts import Table, TableCell, TableRow
from cordula_web.people.areas import Area
from cordula_web.records.card_words import answer_status, answer_word
from cordula_web.records.models import UnitCard

GONE = frozenset({State.NOT_COLLECTED.value, State.DISCARDED.value, State.REJECTED.value})
NOT_YET = frozenset({State.EXPECTED.value, State.CONSENTED.value})


def unit_list(cards: Iterable[UnitCard], seen: ChildSeen) -> Table:
    return Table(
        _("Units of this child"),
        (_("Unit"), _("Where it is in its life"), _("Can it be used?"), _("Planned dose")),
        tuple(_unit(card, seen) for card in cards),
    )


def _unit(card: UnitCard, seen: ChildSeen) -> TableRow:
    url = address("clinic:unit", {"din": card.din or ""}) if card.din else ""
    if not seen.acting.may_see(Area.UNIT):
        url = ""
    return TableRow(
        (
            TableCell(card.unit, din=card.din or "", url=url),
            TableCell(states().get(card.state, card.state), note=_noted(card)),
            _answer(card),
            TableCell(_dose(card)),
        )
    )


def _noted(card: UnitCard) -> str:
    if card.withdrawn:
        return _("Consent taken back")
    return _("In quarantine") if card.held else ""


def _answer(card: UnitCard) -> TableCell:
    because = card.because if card.status else _("No protocol says what may be done.")
    return TableCell(answer_word(card), status=answer_status(card), note=because)


def _dose(card: UnitCard) -> str:
    if card.dose_value is None or card.dose_unit is None:
        return _("Not known")
    return display.dose(Quantity(card.dose_value.normalize(), card.dose_unit))


def why_no_unit(cards: Sequence[UnitCard], seen: ChildSeen) -> str:
    """Empty while there is, or may still be, a unit for her."""
    if any(card.state not in GONE and not card.withdrawn for card in cards):
        return ""
    if not cards:
        return _no_kit(seen.infant)
    if any(card.withdrawn for card in cards):
        return _("The parents took back their consent.")
    return " ".join(dict.fromkeys(card.because for card in cards if card.because)) or _ended(cards)


def _no_kit(infant: Infant) -> str:
    if infant.born_at is None:
        return _("No kit is set aside for the birth.")
    return _("No kit was set aside before the birth, so nothing was collected.")


def _ended(cards: Iterable[UnitCard]) -> str:
    words = states()
    return ", ".join(dict.fromkeys(words.get(card.state, card.state) for card in cards)) + "."
