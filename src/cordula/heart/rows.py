"""From named numbers, one of each for each infant, to the rows that the kernel reads; and what those mean for the step."""

from collections.abc import Mapping

import numpy as np

from cordula.heart.circuit import Circuit, Part
from cordula.heart.expression import Values
from cordula.heart.kinds import keys

Numbers = Mapping[str, Values]
# So steep is a filling curve taken to be where no pressure is known yet.
FILLED_MMHG = 20.0
# Runge–Kutta of fourth order is stable to 2.785 on the negative real axis; nearer than 2.5 nobody should go.
REACH = 2.5


def evaluate(circuit: Circuit, over: Numbers, count: int) -> dict[str, Values]:
    """Every number of the circuit by name, each of shape (count,); `over` replaces what the file says.

    A replaced quantity changes everything that is made of it."""
    ages = _wide(over["age"] if "age" in over else np.asarray(circuit.age_days), count)
    weights = over["weight"] if "weight" in over else circuit.default_weight(ages)
    names = {"age": ages, "weight": _wide(weights, count)}
    with np.errstate(all="ignore"):
        for name in circuit.order:
            names[name] = _wide(over[name] if name in over else _value(circuit, names, name), count)
        for part in (*circuit.nodes, *circuit.edges, *circuit.activations):
            for key in keys(part.kind):
                name = f"{part.name}.{key}"
                names[name] = _wide(
                    over[name] if name in over else _told(circuit, names, part, key), count
                )
    return names


def _value(circuit: Circuit, names: Numbers, name: str) -> Values:
    given = circuit.quantities[name]
    return given.formula.value(names, circuit.all_functions) * given.factor


def _told(circuit: Circuit, names: Numbers, part: Part, key: str) -> Values:
    """What the file says of a part; 0 where it says nothing."""
    if key not in part.given:
        return np.zeros(())
    given = part.given[key]
    return given.formula.value(names, circuit.all_functions) * given.factor


def _wide(value: Values, count: int) -> Values:
    return np.broadcast_to(np.asarray(value, dtype=np.float64), (count,))


def rows(circuit: Circuit, numbers: Numbers) -> Values:
    """The parameter rows of the kernel, of shape (rows, count)."""
    with np.errstate(all="ignore"):
        period = 60.0 / numbers["heart_rate"]
        found = [period]
        for part in (*circuit.nodes, *circuit.edges):
            found += _ROWS[part.kind](part, numbers)
        for part in circuit.activations:
            found += _ROWS[part.kind](part, {**numbers, "period": period})
    return np.stack([np.asarray(row, dtype=np.float64) for row in found])


def _number(part: Part, key: str, numbers: Numbers) -> Values:
    return numbers[f"{part.name}.{key}"]


def _vessel(p: Part, n: Numbers) -> list[Values]:
    elastance = 1.0 / _number(p, "C", n)
    return [elastance, _number(p, "Pext", n) - elastance * _number(p, "V0", n)]


def _linear(p: Part, n: Numbers) -> list[Values]:
    low = _number(p, "Emin", n)
    return [low, _number(p, "Emax", n) - low, _number(p, "V0", n), _number(p, "Pext", n)]


def _exponential(p: Part, n: Numbers) -> list[Values]:
    return [_number(p, key, n) for key in ("Ees", "V0", "A", "B", "Pext")]


def _resistance(p: Part, n: Numbers) -> list[Values]:
    return [1.0 / _number(p, "R", n)]


def _valve(p: Part, n: Numbers) -> list[Values]:
    return [1.0 / _number(p, "R", n), _number(p, "leak", n)]


def _orifice(p: Part, n: Numbers) -> list[Values]:
    return [_number(p, "k1", n), _number(p, "k2", n)]


def _inertia(p: Part, n: Numbers) -> list[Values]:
    return [_number(p, "R", n), 1.0 / _number(p, "L", n)]


def _cosines(p: Part, n: Numbers) -> list[Values]:
    period = n["period"]
    rise, fall = _number(p, "rise", n) / period, _number(p, "fall", n) / period
    return [np.mod(_number(p, "onset", n) / period, 1.0), rise, 1.0 / rise, 1.0 / fall]


def _hills(p: Part, n: Numbers) -> list[Values]:
    """Two Hill curves, brought to end at 0 and to reach 1."""
    tau1, tau2 = _number(p, "tau1", n) / n["period"], _number(p, "tau2", n) / n["period"]
    m1, m2 = _number(p, "m1", n), _number(p, "m2", n)
    tail = 1.0 / (1.0 + (1.0 / tau2) ** m2)
    phase = np.linspace(0.0, 1.0, 2001)[:, None]
    up = (phase / tau1) ** m1
    curve = up / (1.0 + up) * (1.0 / (1.0 + (phase / tau2) ** m2) - tail)
    return [tau1, tau2, m1, m2, 1.0 / curve.max(axis=0), tail]


_ROWS = {
    "C": _vessel,
    "E": _linear,
    "S": _exponential,
    "R": _resistance,
    "V": _valve,
    "Q": _orifice,
    "L": _inertia,
    "cos": _cosines,
    "hill": _hills,
}


def steps_needed(circuit: Circuit, numbers: Numbers) -> Values:
    """The fewest steps in a beat that are stable, for each infant: λT/2.5, λ the fastest decay over any edge.

    λ = G(1/C + E) where blood meets little inertia, √((1/C + E)/L) where inertia swings it."""
    with np.errstate(all="ignore"):
        return _steps_needed(circuit, numbers)


def _steps_needed(circuit: Circuit, numbers: Numbers) -> Values:
    stiff = {part.name: _stiffness(part, numbers) for part in circuit.nodes}
    fastest = np.zeros_like(numbers["heart_rate"])
    for part in circuit.edges:
        both = stiff[part.start] + stiff[part.end]
        fastest = np.maximum(fastest, _decay(part, numbers, both))
    return np.asarray(fastest * 60.0 / numbers["heart_rate"] / REACH)


def _stiffness(part: Part, n: Numbers) -> Values:
    if part.kind == "C":
        return 1.0 / _number(part, "C", n)
    if part.kind == "E":
        return np.maximum(_number(part, "Emax", n), _number(part, "Emin", n))
    filling = _number(part, "A", n) * (_number(part, "B", n) + FILLED_MMHG)
    return np.maximum(_number(part, "Ees", n), filling)


def _decay(part: Part, n: Numbers, both: Values) -> Values:
    if part.kind == "Q":
        return both / _number(part, "k1", n)
    if part.kind == "L":
        inertia = _number(part, "L", n)
        return np.maximum(_number(part, "R", n) / inertia, np.sqrt(both / inertia))
    return both / _number(part, "R", n)


def at_rest(circuit: Circuit, numbers: Numbers) -> Values:
    """A state to begin from, of shape (states, count): the volume spread so that one pressure is everywhere."""
    low = np.full_like(numbers["volume"], -200.0)
    high = np.full_like(low, 500.0)
    for _ in range(80):
        middle = (low + high) / 2
        filled = _filled(circuit, numbers, middle).sum(axis=0)
        low, high = (
            np.where(filled < numbers["volume"], middle, low),
            np.where(filled < numbers["volume"], high, middle),
        )
    volumes = _filled(circuit, numbers, low)
    volumes = volumes + (numbers["volume"] - volumes.sum(axis=0)) / len(volumes)
    return np.concatenate([volumes, np.zeros((len(circuit.layout.inertial), volumes.shape[1]))])


def _filled(circuit: Circuit, n: Numbers, pressure: Values) -> Values:
    found = []
    for part in circuit.nodes:
        across = pressure - _number(part, "Pext", n)
        if part.kind == "C":
            gained = across * _number(part, "C", n)
        elif part.kind == "E":
            gained = across / _number(part, "Emin", n)
        else:
            stretch = np.maximum(across / _number(part, "B", n), -0.9)
            gained = np.log1p(stretch) / _number(part, "A", n)
        found.append(_number(part, "V0", n) + gained)
    return np.stack(found)
