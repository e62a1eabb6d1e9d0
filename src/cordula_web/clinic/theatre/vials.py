"""Is this the bag, vial or syringe that is expected here? One scan is compared; nothing is taken for granted."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cordula.units.products import Product, ProductState
from cordula.units.unit import Unit
from cordula.vocabulary.identifiers import ProductKey
from cordula_web.clinic.unit_words import kind_words, product_state_words
from cordula_web.records.scanned import Scanned


@dataclass(frozen=True, slots=True)
class Looked:
    """What a scan showed. `wrong` stops everything; an empty `product` means that only the number was read."""

    status: str
    message: str
    din: str = ""
    product: ProductKey | None = None
    wrong: bool = False


def look_at(scanned: Scanned, unit: Unit, expected: Collection[ProductKey]) -> Looked:
    if scanned.problem:
        return Looked("unknown", scanned.problem)
    if scanned.din is not None and scanned.din != unit.din:
        return Looked("not_met", _("Wrong bag. Stop."), scanned.din, wrong=True)
    if scanned.code is not None and unit.din is not None:
        return _product(scanned, unit, expected)
    if scanned.din is not None:
        return Looked("met", _("The number matches. Now scan the product code."), scanned.din)
    return Looked("unknown", _("Not known here. Scan the label of the vial."))


def _product(scanned: Scanned, unit: Unit, expected: Collection[ProductKey]) -> Looked:
    assert unit.din is not None  # noqa: S101  asked before
    key = scanned.product_of(unit.din)
    din = str(scanned.din or "")
    if key is not None and key in expected:
        return Looked("met", _("{vial} matches.").format(vial=name_of(unit, key)), din, key)
    found = unit.product(key) if key else None
    if found is None:
        told = _("Wrong bag. Stop. This unit has no product with this code and division.")
        return Looked("not_met", told, din, key, wrong=True)
    told = _("Wrong vial. Stop. {vial} is not the one for this operation: {state}.")
    words = {"vial": name_of(unit, found.key), "state": product_state_words(found.state).lower()}
    return Looked("not_met", told.format(**words), din, key, wrong=True)


def name_of(unit: Unit, key: ProductKey) -> str:
    """“Vial D0002 A0”."""
    found = unit.product(key)
    kind = kind_words(found.kind) if found else _("product")
    return f"{kind[:1].upper()}{kind[1:]} {short(key)}"


def short(key: ProductKey) -> str:
    return f"{key.product_code} {key.division}"


def to_thaw(unit: Unit) -> tuple[Product, ...]:
    """Frozen products that were set aside for this operation and are still there."""
    gone = (ProductState.THAWED, ProductState.RETURNED)
    products = unit.products.values()
    return tuple(
        p for p in products if p.allocated and p.frozen and p.at_hand and p.state not in gone
    )


def thawed(unit: Unit) -> tuple[Product, ...]:
    return tuple(p for p in unit.products.values() if p.state is ProductState.THAWED)
