"""How many infants a second are allocated by minimisation, beside the R package Minirand?

Three factors of two, three and two levels, 40 infants, favour 0.8, run anew many times as a re-randomisation test
does. Counted is one thread's processor time, random numbers included. Where R and Minirand are at hand they run in the
same rounds; else their recorded rate stands in, from another machine, and the note says so."""

from functools import partial
from time import process_time

import numpy as np

from benchmarks.ratio import Ratio, timed
from benchmarks.trial.bayes import rate_in_r
from cordula.stats.models import difference_in_means, rerandomisation_test
from cordula.stats.randomisation import Minimisation, minimised
from cordula.stats.streams import stream

INFANTS, DRAWS, ROUNDS, SEED = 40, 50_000, 7, 20261122
RECORDED = 5_900.0  # infants a second: Minirand 0.1.3, R 4.2.2
GOAL = 3_000
RULES = {
    "two arms, range": Minimisation(0.8),
    "two arms 2:1, variance": Minimisation(0.8, "variance", (2, 1)),
    "three arms, range": Minimisation(0.8, "range", (1, 1, 1)),
}
MINIRAND = """
suppressMessages(library(Minirand))
set.seed(1); n <- 40
x <- cbind(sample(1:2,n,TRUE), sample(1:3,n,TRUE), sample(1:2,n,TRUE))
one <- function() { r <- rep(100, n); r[1] <- sample(1:2, 1)
  for (j in 2:n) r[j] <- Minirand(covmat=x, j, covwt=c(1,1,1)/3, ratio=c(1,1), ntrt=2, trtseq=1:2,
    method="Range", result=r, p=0.8); r }
t <- system.time(for (i in 1:20) one())
cat(20 * n / sum(t[c("user.self","sys.self")]))
"""


def measure() -> list[Ratio]:
    acts = [partial(_drawn, rule, DRAWS) for rule in RULES.values()]
    for rule in RULES.values():
        _drawn(rule, 10)
    rates: list[list[float]] = [[] for _ in acts]
    theirs, tests = [], []
    for _ in range(ROUNDS):
        peer = rate_in_r(MINIRAND)
        theirs.append(RECORDED if peer is None else peer)
        for act, found in zip(acts, rates, strict=True):
            found.append(DRAWS * INFANTS / timed(act, process_time))
        tests.append(1 / timed(_tested, process_time))
    told = (
        "Minirand 0.1.3 as recorded on another machine" if peer is None else "Minirand in this run"
    )
    ratios = tuple(one / other for one, other in zip(rates[0], theirs, strict=True))
    size = f"{DRAWS:,} × {INFANTS} infants"
    return [
        Ratio("minimisation", "infants per second / Minirand", size, ratios, f"≥ {GOAL:,}", told),
        *(
            Ratio("minimisation", f"infants per second, {name}", size, tuple(found))
            for name, found in zip(RULES, rates, strict=True)
        ),
        Ratio("minimisation", "re-randomisation tests per second", size, tuple(tests)),
    ]


def _factors() -> np.ndarray:
    draws = stream(SEED, "benchmark factors")
    return np.column_stack([draws.integers(k, size=INFANTS) for k in (2, 3, 2)])


def _drawn(rule: Minimisation, draws: int) -> np.ndarray:
    return minimised(_factors(), draws, stream(SEED, "benchmark draws"), rule)


def _tested() -> float:
    """50,000 re-randomisations of 40 infants and the test they make."""
    drawn = _drawn(RULES["two arms, range"], DRAWS)
    outcome = stream(SEED, "benchmark outcome").normal(size=INFANTS)
    return rerandomisation_test(drawn[0], difference_in_means(outcome), drawn[1:]).p
