"""How long does the first question take, with nothing compiled yet, and in a new process afterwards?"""

import os
import subprocess
import sys
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.ratio import Ratio

ASK = "from cordula import heart; print(heart.load('norwood-bts').scaled().steady()['ejection_fraction'])"
COLD_S, CACHED_S, ROUNDS = 10.0, 1.0, 5


def measure() -> list[Ratio]:
    """Here a bare time is promised, so the ratio is to the promise: waiting, not computing, is what is felt."""
    cold, cached = [], []
    for _ in range(ROUNDS):
        with TemporaryDirectory() as nothing:
            cold.append(_asked(nothing))
            cached.append(_asked(nothing))
    told = "the promised seconds / first answer"
    return [
        Ratio("first use", f"{told}, nothing compiled yet", "1 infant", _over(COLD_S, cold), "≥ 1"),
        Ratio("first use", f"{told}, compiled before", "1 infant", _over(CACHED_S, cached), "≥ 1"),
    ]


def _over(promised: float, seconds: list[float]) -> tuple[float, ...]:
    return tuple(promised / each for each in seconds)


def _asked(cache: str) -> float:
    began = perf_counter()
    environment = {**os.environ, "NUMBA_CACHE_DIR": cache}
    subprocess.run([sys.executable, "-c", ASK], check=True, env=environment, capture_output=True)  # noqa: S603
    return perf_counter() - began
