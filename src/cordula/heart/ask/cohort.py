"""Which circulations might there be? Virtual infants by number and seed, in blocks that any machine may compute."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cordula.heart.ask.freedoms import Family
from cordula.heart.circulation import Circulation
from cordula.heart.expression import Values
from cordula.heart.refusals import unknown
from cordula.stats.refusals import CannotBe
from cordula.stats.streams import stream

# So many infants are drawn from one stream: the 5,000th is the same whoever computes her, and beside whom.
DRAWN = 1024
PURPOSE = "virtual infants"


@dataclass(frozen=True, slots=True)
class Block:
    """Some virtual infants: `first` is the number of the first; every array has one value for each infant.

    `parameters`: what they were given, by name; `outcomes`: NaN where there is no steady state, with its reason."""

    first: int
    scores: Values
    parameters: Mapping[str, Values]
    outcomes: Mapping[str, Values]
    reasons: NDArray[np.str_]

    def __len__(self) -> int:
        return len(self.reasons)

    @property
    def found(self) -> NDArray[np.bool_]:
        return np.asarray(self.reasons == "")

    def accepting(self, limits: Mapping[str, tuple[float, float]]) -> "Block":
        """Only those with a steady state whose outcomes lie within the limits, in the units of `OUTCOMES`."""
        kept = self.found
        for name, (low, high) in limits.items():
            if name not in self.outcomes:
                raise CannotBe(unknown("outcome", name, self.outcomes))
            kept = kept & (self.outcomes[name] >= low) & (self.outcomes[name] <= high)
        return Block(
            self.first,
            self.scores[kept],
            {name: values[kept] for name, values in self.parameters.items()},
            {name: values[kept] for name, values in self.outcomes.items()},
            self.reasons[kept],
        )


def cohort_blocks(
    baby: Circulation, n: int, seed: int, client: Any = None, workers: int = 1
) -> Iterator[Block]:
    """The infants in order, in blocks of `DRAWN`, by so many threads of this process.

    With a Dask client its workers compute them instead. The answer is the same to the last bit, whoever computes."""
    if n < 1:
        raise CannotBe(f"a cohort has one infant at least, and {n} was asked for")
    firsts = range(0, n, DRAWN)
    asked = ((baby, seed, first, min(DRAWN, n - first)) for first in firsts)
    if client is not None:
        room = 2 * max(sum(client.nthreads().values()), 1)
        yield from _in_order(asked, room, lambda one: client.submit(block, *one, pure=False))
    elif workers > 1:
        with ThreadPoolExecutor(workers) as threads:
            yield from _in_order(asked, 2 * workers, lambda one: threads.submit(block, *one))
    else:
        yield from (block(*one) for one in asked)


def cohort(baby: Circulation, n: int, seed: int, client: Any = None, workers: int = 1) -> Block:
    """All of them at once, as one block of arrays of shape (n,)."""
    return joined(list(cohort_blocks(baby, n, seed, client, workers)))


def block(baby: Circulation, seed: int, first: int, count: int) -> Block:
    """The infants `first` to `first + count`, whoever asks; `first` is a multiple of `DRAWN`."""
    family = Family(baby)
    random = stream(seed, PURPOSE, first // DRAWN)
    scores = random.standard_normal((DRAWN, len(family.free)))[:count]
    parameters = family.parameters(scores)
    found = baby.steady_many(parameters)
    return Block(first, scores, parameters, found.outcomes, found.reasons)


def joined(blocks: Iterable[Block]) -> Block:
    """Several blocks as one."""
    parts = list(blocks)

    def together(of: Callable[[Block], Mapping[str, Values]]) -> dict[str, Values]:
        return {name: np.concatenate([of(part)[name] for part in parts]) for name in of(parts[0])}

    return Block(
        parts[0].first,
        np.concatenate([part.scores for part in parts]),
        together(lambda part: part.parameters),
        together(lambda part: part.outcomes),
        np.concatenate([part.reasons for part in parts]),
    )


Asked = tuple[Circulation, int, int, int]


def _in_order(asked: Iterable[Asked], room: int, submit: Callable[[Asked], Any]) -> Iterator[Block]:
    """Blocks in order from whoever computes them; never more than `room` on their way, so that memory is bounded."""
    waiting: deque[Any] = deque()
    for one in asked:
        waiting.append(submit(one))
        if len(waiting) >= room:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()
