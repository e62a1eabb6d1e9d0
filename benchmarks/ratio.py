"""What came out of a benchmark? A ratio over interleaved rounds: never a bare time, which says most about the machine."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Ratio:
    """One line of the table. `compared` reads “this / that”; `goal` is what the design asks, where it asks."""

    name: str
    compared: str
    unit: str
    rounds: tuple[float, ...]
    goal: str = ""
    note: str = ""

    @property
    def median(self) -> float:
        return median(self.rounds)

    @property
    def least(self) -> float:
        return min(self.rounds)

    @property
    def most(self) -> float:
        return max(self.rounds)


Act = Callable[[], object]
Clock = Callable[[], float]


def interleaved(rounds: int, *acts: Act, clock: Clock = perf_counter) -> list[list[float]]:
    """Seconds of each act in each round. They take turns, so that a busy machine is busy for all of them."""
    taken: list[list[float]] = [[] for _ in acts]
    for _ in range(rounds):
        for act, seconds in zip(acts, taken, strict=True):
            seconds.append(timed(act, clock))
    return taken


def timed(act: Act, clock: Clock = perf_counter) -> float:
    began = clock()
    act()
    return clock() - began


def quotients(above: Iterable[float], below: Iterable[float]) -> tuple[float, ...]:
    """Round by round."""
    return tuple(one / other for one, other in zip(above, below, strict=True))
