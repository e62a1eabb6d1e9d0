"""How many MAP priors a second, each with its mixture, beside RBesT's gMAP and automixfit?

Binomial: the eight placebo arms that RBesT ships (AS), what gMAP samples; normal: four earlier means. The gain is of the
method: quadrature against sampling. gMAP is a general tool that does more."""

from time import process_time

from benchmarks.evidence.peers import per_second
from benchmarks.ratio import Ratio, timed
from benchmarks.trial.bayes import rate_in_r
from cordula.stats.synthesis import MapPrior, half_normal, map_binomial, map_normal
from tests.unit.stats.reference import dataset

TIMES, ROUNDS = 20, 7
RECORDED = 0.38  # a second: RBesT 1.7-0, R 4.2.2
GOAL = 1_000
RBEST = """
suppressMessages(library(RBesT)); options(mc.cores=1); set.seed(1)
f <- function() automixfit(gMAP(cbind(r,n-r)~1|study, data=AS, tau.dist='HalfNormal', tau.prior=1,
  beta.prior=2, family=binomial))
t <- system.time(invisible(capture.output(f()))); cat(1 / sum(t[c("user.self","sys.self")]))
"""


def measure() -> list[Ratio]:
    _binomial(), _normal()
    kinds = {"binomial": _binomial, "normal": _normal}
    taken: dict[str, list[float]] = {name: [] for name in kinds}
    theirs, peer = [], None
    for _ in range(ROUNDS):
        peer = rate_in_r(RBEST)
        theirs.append(RECORDED if peer is None else peer)
        for name, act in kinds.items():
            taken[name].append(per_second(TIMES, timed(act, process_time)))
    told = "RBesT 1.7-0 as recorded on another machine" if peer is None else "RBesT in this run"
    return [_ratio(name, rates, theirs, told) for name, rates in taken.items()]


def _ratio(name: str, ours: list[float], theirs: list[float], told: str) -> Ratio:
    rounds = tuple(one / other for one, other in zip(ours, theirs, strict=True))
    compared = f"MAP with mixture, {name}, per second / gMAP + automixfit"
    return Ratio("history", compared, f"{TIMES} priors", rounds, f"≥ {GOAL:,}", f"beside {told}")


def _binomial() -> None:
    told = dataset("AS")
    for _ in range(TIMES):
        _mixed(map_binomial(told["r"], told["n"], half_normal(1), mu_sd=2))


def _normal() -> None:
    se = [2.3094010767585, 1.46059348668044, 1.88561808316413, 2.5298221281347]
    for number in range(TIMES):
        y = [0.5 + number / 100, 1.4, -0.3, 0.9]
        _mixed(map_normal(y, se, half_normal(2), mu_sd=20))


def _mixed(prior: object) -> None:
    if not isinstance(prior, MapPrior):
        raise SystemExit(f"the MAP prior was not found: {prior}")
    prior.mixture()
