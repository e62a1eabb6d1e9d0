"""How many operating characteristics of a robust borrowing design a second, beside RBesT's oc2S?

One is a design of its own at one pair of truths, its success curve found anew. Counted is one thread's processor
time. Where R and RBesT are at hand they run in the same rounds; else their recorded rate stands in."""

from time import process_time

import numpy as np

from benchmarks.ratio import Ratio, timed
from benchmarks.trial.bayes import rate_in_r
from cordula.stats.borrowing import (
    Rule,
    TwoArms,
    density,
    fit_mixture,
    maximum_type_1_error,
    normal_mixture,
    operating_characteristics_two_arm,
    robustified,
)

TIMES, DRIFTS, ROUNDS = 500, 61, 7
RECORDED = 8.6  # a second: RBesT 1.7-0, R 4.2.2
GOAL = 500
RBEST = """
suppressMessages(library(RBesT))
map <- robustify(mixnorm(c(.75,1.2,.9), c(.25,1,2.5), sigma=8), weight=.2, mean=0, sigma=8)
d <- decision2S(.95, 0, lower.tail=FALSE)
t <- system.time(for (i in 1:10) oc2S(mixnorm(c(1,0,80), sigma=8), map, 20, 12, d, sigma1=8, sigma2=8)(2, i/10))
cat(10 / sum(t[c("user.self","sys.self")]))
"""


def measure() -> list[Ratio]:
    _alone()
    one, grid, fits, theirs = [], [], [], []
    for _ in range(ROUNDS):
        peer = rate_in_r(RBEST)
        theirs.append(RECORDED if peer is None else peer)
        one.append(TIMES / timed(_alone, process_time))
        grid.append(DRIFTS / timed(_worst, process_time))
        fits.append(1 / timed(_fitted, process_time))
    told = "RBesT 1.7-0 as recorded on another machine" if peer is None else "RBesT in this run"
    goal, note = f"≥ {GOAL}", f"beside {told}"
    return [
        _ratio(
            "designs at one truth per second / oc2S", one, theirs, f"{TIMES} designs", goal, note
        ),
        _ratio(
            "truths of one design per second / oc2S", grid, theirs, f"{DRIFTS} drifts and the worst"
        ),
        Ratio("borrowing", "fits of three components per second", "401 points", tuple(fits)),
    ]


def _ratio(
    compared: str, ours: list[float], theirs: list[float], unit: str, goal: str = "", note: str = ""
) -> Ratio:
    rounds = tuple(one / other for one, other in zip(ours, theirs, strict=True))
    return Ratio("borrowing", compared, unit, rounds, goal, note)


def _design(weight: float) -> TwoArms:
    informative = normal_mixture((0.75, 1.2, 0.9), (0.25, 1.0, 2.5))
    control = robustified(informative, weight, centre=0, sigma=8)
    return TwoArms(normal_mixture((1, 0, 80)), control, 20, 12, Rule((0.95,), (0,)), 8, 8)


def _alone() -> None:
    for number in range(TIMES):
        operating_characteristics_two_arm(_design(0.1 + number / 5_000), 2, number / 100)


def _worst() -> None:
    maximum_type_1_error(_design(0.2), np.linspace(-15, 15, DRIFTS))


def _fitted() -> None:
    grid = np.linspace(-30, 30, 401)
    fit_mixture(
        grid, density(normal_mixture((0.7, 2, 1.5), (0.2, 1, 4), (0.1, 0, 8)), grid), "normal"
    )
