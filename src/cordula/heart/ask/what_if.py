"""What would change if one thing about this circulation were different, and nothing else?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from cordula.heart.circulation import Circulation, Steady
from cordula.heart.levers import pulled
from cordula.heart.refusals import unknown
from cordula.heart.regulation import Held, held
from cordula.stats.refusals import CannotBe, NotConverged


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Before and after. `asked`: what was changed; `holding`: by which factor each lever had to hold its outcome."""

    asked: Mapping[str, float]
    before: Steady
    after: Steady
    holding: Mapping[str, float]

    def change(self, outcome: str) -> float:
        """After less before, in the unit that `OUTCOMES` gives."""
        return self.after[outcome] - self.before[outcome]

    @property
    def changes(self) -> dict[str, float]:
        return {name: self.change(name) for name in self.before.outcomes}


def what_if(
    baby: Circulation, holding: Sequence[Held] = (), **changes: float
) -> WhatIf | NotConverged:
    """The circulation before and after: ``what_if(baby, contractility=1.38, shunt_diameter=4.0)``.

    A lever of the circuit (`Circuit.levers`) takes a factor, a leak what is added to it in mL/s/mmHg; any other
    number is set to the value given, a dot written as two underscores (``RV__Ees=15``), in the unit of
    `kinds.UNITS`. Without `holding` nothing holds pressure or volume: no reflex answers.
    Raises `CannotBe` for a name that is not known or a factor that is not above 0."""
    if not changes:
        raise CannotBe("nothing was changed; name a lever such as contractility=1.2")
    levers, numbers = _sorted(baby, changes)
    before = baby.steady()
    if isinstance(before, NotConverged):
        return before
    other = changed(baby.given(numbers), levers)
    factors: dict[str, float] = {}
    if holding:
        answer = _held(other, holding)
        if isinstance(answer, NotConverged):
            return answer
        factors, other = answer, changed(other, answer)
    after = other.steady()
    return after if isinstance(after, NotConverged) else WhatIf(changes, before, after, factors)


def changed(baby: Circulation, levers: Mapping[str, float]) -> Circulation:
    """The same child with levers pulled."""
    arrays = {name: np.asarray(value) for name, value in baby.over.items()}
    amounts = {name: np.asarray(value) for name, value in levers.items()}
    given = pulled(baby.circuit, arrays, amounts)
    return baby.given({name: float(np.ravel(value)[0]) for name, value in given.items()})


def _sorted(
    baby: Circulation, changes: Mapping[str, float]
) -> tuple[dict[str, float], dict[str, float]]:
    """Levers, and numbers by their own names."""
    circuit = baby.circuit
    levers = {name: value for name, value in changes.items() if name in circuit.levers}
    numbers = {n.replace("__", "."): v for n, v in changes.items() if n not in levers}
    for name in numbers:
        if name not in circuit.parameters:
            raise CannotBe(
                f"{circuit.id}: {unknown('lever or number', name, (*circuit.levers, *circuit.parameters))}"
            )
    for name, value in levers.items():
        if not (value > 0 or name.endswith("_leak")):
            raise CannotBe(
                f"{name} is changed by a factor above 0, such as 1.2, and {value:g} is not one"
            )
    return levers, numbers


def _held(baby: Circulation, holding: Sequence[Held]) -> dict[str, float] | NotConverged:
    arrays = {name: np.asarray(value) for name, value in baby.over.items()}
    found = held(baby.circuit, arrays, holding)
    if found.reasons[0]:
        return NotConverged("held circulation", str(found.reasons[0]))
    return {lever: float(factor[0]) for lever, factor in found.factors.items()}
