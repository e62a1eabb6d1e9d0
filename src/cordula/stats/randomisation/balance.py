"""How balanced does a procedure keep the arms, and how well can the next allocation be guessed?"""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from cordula.stats.asked import asked
from cordula.stats.models.inputs import Floats
from cordula.stats.randomisation.procedures import Memory, Procedure, lowest
from cordula.stats.refusals import CannotBe, at_most

State = tuple[int, int, Memory]


@dataclass(frozen=True, slots=True, eq=False)
class Balance:
    """After each infant n = 1 … N, shape (N,): the imbalance D = r₁·n₀ − r₀·n₁ in lowest terms.

    `variance` is E D², `in_balance` P(D = 0), `forced` the chance that the n-th allocation was certain.
    `guesses` is the chance that the n-th was guessed rightly by naming the arm that is behind
    (Blackwell & Hodges 1957, Ann Math Stat 28:449–460; at balance a coin that falls as the ratio's larger
    arm does, fair if equal); `best_guesses` by naming the likelier arm, knowing the rule and its memory."""

    ratio: tuple[int, int]
    mean: Floats
    variance: Floats
    in_balance: Floats
    largest: Floats
    guesses: Floats
    best_guesses: Floats
    forced: Floats

    @property
    def expected_guesses(self) -> float:
        """Expected number of right guesses among all N."""
        return float(self.guesses.sum())

    @property
    def guess_rate(self) -> float:
        return float(self.guesses.mean())

    @property
    def selection_bias(self) -> float:
        """Right guesses beyond those that chance alone allows: Blackwell & Hodges' F."""
        return float(self.guesses.sum()) - self.guesses.size * max(self.ratio) / sum(self.ratio)


@asked
def balance(procedure: Procedure, size: int) -> Balance:
    """Exact balance and predictability of the first `size` allocations, by following every state.

    `procedure` is any two-arm procedure of this room. Work grows as the number of states times `size`."""
    at_most(10_000, size=size)
    if size < 1:
        raise CannotBe(f"{size} infants; at least one is needed")
    ratio = lowest(procedure.ratio)
    held: dict[State, float] = {(0, 0, m): c for m, c in procedure.openings().items()}
    rows = []
    for _ in range(size):
        guessed = _guessed(procedure, held, ratio)
        held = _next(procedure, held)
        rows.append((*_spread(held, ratio), *guessed))
    told = np.array(rows).T
    return Balance((ratio[0], ratio[1]), *told)


def _next(procedure: Procedure, held: dict[State, float]) -> dict[State, float]:
    after: dict[State, float] = defaultdict(float)
    for (first, second, memory), weight in held.items():
        chance = procedure.chance(first, second, memory)
        for arm, part in ((0, chance), (1, 1.0 - chance)):
            if part > 0.0:
                counts = (first + 1, second) if arm == 0 else (first, second + 1)
                for kept, share in procedure.remembered(memory, arm).items():
                    after[(*counts, kept)] += weight * part * share
    return after


def _spread(held: dict[State, float], ratio: tuple[int, ...]) -> tuple[float, float, float, float]:
    """Mean and mean square of D, the chance of balance, and the largest |D| that can be."""
    apart = np.array([ratio[1] * first - ratio[0] * second for first, second, _ in held])
    weight = np.array(list(held.values()))
    none = float(weight[apart == 0].sum())
    return float(weight @ apart), float(weight @ apart**2), none, float(np.abs(apart).max())


def _guessed(
    procedure: Procedure, held: dict[State, float], ratio: tuple[int, ...]
) -> tuple[float, float, float]:
    """Chances that the next is guessed by who is behind, by the best guess, and that it is certain."""
    behind, best, certain = 0.0, 0.0, 0.0
    for (first, second, memory), weight in held.items():
        chance = procedure.chance(first, second, memory)
        behind += weight * _right(chance, ratio[1] * first - ratio[0] * second, ratio)
        best += weight * max(chance, 1.0 - chance)
        certain += weight * (chance in (0.0, 1.0))
    return behind, best, certain


def _right(chance: float, ahead: int, ratio: tuple[int, ...]) -> float:
    """The chance that naming the arm behind is right; at balance, the arm with the larger share."""
    lean = -ahead if ahead else ratio[0] - ratio[1]
    if lean == 0:
        return 0.5
    return chance if lean > 0 else 1.0 - chance


@dataclass(frozen=True, slots=True, eq=False)
class Imbalance:
    """What drawn lists show after each infant (N,): the mean square distance from the ratio, and its error."""

    squared: Floats
    error: Floats
    largest: Floats
    draws: int


@asked
def imbalance(allocations: ArrayLike, ratio: tuple[int, ...] = (1, 1)) -> Imbalance:
    """Σ over arms of (n_k − n·share_k)² in `allocations` (draws, N) of arms 0, 1, …, by any procedure.

    For two arms in equal shares it is D²/2."""
    drawn = np.asarray(allocations)
    if drawn.ndim != 2 or not drawn.size:
        raise CannotBe(f"allocations has shape {drawn.shape}; (draws, infants) is needed")
    share = np.array(lowest(ratio)) / sum(lowest(ratio))
    many = np.arange(1, drawn.shape[1] + 1)
    counts = np.cumsum(drawn[:, :, None] == np.arange(len(ratio)), axis=1)
    apart = np.square(counts - many[:, None] * share).sum(axis=2)
    error = (
        apart.std(axis=0, ddof=1) / np.sqrt(len(drawn)) if len(drawn) > 1 else np.zeros(many.size)
    )
    return Imbalance(apart.mean(axis=0), error, apart.max(axis=0), len(drawn))
