"""Can this unit be used, in one word? As the page of the unit answers it, said from its card."""

from django.utils.translation import gettext as _

from cordula.units.life import State
from cordula_web.records.models import UnitCard

# From here on “not yet” would promise something.
OVER = frozenset(
    {
        State.NOT_COLLECTED.value,
        State.REJECTED.value,
        State.DISCARDED.value,
        State.STOPPED.value,
        State.ADMINISTERED.value,
    }
)


def answer_word(card: UnitCard) -> str:
    match card.status:
        case None:
            return _("Not known")
        case "met" | "met_with_note":
            return _("Yes")
        case "exception":
            return _("By exception")
        case "unknown":
            return _("Not known")
        case "not_met" if card.state not in OVER and not card.held:
            return _("Not yet")
    return _("No")


def answer_status(card: UnitCard) -> str:
    """Its shape and colour."""
    return card.status or "unknown"
