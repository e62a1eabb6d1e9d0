"""Which two-stage design finds out soonest that a treatment does too little, and what may be said after it?

Simon 1989 (Control Clin Trials 10, 1): stop after n₁ infants with r₁ responses or fewer; reject H₀ after n in all
with more than r."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from math import comb

import numpy as np

from cordula.stats.asked import asked
from cordula.stats.compiled import kernel_or_twin
from cordula.stats.exact import simon_search
from cordula.stats.exact.one_rate import Interval, check_counts, pmf
from cordula.stats.refusals import CannotBe, at_most, from_0_to_1

searched = kernel_or_twin(simon_search.best_for_n, simon_search.plain_best_for_n)


@asked
@dataclass(frozen=True, slots=True)
class TwoStage:
    """Go on with more than r_1 of n_1 responses; reject H₀ with more than r of n."""

    r_1: int
    n_1: int
    r: int
    n: int

    def __post_init__(self) -> None:
        if not (0 <= self.r_1 < self.n_1 < self.n and self.r_1 <= self.r < self.n):
            raise CannotBe(
                f"r₁/n₁ = {self.r_1}/{self.n_1} and r/n = {self.r}/{self.n}; "
                "0 ≤ r₁ < n₁ < n and r₁ ≤ r < n are needed"
            )


@dataclass(frozen=True, slots=True)
class TwoStageOperating:
    """Exact, at one true rate."""

    rate: float
    rejected: float
    stopped_early: float
    expected_n: float


@dataclass(frozen=True, slots=True)
class SimonDesigns:
    """The optimal design (least expected n under H₀), the minimax one (least n), and the best for every n."""

    optimal: TwoStage
    minimax: TwoStage
    by_n: tuple[TwoStage, ...]

    def admissible(self, p_0: float) -> tuple[TwoStage, ...]:
        """Designs that are best for some weight of n against expected n (Jung et al. 2004, Stat Med 23, 561)."""
        points = [(d.n, two_stage_operating(d, p_0).expected_n, d) for d in self.by_n]
        hull: list[tuple[int, float, TwoStage]] = []
        for point in points:
            if point[0] > self.optimal.n:
                break
            while len(hull) > 1 and _above(hull[-2], hull[-1], point):
                hull.pop()
            hull.append(point)
        return tuple(design for _, _, design in hull)


@dataclass(frozen=True, slots=True)
class TwoStageInference:
    """After the trial: P value against p₀, unbiased estimate, and an interval that knows of the first stage."""

    p: float
    estimate: float
    interval: Interval


@asked
@lru_cache(maxsize=64)
def simon(
    p_0: float, p_1: float, alpha: float = 0.05, beta: float = 0.2, greatest: int = 100
) -> SimonDesigns:
    """The designs with P(reject | p₀) ≤ α and P(reject | p₁) ≥ 1 − β, n up to `greatest`; exact search."""
    if not 0 < p_0 < p_1 < 1:
        raise CannotBe(f"rates {p_0} and {p_1}; 0 < p₀ < p₁ < 1 is needed")
    if not (0 < alpha < 1 and 0 < beta < 1):
        raise CannotBe(f"errors {alpha} and {beta}; both must lie between 0 and 1")
    at_most(1000, greatest=greatest)
    tables = [_pmfs(p, greatest) for p in (p_0, p_1)]
    found = []
    for n in range(2, greatest + 1):
        r_1, n_1, r, expected = searched(n, tables[0], tables[1], alpha, beta)
        if n_1 > 0:
            found.append((expected, TwoStage(int(r_1), int(n_1), int(r), n)))
    if not found:
        raise CannotBe(
            f"no design with {greatest} infants or fewer keeps these errors; allow more infants"
        )
    optimal = min(found, key=lambda pair: pair[0])[1]
    return SimonDesigns(optimal, found[0][1], tuple(design for _, design in found))


@asked
def two_stage_operating(design: TwoStage, rate: float) -> TwoStageOperating:
    """Exact probability to reject, to stop early, and the mean number of infants at this rate."""
    if not 0 <= rate <= 1:
        raise CannotBe(f"the rate is {rate}; it must lie from 0 to 1")
    stopped = float(pmf(design.n_1, rate)[: design.r_1 + 1].sum())
    rejected = _reached(design, design.r + 1, rate)
    expected = design.n_1 + (1 - stopped) * (design.n - design.n_1)
    return TwoStageOperating(rate, rejected, stopped, expected)


@asked
def two_stage_inference(
    design: TwoStage, responses: int, p_0: float, level: float = 0.9
) -> TwoStageInference:
    """Inference after `responses` in all: of n₁ infants if at most r₁, else of n.

    Outcomes rank by stage, then by responses. The estimate is unbiased at every rate (Jung & Kim 2004, Stat Med
    23, 881); the interval inverts the ordering's tails (Jung et al. 2006, Biometrics 62, 1236)."""
    most = design.n
    from_0_to_1(p_0=p_0)
    if not 0 < level < 1:
        raise CannotBe(f"the level is {level}; it must lie between 0 and 1")
    check_counts(responses, most)
    tail = (1 - level) / 2
    low = 0.0 if responses == 0 else _solved(lambda p: _at_least(design, responses, p) - tail)
    high = 1.0 if responses == most else _solved(lambda p: tail - _at_most(design, responses, p))
    p = min(1.0, _at_least(design, responses, p_0))
    return TwoStageInference(p, unbiased(design, responses), Interval(low, high, level))


@asked
def unbiased(design: TwoStage, responses: int) -> float:
    """The uniformly minimum-variance unbiased estimate of the rate (Jung & Kim 2004, eq. 2)."""
    check_counts(responses, design.n)
    if responses <= design.r_1:
        return responses / design.n_1
    n_2 = design.n - design.n_1
    first = range(max(design.r_1 + 1, responses - n_2), min(responses, design.n_1) + 1)
    above = sum(comb(design.n_1 - 1, x - 1) * comb(n_2, responses - x) for x in first)
    return above / sum(comb(design.n_1, x) * comb(n_2, responses - x) for x in first)


def _reached(design: TwoStage, needed: int, rate: float) -> float:
    """P(the trial goes on and ends with at least `needed` responses)."""
    first, n_2 = pmf(design.n_1, rate), design.n - design.n_1
    second = np.append(pmf(n_2, rate)[::-1].cumsum()[::-1], 0.0)
    x = np.arange(design.r_1 + 1, design.n_1 + 1)
    return float(first[x] @ second[np.clip(needed - x, 0, n_2 + 1)])


def _at_least(design: TwoStage, responses: int, rate: float) -> float:
    if responses <= design.r_1:
        return float(pmf(design.n_1, rate)[responses:].sum())
    return _reached(design, responses, rate)


def _at_most(design: TwoStage, responses: int, rate: float) -> float:
    if responses <= design.r_1:
        return float(pmf(design.n_1, rate)[: responses + 1].sum())
    return 1.0 - _reached(design, responses + 1, rate)


def _solved(off: Callable[[float], float]) -> float:
    from scipy.optimize import brentq

    return float(brentq(off, 1e-12, 1 - 1e-12, xtol=1e-13))


def _pmfs(rate: float, greatest: int) -> np.ndarray:
    """Binomial probabilities of every n up to the greatest, shape (greatest + 1, greatest + 1)."""
    table = np.zeros((greatest + 1, greatest + 1))
    for n in range(greatest + 1):
        table[n, : n + 1] = pmf(n, rate)
    return table


def _above(
    a: tuple[int, float, TwoStage], b: tuple[int, float, TwoStage], c: tuple[int, float, TwoStage]
) -> bool:
    """Whether b lies on or above the line from a to c."""
    return (b[1] - a[1]) * (c[0] - a[0]) >= (c[1] - a[1]) * (b[0] - a[0])
