"""Is this a number, a probability, a pair? What cannot be is refused before anything is computed."""

import numpy as np
from numpy.typing import ArrayLike

from cordula.stats.borrowing.families import KINDS, Array
from cordula.stats.refusals import CannotBe


def places(x: ArrayLike, finite: bool = False) -> Array:
    """Where something is asked for: any shape, a number each, and finite where asked."""
    try:
        found = np.asarray(x, float)
    except (TypeError, ValueError) as wrong:
        raise CannotBe(f"asked for at {x!r}; numbers are needed") from wrong
    if np.isnan(found).any() or (finite and not np.isfinite(found).all()):
        raise CannotBe(f"asked for at {found}; {'finite ' if finite else ''}numbers are needed")
    return found


def pair(name: str, values: object) -> tuple[float, float]:
    """Two finite numbers."""
    found = np.asarray(values, float)
    if found.shape != (2,) or not np.isfinite(found).all():
        raise CannotBe(f"{name} is {values}; two finite numbers are needed")
    return float(found[0]), float(found[1])


def one_kind(kind: object) -> None:
    """Refuse a family that no mixture has."""
    if kind not in KINDS:
        raise CannotBe(f"a mixture of kind {kind!r}: {', '.join(KINDS)}")
