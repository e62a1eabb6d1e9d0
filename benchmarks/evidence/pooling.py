"""How many random-effects fits a second, with REML, Hartung–Knapp and the Q-profile limits of τ²?

Thirteen trials of BCG. Beside metafor where R is at hand, and beside the fastest of pimeta and PyMetaAnalysis whose answer
is right; pimeta is given two ways. Peers' answers are compared before they count."""

from time import process_time

from benchmarks.evidence.peers import per_second, rate_in_python
from benchmarks.ratio import Ratio, timed
from benchmarks.trial.bayes import rate_in_r
from cordula.stats.synthesis import random_effects
from tests.unit.stats.synthesis.cast import bcg

TIMES, ROUNDS = 4_000, 7
GOAL_R, GOAL_PYTHON = 300, 50
# metafor 3.8-1 beside pimeta, as recorded in one run on another machine: 2,033 and 330 times as slow.
METAFOR_IN_PIMETAS = 2_033 / 330
METAFOR = """
suppressMessages(library(metafor))
e <- escalc(measure="RR", ai=tpos, bi=tneg, ci=cpos, di=cneg, data=dat.bcg)
f <- function() confint(rma(yi, vi, data=e, method="REML", test="knha"))
f(); t <- system.time(for (i in 1:100) f()); cat(100 / sum(t[c("user.self","sys.self")]))
"""
PEER = """
import time, numpy as np
y, v = np.array({y}), np.array({v})
{run}
tau2, low, high = told(f())
assert abs(tau2 - 0.3132432581) < 1e-6 and abs(low - 0.1197184) < 1e-4 and abs(high - 1.1114791) < 1e-4
began = time.process_time()
for _ in range({times}): f()
print({times} / (time.process_time() - began))
"""
PEERS = {
    "pimeta": """
import pimeta
f = lambda: (lambda x: (x, pimeta.confint(x)))(pimeta.rma(y, v, method="REML", test="knha"))
told = lambda r: (r[0].tau2, r[1]["ci_lb"], r[1]["ci_ub"])
""",
    "pimeta, its inner function": """
import pimeta
def f():
    x = pimeta.rma(y, v, method="REML", test="knha")
    return x, pimeta.confint_tau2(y, v, x.tau2)
told = lambda r: (r[0].tau2, r[1].tau2_lb, r[1].tau2_ub)
""",
    "PyMetaAnalysis": """
from meta_analyze.api import meta_analysis
def f():
    r = meta_analysis(effect=y, variance=v, tau2_method="REML", ci_method="hksj")
    c = r.tau2_confidence_interval
    return r.tau2, c() if callable(c) else c
told = lambda r: (r[0], r[1].ci_low, r[1].ci_high)
""",
}


def measure() -> list[Ratio]:
    _fits()
    ours, in_r, in_python, names = [], [], [], set()
    for _ in range(ROUNDS):
        ours.append(per_second(TIMES, timed(_fits, process_time)))
        in_r.append(rate_in_r(METAFOR))
        name, rate = _fastest_peer()
        in_python.append(rate)
        names.add(name)
    return [
        *_beside_r(ours, in_r, in_python),
        *_beside_python(ours, in_python, names),
        _alone(ours),
    ]


def _fits() -> None:
    studies = bcg()
    for _ in range(TIMES):
        random_effects(studies.y, studies.se, method="REML", test="knha")


def _fastest_peer() -> tuple[str, float | None]:
    studies = bcg()
    found: dict[str, float] = {}
    for name, run in PEERS.items():
        times = 200 if name.startswith("pimeta") else 60
        given = {"y": studies.y.tolist(), "v": studies.v.tolist(), "times": times, "run": run}
        rate = rate_in_python(PEER.format(**given))
        if rate is not None:
            found[name] = rate
    if not found:
        return "none", None
    best = max(found, key=lambda name: found[name])
    return best, found[best]


def _beside_r(
    ours: list[float], theirs: list[float | None], peers: list[float | None]
) -> list[Ratio]:
    in_this_run = None not in theirs
    rates = theirs if in_this_run else [p and p / METAFOR_IN_PIMETAS for p in peers]
    if None in rates:
        return []
    note = "metafor in this run"
    if not in_this_run:
        note = "metafor is not here: its time is taken as 6.2 times the Python peer's of this run, as recorded"
    rounds = tuple(one / other for one, other in zip(ours, rates, strict=True) if other)
    goal = f"≥ {GOAL_R}"
    return [Ratio("pooling", "REML, HKSJ, Q-profile / metafor", _unit(), rounds, goal, note)]


def _beside_python(ours: list[float], theirs: list[float | None], names: set[str]) -> list[Ratio]:
    rounds = tuple(one / other for one, other in zip(ours, theirs, strict=True) if other)
    if not rounds:
        return []
    note = f"the fastest of {', '.join(PEERS)}: {', '.join(sorted(names))}"
    compared = "REML, HKSJ, Q-profile / fastest Python peer"
    return [Ratio("pooling", compared, _unit(), rounds, f"≥ {GOAL_PYTHON}", note)]


def _alone(ours: list[float]) -> Ratio:
    return Ratio("pooling", "REML, HKSJ, Q-profile per second", _unit(), tuple(ours))


def _unit() -> str:
    return f"{TIMES:,} fits of 13 studies"
