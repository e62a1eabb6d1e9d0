"""The ejection fraction rose by so many points: which four stories may lie behind it, and what would tell them apart?"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from cordula.heart.ask.freedoms import Family
from cordula.heart.ask.reaching import Who, reached, reached_by_all
from cordula.heart.ask.stories import Telling, tellings
from cordula.heart.ask.what_if import changed
from cordula.heart.circulation import Circulation, Steady
from cordula.heart.cohort_state import CohortState
from cordula.heart.expression import Values
from cordula.heart.levers import pulled
from cordula.heart.measured.reading import readings
from cordula.heart.outcomes import OUTCOMES
from cordula.stats.refusals import CannotBe, NotConverged
from cordula.vocabulary.words import _

EF = "ejection_fraction"
DRAWS, MOST_POINTS = 40, 20.0
TOLERANCE_ML = 1e-4
# Nothing holds the arterial pressure in the model, and everything does in a child: it tells no story from another.
HELD_BY_THE_BODY = ("systolic_pressure", "diastolic_pressure", "mean_arterial_pressure")


@dataclass(frozen=True, slots=True)
class Banded:
    """A change in this child, and the 5th and 95th percentile of it in children who may be this child."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Apart:
    """What tells this story from another: the change of the outcome in each, and how far apart the two lie in
    standard deviations of a change between two single readings."""

    other: str
    outcome: str
    here: float
    there: float
    deviations: float


@dataclass(frozen=True, slots=True)
class Story:
    """One story told of this child. `amount`: what was done to the lever; `reached`: whether the rise was met by it;
    `false_gain`: the ejection fraction rises while the body is brought less blood and less oxygen."""

    id: str
    title: str
    lever: str
    means: str
    look: str
    amount: Banded
    reached: bool
    after: Steady
    changes: Mapping[str, Banded]
    false_gain: bool
    apart: tuple[Apart, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """The stories; `counted`: of how many drawn circulations the bands are made, and how many have no steady state."""

    points: float
    before: Steady
    stories: tuple[Story, ...]
    counted: int
    left_out: int
    untold: Mapping[str, str]


def explain_ef(
    baby: Circulation, points: float = 5.0, scores: Values | None = None, seed: int = 1
) -> Explanation | NotConverged:
    """Four stories behind a rise of the ejection fraction by `points` percentage points.

    `scores`: standard scores of circulations that may be this child's, shape (count, freedoms), such as
    `Fit.drawn(48, seed)` about `Fit.family`; without any, children like this one are drawn by `seed`. Bands are
    theirs. Nothing holds pressure or volume in the model. Raises `CannotBe` for a rise that is not one."""
    if not 0 < points <= MOST_POINTS:
        raise CannotBe(
            f"a rise is above 0 and at most {MOST_POINTS:g} points, and {points:g} is not one"
        )
    before = baby.steady()
    if isinstance(before, NotConverged):
        return before
    many = _Many(baby, scores, seed)
    can = [one for one in tellings() if one.lever in baby.circuit.levers]
    told = [found for one in can if (found := _told(many, one, points)) is not None]
    unreached = {
        one.title: _(
            "it cannot raise the ejection fraction by {points} points in this child"
        ).format(points=f"{points:g}")
        for one in can
        if one.id not in {story.id for story in told}
    }
    lacking = {t.title: _("this circuit has no such lever") for t in tellings() if t not in can}
    stories = tuple(_with_apart(one, told, before) for one in told)
    return Explanation(
        points,
        before,
        stories,
        int(many.sound.sum()) - 1,
        int((~many.sound).sum()),
        unreached | lacking,
    )


class _Many:
    """The child, first, and those who may be this child."""

    def __init__(self, baby: Circulation, scores: Values | None, seed: int) -> None:
        self.baby, family = baby, Family(baby)
        drawn = family.drawn(DRAWS, seed) if scores is None else scores
        own = np.zeros((1, len(family.free)))
        self.parameters = family.parameters(np.concatenate([own, drawn]))
        self.count = len(drawn) + 1
        self.weight = baby.numbers()["weight"]
        self.state = baby.steady_many(self.parameters, tolerance_ml=TOLERANCE_ML)
        self.sound = self.state.found
        # Where each was found last: a search that begins nearby takes half the beats.
        self.near = self.state.states.copy()

    def after(self, lever: str, amounts: Values, who: Who | None = None) -> Mapping[str, Values]:
        """Every outcome of everyone, or of some by number, with the lever pulled; each of shape (len(amounts),)."""
        some = np.arange(self.count) if who is None else who
        parameters = {n: v[some] if np.ndim(v) else v for n, v in self.parameters.items()}
        found = self._pulled(parameters, lever, amounts, self.near[:, some])
        arrived = np.isfinite(found.states).all(axis=0)
        self.near[:, some[arrived]] = found.states[:, arrived]
        return _known(found.outcomes, amounts)

    def child_after(self, lever: str, amounts: Values) -> Mapping[str, Values]:
        """The same of the child alone, for several amounts."""
        return _known(self._pulled({}, lever, amounts, self.near[:, :1]).outcomes, amounts)

    def _pulled(
        self, parameters: Mapping[str, Values], lever: str, amounts: Values, start: Values
    ) -> CohortState:
        own = {name: np.asarray(value) for name, value in self.baby.over.items()}
        known = np.where(np.isfinite(amounts), amounts, 1.0)
        given = pulled(self.baby.circuit, {**own, **parameters}, {lever: known})
        return self.baby.steady_many(given, tolerance_ml=TOLERANCE_ML, start=start)


def _known(outcomes: Mapping[str, Values], amounts: Values) -> Mapping[str, Values]:
    """Nothing is known of those for whom no amount is known."""
    return {name: np.where(np.isfinite(amounts), v, np.nan) for name, v in outcomes.items()}


def _told(many: _Many, one: Telling, points: float) -> Story | None:
    """None where the child's own ejection fraction cannot be brought there."""
    amounts = _amounts(many, one, points)
    if not np.isfinite(amounts[0]):
        return None
    after = many.after(one.lever, amounts)
    changes = {
        name: _banded(values - many.state[name], many.sound) for name, values in after.items()
    }
    child = changed(many.baby, {one.lever: float(amounts[0])}).steady()
    if isinstance(child, NotConverged):
        return None
    return Story(
        one.id,
        one.title,
        one.lever,
        one.means,
        one.look,
        _banded(amounts, many.sound),
        abs(100 * changes[EF].value - points) < 0.05,
        child,
        changes,
        _false(changes),
        (),
    )


def _amounts(many: _Many, one: Telling, points: float) -> Values:
    """How far the lever is pulled in each circulation, the child's first."""
    if one.fixed:
        return np.full(many.count, one.fixed)
    goal = many.state[EF] + points / 100

    def child(at: Values) -> Values:
        found = many.child_after(one.lever, _between(one, many.weight, at))
        return np.asarray(found[EF] - goal[0])

    def some(at: Values, who: Who) -> Values:
        found = many.after(one.lever, _between(one, many.weight, at), who)
        return np.asarray(found[EF] - goal[who])

    position = reached(child)
    if not isfinite(position):
        return np.full(many.count, np.nan)
    found = reached_by_all(some, position, many.count)
    return _between(one, many.weight, np.concatenate([[position], found[1:]]))


def _between(one: Telling, weight: float, at: Values) -> Values:
    """Leaks along a line, factors along their logarithm."""
    least, most = one.amounts
    if one.added:
        return np.asarray((least + at * (most - least)) * (weight / one.leak_weight_kg) ** 0.75)
    return np.asarray(least * (most / least) ** at)


def _banded(values: Values, sound: NDArray[np.bool_]) -> Banded:
    others = values[1:][sound[1:] & np.isfinite(values[1:])]
    low, high = np.quantile(others, [0.05, 0.95]) if others.size else (np.nan, np.nan)
    return Banded(float(values[0]), float(low), float(high))


def _false(changes: Mapping[str, Banded]) -> bool:
    brought = [changes[n].value for n in ("systemic_flow", "oxygen_delivery") if n in changes]
    return changes[EF].value > 0 and all(change < 0 for change in brought if isfinite(change))


def _with_apart(story: Story, all_told: list[Story], before: Steady) -> Story:
    others = [one for one in all_told if one.id != story.id]
    return replace(story, apart=tuple(_apart(story, other, before) for other in others))


def _apart(story: Story, other: Story, before: Steady) -> Apart:
    """The reading, of those whose spread is known, that lies furthest apart in the two stories."""
    found = []
    for name, one in readings().items():
        if name == EF or name in HELD_BY_THE_BODY or name not in story.changes:
            continue
        here, there = story.changes[name].value, other.changes[name].value
        sd = float(one.spread(np.asarray(before[name]))) * 2**0.5
        found.append(Apart(other.id, name, here, there, abs(here - there) / sd))
    return max((a for a in found if isfinite(a.deviations)), key=lambda apart: apart.deviations)


def named(outcome: str) -> str:
    """What the outcome is called."""
    return OUTCOMES[outcome][1]
