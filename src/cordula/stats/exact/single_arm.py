"""What does a single-arm trial do that counts events and looks once or often? Exactly, by enumeration."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, log

import numpy as np

from cordula.stats.asked import asked
from cordula.stats.exact.one_rate import pmf
from cordula.stats.refusals import CannotBe, at_most, from_0_to_1, whole


@asked
@dataclass(frozen=True, slots=True)
class SingleArm:
    """At each look after n infants: stop below at `lower` events or fewer, above at `upper` or more.

    −1 in `lower`, or more than n in `upper`, where a look has no such bound. At the last look every count
    decides where upper = lower + 1; what lies between is left undecided."""

    looks: tuple[int, ...]
    lower: tuple[int, ...]
    upper: tuple[int, ...]

    def __post_init__(self) -> None:
        if not len(self.looks) == len(self.lower) == len(self.upper) > 0:
            raise CannotBe("looks, lower and upper bounds must be equally many, one at least")
        if not (self.looks[0] >= 1 and all(b > a for a, b in pairwise(self.looks))):
            raise CannotBe(
                f"the looks are after {self.looks} infants; the numbers must rise from 1"
            )
        for n, low, high in zip(self.looks, self.lower, self.upper, strict=True):
            if not low < high:
                raise CannotBe(
                    f"after {n} infants {low} events stop below and {high} above; below must be less"
                )


@dataclass(frozen=True, slots=True)
class SingleArmOperating:
    """Exact probabilities at one true rate; tuples have one entry a look."""

    rate: float
    stopped_below: tuple[float, ...]
    stopped_above: tuple[float, ...]
    expected_n: float

    @property
    def above(self) -> float:
        return sum(self.stopped_above)

    @property
    def below(self) -> float:
        return sum(self.stopped_below)


@dataclass(frozen=True, slots=True)
class OneStage:
    """Reject the rate under H₀ with `critical` events or more of n; error and power are exact."""

    n: int
    critical: int
    error: float
    power: float


@asked
def single_arm_operating(design: SingleArm, rate: float) -> SingleArmOperating:
    """Exact probabilities to stop at each look, and the mean number of infants."""
    _rate(rate)
    alive, before, below, above, expected = np.ones(1), 0, [], [], 0.0
    for n, low, high in zip(design.looks, design.lower, design.upper, strict=True):
        expected += (n - before) * float(alive.sum())
        alive = np.convolve(alive, pmf(n - before, rate))
        below.append(float(alive[: low + 1].sum()))
        above.append(float(alive[max(high, 0) :].sum()))
        alive[: low + 1] = 0.0
        alive[max(high, 0) :] = 0.0
        before = n
    return SingleArmOperating(rate, tuple(below), tuple(above), expected)


@asked
def sprt(
    p_0: float, p_1: float, alpha: float, beta: float, first: int, last: int, every: int = 1
) -> SingleArm:
    """Wald's sequential probability ratio test, looked at from `first` to `last` infants (Wald 1945).

    Below: ln of the likelihood ratio at or under ln(β/(1 − α)); above: at or over ln((1 − β)/α)."""
    _check_pair(p_0, p_1, alpha, beta)
    whole(1, first=first, last=last, every=every)
    at_most(10_000, last=last)
    if alpha + beta >= 1 or first > last:
        raise CannotBe("the errors must sum to less than 1, and the looks rise from 1")
    looks = tuple(range(first, last + 1, every))
    odds = log(p_1 * (1 - p_0) / (p_0 * (1 - p_1)))
    slope = log((1 - p_0) / (1 - p_1)) / odds
    low, high = log(beta / (1 - alpha)) / odds, log((1 - beta) / alpha) / odds
    lower = tuple(max(-1, floor(low + slope * n)) for n in looks)
    return SingleArm(looks, lower, tuple(ceil(high + slope * n) for n in looks))


@asked
def one_stage(
    p_0: float,
    p_1: float,
    alpha: float = 0.05,
    beta: float = 0.2,
    greatest: int = 2000,
    steady: bool = False,
) -> OneStage:
    """The smallest n with which the exact test keeps both errors, where p₁ > p₀.

    The power of an exact test falls now and then as n grows; this is the first n that suffices or, if `steady`,
    the first from which every greater one does as well."""
    _check_pair(p_0, p_1, alpha, beta)
    for n in range(1, greatest + 1):
        found = one_stage_test(n, p_0, p_1, alpha)
        if found.power >= 1 - beta and not (steady and _falls_again(n, p_0, p_1, alpha, beta)):
            return found
    raise CannotBe(f"more than {greatest} infants would be needed; the rates are too near")


def _falls_again(n: int, p_0: float, p_1: float, alpha: float, beta: float) -> bool:
    """Whether a greater n, up to half as many again and fifty, has too little power."""
    greater = range(n + 1, n + n // 2 + 51)
    return any(one_stage_test(m, p_0, p_1, alpha).power < 1 - beta for m in greater)


@asked
def one_stage_test(n: int, p_0: float, p_1: float, alpha: float = 0.05) -> OneStage:
    """The exact test of n infants: its critical count, error and power."""
    whole(1, n=n)
    at_most(1_000_000, n=n)
    from_0_to_1(p_0=p_0, p_1=p_1, alpha=alpha)
    tails = pmf(n, p_0)[::-1].cumsum()[::-1]
    enough = np.flatnonzero(tails <= alpha)
    critical = int(enough[0]) if enough.size else n + 1
    error = float(tails[critical]) if critical <= n else 0.0
    return OneStage(n, critical, error, float(pmf(n, p_1)[critical:].sum()))


@asked
def single_arm_operating_many(
    design: SingleArm, rates: Sequence[float]
) -> tuple[SingleArmOperating, ...]:
    """The same at each of these rates."""
    return tuple(single_arm_operating(design, rate) for rate in rates)


def _check_pair(p_0: float, p_1: float, alpha: float, beta: float) -> None:
    if not 0 < p_0 < p_1 < 1:
        raise CannotBe(f"rates {p_0} and {p_1}; 0 < p₀ < p₁ < 1 is needed")
    if not (0 < alpha < 1 and 0 < beta < 1):
        raise CannotBe(f"errors {alpha} and {beta}; both must lie between 0 and 1")


def _rate(rate: float) -> None:
    if not 0 <= rate <= 1:
        raise CannotBe(f"a rate is {rate}; it must lie from 0 to 1")
