"""Conditions that many rules share, each with its reason in the words of the bench."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from cordula.events.admission import Rule
from cordula.units.life import State
from cordula.units.products import ProductState
from cordula.units.unit import Unit
from cordula.vocabulary.choices import wishes
from cordula.vocabulary.identifiers import ProductKey


def state_is(*allowed: State) -> Rule:
    """The unit is in one of these states."""

    def rule(unit: Unit, event: object) -> Iterator[str]:
        if unit.state not in allowed:
            kind = type(event).__name__
            wanted = " or ".join(state.words for state in allowed)
            yield f"{kind} cannot follow “{unit.state.words}”: the unit must be {wanted}."

    return rule


def reached(first: State) -> Rule:
    """The unit has come at least this far. A rejected unit still has results, and is discarded."""

    def rule(unit: Unit, event: object) -> Iterator[str]:
        if unit.state.rank < first.rank:
            kind = type(event).__name__
            yield f"{kind} cannot follow “{unit.state.words}”: the unit must be {first.words} first."

    return rule


def not_held(unit: Unit, event: object) -> Iterator[str]:
    """Neither quarantine nor a withdrawn consent holds the unit."""
    if unit.held:
        yield "The unit is in quarantine. Quality must lift it first."
    if withdrawal := unit.withdrawal:
        scopes = ", ".join(withdrawal.scopes)
        wish = wishes().get(withdrawal.wish, withdrawal.wish)
        yield f"Consent was withdrawn ({scopes}). The family's wish: {wish}."


def understood(unit: Unit, event: object) -> Iterator[str]:
    if not unit.understood:
        yield (
            "This history holds an entry that this version of Cordula does not understand. "
            "Update Cordula before going on."
        )


def own_infant(unit: Unit, event: object) -> Iterator[str]:
    """An autologous unit concerns only the child it was collected from."""
    infant = getattr(event, "infant", None)
    if unit.autologous and infant is not None and infant != unit.infant:
        yield "This unit belongs to another child."


def same_din(unit: Unit, event: object) -> Iterator[str]:
    din = getattr(event, "din", None)
    if unit.din is not None and din != unit.din:
        yield f"The bag is {din}. This child's kit is {unit.din}."


def not_before(moment: str, words: str) -> Rule:
    """The event's own times do not lie before a moment of the unit's life."""

    def rule(unit: Unit, event: object) -> Iterator[str]:
        earlier = unit.moment(moment)
        start = getattr(event, "started_at", None) or getattr(event, "at", None)
        if earlier is not None and start is not None and start < earlier:
            yield f"{_clock(start)} is before {words} at {_clock(earlier)}. Change one of them."

    return rule


def starts_before_it_ends(unit: Unit, event: object) -> Iterator[str]:
    start, end = getattr(event, "started_at", None), getattr(event, "at", None)
    if start is not None and end is not None and start > end:
        yield f"The start {_clock(start)} is after the end {_clock(end)}. Change one of them."


def products_at_hand(unit: Unit, event: object) -> Iterator[str]:
    """Every product the event names exists, and can still be used."""
    yield from missing_products(unit, getattr(event, "products", ()))


def missing_products(unit: Unit, keys: Iterable[ProductKey]) -> Iterator[str]:
    for key in keys:
        product = unit.product(key)
        if product is None:
            yield f"This unit has no product {name_of(key)}."
        elif not product.at_hand:
            yield f"Product {name_of(key)} is {product.state.replace('_', ' ')}."


def out_of_storage(unit: Unit, event: object) -> Iterator[str]:
    """A product is taken out of its place first, so that the place knows that it is gone."""
    keys = getattr(event, "products", ()) or tuple(unit.products)
    for product in (unit.product(key) for key in keys):
        if product is not None and product.state is ProductState.STORED:
            yield (
                f"Product {name_of(product.key)} is still in position {product.position}. "
                "Take it out of storage first."
            )


def some_products(unit: Unit, event: object) -> Iterator[str]:
    if not getattr(event, "products", ()):
        yield "No product is named. Scan at least one vial or bag."


def name_of(key: ProductKey) -> str:
    return f"{key.product_code} {key.division}"


def _clock(moment: datetime) -> str:
    return moment.strftime("%d-%b-%Y %H:%M")
