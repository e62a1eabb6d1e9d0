"""How many two-arm Bayesian trials with a yes-or-no outcome a second, simulated and exact, beside adaptr?

Counted is one thread's processor time, checks and tables of decisions included. Where R and adaptr are at hand they
run in the same rounds; else their recorded rate stands in, from another machine, and the note says so."""

import shutil
import subprocess
from time import process_time

from benchmarks.ratio import Ratio, timed
from cordula.stats.bayes import BinaryMonitoring, exact_characteristics, simulated_characteristics
from cordula.stats.bayes.monitoring import decision_tables

TRIALS, ROUNDS, SEED = 200_000, 7, 20261122
RECORDED = 129.0  # trials a second: adaptr 1.3.2, R 4.2.2
GOAL = 10_000
RATES = 0.40, 0.25
DESIGN = BinaryMonitoring(
    looks=tuple((n, n) for n in (10, 20, 30, 40, 50)), superior=(0.99,) * 5, futile=(0.01,) * 5
)
ADAPTR = """
library(adaptr)
s <- setup_trial_binom(arms=c("A","B"), true_ys=c(.40,.25), data_looks=seq(20,100,20), fixed_probs=c(.5,.5),
  highest_is_best=TRUE, superiority=.99, inferiority=.01, n_draws=1000)
t <- system.time(run_trials(s, n_rep=100, base_seed=1, cores=1))
cat(100 / sum(t[c("user.self","sys.self")]))
"""


def measure() -> list[Ratio]:
    _simulated()
    ours, exact, theirs = [], [], []
    for _ in range(ROUNDS):
        peer = rate_in_r(ADAPTR)
        theirs.append(RECORDED if peer is None else peer)
        ours.append(TRIALS / timed(_simulated, process_time))
        exact.append(100 / timed(_enumerated, process_time))
    told = "adaptr 1.3.2 as recorded on another machine" if peer is None else "adaptr in this run"
    return [
        Ratio(
            "bayes",
            "simulated two-arm trials per second / adaptr",
            f"{TRIALS:,} trials",
            tuple(one / other for one, other in zip(ours, theirs, strict=True)),
            goal=f"≥ {GOAL:,}",
            note=f"beside {told}, which draws its posteriors and keeps more books; five looks",
        ),
        Ratio(
            "bayes",
            "exact operating characteristics per second",
            "100 pairs of rates",
            tuple(exact),
        ),
    ]


def rate_in_r(script: str) -> float | None:
    """What an R script prints as its rate per second of processor time; None without R or its package."""
    rscript = shutil.which("Rscript")
    if rscript is None:
        return None
    ended = subprocess.run([rscript, "-e", script], capture_output=True, text=True, check=False)  # noqa: S603
    return float(ended.stdout.split()[-1]) if ended.returncode == 0 else None


def _simulated() -> None:
    decision_tables.cache_clear()
    simulated_characteristics(DESIGN, *RATES, trials=TRIALS, seed=SEED)


def _enumerated() -> None:
    decision_tables.cache_clear()
    exact_characteristics(DESIGN, [n / 200 for n in range(1, 101)], 0.25)
