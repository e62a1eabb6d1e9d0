"""How often does an event happen in a single arm, on a scale that can be pooled?"""

import numpy as np
from numpy.typing import ArrayLike

from cordula.stats.refusals import CannotBe
from cordula.stats.synthesis.checks import Vector, positive, same_length, vector, whole
from cordula.stats.synthesis.effects import Effects, effects

WARNING = (
    "the Freeman–Tukey scale has no one way back to a proportion: with arms of different size the "
    "pooled proportion can even fall outside those observed (Schwarzer et al. 2019)"
)


def raw_proportion(events: ArrayLike, n: ArrayLike) -> Effects:
    """x/n with variance p(1−p)/n; arguments (k,). All or nothing is refused: its variance would be 0."""
    x, n = _counts(events, n)
    _no_zero(x, n)
    return effects("PR", x / n, x * (n - x) / n**3)


def logit_proportion(events: ArrayLike, n: ArrayLike, *, add: float = 0.0) -> Effects:
    """PLO: log(x/(n−x)), variance 1/x + 1/(n−x); arguments (k,).

    0 or n events are refused unless `add` is given; `one_arm_glmm` needs no filling."""
    x, n = _counts(events, n)
    zero = (x == 0) | (x == n)
    if not add:
        _no_zero(x, n)
    more = np.where(zero, add, 0.0)
    remarks = [f"{add:g} was added to both cells of {int(zero.sum())} arms"] if more.any() else []
    x, rest = x + more, n - x + more
    return effects("PLO", np.log(x / rest), 1 / x + 1 / rest, None, *remarks)


def freeman_tukey(events: ArrayLike, n: ArrayLike, *, warned: bool = False) -> Effects:
    """PFT: ½(asin√(x/(n+1)) + asin√((x+1)/(n+1))), variance 1/(4n+2); only for who was `warned`.

    Freeman & Tukey 1950, doi:10.1214/aoms/1177729756; the warning: Schwarzer et al. 2019,
    doi:10.1002/jrsm.1348."""
    if not warned:
        raise CannotBe(f"{WARNING}; use one_arm_glmm, or say warned=True")
    x, n = _counts(events, n)
    y = 0.5 * (np.arcsin(np.sqrt(x / (n + 1))) + np.arcsin(np.sqrt((x + 1) / (n + 1))))
    return effects("PFT", y, 1 / (4 * n + 2), None, WARNING)


def log_rate(events: ArrayLike, person_time: ArrayLike) -> Effects:
    """log(events / person-time), variance 1/events; arguments (k,). No event: `one_arm_rate_glmm`."""
    x, t = whole("the events", events), positive("the person-time", person_time)
    same_length(events=x, person_time=t)
    if (x == 0).any():
        raise CannotBe("a study without an event has no log rate; pool with one_arm_rate_glmm")
    return effects("IRLN", np.log(x / t), 1 / x)


def proportion_of_logit(y: ArrayLike) -> Vector:
    """Back from the logit scale."""
    return np.asarray(1 / (1 + np.exp(-vector("the logit", y))))


def _counts(events: ArrayLike, n: ArrayLike) -> tuple[Vector, Vector]:
    x, size = whole("the events", events), whole("the size", n, 1)
    same_length(events=x, sizes=size)
    if (x > size).any():
        at = int(np.flatnonzero(x > size)[0])
        raise CannotBe(f"study {at + 1} has {x[at]:g} events among {size[at]:g} patients")
    return x, size


def _no_zero(x: Vector, n: Vector) -> None:
    if ((x == 0) | (x == n)).any():
        at = int(np.flatnonzero((x == 0) | (x == n))[0])
        raise CannotBe(
            f"study {at + 1} has {x[at]:g} events among {n[at]:g} patients, which has no variance on "
            "this scale; pool with one_arm_glmm or beta_binomial_proportion, which need none"
        )
