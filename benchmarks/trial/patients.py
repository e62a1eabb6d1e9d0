"""How many trials a second, patient by patient, with dropout at random and an analysis of covariance, beside R?

40 children, baseline and outcome, dropout that depends on the baseline, the adjusted difference at the end. The peer is
a loop tuned by hand around `.lm.fit`, which does nothing else; and Mediana, a general tool that does more bookkeeping.
The last line is wall time of two threads against one, with answers compared to the last bit."""

from concurrent.futures import ThreadPoolExecutor
from time import process_time

import numpy as np

from benchmarks.ratio import Ratio, interleaved, quotients, timed
from benchmarks.trial.bayes import rate_in_r
from cordula.stats.simulation.continuous import Paths, simulated
from cordula.stats.simulation.patients import Patients
from cordula.stats.simulation.philox import words_of_key

ROUNDS, TRIALS, SEED, CHILDREN = 7, 50_000, 20261122, 40
# How many times so many trials the two threads share: long enough that starting a thread does not count.
PARTS = 16
GOAL, GOAL_MEDIANA, GOAL_THREADS = 30, 4_000, 1.8
PLAN = Patients(
    means=(3.0, 0.0), sds=(6.0, 6.0), looks=(CHILDREN,), follow_up_months=12.0, correlation=0.5,
    dropout=0.1, dropout_by_baseline=0.5,
)  # fmt: skip
TUNED = """
n <- 40; arm <- rep(c(1, 0), n / 2); a <- qlogis(.1)
one <- function() {
  x <- rnorm(n); y <- 3 * arm + 6 * (.5 * x + sqrt(.75) * rnorm(n))
  there <- runif(n) >= plogis(a + .5 * x); m <- cbind(1, arm, x)[there, ]; f <- .lm.fit(m, y[there])
  r <- sum(f$residuals^2) / (nrow(m) - 3); v <- chol2inv(f$qr[1:3, 1:3]); f$coefficients[2] / sqrt(r * v[2, 2])
}
for (i in 1:200) one(); n_trials <- 8000
t <- system.time(for (i in 1:n_trials) one())
cat(n_trials / sum(t[c("user.self","sys.self")]))
"""
MEDIANA = """
suppressMessages(library(Mediana))
o <- parameters(parameters(mean=3, sd=6)); k <- parameters(mean=0, sd=6)
data <- DataModel() + OutcomeDist(outcome.dist="NormalDist") + SampleSize(20) +
  Sample(id="c", outcome.par=parameters(k)) + Sample(id="t", outcome.par=parameters(parameters(mean=3, sd=6)))
analysis <- AnalysisModel() + Test(id="x", samples=samples("c","t"), method="TTest")
e <- EvaluationModel() + Criterion(id="p", method="MarginalPower", tests=tests("x"), labels="p", par=parameters(alpha=.025))
n <- 200
t <- system.time(invisible(capture.output(CSE(data, analysis, e, SimParameters(n.sims=n, proc.load=1, seed=1)))),
  gcFirst=FALSE)
cat(n / t["elapsed"])
"""


def measure() -> list[Ratio]:
    cold = timed(lambda: _simulated(10), process_time)
    ours, tuned, mediana = [], [], []
    for _ in range(ROUNDS):
        tuned.append(rate_in_r(TUNED))
        mediana.append(rate_in_r(MEDIANA))
        ours.append(TRIALS / timed(lambda: _simulated(TRIALS), process_time))
    return [
        _beside("hand-tuned .lm.fit loop", ours, tuned, GOAL, f"first call {cold:.1f} s"),
        _beside(
            "Mediana", ours, mediana, GOAL_MEDIANA, "wall time of Mediana: it does more besides"
        ),
        _threads(),
    ]


def _beside(
    peer: str, ours: list[float], theirs: list[float | None], goal: int, note: str
) -> Ratio:
    beside = [rate for rate in theirs if rate is not None]
    what = "trials of 40 children, ANCOVA, dropout"
    if len(beside) < len(ours):
        return Ratio(
            "patients", f"{what} per second", "1 thread", tuple(ours), note=f"{peer} is not here"
        )
    rounds = tuple(one / other for one, other in zip(ours, beside, strict=True))
    return Ratio("patients", f"{what} per second / {peer}", "1 thread", rounds, f"≥ {goal}", note)


def _threads() -> Ratio:
    one, two = interleaved(ROUNDS, lambda: _halves(1), lambda: _halves(2))
    if not np.array_equal(_halves(1), _halves(2)):
        raise ValueError("two threads answered otherwise than one")
    note = "wall time, on a machine of its own; the same to the last bit"
    told = "one thread / two threads"
    return Ratio(
        "patients",
        told,
        f"{PARTS * TRIALS:,} trials",
        quotients(one, two),
        f"≥ {GOAL_THREADS}",
        note,
    )


def _halves(threads: int) -> np.ndarray:
    with ThreadPoolExecutor(threads) as pool:
        parts = pool.map(lambda first: _simulated(TRIALS, first), range(0, PARTS * TRIALS, TRIALS))
        return np.concatenate([part.estimate for part in parts])


def _simulated(trials: int, first: int = 0) -> Paths:
    arms = np.tile(np.array([0, 1], np.int8), CHILDREN // 2)[None, :]
    return simulated(PLAN, arms, words_of_key(SEED, "trial"), first, trials)
