"""The product tree of a unit: what was made from what, where it is, and what became of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
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
# What is known of each product so far; it becomes a Product once, after the last event.
Drafts = dict[ProductKey, dict[str, Any]]


def tree(events: Iterable[Event]) -> Tree:
    """The products these events made. Events about unknown products change nothing."""
    products: Drafts = {}
    for event in events:
        if (apply := _APPLY.get(type(event))) is not None:
            apply(products, event)
    return {key: Product(key=key, **draft) for key, draft in products.items()}


def _divide(products: Drafts, event: Divided) -> None:
    for part in event.parts:
        products[part.product] = {
            "kind": part.kind,
            "parent": part.parent,
            "volume": part.volume,
        }
        if part.parent in products and part.kind is not PartKind.SEGMENT:
            _set(products, part.parent, state=ProductState.DIVIDED)


def _freeze(products: Drafts, event: Cryopreserved) -> None:
    for key in event.products:
        _set(products, key, state=ProductState.FROZEN, frozen=True)


def _store(products: Drafts, event: Stored | Moved) -> None:
    _set(
        products,
        event.product,
        state=ProductState.STORED,
        place=event.place,
        position=event.position,
    )


def _take_out(products: Drafts, event: Retrieved) -> None:
    _set(products, event.product, state=ProductState.TAKEN_OUT, place=None, position="")


def _allocate(products: Drafts, event: Allocated) -> None:
    for key in event.products:
        _set(products, key, allocated=True)


def _ship(products: Drafts, event: Shipped) -> None:
    _end_all(products, event.products, ProductState.SHIPPED)


def _thaw(products: Drafts, event: Thawed) -> None:
    _end_all(products, event.products, ProductState.THAWED)


def _give(products: Drafts, event: Administered) -> None:
    thawed = [k for k, p in products.items() if p.get("state") is ProductState.THAWED]
    fresh = [k for k, p in products.items() if p.get("allocated") and not p.get("frozen")]
    _end_all(products, thawed or fresh, ProductState.GIVEN)


def _return(products: Drafts, event: Returned) -> None:
    _end_all(products, event.products, ProductState.RETURNED)


def _discard(products: Drafts, event: Discarded) -> None:
    _end_all(products, event.products or tuple(products), ProductState.DISCARDED)


def _end_all(products: Drafts, keys: Iterable[ProductKey], state: ProductState) -> None:
    for key in keys:
        _set(products, key, state=state, place=None, position="")


def _set(products: Drafts, key: ProductKey | None, **changes: Any) -> None:
    if key is not None and (draft := products.get(key)) is not None:
        draft.update(changes)


_APPLY: dict[type[Event], Callable[[Drafts, Any], None]] = {
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
