"""How many simulated trials of two shares a second, three looks, beside rpact on the same design and shares?

The same statistic: the pooled z of cumulative counts. Where every result can be counted (up to 100 children) the product
does not simulate at all: that line stands in `boundaries`."""

from time import process_time

import numpy as np

from benchmarks.ratio import Ratio, timed
from benchmarks.trial.bayes import rate_in_r
from benchmarks.trial.means import told
from cordula.stats.sequential import OBrienFlemingSpending, design
from cordula.stats.simulation import rates
from cordula.stats.simulation.philox import words_of_key

ROUNDS, TRIALS, SEED, GOAL = 7, 1_000_000, 20261122, 200
SIZES = np.array([[30, 30], [60, 60], [90, 90]])
RPACT = """
library(rpact)
d <- getDesignGroupSequential(kMax=3, alpha=.025, typeOfDesign="asOF")
made <- function(n) getSimulationRates(d, pi1=.5, pi2=.3, plannedSubjects=c(60,120,180),
  maxNumberOfIterations=n, seed=1)
invisible(made(100)); n <- 10000
t <- system.time(made(n))
cat(n / sum(t[c("user.self","sys.self")]))
"""


def measure() -> list[Ratio]:
    cold = timed(lambda: _simulated(10), process_time)
    ours, theirs = [], []
    for _ in range(ROUNDS):
        theirs.append(rate_in_r(RPACT))
        ours.append(TRIALS / timed(lambda: _simulated(TRIALS), process_time))
    return [told("rates", "simulated trials, rates, 3 looks", ours, theirs, GOAL, cold)]


def _simulated(trials: int) -> rates.Stopped:
    plan = design(3, 0.025, spending=OBrienFlemingSpending())
    critical, none = np.array(plan.critical), np.full(3, -np.inf)
    stream = words_of_key(SEED, "trial")
    return rates.simulated(stream, 0, trials, (0.5, 0.3), SIZES, critical, none, 1)
