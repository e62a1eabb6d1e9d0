"""Can this unit be used, in one word? As the page of the unit answers it, said from its card."""

from django.utils.translation import gettext as _

from cordula_web.records.models import UnitCard


def answer_word(card: UnitCard) -> str:
    """“Not yet” only while somebody can do something about it; what was stopped has nobody to act."""
    match card.status:
        case None:
            return _("Not known")
        case "met" | "met_with_note":
            return _("Yes")
        case "exception":
            return _("By exception")
        case "unknown":
            return _("Not known")
        case "not_met" if card.who:
            return _("Not yet")
    return _("No")


def answer_status(card: UnitCard) -> str:
    """Its shape and colour."""
    return card.status or "unknown"
