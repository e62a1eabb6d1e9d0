"""How large is the surface of a child's body? Each reference of z-scores was made with a formula of its own."""

from math import log10

from cordula.stats.refusals import CannotBe
from cordula.vocabulary.quantity import Quantity


def body_surface(formula: str, weight: Quantity, height: Quantity | None = None) -> float:
    """The body surface in m² by “haycock”, “dubois”, “mosteller” or, from weight alone, “weight”.

    Haycock 1978 (J Pediatr 93:62), Du Bois 1916 (Arch Intern Med 17:863), Mosteller 1987 (N Engl J Med 317:1098);
    0.1·W^(2/3) as used where no height is known."""
    w = float(weight.to("kg").value)
    if not 0.3 < w < 300:
        raise CannotBe(f"a weight of {weight} is not one; a newborn has about 3 kg")
    if formula == "weight":
        return float(0.1 * w ** (2 / 3))
    if height is None:
        raise CannotBe(f"the body surface by {formula} needs a height; by “weight” it needs none")
    h = float(height.to("cm").value)
    if not 20 < h < 250:
        raise CannotBe(f"a height of {height} is not one; a newborn has about 50 cm")
    if formula not in _FORMULAS:
        raise CannotBe(f"there is no formula “{formula}”; there are weight, {', '.join(_FORMULAS)}")
    factor, of_weight, of_height = _FORMULAS[formula]
    return float(10 ** (log10(factor) + of_weight * log10(w) + of_height * log10(h)))


_FORMULAS = {
    "haycock": (0.024265, 0.5378, 0.3964),
    "dubois": (0.007184, 0.425, 0.725),
    "mosteller": (1 / 60, 0.5, 0.5),
}
