"""How many group-sequential designs a second, and how many exact two-arm designs, beside rpact?

Counted is one thread's processor time, checks and result objects included, kernels warm; the cold start stands in
the note. Where R and rpact are at hand they run in the same rounds. Without them the bare rates are shown: no rate of
rpact was recorded that another machine could be held against, only a prototype's ratio (156)."""

from time import process_time

from benchmarks.ratio import Ratio, timed
from benchmarks.trial.bayes import rate_in_r
from cordula.stats.exact import two_arm, two_arm_operating
from cordula.stats.sequential import (
    HwangShihDeCani,
    OBrienFleming,
    OBrienFlemingSpending,
    Pocock,
    WangTsiatis,
    design,
)

ROUNDS, DESIGNS, TABLES = 7, 200, 200
GOAL, GOAL_EXACT = 80, 200
PROTOTYPE = "a prototype reached 156 × rpact 3.3.4"
RPACT_BOUNDS = """
library(rpact)
made <- function() {
  getDesignGroupSequential(kMax=3, alpha=.025, typeOfDesign="OF")
  getDesignGroupSequential(kMax=3, alpha=.025, typeOfDesign="P")
  getDesignGroupSequential(kMax=3, alpha=.025, typeOfDesign="asOF")
  getDesignGroupSequential(kMax=4, alpha=.025, typeOfDesign="asHSD", gammaA=-4)
  getDesignGroupSequential(kMax=5, alpha=.025, typeOfDesign="WT", deltaWT=.25)
}
made(); n <- 8
t <- system.time(for (i in 1:n) made())
cat(5 * n / sum(t[c("user.self","sys.self")]))
"""
# What the exact enumeration replaces: 10,000 simulated trials of the same design, whose power has an error of 0.004.
RPACT_RATES = """
library(rpact)
d <- getDesignGroupSequential(kMax=3, alpha=.025, typeOfDesign="asOF")
made <- function() getSimulationRates(d, pi1=.35, pi2=.10, plannedSubjects=c(30,60,90), maxNumberOfIterations=10000,
  seed=1)
made(); n <- 3
t <- system.time(for (i in 1:n) made())
cat(n / sum(t[c("user.self","sys.self")]))
"""


def measure() -> list[Ratio]:
    cold = timed(_designed, process_time)
    _enumerated()
    rates: dict[str, list[float]] = {"bounds": [], "exact": []}
    peers: dict[str, list[float | None]] = {"bounds": [], "exact": []}
    for _ in range(ROUNDS):
        peers["bounds"].append(rate_in_r(RPACT_BOUNDS))
        rates["bounds"].append(5 * DESIGNS / timed(_many, process_time))
        peers["exact"].append(rate_in_r(RPACT_RATES))
        rates["exact"].append(TABLES / timed(_enumerated, process_time))
    first = f"first call {cold:.2f} s; five designs of 3 to 5 looks"
    return [
        _ratio("group-sequential bounds", rates["bounds"], peers["bounds"], GOAL, first),
        _ratio(
            "exact two-arm designs of 90 infants",
            rates["exact"],
            peers["exact"],
            GOAL_EXACT,
            "beside rpact’s 10,000 simulated trials of the same design; the gain is enumeration",
        ),
    ]


def _ratio(what: str, ours: list[float], theirs: list[float | None], goal: int, note: str) -> Ratio:
    beside = [peer for peer in theirs if peer is not None]
    if len(beside) == len(ours):
        rounds = tuple(one / other for one, other in zip(ours, beside, strict=True))
        return Ratio("boundaries", f"{what} per second / rpact", "1 run", rounds, f"≥ {goal}", note)
    told = f"{note}; rpact is not here, the goal is ≥ {goal} × rpact; {PROTOTYPE}"
    return Ratio("boundaries", f"{what} per second", "1 run", tuple(ours), note=told)


def _designed() -> None:
    design(3, 0.025, spending=OBrienFleming())
    design(3, 0.025, spending=Pocock())
    design(3, 0.025, spending=OBrienFlemingSpending())
    design(4, 0.025, spending=HwangShihDeCani(-4))
    design(5, 0.025, spending=WangTsiatis(0.25))


def _many() -> None:
    for _ in range(DESIGNS):
        _designed()


def _enumerated() -> None:
    """The rule is made anew and the whole table enumerated, each time at other true rates."""
    plan = design(3, 0.025, spending=OBrienFlemingSpending())
    for number in range(TABLES):
        made = two_arm(plan, (15, 30, 45), (15, 30, 45))
        two_arm_operating(made, 0.35 + number / 1000, 0.10)
