"""The product tree of a unit: what was made from what, where it is, and what became of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from cordula.events.event import Event
from cordula.events.laboratory import Cryopreserved, Divided
from cordula.events.parts import PartKind
from cordula.events.release import Allocated, Discarded, Returned, Shipped
from cordula.events.storage import Moved, Retrieved, Stored
from cordula.events.theatre import Administered, Thawed
from cordula.vocabulary.identifiers import PlaceId, ProductKey
from cordula.vocabulary.quantity import Quantity


class ProductState(StrEnum):
    """What became of a product."""

    MADE = "made"
    DIVIDED = "divided"
    FROZEN = "frozen"
    STORED = "stored"
    TAKEN_OUT = "taken_out"
    SHIPPED = "shipped"
    THAWED = "thawed"
    GIVEN = "given"
    RETURNED = "returned"
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """One bag, vial, fraction or segment, by donation number, product code and division."""

    key: ProductKey
    kind: PartKind
    parent: ProductKey | None = None
    volume: Quantity | None = None
    state: ProductState = ProductState.MADE
    frozen: bool = False
    allocated: bool = False
    place: PlaceId | None = None
    position: str = ""

    @property
    def at_hand(self) -> bool:
        """Whether it still exists as itself."""
        return self.state not in _GONE

    @property
    def for_a_child(self) -> bool:
        """Whether it can be given: a segment is kept for testing only."""
        return self.at_hand and self.kind is not PartKind.SEGMENT


_GONE = frozenset({ProductState.DIVIDED, ProductState.GIVEN, ProductState.DISCARDED})

Tree = dict[ProductKey, Product]


def tree(events: Iterable[Event]) -> Tree:
    """The products these events made. Events about unknown products change nothing."""
    products: Tree = {}
    for event in events:
        if (apply := _APPLY.get(type(event))) is not None:
            apply(products, event)
    return products


def _divide(products: Tree, event: Divided) -> None:
    for part in event.parts:
        products[part.product] = Product(
            key=part.product, kind=part.kind, parent=part.parent, volume=part.volume
        )
        if part.parent in products and part.kind is not PartKind.SEGMENT:
            _set(products, part.parent, state=ProductState.DIVIDED)


def _freeze(products: Tree, event: Cryopreserved) -> None:
    for key in event.products:
        _set(products, key, state=ProductState.FROZEN, frozen=True)


def _store(products: Tree, event: Stored | Moved) -> None:
    _set(
        products,
        event.product,
        state=ProductState.STORED,
        place=event.place,
        position=event.position,
    )


def _take_out(products: Tree, event: Retrieved) -> None:
    _set(products, event.product, state=ProductState.TAKEN_OUT, place=None, position="")


def _allocate(products: Tree, event: Allocated) -> None:
    for key in event.products:
        _set(products, key, allocated=True)


def _ship(products: Tree, event: Shipped) -> None:
    _end_all(products, event.products, ProductState.SHIPPED)


def _thaw(products: Tree, event: Thawed) -> None:
    _end_all(products, event.products, ProductState.THAWED)


def _give(products: Tree, event: Administered) -> None:
    thawed = [p.key for p in products.values() if p.state is ProductState.THAWED]
    fresh = [p.key for p in products.values() if p.allocated and not p.frozen]
    _end_all(products, thawed or fresh, ProductState.GIVEN)


def _return(products: Tree, event: Returned) -> None:
    _end_all(products, event.products, ProductState.RETURNED)


def _discard(products: Tree, event: Discarded) -> None:
    _end_all(products, event.products or tuple(products), ProductState.DISCARDED)


def _end_all(products: Tree, keys: Iterable[ProductKey], state: ProductState) -> None:
    for key in keys:
        _set(products, key, state=state, place=None, position="")


def _set(products: Tree, key: ProductKey | None, **changes: Any) -> None:
    if key is not None and key in products:
        products[key] = replace(products[key], **changes)


_APPLY: dict[type[Event], Callable[[Tree, Any], None]] = {
    Divided: _divide,
    Cryopreserved: _freeze,
    Stored: _store,
    Moved: _store,
    Retrieved: _take_out,
    Allocated: _allocate,
    Shipped: _ship,
    Thawed: _thaw,
    Administered: _give,
    Returned: _return,
    Discarded: _discard,
}
