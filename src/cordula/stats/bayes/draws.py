"""How do simulated two-arm yes-or-no trials end? For lattices too large to enumerate, and to check those that are not.

Trials come in blocks of fixed size, a named stream each, so that the answer is the same for any number of workers."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np
from numpy.typing import NDArray

from cordula.stats.bayes.lattice import TwoArmCharacteristics, binomial_chances, told
from cordula.stats.bayes.monitoring import BinaryMonitoring, Table, decision_tables
from cordula.stats.bayes.posteriors import Array
from cordula.stats.compiled import compiled, kernel_or_twin
from cordula.stats.refusals import NotConverged, from_0_to_1, whole
from cordula.stats.streams import stream

BLOCK = 16_384
_GUIDES = 64
Counts = NDArray[np.int64]


@compiled
def _ended_kernel(draws: Array, steps: Array, guides: Counts, tables: Table) -> Counts:
    """How many trials end at each look (0 futile, 1 superior): shape (K, 2).

    draws: uniforms (trials, K, 2); steps: cumulative binomial chances of each increment (K, 2, M); guides: where
    to begin looking for a uniform in each of its buckets (K, 2, buckets); tables: decisions, padded (K, M, M)."""
    looks = draws.shape[1]
    ended = np.zeros((looks, 2), np.int64)
    for trial in range(len(draws)):
        x, y = 0, 0
        for k in range(looks):
            u, v = draws[trial, k, 0], draws[trial, k, 1]
            a = guides[k, 0, int(u * guides.shape[2])]
            while steps[k, 0, a] <= u:
                a += 1
            b = guides[k, 1, int(v * guides.shape[2])]
            while steps[k, 1, b] <= v:
                b += 1
            x += a
            y += b
            decided = tables[k, x, y]
            if decided != 0:
                ended[k, (decided + 1) // 2] += 1
                break
    return ended


def _ended_twin(draws: Array, steps: Array, guides: Counts, tables: Table) -> Counts:
    looks = draws.shape[1]
    ended = np.zeros((looks, 2), np.int64)
    x = y = np.zeros(len(draws), np.int64)
    open_ = np.ones(len(draws), bool)
    for k in range(looks):
        x = x + np.searchsorted(steps[k, 0], draws[:, k, 0], "right")
        y = y + np.searchsorted(steps[k, 1], draws[:, k, 1], "right")
        decided = np.where(open_, tables[k, x, y], 0)
        ended[k] = (decided == -1).sum(), (decided == 1).sum()
        open_ &= decided == 0
    return ended


_ended = kernel_or_twin(_ended_kernel, _ended_twin)


def simulated_characteristics(
    design: BinaryMonitoring, rate_1: float, rate_2: float, trials: int, seed: int, workers: int = 1
) -> TwoArmCharacteristics | NotConverged:
    """Operating characteristics at one pair of true rates from `trials` simulated trials, with the Monte Carlo
    standard error of P(superior). The number of workers (threads) changes no digit. Raises CannotBe."""
    whole(1, trials=trials, workers=workers)
    whole(0, seed=seed)
    from_0_to_1(rate_1=rate_1, rate_2=rate_2)
    tables = decision_tables(design)
    if isinstance(tables, NotConverged):
        return tables
    block = partial(_block, _prepared(design, tables, rate_1, rate_2), trials, seed)
    blocks = range((trials + BLOCK - 1) // BLOCK)
    if workers == 1:
        ended = sum((block(number) for number in blocks), np.zeros((len(tables), 2), np.int64))
    else:
        with ThreadPoolExecutor(workers) as pool:
            ended = sum(pool.map(block, blocks), np.zeros((len(tables), 2), np.int64))
    share = ended / trials
    success = share[:, 1].sum()
    error = np.sqrt(success * (1 - success) / trials)
    return told(design, share[:, 1], share[:, 0], np.asarray(error))


Prepared = tuple[Array, Counts, Table]


def _block(prepared: Prepared, trials: int, seed: int, number: int) -> Counts:
    size = min(BLOCK, trials - number * BLOCK)
    draws = stream(seed, "two-arm yes-or-no monitoring", number).random((size, len(prepared[0]), 2))
    return _ended(draws, *prepared)


def _prepared(
    design: BinaryMonitoring, tables: tuple[Table, ...], rate_1: float, rate_2: float
) -> Prepared:
    width = max(max(numbers) for numbers in design.looks) + 1
    steps = np.ones((len(tables), 2, width + 1))
    padded = np.zeros((len(tables), width, width), np.int8)
    before = (0, 0)
    for k, (numbers, table) in enumerate(zip(design.looks, tables, strict=True)):
        padded[k, : table.shape[0], : table.shape[1]] = table
        for arm, rate in enumerate((rate_1, rate_2)):
            chances = binomial_chances(numbers[arm] - before[arm], rate)
            steps[k, arm, : len(chances)] = np.cumsum(chances)
            # The last count takes what rounding left, so that no draw falls beyond it.
            steps[k, arm, len(chances) - 1 :] = 1.0
        before = numbers
    lows = np.arange(_GUIDES) / _GUIDES
    guides = np.array(
        [[np.searchsorted(steps[k, a], lows, "right") for a in (0, 1)] for k in range(len(tables))]
    )
    return steps, guides.astype(np.int64), padded
