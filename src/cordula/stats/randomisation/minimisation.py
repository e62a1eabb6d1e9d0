"""To which arm does the next infant go, so that the arms agree in their prognostic factors?

Pocock & Simon (1975), Biometrics 31:103–115, with Taves (1974) as the case of range and no chance."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike, NDArray

from cordula.stats.asked import asked
from cordula.stats.models.inputs import Floats, Whole
from cordula.stats.randomisation.minimising import NEAR, chances_of, minimise_draws, scores_of
from cordula.stats.randomisation.procedures import lowest
from cordula.stats.refusals import CannotBe, at_most, whole

Measure = Literal["range", "variance", "deviation", "total"]
MEASURES: tuple[Measure, ...] = ("range", "variance", "deviation", "total")
BLOCK = 40_000


@asked
@dataclass(frozen=True)
class Minimisation:
    """The rule: how imbalance within a factor's level is measured, and how surely the least is chosen.

    `measure` of the arms' counts, each over its share of `ratio`, were the infant given to an arm:
    "range", "variance", "deviation" (standard), or "total" (of that arm alone: marginal totals, Taves).
    `favour` is the chance of the arm with the least weighted sum over factors; the others share the
    rest by `ratio`. Ties are broken by a coin that falls as the ratio does."""

    favour: float = 0.8
    measure: Measure = "range"
    ratio: tuple[int, ...] = (1, 1)
    weights: tuple[float, ...] | None = None

    def __post_init__(self) -> None:
        lowest(self.ratio)
        if not 1 / len(self.ratio) <= self.favour <= 1.0:
            raise CannotBe(f"the best arm is favoured with {self.favour}; 1/{len(self.ratio)} to 1")
        if self.measure not in MEASURES:
            raise CannotBe(f"measure is {self.measure!r}; it is one of {', '.join(MEASURES)}")
        if self.weights is not None and (min(self.weights) < 0.0 or not any(self.weights)):
            raise CannotBe(f"weights of {self.weights}; none below nought and one above it")

    def weighing(self, factors: int) -> Floats:
        """The weight of each factor: shape (factors,)."""
        given = (
            np.ones(factors) if self.weights is None else np.array(self.weights, dtype=np.float64)
        )
        if given.size != factors:
            raise CannotBe(f"{given.size} weights for {factors} factors; one for each is needed")
        return given


@dataclass(frozen=True, slots=True, eq=False)
class Preference:
    """The weighted imbalance `scores` (arms,) were the infant given to each arm, the arms with the least
    (`preferred`), and the chance of each arm (arms,)."""

    scores: Floats
    preferred: tuple[int, ...]
    chances: Floats


@asked
def minimise(
    factors: ArrayLike, arm: ArrayLike, infant: ArrayLike, rule: Minimisation | None = None
) -> Preference:
    """What the rule says of the next infant.

    `factors` (n, f) are levels of those before, `arm` (n,) their arms 0, 1, …; `infant` (f,) the levels
    of the next. Levels are any equal-or-not labels. Raises CannotBe where shapes or arms do not fit."""
    rule = rule or Minimisation()
    for one in np.asarray(arm).tolist():
        whole(0, arm=one)
    levels, who = np.asarray(factors), np.asarray(arm, dtype=np.int64)
    new = np.asarray(infant)
    if new.ndim != 1 or (who.size and levels.shape != (who.size, new.size)):
        raise CannotBe(f"factors has shape {levels.shape}; ({who.size}, {new.size}) is needed")
    if who.size and not 0 <= who.min() <= who.max() < len(rule.ratio):
        raise CannotBe(
            f"arm holds {sorted(set(who.tolist()))}; 0 to {len(rule.ratio) - 1} are there"
        )
    alike = levels.reshape(who.size, new.size) == new
    counts = np.array(
        [alike[who == k].sum(axis=0) for k in range(len(rule.ratio))], dtype=np.float64
    )
    share = np.array(rule.ratio, dtype=np.float64)
    kind, weights = MEASURES.index(rule.measure), rule.weighing(new.size)
    scores = scores_of(counts.T[None], share, weights, kind)[0]
    best = scores <= scores.min() + NEAR
    chances = chances_of(best[None], share, rule.favour)[0]
    return Preference(scores, tuple(np.flatnonzero(best).tolist()), chances)


@asked
def minimised(
    factors: ArrayLike, draws: int, rng: Generator, rule: Minimisation | None = None
) -> NDArray[np.int8]:
    """Allocate the same infants anew `draws` times, in their order: arms of shape (draws, n).

    `factors` (n, f) as in `minimise`. Uniform numbers come from `rng` in blocks, one for each infant."""
    rule = rule or Minimisation()
    levels = places(factors)
    whole(1, draws=draws)
    at_most(100_000_000, infants_times_draws=len(levels) * draws)
    share, weights = np.array(rule.ratio, dtype=np.float64), rule.weighing(levels.shape[1])
    kind = MEASURES.index(rule.measure)
    rows = max(1, BLOCK // max(1, len(levels)))
    parts = []
    for begun in range(0, draws, rows):
        chance = rng.random((min(rows, draws - begun), len(levels)))
        parts.append(minimise_draws(levels, chance, share, weights, kind, rule.favour))
    return np.concatenate(parts)


def places(factors: ArrayLike) -> Whole:
    """Each level of each factor as a place of its own, counted through all factors: (n, f)."""
    given = np.asarray(factors)
    if given.ndim != 2 or not given.size:
        raise CannotBe(f"factors has shape {given.shape}; infants by factors is needed")
    found, begun = np.empty(given.shape, dtype=np.int64), 0
    for k in range(given.shape[1]):
        names, place = np.unique(given[:, k], return_inverse=True)
        found[:, k] = place + begun
        begun += names.size
    return found
