"""By what rule is the next infant allocated? Two-arm procedures as chances, given who went before.

Arms are numbered as in `ratio`: arm 0 first. A procedure tells the chance of arm 0 from how many each arm
has (`first`, `second`) and its own memory; that is all that drawing, exact balance and proofs need."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import comb, gcd, inf
from typing import Protocol

import numpy as np

from cordula.stats.asked import asked
from cordula.stats.models.inputs import Floats
from cordula.stats.refusals import CannotBe

Memory = tuple[int, ...]
NOTHING: Memory = ()


class Procedure(Protocol):
    """What a two-arm procedure answers."""

    @property
    def ratio(self) -> tuple[int, int]: ...

    def openings(self) -> Mapping[Memory, float]:
        """What it may have in mind before the first infant, and with which chance."""

    def chance(self, first: int, second: int, memory: Memory) -> float:
        """The chance that the next infant goes to arm 0."""

    def remembered(self, memory: Memory, arm: int) -> Mapping[Memory, float]:
        """What it may have in mind after giving `arm`, and with which chance."""


class _ByCounts:
    """A procedure that looks at the numbers in each arm and remembers nothing else."""

    ratio: tuple[int, int] = (1, 1)

    def openings(self) -> Mapping[Memory, float]:
        return {NOTHING: 1.0}

    def remembered(self, memory: Memory, arm: int) -> Mapping[Memory, float]:
        return {NOTHING: 1.0}


@asked
@dataclass(frozen=True)
class Complete(_ByCounts):
    """An (uneven) coin for each infant, whoever went before."""

    ratio: tuple[int, int] = (1, 1)

    def __post_init__(self) -> None:
        lowest(self.ratio)

    def chance(self, first: int, second: int, memory: Memory = NOTHING) -> float:
        return self.ratio[0] / sum(self.ratio)


@asked
@dataclass(frozen=True)
class BiasedCoin(_ByCounts):
    """Efron's biased coin: the arm that is behind with chance `favour` (Efron 1971, Biometrika 58:403–417)."""

    favour: float = 2 / 3

    def __post_init__(self) -> None:
        favoured(self.favour)

    def chance(self, first: int, second: int, memory: Memory = NOTHING) -> float:
        if first == second:
            return 0.5
        return self.favour if first < second else 1.0 - self.favour


@asked
@dataclass(frozen=True)
class BigStick(_ByCounts):
    """A fair coin until one arm is `limit` ahead, then the other arm (Soares & Wu 1983).

    With `favour` above 1/2 the coin leans to the arm behind: Chen's biased coin with imbalance
    tolerance (Chen 1999, J Stat Plan Inference 75:289–300)."""

    limit: int
    favour: float = 0.5

    def __post_init__(self) -> None:
        favoured(self.favour)
        if not self.limit >= 1:
            raise CannotBe(f"a big stick at {self.limit}; one arm must be allowed to be 1 ahead")

    def chance(self, first: int, second: int, memory: Memory = NOTHING) -> float:
        ahead = first - second
        if abs(ahead) >= self.limit:
            return 1.0 if ahead < 0 else 0.0
        return 0.5 if ahead == 0 else self.favour if ahead < 0 else 1.0 - self.favour


@asked
@dataclass(frozen=True)
class Urn(_ByCounts):
    """Wei's urn UD(α, β): α balls of each arm; the ball drawn goes back with β of the other arm.

    Wei (1977), JASA 72:382–386; with α = 0 the first infant is allocated by a fair coin."""

    alpha: float = 0.0
    beta: float = 1.0

    def __post_init__(self) -> None:
        if min(self.alpha, self.beta) < 0.0 or not 0.0 < self.alpha + self.beta < inf:
            raise CannotBe(f"an urn with α = {self.alpha}, β = {self.beta}; neither below nought")

    def chance(self, first: int, second: int, memory: Memory = NOTHING) -> float:
        balls = 2.0 * self.alpha + self.beta * (first + second)
        return (self.alpha + self.beta * second) / balls if balls > 0.0 else 0.5


@asked
@dataclass(frozen=True)
class Maximal(_ByCounts):
    """The maximal procedure: every list of `size` within `limit` of balance is equally likely.

    Berger, Ivanova & Knoll (2003), Stat Med 22:3017–3028; `balanced` asks that it ends in balance."""

    size: int
    limit: int
    balanced: bool = True

    def __post_init__(self) -> None:
        if not (self.limit >= 1 and self.size >= 1) or (self.balanced and self.size % 2):
            raise CannotBe(
                f"a maximal procedure of {self.size} within {self.limit}; the limit is 1 or more, "
                "and a list that ends in balance has an even size"
            )

    @cached_property
    def _ways(self) -> list[list[int]]:
        """Lists that may still follow after n infants with arm 0 ahead by d: [n][d + limit]."""
        span = range(-self.limit, self.limit + 1)
        ways = [[int(not self.balanced or d == 0) for d in span]]
        for _ in range(self.size):
            after = [0, *ways[-1], 0]
            ways.append([after[k] + after[k + 2] for k in range(len(ways[-1]))])
        return ways[::-1]

    def chance(self, first: int, second: int, memory: Memory = NOTHING) -> float:
        given, ahead = first + second, first - second
        if given >= self.size or abs(ahead) > self.limit:
            raise CannotBe(f"{first} and {second} given; this list has {self.size} places only")
        after = [0, *self._ways[given + 1], 0]
        up, down = after[ahead + self.limit + 2], after[ahead + self.limit]
        return up / (up + down) if up + down else 0.5

    @property
    def sequences(self) -> int:
        """How many lists there are, all equally likely."""
        return self._ways[0][self.limit]


@asked
@dataclass(frozen=True)
class Blocks:
    """Permuted blocks of `sizes` in `ratio`; of several sizes each block takes one at random.

    Its memory is the block under way: its size and how many of each arm are in it."""

    ratio: tuple[int, int] = (1, 1)
    sizes: tuple[int, ...] = (4,)

    def __post_init__(self) -> None:
        block_sizes(self.ratio, self.sizes)

    def openings(self) -> Mapping[Memory, float]:
        return {(size, 0, 0): 1.0 / len(self.sizes) for size in self.sizes}

    def chance(self, first: int, second: int, memory: Memory) -> float:
        size, mine, theirs = memory
        left = size * self.ratio[0] // sum(self.ratio) - mine
        return left / (size - mine - theirs)

    def remembered(self, memory: Memory, arm: int) -> Mapping[Memory, float]:
        size, mine, theirs = memory
        now = (size, mine + (arm == 0), theirs + (arm == 1))
        return self.openings() if now[1] + now[2] == size else {now: 1.0}

    @property
    def sequences(self) -> tuple[int, ...]:
        """How many different blocks there are of each size, all equally likely."""
        return tuple(comb(s, s * self.ratio[0] // sum(self.ratio)) for s in self.sizes)


def chances_by_counts(procedure: Procedure, size: int) -> Floats:
    """The chance of arm 0 for each number in each arm: shape (size, size); not a number where it cannot be."""
    table = np.full((size, size), np.nan)
    for first in range(size):
        for second in range(size - first):
            try:
                table[first, second] = procedure.chance(first, second, NOTHING)
            except CannotBe:
                continue
    return table


def lowest(ratio: tuple[int, ...]) -> tuple[int, ...]:
    """The ratio in its lowest terms, refused where an arm has no share."""
    if len(ratio) < 2 or min(ratio) < 1 or any(int(r) != r for r in ratio):
        raise CannotBe(f"a ratio of {ratio}; whole numbers from 1 are needed, one for each arm")
    return tuple(r // gcd(*ratio) for r in ratio)


def block_sizes(ratio: tuple[int, ...], sizes: tuple[int, ...]) -> None:
    """Refuses a block that cannot hold the ratio."""
    whole = sum(lowest(ratio))
    if not sizes:
        raise CannotBe("no block size; at least one is needed")
    for size in sizes:
        if size < 1 or size % whole:
            told = ":".join(map(str, ratio))
            raise CannotBe(f"a block of {size} cannot hold {told}; a multiple of {whole} is needed")


def favoured(chance: float) -> None:
    if not 0.5 <= chance <= 1.0:
        raise CannotBe(f"the arm behind is favoured with {chance}; 1/2 to 1 is possible")
