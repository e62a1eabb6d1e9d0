"""How long does a whole interim report take: bounds as they stand, repeated intervals and P values, power that is left?

Wall time of one report, kernels warm, against the 50 ms that a page may take; rpact's getAnalysisResults took 0.8 to
1.9 s on another machine, and runs in the same rounds where R is at hand."""

from math import sqrt

from benchmarks.ratio import Ratio, timed
from benchmarks.trial.bayes import rate_in_r
from cordula.stats.sequential import (
    OBrienFlemingSpending,
    TwoMeans,
    conditional_error,
    conditional_power,
    design,
    final_inference,
    inverse_normal,
    inverse_normal_conditional_power,
    predictive_power,
    recalculated,
    repeated_interval_by_stages,
    repeated_p_values,
    two_means_drift,
)

ROUNDS, REPORTS = 7, 5
PROMISED = 0.050
RPACT = """
library(rpact)
d <- getDesignInverseNormal(kMax=3, alpha=.025, typeOfDesign="asOF")
s <- getDataset(n1=c(13,12), n2=c(12,13), means1=c(4.1,3.6), means2=c(.3,.4), stDevs1=c(7.7,8.0), stDevs2=c(8.4,7.9))
made <- function() getAnalysisResults(d, s, stage=2, nPlanned=26, thetaH1=5, assumedStDev=8)
made(); n <- 2
t <- system.time(for (i in 1:n) made())
cat(n / sum(t[c("user.self","sys.self")]))
"""


def measure() -> list[Ratio]:
    _report()
    ours, theirs = [], []
    for _ in range(ROUNDS):
        theirs.append(rate_in_r(RPACT))
        ours.append(timed(_several) / REPORTS)
    lines = [
        Ratio(
            "interim",
            "one interim report / the promised 50 ms",
            f"{REPORTS} reports",
            tuple(seconds / PROMISED for seconds in ours),
            goal="≤ 1",
            note="recorded for rpact 3.3.4 on another machine: 0.8 to 1.9 s",
        )
    ]
    beside = [peer for peer in theirs if peer is not None]
    if len(beside) == len(ours):
        rounds = tuple(1 / (s * peer) for s, peer in zip(ours, beside, strict=True))
        told = "interim reports per second / rpact"
        lines.append(Ratio("interim", told, f"{REPORTS} reports", rounds))
    return lines


def _several() -> None:
    for _ in range(REPORTS):
        _report()


def _report() -> None:
    plan = recalculated(design(3, 0.025, spending=OBrienFlemingSpending()), (25, 50), maximum=76)
    stages = TwoMeans(4.1, 0.3, 7.7, 8.4, 13, 12), TwoMeans(3.6, 0.4, 8.0, 7.9, 12, 13)
    z = inverse_normal(plan, [stage.z() for stage in stages])
    for look in (1, 2):
        seen = [stage.z for stage in stages[:look]]
        repeated_interval_by_stages(plan, seen, 3.5, stages[0].standard_error / sqrt(look))
    repeated_p_values(plan, z)
    conditional_power(plan, 2, z[1])
    conditional_error(plan, 2, z[1])
    predictive_power(plan, 2, z[1])
    inverse_normal_conditional_power(
        plan, [stage.z() for stage in stages], [two_means_drift(5, 8, 26)]
    )
    final_inference(plan, 2, z[1], stages[0].standard_error)
