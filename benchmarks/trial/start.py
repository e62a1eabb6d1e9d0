"""How long does a statistician wait for the first trial, in a process that has only started?

`cordula simulate` of the practice protocol, one trial under the null: the whole process from its start to its end, so
that more is counted than what comes before the trial. It ran once before, so that its kernels are kept on disk."""

import subprocess
import sys
from resource import RUSAGE_CHILDREN, getrusage
from time import perf_counter

from benchmarks.ratio import Clock, Ratio

ROUNDS = 7
PROMISED = 1.0
ASKED = ("simulate", "practice-mnc-stage-2", "--scenario", "null", "--trials", "1")
HELP = ("--help",)


def measure() -> list[Ratio]:
    _ended(ASKED)
    told = "first trial from a cold process, kernels cached"
    return [
        _line(f"{told}: processor s / the promised 1 s", ASKED, _of_the_processor),
        _line(f"{told}: waiting s / the promised 1 s", ASKED, perf_counter),
        _line("cordula --help: processor s / the promised 0.25 s", HELP, _of_the_processor, 0.25),
    ]


def _line(compared: str, words: tuple[str, ...], clock: Clock, promised: float = PROMISED) -> Ratio:
    rounds = []
    for _ in range(ROUNDS):
        began = clock()
        _ended(words)
        rounds.append((clock() - began) / promised)
    return Ratio("start", compared, "1 process", tuple(rounds), goal="≤ 1")


def _of_the_processor() -> float:
    """Seconds of all processes that this one has waited for, in the program and in the system."""
    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _ended(words: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "cordula.cli.main", *words]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603
