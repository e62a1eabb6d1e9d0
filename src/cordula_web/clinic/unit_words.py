"""How are a unit, its parts and where it stands said in words?"""

from collections import Counter
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cordula import display
from cordula.events.parts import PartKind
from cordula.units.life import State
from cordula.units.products import Product, ProductState
from cordula.units.unit import Unit
from cordula_web.frame.parts import BannerFact
from cordula_web.people.areas import Words

_STATES: dict[State, Words] = {
    State.UNKNOWN: gettext_lazy("Not known"),
    State.EXPECTED: gettext_lazy("Kit set aside"),
    State.CONSENTED: gettext_lazy("Consented"),
    State.NOT_COLLECTED: gettext_lazy("Not collected"),
    State.COLLECTED: gettext_lazy("Collected"),
    State.RECEIVED: gettext_lazy("At the cell lab"),
    State.PROCESSED: gettext_lazy("Processed"),
    State.CRYOPRESERVED: gettext_lazy("Frozen"),
    State.TESTED: gettext_lazy("Tested"),
    State.REJECTED: gettext_lazy("Rejected"),
    State.RELEASED: gettext_lazy("Released"),
    State.EXCEPTIONALLY_RELEASED: gettext_lazy("Released by exception"),
    State.ALLOCATED: gettext_lazy("Allocated"),
    State.SHIPPED: gettext_lazy("On the way to theatre"),
    State.ARRIVED: gettext_lazy("At theatre"),
    State.THAWED: gettext_lazy("Thawed"),
    State.PREPARED: gettext_lazy("Prepared"),
    State.ADMINISTERED: gettext_lazy("Given"),
    State.STOPPED: gettext_lazy("Giving stopped"),
    State.RETURNED: gettext_lazy("Returned"),
    State.DISCARDED: gettext_lazy("Destroyed"),
}
_PRODUCTS: dict[ProductState, Words] = {
    ProductState.MADE: gettext_lazy("Made"),
    ProductState.DIVIDED: gettext_lazy("Divided"),
    ProductState.FROZEN: gettext_lazy("Frozen, not put away"),
    ProductState.STORED: gettext_lazy("In storage"),
    ProductState.TAKEN_OUT: gettext_lazy("Taken out"),
    ProductState.SHIPPED: gettext_lazy("Sent to theatre"),
    ProductState.THAWED: gettext_lazy("Thawed"),
    ProductState.GIVEN: gettext_lazy("Given"),
    ProductState.RETURNED: gettext_lazy("Returned"),
    ProductState.DISCARDED: gettext_lazy("Destroyed"),
}


def state_words(state: State) -> str:
    return str(_STATES[state])


def product_state_words(state: ProductState) -> str:
    return str(_PRODUCTS[state])


def states() -> dict[str, str]:
    """Every state a list can be filtered by, in the order of life."""
    return {state.value: str(words) for state, words in _STATES.items()}


def kind_words(kind: PartKind, count: int = 1) -> str:
    match kind:
        case PartKind.VIAL:
            return ngettext("vial", "vials", count)
        case PartKind.BAG:
            return ngettext("bag", "bags", count)
        case PartKind.FRACTION:
            return ngettext("fraction", "fractions", count)
        case PartKind.SEGMENT:
            return ngettext("test segment", "test segments", count)
        case PartKind.DONATION:
            return ngettext("whole donation", "whole donations", count)


def gathered(unit: Unit, now: datetime) -> BannerFact | None:
    """When it was collected; of a maker's product, when it was received."""
    collected = unit.moment("collected")
    at = collected or unit.moment("received")
    if at is None or now.tzinfo is None:
        return None
    label = _("Collected") if collected else _("Received")
    return BannerFact(label, display.clin_datetime(at, now.tzinfo))


def summary(unit: Unit, now: datetime) -> str:
    """“The child's own cord blood cells. 2 vials of 3 mL, frozen 05-Jun-2026.”"""
    whose = _("The child’s own cord blood cells.") if unit.autologous else _("Cells from a maker.")
    parts = _parts(unit)
    frozen = unit.moment("cryopreserved")
    if frozen is not None and parts and now.tzinfo is not None:
        day = display.clin_date(frozen, now.tzinfo)
        return f"{whose} {_('{parts}, frozen {day}.').format(parts=parts, day=day)}"
    return f"{whose} {parts}." if parts else whose


def _parts(unit: Unit) -> str:
    """What is left for the child, like “2 vials of 3 mL”."""
    alike = Counter(_alike(product) for product in unit.products.values() if product.for_a_child)
    return ", ".join(_counted(kind, volume, count) for (kind, volume), count in alike.items())


def _alike(product: Product) -> tuple[PartKind, str]:
    return product.kind, display.dose(product.volume) if product.volume else ""


def _counted(kind: PartKind, volume: str, count: int) -> str:
    counted = f"{display.number(count)}{display.NO_BREAK}{kind_words(kind, count)}"
    return _("{count} of {volume}").format(count=counted, volume=volume) if volume else counted
