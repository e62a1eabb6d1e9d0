"""Does a cohort use every core? Waiting time of one thread and of two, beside what the machine gives at that moment.

Waiting time cannot hide neighbours, so that each round asks the machine first: two processes that only loop, against one.
The rounds in which the machine gave most speak; all are shown as the least and the most."""

from collections.abc import Sequence
from multiprocessing import get_context
from statistics import median
from time import perf_counter

from benchmarks.ratio import Ratio, timed
from cordula import heart
from cordula.heart.ask.cohort import cohort_blocks
from cordula.heart.circulation import Circulation

INFANTS, ROUNDS, QUIETEST, TURNS = 12 * 1024, 12, 4, 4_000_000


def measure() -> list[Ratio]:
    baby = heart.load("norwood-bts").scaled()
    _drawn(baby, 1)
    with get_context("spawn").Pool(2) as pool:
        pool.map(_looped, [1, 1])
        rounds = [(_machine(pool), _threads(baby)) for _ in range(ROUNDS)]
    rounds.sort(reverse=True)
    quiet = rounds[:QUIETEST]
    given = median(machine for machine, _ in quiet)
    note = (
        f"in the {QUIETEST} quietest of {ROUNDS} rounds two looping processes did {given:.2f} times the work of one,"
        f" two threads {median(ours for _, ours in quiet):.2f} times; in all rounds"
        f" {median(m for m, _ in rounds):.2f} and {median(o for _, o in rounds):.2f}"
    )
    told = "one thread’s wait / two threads’"
    ratios = tuple(ours for _, ours in quiet)
    part = tuple(ours / machine for machine, ours in rounds)
    return [
        Ratio("threads", told, f"{INFANTS} infants", ratios, "≥ 1.8 on two idle cores", note),
        Ratio("threads", "what threads gain / what the machine gives", f"{INFANTS} infants", part),
    ]


def _threads(baby: Circulation) -> float:
    """One, two, two, one, so that a slow change of the load counts for both."""
    waits = [timed(lambda n=n: _drawn(baby, n)) for n in (1, 2, 2, 1)]
    return (waits[0] + waits[3]) / (waits[1] + waits[2])


def _drawn(baby: Circulation, workers: int) -> None:
    for _ in cohort_blocks(baby, INFANTS, 1, workers=workers):
        pass


def _machine(pool: object) -> float:
    """Of two processes that only loop, how many times the work of one is done in the same wait."""
    alone = timed(lambda: _mapped(pool, [1]))
    return 2 * alone / timed(lambda: _mapped(pool, [1, 1]))


def _mapped(pool: object, turns: Sequence[int]) -> None:
    pool.map(_looped, turns, chunksize=1)  # type: ignore[attr-defined]


def _looped(times: int) -> float:
    began, total = perf_counter(), 0.0
    for i in range(times * TURNS):
        total += i * i
    return perf_counter() - began
