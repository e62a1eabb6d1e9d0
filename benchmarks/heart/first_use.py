"""How long does the first question take, with nothing compiled yet, and in a new process afterwards?"""

import os
import subprocess
import sys
from resource import RUSAGE_CHILDREN, getrusage
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.ratio import Ratio

ASK = "from cordula import heart; print(heart.load('norwood-bts').scaled().steady()['ejection_fraction'])"
COLD_S, CACHED_S, ROUNDS = 10.0, 1.0, 5


def measure() -> list[Ratio]:
    """Here a bare time is promised, so the ratio is to the promise. Waiting is what is felt, and neighbours make wait;
    the processor's time is what would be waited on an idle machine."""
    cold, cached = [], []
    for _ in range(ROUNDS):
        with TemporaryDirectory() as nothing:
            cold.append(_asked(nothing))
            cached.append(_asked(nothing))
    return [
        _ratio("wait", "nothing compiled yet", COLD_S, [wait for wait, _ in cold]),
        _ratio("wait", "compiled before", CACHED_S, [wait for wait, _ in cached]),
        _ratio("processor", "nothing compiled yet", COLD_S, [used for _, used in cold]),
        _ratio("processor", "compiled before", CACHED_S, [used for _, used in cached]),
    ]


def _ratio(clock: str, when: str, promised: float, seconds: list[float]) -> Ratio:
    told = f"the promised seconds / first answer, {when}, {clock}"
    return Ratio("first use", told, "1 infant", _over(promised, seconds), "≥ 1")


def _over(promised: float, seconds: list[float]) -> tuple[float, ...]:
    return tuple(promised / each for each in seconds)


def _asked(cache: str) -> tuple[float, float]:
    """Seconds waited, and seconds of the processor."""
    began, before = perf_counter(), _used()
    environment = {**os.environ, "NUMBA_CACHE_DIR": cache}
    subprocess.run([sys.executable, "-c", ASK], check=True, env=environment, capture_output=True)  # noqa: S603
    return perf_counter() - began, _used() - before


def _used() -> float:
    told = getrusage(RUSAGE_CHILDREN)
    return told.ru_utime + told.ru_stime
