"""May these numbers be pooled at all? What cannot be is refused before anything is computed."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cordula.stats.refusals import CannotBe

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]
Mask = NDArray[np.bool_]


def vector(name: str, values: ArrayLike) -> Vector:
    """One number a study, finite; a single number is a vector of one."""
    found = np.atleast_1d(_floats(name, values))
    if found.ndim != 1 or found.size == 0:
        raise CannotBe(f"{name} has shape {found.shape}; one number a study is needed")
    if not np.isfinite(found).all():
        at = int(np.flatnonzero(~np.isfinite(found))[0])
        raise CannotBe(f"{name} of study {at + 1} is {found[at]}; a finite number is needed")
    return found


def _floats(name: str, values: ArrayLike) -> Vector:
    try:
        return np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as wrong:
        raise CannotBe(f"{name} is {values!r}; numbers are needed") from wrong


def places(values: ArrayLike) -> Vector:
    """Where a distribution is asked for: any shape, infinite too, but a number each."""
    found = _floats("the place asked for", values)
    if np.isnan(found).any():
        raise CannotBe(
            f"a distribution is asked for at {found}; numbers are needed, and NaN is none"
        )
    return found


def positive(name: str, values: ArrayLike) -> Vector:
    """Every number above zero."""
    found = vector(name, values)
    if found.min() <= 0:
        at = int(np.argmin(found))
        raise CannotBe(f"{name} of study {at + 1} is {found[at]}; it must be above 0")
    return found


def sizes(name: str, values: ArrayLike, least: int = 2) -> Vector:
    """Numbers of patients: whole, and enough of them for a spread."""
    return whole(name, values, least)


def whole(name: str, values: ArrayLike, least: int = 0) -> Vector:
    found = vector(name, values)
    wrong = (found < least) | (found != np.floor(found))
    if wrong.any():
        at = int(np.flatnonzero(wrong)[0])
        raise CannotBe(
            f"{name} of study {at + 1} is {found[at]:g}; a whole number of at least {least} is needed"
        )
    return found


def same_length(**vectors: Vector) -> None:
    lengths = {name: values.size for name, values in vectors.items()}
    if len(set(lengths.values())) > 1:
        told = ", ".join(f"{name} has {length}" for name, length in lengths.items())
        raise CannotBe(f"{told}; each study needs one of each")


def studies(y: ArrayLike, se: ArrayLike, least: int = 1) -> tuple[Vector, Vector]:
    """Estimates and their standard errors, one of each a study."""
    estimates, errors = vector("the estimate", y), positive("the standard error", se)
    same_length(estimates=estimates, standard_errors=errors)
    if estimates.size < least:
        raise CannotBe(f"there {counted(estimates.size)}; this method needs at least {least}")
    return estimates, errors


def counted(k: int) -> str:
    """“is 1 study”, “are 3 studies”."""
    return "is 1 study" if k == 1 else f"are {k} studies"


def probability(name: str, value: float) -> float:
    if not 0 < value < 1:
        raise CannotBe(f"{name} is {value}; it must lie between 0 and 1")
    return float(value)


def one_of(name: str, value: str, known: Sequence[str]) -> str:
    if value not in known:
        raise CannotBe(f"{name} “{value}” is not known here; known are {', '.join(known)}")
    return value
