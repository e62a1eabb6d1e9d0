"""What may be put where, and taken out."""

from collections.abc import Iterator

from cordula.events.admission import Rules
from cordula.events.storage import (
    ExcursionReviewed,
    Moved,
    PlaceOpened,
    Retrieved,
    Stored,
    TemperatureExcursed,
)
from cordula.units.life import State
from cordula.units.place import Place
from cordula.units.products import ProductState
from cordula.units.rules.conditions import missing_products, name_of, reached
from cordula.units.unit import Unit

DECISIONS = ("no_effect", "test_again", "discard")


def product_exists(unit: Unit, event: Stored | Moved | Retrieved) -> Iterator[str]:
    yield from missing_products(unit, (event.product,))


def not_stored_yet(unit: Unit, event: Stored) -> Iterator[str]:
    product = unit.product(event.product)
    if product is not None and product.state is ProductState.STORED:
        yield f"Product {name_of(event.product)} is stored already. Move it instead."


def is_where_it_is_taken_from(unit: Unit, event: Moved | Retrieved) -> Iterator[str]:
    product = unit.product(event.product)
    left = event.left if isinstance(event, Moved) else event.place
    if product is not None and (product.state is not ProductState.STORED or product.place != left):
        yield f"Product {name_of(event.product)} is not in this place."


def excursion_is_known(unit: Unit, event: ExcursionReviewed) -> Iterator[str]:
    if event.decision not in DECISIONS:
        yield f"“{event.decision}” is not a decision: {', '.join(DECISIONS)}."
    if event.number not in {e.number for e in unit.all(TemperatureExcursed)}:
        yield f"Excursion {event.number} does not concern this unit."


UNIT_RULES: Rules = {
    Stored: (reached(State.RECEIVED), product_exists, not_stored_yet),
    Moved: (product_exists, is_where_it_is_taken_from),
    Retrieved: (product_exists, is_where_it_is_taken_from),
    TemperatureExcursed: (reached(State.RECEIVED),),
    ExcursionReviewed: (excursion_is_known,),
}


def opens_once(place: Place, event: PlaceOpened) -> Iterator[str]:
    if place.opened is not None:
        yield f"This place was opened already, as {', '.join(place.path)}."


def is_open(place: Place, event: Stored | Moved) -> Iterator[str]:
    if place.opened is None:
        yield "This place is not known here. An administrator must open it first."


def position_is_free(place: Place, event: Stored | Moved) -> Iterator[str]:
    if place.opened is None or event.place != place.opened.place:
        return  # the place that is left: whatever stood there goes
    stay = place.occupied.get(event.position)
    if stay is not None and stay.product != event.product:
        yield f"Position {event.position} is full. Choose a free one."


PLACE_RULES: Rules = {
    PlaceOpened: (opens_once,),
    Stored: (is_open, position_is_free),
    Moved: (is_open, position_is_free),
}
