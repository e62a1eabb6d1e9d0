"""Blocks of trials, one after another or at once, with the same sums whoever counts them.

A block is so many trials and no more, so that memory does not grow with their number; its size does not depend on
the workers; and blocks are added in their order. Interrupted, what is done without a gap is kept."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Protocol

from cordula.trial.simulation.tally import Tally, added

BLOCK = 4096
# How many blocks may wait for each worker, so that a million trials do not lie in a queue.
AHEAD = 2

Progress = Callable[[int, int], None]


class Counting(Protocol):
    """What can count a block of its trials."""

    def tally(self, first: int, count: int) -> Tally: ...


def blocks(trials: int) -> Iterator[tuple[int, int]]:
    """Where each block begins and how many trials it has."""
    return ((first, min(BLOCK, trials - first)) for first in range(0, trials, BLOCK))


def counted(
    work: Counting, trials: int, workers: int, progress: Progress | None = None, client: Any = None
) -> tuple[Tally, bool]:
    """The sums of all trials, and whether they are all there: Ctrl-C ends early and keeps what is done.

    workers: threads of this process; client: a Dask client, which then does the work instead."""
    pool = None if client is not None else ThreadPoolExecutor(workers)
    submit = client.submit if pool is None else pool.submit
    waiting = AHEAD * (workers if pool is not None else max(1, len(client.ncores()) * AHEAD))
    tallies: list[Tally] = []
    complete = True
    try:
        for tally in _in_order(work, submit, trials, waiting):
            tallies.append(tally)
            if progress is not None:
                progress(min(len(tallies) * BLOCK, trials), trials)
    except KeyboardInterrupt:
        complete = False
        if not tallies:
            raise
    finally:
        if pool is not None:
            pool.shutdown(wait=True, cancel_futures=True)
    return added(tallies), complete


def _in_order(
    work: Counting, submit: Callable[..., "Future[Tally]"], trials: int, waiting: int
) -> Iterator[Tally]:
    """Results in the order of the blocks, with a bounded number under way."""
    under_way: list[Future[Tally]] = []
    for first, count in blocks(trials):
        under_way.append(submit(_tally, work, first, count))
        if len(under_way) >= waiting:
            yield under_way.pop(0).result()
    for one in under_way:
        yield one.result()


def _tally(work: Counting, first: int, count: int) -> Tally:
    return work.tally(first, count)
