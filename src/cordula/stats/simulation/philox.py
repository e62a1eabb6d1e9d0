"""Which random number has this trial, this purpose and this place? Philox4x32-10, as a kernel.

A counter and a key go in, four words of 32 bits come out, and no state is kept: trial 17 draws the same
numbers in whichever block, thread or worker it runs (Salmon, Moraes, Dror, Shaw 2011,
doi:10.1145/2063384.2063405, section 3.3; their known answers are in `vectors/statistics/philox4x32.json`).
The counter is (place, purpose, trial's low word, trial's high word); the key comes from `streams.key`."""

import numpy as np
from numpy.typing import NDArray

from cordula.stats.compiled import compiled, inlined, kernel_or_twin
from cordula.stats.streams import key

Words = NDArray[np.uint64]
Floats = NDArray[np.float64]

MULTIPLY_0, MULTIPLY_1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
RAISE_0, RAISE_1 = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)
LOW, HALF = np.uint64(0xFFFFFFFF), np.uint64(32)
ROUNDS = 10
# One word spans the open unit interval: (word + 1/2) / 2^32, never 0 and never 1.
STEP = 2.0**-32


def words_of_key(seed: int, purpose: str) -> Words:
    """The two 32-bit words of a stream's key, shape (2,), as uint64 so that kernels need no conversion."""
    return key(seed, purpose).view("<u4")[:2].astype(np.uint64)


@inlined
def four_words(
    key_0: np.uint64, key_1: np.uint64, c0: np.uint64, c1: np.uint64, c2: np.uint64, c3: np.uint64
) -> tuple[np.uint64, np.uint64, np.uint64, np.uint64]:
    """Four random words of 32 bits, each in a uint64."""
    # Where it is plain that nothing exceeds 32 bits, a processor multiplies many at once.
    key_0, key_1, c0, c1, c2, c3 = key_0 & LOW, key_1 & LOW, c0 & LOW, c1 & LOW, c2 & LOW, c3 & LOW
    for _ in range(ROUNDS):
        product_0, product_1 = MULTIPLY_0 * c0, MULTIPLY_1 * c2
        c0, c1, c2, c3 = (
            (product_1 >> HALF) ^ c1 ^ key_0,
            product_1 & LOW,
            (product_0 >> HALF) ^ c3 ^ key_1,
            product_0 & LOW,
        )
        key_0, key_1 = (key_0 + RAISE_0) & LOW, (key_1 + RAISE_1) & LOW
    return c0, c1, c2, c3


@compiled
def four_uniforms(
    stream: Words, trial: int, purpose: int, place: int
) -> tuple[float, float, float, float]:
    """Four numbers in (0, 1) of this trial, purpose and place, each with 32 bits."""
    number = np.uint64(trial)
    a, b, c, d = four_words(
        stream[0], stream[1], np.uint64(place), np.uint64(purpose), number & LOW, number >> HALF
    )
    return (
        (np.float64(a) + 0.5) * STEP,
        (np.float64(b) + 0.5) * STEP,
        (np.float64(c) + 0.5) * STEP,
        (np.float64(d) + 0.5) * STEP,
    )


@compiled
def fill(stream: Words, trial: int, purpose: int, out: Floats) -> None:
    """Four numbers in (0, 1) for each place of one trial: out has shape (4, places).

    The same as `four_uniforms`, place by place; a loop without a branch, which runs many places at once."""
    number, kind = np.uint64(trial), np.uint64(purpose)
    low, high = number & LOW, number >> HALF
    # Read once: a key that might change under the loop would keep it from running wide.
    key_0, key_1 = stream[0], stream[1]
    row_0, row_1, row_2, row_3 = out[0], out[1], out[2], out[3]
    for place in range(out.shape[1]):
        a, b, c, d = four_words(key_0, key_1, np.uint64(place), kind, low, high)
        row_0[place] = (np.float64(a) + 0.5) * STEP
        row_1[place] = (np.float64(b) + 0.5) * STEP
        row_2[place] = (np.float64(c) + 0.5) * STEP
        row_3[place] = (np.float64(d) + 0.5) * STEP


@compiled
def fill_trials(stream: Words, first: int, purpose: int, place: int, out: Floats) -> None:
    """Four numbers in (0, 1) at one place of each of many trials: out has shape (4, trials)."""
    kind, where = np.uint64(purpose), np.uint64(place)
    key_0, key_1 = stream[0], stream[1]
    row_0, row_1, row_2, row_3 = out[0], out[1], out[2], out[3]
    for trial in range(out.shape[1]):
        number = np.uint64(first + trial)
        a, b, c, d = four_words(key_0, key_1, where, kind, number & LOW, number >> HALF)
        row_0[trial] = (np.float64(a) + 0.5) * STEP
        row_1[trial] = (np.float64(b) + 0.5) * STEP
        row_2[trial] = (np.float64(c) + 0.5) * STEP
        row_3[trial] = (np.float64(d) + 0.5) * STEP


def uniforms(stream: Words, first: int, trials: int, purpose: int, places: int) -> Floats:
    """Numbers in (0, 1) for a block of trials: shape (4, trials, places), four for each place."""
    out = np.empty((4, trials, places))
    _fill(stream, first, purpose, out)
    return out


@compiled
def _kernel(stream: Words, first: int, purpose: int, out: Floats) -> None:
    for trial in range(out.shape[1]):
        fill(stream, first + trial, purpose, out[:, trial])


def words_plain(stream: Words, c0: Words, c1: Words, c2: Words, c3: Words) -> Words:
    """The twin of `four_words`, for arrays of counters: shape (4, *counters)."""
    key_0, key_1 = stream[0], stream[1]
    for _ in range(ROUNDS):
        product_0, product_1 = MULTIPLY_0 * c0, MULTIPLY_1 * c2
        c0, c1 = (product_1 >> HALF) ^ c1 ^ key_0, product_1 & LOW
        c2, c3 = (product_0 >> HALF) ^ c3 ^ key_1, product_0 & LOW
        key_0, key_1 = (key_0 + RAISE_0) & LOW, (key_1 + RAISE_1) & LOW
    return np.stack(np.broadcast_arrays(c0, c1, c2, c3))


def uniforms_plain(stream: Words, first: int, trials: int, purpose: int, places: int) -> Floats:
    """The twin of `four_uniforms` for whole blocks: shape (4, trials, places)."""
    numbers = (np.arange(trials, dtype=np.uint64) + np.uint64(first))[:, None]
    place = np.arange(places, dtype=np.uint64)[None, :]
    same = np.full_like(numbers, purpose)
    drawn = words_plain(stream, place, same, numbers & LOW, numbers >> HALF)
    return (drawn.astype(np.float64) + 0.5) * STEP


def _plain(stream: Words, first: int, purpose: int, out: Floats) -> None:
    out[:] = uniforms_plain(stream, first, out.shape[1], purpose, out.shape[2])


_fill = kernel_or_twin(_kernel, _plain)
