"""How many posteriors of the normal–normal hierarchical model a second, beside bayesmeta?

One fit is what bayesmeta's own gives: mode, median, mean, SD and shortest 95 % interval of τ, μ and the prediction, every
shrinkage estimate, the marginal likelihood; and the central intervals. The answers are compared before anything is timed."""

from time import process_time

from benchmarks.evidence.peers import per_second
from benchmarks.ratio import Ratio, timed
from benchmarks.trial.bayes import rate_in_r
from cordula.stats.synthesis import Hierarchical, half_normal, hierarchical

TIMES, ROUNDS = 400, 9
RECORDED = 0.83  # fits a second: bayesmeta 3.4, R 4.2.2
GOAL = 5_000
Y, SE = [-0.6, 3.4, 8.9, 1.1], [1.2, 1.1, 2.5, 0.9]
# Base R's integrate() with rel.tol 1e-11, reference case bx02: mean and SD of μ, its 97.5 % point, log p(y).
EXACT = (2.64284929483473, 2.0789637293075, 7.12207537440599, -13.4817451221424)
BAYESMETA = """
suppressMessages(library(bayesmeta))
t <- system.time(for (i in 1:3) bayesmeta(y=c(-.6,3.4,8.9,1.1), sigma=c(1.2,1.1,2.5,.9), mu.prior.mean=0,
  mu.prior.sd=20, tau.prior=function(t) dhalfnormal(t, scale=4)))
cat(3 / sum(t[c("user.self","sys.self")]))
"""


def measure() -> list[Ratio]:
    digits = _agreement()
    ours, theirs = [], []
    peer = None
    for _ in range(ROUNDS):
        peer = rate_in_r(BAYESMETA)
        theirs.append(RECORDED if peer is None else peer)
        ours.append(per_second(TIMES, timed(_fits, process_time)))
    told = (
        "bayesmeta 3.4 as recorded on another machine" if peer is None else "bayesmeta in this run"
    )
    rounds = tuple(one / other for one, other in zip(ours, theirs, strict=True))
    note = (
        f"beside {told}; {digits} digits agree with adaptive integration. The gain is of the method"
    )
    return [
        Ratio(
            "posterior", "posteriors per second / bayesmeta", f"{TIMES} fits", rounds,
            goal=f"≥ {GOAL:,}", note=note,
        ),
        Ratio("posterior", "posteriors per second", f"{TIMES} fits", tuple(ours)),
    ]  # fmt: skip


def _fit(shift: float = 0.0) -> Hierarchical:
    found = hierarchical([y + shift for y in Y], SE, half_normal(4), mu_sd=20)
    if not isinstance(found, Hierarchical):
        raise SystemExit(f"the posterior was not found: {found.reason}")
    return found


def _fits() -> None:
    for number in range(TIMES):
        _fit(number / 1_000)


def _agreement() -> int:
    """Digits in which the exact case is met; below 8 nothing is worth timing."""
    found = _fit()
    ours = (found.mu.mean or 0.0, found.mu.sd or 0.0, found.mu.upper, found.log_marginal)
    off = max(abs(one / exact - 1) for one, exact in zip(ours, EXACT, strict=True))
    digits = next(n for n in range(15, 0, -1) if off < 10.0**-n)
    if digits < 8:
        raise SystemExit(f"only {digits} digits agree with the exact case")
    return digits
