"""Random numbers by name: one stream for each seed, purpose and number, whoever asks and in whatever order.

Philox is counter-based (Salmon et al. 2011, doi:10.1145/2063384.2063405): a stream is a key, so trial 17
of a million draws the same numbers on one worker as on twenty."""

from hashlib import sha256

import numpy as np
from numpy.random import Generator, Philox


def key(seed: int, purpose: str, number: int = 0) -> np.ndarray:
    """The Philox key of a stream: shape (2,), uint64. Two names never share one by any known accident."""
    name = f"{seed}\x00{purpose}\x00{number}".encode()
    return np.frombuffer(sha256(name).digest()[:16], dtype="<u8").copy()


def stream(seed: int, purpose: str, number: int = 0) -> Generator:
    """The generator of this purpose, such as `stream(20261122, "accrual", trial)`."""
    return Generator(Philox(key=key(seed, purpose, number)))
