"""How many repeated-measures fits a second, beside the R package mmrm, which fits the same model?

One fit is a trial of its own: 40 infants, arm × visit and baseline × visit, a fifth without the last visit,
unstructured covariance, REML, and the effect at the last visit with its degrees of freedom. “Holes”: each
visit is missed by a tenth, who come back, and the top has to be searched for. Counted is one thread's
processor time, checks and result objects included. Where R and mmrm are at hand they run in the same rounds;
else their recorded rate stands in, from another machine, and the note says so. All are held against mmrm at
two visits, its quickest."""

from functools import partial
from time import process_time
from typing import cast

import numpy as np

from benchmarks.ratio import Ratio, timed
from benchmarks.trial.bayes import rate_in_r
from cordula.stats.models import Mmrm, mmrm, repeated_design
from cordula.stats.models.mmrm import Df
from cordula.stats.streams import stream

TRIALS, INFANTS, ROUNDS, SEED = 400, 40, 7, 20261122
RECORDED = 66.0  # fits a second: mmrm 0.3.16, R 4.2.2, two visits, Satterthwaite
GOAL = 200
MMRM = """
suppressMessages(library(mmrm))
set.seed(1)
d <- expand.grid(v=factor(1:2), id=factor(1:40)); d$arm <- factor(as.integer(d$id) %% 2)
d$x <- rnorm(40)[d$id]; d$y <- .5*d$x + rnorm(40)[d$id] + rnorm(80)
d$y[d$v == 2 & as.integer(d$id) %% 5 == 0] <- NA
t <- system.time(for (i in 1:30) mmrm(y ~ v*arm + v*x + us(v|id), d, method="Satterthwaite"))
cat(30 / sum(t[c("user.self","sys.self")]))
"""

Trials = list[tuple[np.ndarray, np.ndarray]]
Kind = tuple[int, Df, bool]


def measure() -> list[Ratio]:
    acts = [partial(_fitted, _trials(visits, holes), df) for visits, df, holes in KINDS]
    for act in acts:
        act()
    rates: list[list[float]] = [[] for _ in acts]
    theirs = []
    for _ in range(ROUNDS):
        peer = rate_in_r(MMRM)
        theirs.append(RECORDED if peer is None else peer)
        for act, found in zip(acts, rates, strict=True):
            found.append(TRIALS / timed(act, process_time))
    told = "mmrm 0.3.16 as recorded on another machine" if peer is None else "mmrm in this run"
    return [
        row
        for kind, found in zip(KINDS, rates, strict=True)
        for row in _rows(kind, found, theirs, told if kind == KINDS[0] else "")
    ]


def _rows(kind: Kind, found: list[float], theirs: list[float], told: str) -> tuple[Ratio, Ratio]:
    visits, df, holes = kind
    name, size = f"{visits} visits, {df}{', holes' if holes else ''}", f"{TRIALS} trials"
    ratios = tuple(one / other for one, other in zip(found, theirs, strict=True))
    goal = f"≥ {GOAL}" if df == "satterthwaite" and not holes else ""
    return (
        Ratio("mmrm", f"fits / mmrm, {name}", size, ratios, goal, told),
        Ratio("mmrm", f"fits per second, {name}", size, tuple(found)),
    )


KINDS: tuple[Kind, ...] = (
    (2, "satterthwaite", False),
    (3, "satterthwaite", False),
    (4, "satterthwaite", False),
    (4, "kenward-roger-linear", False),
    (2, "satterthwaite", True),
    (4, "satterthwaite", True),
)


def _trials(visits: int, holes: bool) -> Trials:
    return [_trial(visits, number, holes) for number in range(TRIALS)]


def _trial(visits: int, number: int, holes: bool) -> tuple[np.ndarray, np.ndarray]:
    draws = stream(SEED, "benchmark mmrm", number)
    baseline, arm = draws.normal(size=(INFANTS, 1)), np.arange(INFANTS) % 2
    y = 0.5 * baseline + draws.normal(size=(INFANTS, 1)) + draws.normal(size=(INFANTS, visits))
    if holes:
        y[draws.random((INFANTS, visits)) < 0.1] = np.nan
    else:
        y[draws.random(INFANTS) < 0.2, -1] = np.nan
    return y, repeated_design(arm, baseline, visits)


def _fitted(trials: Trials, df: Df) -> None:
    contrast = np.zeros(trials[0][1].shape[2])
    contrast[2 * trials[0][0].shape[1] - 1] = 1.0
    for outcome, design in trials:
        cast(Mmrm, mmrm(outcome, design, df=df)).estimate(contrast)
