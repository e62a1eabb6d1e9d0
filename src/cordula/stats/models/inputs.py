"""Are these arrays something a method can work with? Says which value is not, and what would be right."""

from numbers import Real

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cordula.stats.refusals import CannotBe

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]


def array(name: str, values: ArrayLike) -> Floats:
    """Numbers in whatever shape; refused where there are others, or rows of unequal length."""
    try:
        return np.ascontiguousarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise CannotBe(
            f"{name} is {str(values)[:60]}; numbers in rows of equal length are needed"
        ) from error


def plain(name: str, values: ArrayLike) -> NDArray[np.generic]:
    """Labels or numbers, one for each participant; refused where they make no row."""
    try:
        found = np.asarray(values)
    except (TypeError, ValueError) as error:
        raise CannotBe(f"{name} is {str(values)[:60]}; one for each participant") from error
    if found.ndim == 0 or found.dtype.kind not in "biufUSM":
        raise CannotBe(f"{name} is {str(values)[:60]}; a row of them is needed, of one kind")
    return found


def numbers(name: str, values: ArrayLike, size: int | None = None) -> Floats:
    """One finite number each: shape (n,), or (size,) where the size is known."""
    found = array(name, values)
    if found.ndim != 1 or found.size == 0:
        raise CannotBe(f"{name} has shape {found.shape}; one row of numbers is needed")
    _sized(name, found, size)
    _finite(name, found)
    return found


def columns(name: str, values: ArrayLike, rows: int) -> Floats:
    """A table of `rows` rows: shape (rows, p). One row of numbers counts as one column."""
    found = array(name, values)
    found = np.ascontiguousarray(found[:, None] if found.ndim == 1 else found)
    if found.ndim != 2:
        raise CannotBe(f"{name} has shape {found.shape}; a table of rows and columns is needed")
    _sized(name, found, rows)
    _finite(name, found)
    return found


def labels(name: str, values: ArrayLike, size: int) -> tuple[Whole, NDArray[np.generic]]:
    """The place of each label among the sorted distinct ones, shape (size,), and the distinct ones."""
    found = plain(name, values)
    if found.ndim != 1:
        raise CannotBe(f"{name} has shape {found.shape}; one label for each participant is needed")
    _sized(name, found, size)
    if found.dtype.kind == "f" and np.isnan(found).any():
        raise CannotBe(f"{name} holds a label that is not a number; leave such participants out")
    distinct, place = np.unique(found, return_inverse=True)
    return place.astype(np.int64), distinct


def arms(values: ArrayLike, size: int) -> tuple[Whole, int]:
    """Arms numbered 0 (control), 1, 2, … with somebody in each; and how many there are."""
    found = array("arm", values)
    _sized("arm", found, size)
    if not size or found.ndim != 1 or not np.isfinite(found).all() or found.max() > size:
        raise CannotBe(
            f"arm is {str(values)[:60]}; arms are 0 (control), 1, 2, …, one for each participant"
        )
    if not np.all(found == np.floor(found)):
        raise CannotBe("arm holds a number that is not whole; arms are 0 (control), 1, 2, …")
    arm = np.ascontiguousarray(found, dtype=np.int64)
    held = np.bincount(arm) if arm.min() >= 0 else np.zeros(1, dtype=np.int64)
    if held.size < 2 or held.min() == 0:
        raise CannotBe(f"arm holds {sorted(set(arm.tolist()))}; 0, 1, … with somebody in each arm")
    return arm, held.size


def two_arms(values: ArrayLike, size: int) -> Whole:
    """Arms 0 (control) and 1 (treated)."""
    arm, count = arms(values, size)
    if count != 2:
        raise CannotBe(f"{count} arms were given; this method compares arm 1 with arm 0")
    return arm


def events(values: ArrayLike, size: int) -> Flags:
    """True (1) where the event was seen, False (0) where the time is censored."""
    found = array("event", values)
    _sized("event", found, size)
    if found.ndim != 1 or not np.all((found == 0) | (found == 1)):
        raise CannotBe("event holds something else than 0 (censored) and 1 (seen)")
    return np.ascontiguousarray(found, dtype=np.bool_)


def level_of(level: float) -> float:
    """A confidence level between 0 and 1, such as 0.95."""
    if not (isinstance(level, Real) and 0.0 < level < 1.0):
        raise CannotBe(f"the confidence level is {level}; it lies between 0 and 1, such as 0.95")
    return level


def _sized(name: str, found: NDArray[np.generic], size: int | None) -> None:
    if size is not None and found.shape[:1] != (size,):
        raise CannotBe(f"{name} has shape {found.shape}; {size} rows are needed")


def _finite(name: str, found: Floats) -> None:
    if not np.isfinite(found).all():
        where = np.argwhere(~np.isfinite(found))[0].tolist()
        raise CannotBe(f"{name} is not a finite number at {where}; leave out what is missing")
