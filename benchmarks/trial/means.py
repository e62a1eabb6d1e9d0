"""How many simulated trials of a mean a second, three looks, beside rpact on the same design and effect?

The same statistic: z with a known variance, O'Brien–Fleming-like spending, one side, stages of 30 patients. Counted is
one thread's processor time, checks and the counting of stops included, kernels warm; answers are compared too."""

from time import process_time

import numpy as np

from benchmarks.ratio import Ratio, timed
from benchmarks.trial.bayes import rate_in_r
from cordula.stats.sequential import OBrienFlemingSpending, design
from cordula.stats.simulation import means
from cordula.stats.simulation.philox import words_of_key

ROUNDS, TRIALS, SEED, GOAL = 7, 2_000_000, 20261122, 400
EFFECT = 0.5
# Patients of both arms by each look; the information of a difference of two means is N / 4 for a spread of 1.
PATIENTS = np.array([30.0, 60.0, 90.0])
RPACT = """
library(rpact)
d <- getDesignGroupSequential(kMax=3, alpha=.025, typeOfDesign="asOF")
made <- function(n) getSimulationMeans(d, alternative=.5, plannedSubjects=c(30,60,90), stDev=1,
  normalApproximation=TRUE, maxNumberOfIterations=n, seed=1)
invisible(made(100)); n <- 20000
t <- system.time(made(n))
cat(n / sum(t[c("user.self","sys.self")]))
"""


def measure() -> list[Ratio]:
    cold = timed(lambda: _simulated(10), process_time)
    ours, theirs = [], []
    for _ in range(ROUNDS):
        theirs.append(rate_in_r(RPACT))
        ours.append(TRIALS / timed(lambda: _simulated(TRIALS), process_time))
    return [told("means", "simulated trials, means, 3 looks", ours, theirs, GOAL, cold)]


def told(
    name: str, what: str, ours: list[float], theirs: list[float | None], goal: int, cold: float
) -> Ratio:
    """The ratio to rpact where it is at hand, else the bare rate; the cold start stands in the note."""
    beside = [peer for peer in theirs if peer is not None]
    note = f"first call {cold:.1f} s"
    if len(beside) == len(ours):
        rounds = tuple(one / other for one, other in zip(ours, beside, strict=True))
        return Ratio(name, f"{what} per second / rpact", "1 thread", rounds, f"≥ {goal}", note)
    return Ratio(name, f"{what} per second", "1 thread", tuple(ours), note=f"{note}; R is not here")


def _simulated(trials: int) -> means.Stopped:
    plan = design(3, 0.025, spending=OBrienFlemingSpending())
    critical, none = np.array(plan.critical), np.full(3, -np.inf)
    stream = words_of_key(SEED, "trial")
    return means.simulated(stream, 0, trials, EFFECT, PATIENTS / 4, critical, none, 1)
