"""The arithmetic of a dose: weight, volume, cells, and cells for each kg, exact."""

from dataclasses import dataclass
from decimal import Decimal

from cordula.protocols.protocol import DoseRule
from cordula.vocabulary.quantity import Quantity

CELLS, PER_KG, PER_ML, VOLUME, VOLUME_PER_KG, WEIGHT = (
    "10*6",
    "10*6/kg",
    "10*6/mL",
    "mL",
    "mL/kg",
    "kg",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Working:
    """The four amounts; each is None until what it follows from is known."""

    weight: Quantity | None = None
    volume: Quantity | None = None
    cells: Quantity | None = None
    per_kg: Quantity | None = None


def work(rule: DoseRule, weighed: Quantity | None, counted: Quantity | None) -> Working:
    """Raises UnitError where a weight is not a weight, or a concentration not one.

    Cells for each kg never pass through the weight and back, so that no digit is lost at a limit."""
    if weighed is None:
        return Working()
    weight = weighed.to(WEIGHT)
    each = counted.to(PER_ML).value if counted is not None else None
    if weight.value <= 0 or (rule.open and not rule.open_numbers):
        return Working(weight=weight)
    if rule.volume_per_kg is not None:
        return _by_volume(rule.volume_per_kg.to(VOLUME_PER_KG).value, weight, each)
    if rule.cells_per_kg is not None:
        return _by_cells(rule.cells_per_kg.to(PER_KG).value, weight, each)
    return Working(weight=weight)


def _by_volume(per_kg: Decimal, weight: Quantity, each: Decimal | None) -> Working:
    volume = per_kg * weight.value
    if each is None:
        return Working(weight=weight, volume=Quantity(volume, VOLUME))
    return Working(
        weight=weight,
        volume=Quantity(volume, VOLUME),
        cells=Quantity(volume * each, CELLS),
        per_kg=Quantity(per_kg * each, PER_KG),
    )


def _by_cells(per_kg: Decimal, weight: Quantity, each: Decimal | None) -> Working:
    cells = per_kg * weight.value
    return Working(
        weight=weight,
        volume=Quantity(cells / each, VOLUME) if each is not None and each > 0 else None,
        cells=Quantity(cells, CELLS),
        per_kg=Quantity(per_kg, PER_KG),
    )
