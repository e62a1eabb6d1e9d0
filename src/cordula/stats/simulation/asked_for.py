"""Can these trials be drawn? A block of them, their arms and their numbers, looked at before a kernel reads them."""

from math import isfinite

import numpy as np
from numpy.typing import ArrayLike

from cordula.stats.asked import asked
from cordula.stats.refusals import CannotBe
from cordula.stats.simulation.patients import Arms
from cordula.stats.simulation.philox import Floats, Words


@asked
def block(stream: Words, first: int, trials: int) -> None:
    """Refuses a block without trials or before the first, and a key that is none."""
    if first < 0 or trials < 1:
        raise CannotBe(f"{trials} trials from number {first}; 1 or more, from 0 on, are needed")
    if getattr(stream, "shape", None) != (2,) or stream.dtype != np.uint64:
        raise CannotBe("the stream is no key of two words; `philox.words_of_key` makes one")


def two_arms(arms: Arms, trials: int) -> Arms:
    """The arms as kernels read them: int8, shape (1, N) or (trials, N), values 0 and 1."""
    found = np.asarray(arms)
    if found.ndim != 2 or len(found) not in (1, trials) or not found.shape[1]:
        raise CannotBe(f"arms have shape {found.shape}; (1, N) or ({trials}, N) is needed")
    if not np.isin(found, (0, 1)).all():
        raise CannotBe("arms hold something else than 0 and 1, the first arm and the second")
    return np.ascontiguousarray(found, np.int8)


def bounds(name: str, values: ArrayLike, looks: int) -> Floats:
    """One bound for each look; it may be infinite, where nothing stops."""
    found = np.asarray(values, dtype=np.float64)
    if found.shape != (looks,) or np.isnan(found).any():
        raise CannotBe(f"{name} {found.tolist()} cannot be: a number for each of {looks} looks")
    return found


def looks_that_rise(looks: tuple[int, ...]) -> None:
    if not looks or looks[0] < 1 or sorted(set(looks)) != list(looks):
        raise CannotBe(
            f"looks after {looks} cannot be: one or more, each after more than the one before"
        )


def rates(name: str, *values: float) -> None:
    """Hazards: finite, and 0 or more."""
    for value in values:
        if not (isfinite(value) and value >= 0):
            raise CannotBe(f"{name} of {value} cannot be: hazards are 0 or more, and finite")
