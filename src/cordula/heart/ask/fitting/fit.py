"""Which circulation would be read so? The most plausible one, its bands, and what the readings cannot tell."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cordula.heart.ask.fitting.bands import NINETY, Spread, laplace
from cordula.heart.ask.fitting.directions import Direction, hidden
from cordula.heart.ask.fitting.model import Model
from cordula.heart.ask.fitting.search import Modes, modes
from cordula.heart.ask.freedoms import Family
from cordula.heart.circuit import Circuit
from cordula.heart.circulation import Circulation
from cordula.heart.expression import Values
from cordula.heart.measured.possible import impossible
from cordula.heart.measured.reading import reading
from cordula.heart.outcomes import OUTCOMES
from cordula.heart.refusals import unknown
from cordula.stats.refusals import CannotBe, NotConverged
from cordula.stats.streams import stream
from cordula.vocabulary.quantity import Quantity

Told = Quantity | tuple[Quantity, Quantity]


@dataclass(frozen=True, slots=True)
class Between:
    """A number with its 90 % band, in the unit of the outcome or as a factor on the circuit's own."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Fitted:
    """One freedom: the factor on the circuit's own number, and how much of the prior's spread the readings left."""

    id: str
    title: str
    factor: Between
    left: float


@dataclass(frozen=True, slots=True)
class Expected:
    """One outcome of the fitted circulation; `given` and `sd` where it was read."""

    outcome: str
    found: Between
    given: float | None = None
    sd: float | None = None

    @property
    def apart(self) -> float:
        """By how many of its standard deviations the reading lies from the model; 0 where nothing was read."""
        return (
            (self.given - self.found.value) / self.sd if self.given is not None and self.sd else 0.0
        )


@dataclass(frozen=True)
class Fit:
    """The most plausible circulation for what was read."""

    circulation: Circulation
    freedoms: tuple[Fitted, ...]
    outcomes: tuple[Expected, ...]
    hidden: tuple[Direction, ...]
    turns: int
    scores: Values
    spread: Spread
    family: Family

    @property
    def conflicts(self) -> tuple[Expected, ...]:
        """Readings more than two standard deviations from the model: they, the model or the SD is wrong."""
        return tuple(one for one in self.outcomes if abs(one.apart) > 2)

    def drawn(self, count: int, seed: int) -> Values:
        """Scores of so many circulations that would be read so, of shape (count, freedoms)."""
        root = np.linalg.cholesky(self.spread.covariance)
        normal = stream(seed, "circulations that would be read so").standard_normal(
            (count, len(root))
        )
        return np.asarray(self.scores + normal @ root.T)


def fit(baby: Circulation, told: Mapping[str, Told]) -> Fit | NotConverged:
    """Fit eight numbers to what was read: ``fit(baby, {"ejection_fraction": Quantity.of("46", "%")})``.

    `told`: outcomes by name (`OUTCOMES`), each a quantity, or a quantity and the standard deviation of its reading;
    without one that of `measured.readings` stands. Raises `CannotBe` for what cannot be."""
    given, sds = _read(baby.circuit, told)
    model, read = model_of(baby, tuple(given))
    y, s = np.array([list(given.values())]), np.array([list(sds.values())])
    found = modes(model, read, y, s)
    if found.reasons[0]:
        return NotConverged("fit", str(found.reasons[0]), int(found.turns[0]))
    return _answer(model, read, y[0], s[0], found)


def fit_many(
    baby: Circulation, given: Mapping[str, Values], sds: Mapping[str, Values | float]
) -> tuple[Modes, Spread, Model]:
    """The same for many children with arrays of readings, each (count,), in the units of `OUTCOMES`."""
    model, read = model_of(baby, tuple(given))
    y = np.stack([np.asarray(values) for values in given.values()], axis=1)
    s = np.stack([np.broadcast_to(sds[name], len(y)) for name in given], axis=1)
    found = modes(model, read, y, s)
    return found, laplace(found.slopes, read, s), model


def model_of(baby: Circulation, names: tuple[str, ...]) -> tuple[Model, NDArray[np.int64]]:
    """The model of every outcome this circuit has, and the numbers of those that were read."""
    start = baby.steady_many({})
    if start.reasons[0]:
        raise CannotBe(f"the circuit itself has no steady state: {start.reasons[0]}")
    outcomes = tuple(name for name in start.outcomes if name not in ("heart_rate",))
    for name in names:
        if name not in outcomes:
            raise CannotBe(f"{baby.circuit.id}: {unknown('outcome', name, outcomes)}")
    return Model(Family(baby), outcomes), np.array([outcomes.index(name) for name in names])


def _read(circuit: Circuit, told: Mapping[str, Told]) -> tuple[dict[str, float], dict[str, float]]:
    """Values and standard deviations in the units of the outcomes; refuses what cannot be."""
    if not told:
        raise CannotBe("nothing was read; a fit needs one number at least")
    given, sds = dict[str, float](), dict[str, float]()
    for name, one in told.items():
        if name not in OUTCOMES:
            raise CannotBe(f"{circuit.id}: {unknown('outcome', name, OUTCOMES)}")
        value, sd = one if isinstance(one, tuple) else (one, None)
        unit = OUTCOMES[name][0]
        given[name] = float(value.to(unit).value)
        sds[name] = float(sd.to(unit).value) if sd else _usual(name, given[name])
        if not sds[name] > 0:
            raise CannotBe(f"{name}: the standard deviation of a reading is above 0, not {sd}")
    for why in impossible(given).values():
        raise CannotBe(why)
    return given, sds


def _usual(name: str, value: float) -> float:
    return float(reading(name).spread(np.asarray(value)))


def _answer(model: Model, read: NDArray[np.int64], given: Values, sds: Values, found: Modes) -> Fit:
    scores, values, slopes = found.scores[0], found.values[0], found.slopes[0]
    spread = laplace(slopes, read, sds)
    family = model.family
    return Fit(
        family.child(scores),
        tuple(
            Fitted(
                one.id,
                one.title,
                _factor(one.sd, scores[i], spread.scores[i]),
                float(spread.scores[i]),
            )
            for i, one in enumerate(family.free)
        ),
        _expected(model, read, given, sds, values, spread),
        hidden(family.free, model.outcomes, slopes, read, sds),
        int(found.turns[0]),
        scores,
        spread,
        family,
    )


def _factor(sd: float, score: float, left: float) -> Between:
    low, middle, high = np.exp(sd * (score + NINETY * left * np.array([-1.0, 0.0, 1.0])))
    return Between(float(middle), float(low), float(high))


def _expected(
    model: Model,
    read: NDArray[np.int64],
    given: Values,
    sds: Values,
    values: Values,
    spread: Spread,
) -> tuple[Expected, ...]:
    at = {int(number): i for i, number in enumerate(read)}
    found = []
    for number, name in enumerate(model.outcomes):
        value, wide = float(values[number]), NINETY * float(spread.outcomes[number])
        between = Between(value, value - wide, value + wide)
        place = at.get(number)
        if place is None:
            found.append(Expected(name, between))
        else:
            found.append(Expected(name, between, float(given[place]), float(sds[place])))
    return tuple(found)
