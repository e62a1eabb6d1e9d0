"""How many simulated trials of a time to an event a second, patient by patient, beside rpact?

200 patients over 12 months, looks at 40 and 80 events, exponential times with a hazard ratio of 0.6, log-rank at each
look of the calendar. rpact is given the same; both draw every patient."""

from time import process_time

import numpy as np

from benchmarks.ratio import Ratio, timed
from benchmarks.trial.bayes import rate_in_r
from benchmarks.trial.means import told
from cordula.stats.simulation import survival
from cordula.stats.simulation.philox import words_of_key

ROUNDS, TRIALS, SEED, GOAL, PATIENTS = 7, 4_000, 20261122, 12, 200
CONTROL = -np.log(0.5) / 20
COURSE = survival.Course(
    hazards=(0.6 * CONTROL, CONTROL),
    gap_months=12 / PATIENTS,
    looks=(40, 80),
    event_driven=True,
)
RPACT = """
library(rpact)
d <- getDesignGroupSequential(kMax=2, alpha=.025, typeOfDesign="asOF")
made <- function(n) getSimulationSurvival(d, hazardRatio=.6, lambda2=log(2)/20, directionUpper=FALSE,
  plannedEvents=c(40,80), accrualTime=c(0,12), accrualIntensity=200/12, maxNumberOfIterations=n, seed=1)
invisible(made(50)); n <- 1500
t <- system.time(made(n))
cat(n / sum(t[c("user.self","sys.self")]))
"""


def measure() -> list[Ratio]:
    cold = timed(lambda: _simulated(10), process_time)
    ours, theirs = [], []
    for _ in range(ROUNDS):
        theirs.append(rate_in_r(RPACT))
        ours.append(TRIALS / timed(lambda: _simulated(TRIALS), process_time))
    return [told("survival", "simulated trials, 200 patients", ours, theirs, GOAL, cold)]


def _simulated(trials: int) -> survival.Paths:
    arms = np.tile(np.array([0, 1], np.int8), PATIENTS // 2)[None, :]
    return survival.simulated(COURSE, arms, words_of_key(SEED, "trial"), 0, trials)
