"""A circuit with the numbers of one infant: where does her circulation settle?"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np

from cordula.heart.circuit import Circuit
from cordula.heart.cohort_state import CohortState, steady_many
from cordula.heart.expression import Values
from cordula.heart.kernel import twin
from cordula.heart.kernel.run import Lanes
from cordula.heart.kinds import ABOVE_NOUGHT, NOT_BELOW
from cordula.heart.outcomes import OUTCOMES
from cordula.heart.rows import evaluate, rows
from cordula.stats.refusals import CannotBe, NotConverged
from cordula.vocabulary.quantity import Quantity

# For one infant: smooth loops, and all outcomes within 0.02 %.
STEPS, TOLERANCE_ML = 480, 1e-7


@dataclass(frozen=True)
class Circulation:
    """A circuit and the numbers that differ from its file, by name, in the units of `kinds.UNITS`."""

    circuit: Circuit
    over: Mapping[str, float]

    def given(self, over: Mapping[str, float]) -> "Circulation":
        """The same infant with other numbers, by name: ``given({"RV.Ees": 15.0})``.

        Raises `CannotBe` for a number that no body has, such as an elastance of 0."""
        for name, value in over.items():
            _check_sign(name, value)
        return replace(self, over={**self.over, **over})

    def numbers(self) -> dict[str, float]:
        """Every number of the circuit, by name."""
        return {
            name: float(v[0]) for name, v in evaluate(self.circuit, _arrays(self.over), 1).items()
        }

    def steady(
        self, steps: int = STEPS, tolerance_ml: float = TOLERANCE_ML
    ) -> "Steady | NotConverged":
        """The periodic state; `NotConverged`, with the reason, where there is none."""
        found = self.steady_many({}, steps=steps, tolerance_ml=tolerance_ml)
        if not np.isfinite(found.states).all():
            return NotConverged("periodic state", str(found.reasons[0]), int(found.beats[0]))
        return Steady(self, found, steps)

    def steady_many(self, parameters: Mapping[str, Values], **how: object) -> CohortState:
        """As `cohort_state.steady_many`, beginning from this infant's numbers."""
        return steady_many(self.circuit, {**_arrays(self.over), **parameters}, **how)  # type: ignore[arg-type]


def _check_sign(name: str, value: float) -> None:
    key = name.rpartition(".")[2]
    if not np.isfinite(value) or (key in ABOVE_NOUGHT and value <= 0):
        raise CannotBe(f"{name} is a number above 0, not {value:g}")
    if key in NOT_BELOW and value < 0:
        raise CannotBe(f"{name} is 0 or more, not {value:g}")


def _arrays(over: Mapping[str, float]) -> dict[str, Values]:
    return {name: np.asarray(value, dtype=np.float64) for name, value in over.items()}


@dataclass(frozen=True)
class Steady:
    """One infant's periodic state: what would be measured, and the curves of one beat."""

    circulation: Circulation
    state: CohortState
    steps: int

    def __getitem__(self, outcome: str) -> float:
        """An outcome as a number, in the unit that `OUTCOMES` gives."""
        return float(self.state.outcomes[outcome][0])

    def quantity(self, outcome: str, digits: int = 4) -> Quantity:
        """An outcome with its unit, rounded to so many significant digits."""
        return Quantity(Decimal(f"{self[outcome]:.{digits}g}"), OUTCOMES[outcome][0])

    @property
    def outcomes(self) -> dict[str, float]:
        return {name: float(values[0]) for name, values in self.state.outcomes.items()}

    @property
    def remark(self) -> str:
        """What could not be said of this circulation, and why; "" if everything could."""
        return str(self.state.reasons[0])

    def curves(self) -> "Curves":
        """Pressures, volumes and flows over one beat."""
        circuit = self.circulation.circuit
        numbers = evaluate(circuit, _arrays(self.circulation.over), 1)
        told, lay = rows(circuit, numbers), circuit.layout
        _, _, trace = Lanes(lay, told).observed_beat(self.state.states, self.steps, traced=True)
        pressure, flow = twin.curves(lay, told, trace)
        time = np.arange(self.steps) / self.steps * float(told[0, 0])
        nodes, edges = [p.name for p in circuit.nodes], [p.name for p in circuit.edges]
        return Curves(
            time,
            {name: trace[:, i, 0] for i, name in enumerate(nodes)},
            {name: pressure[:, i, 0] for i, name in enumerate(nodes)},
            {name: flow[:, i, 0] for i, name in enumerate(edges)},
        )


@dataclass(frozen=True, slots=True)
class Curves:
    """One beat: time in s; volumes in mL and pressures in mmHg by node, flows in mL/s by edge, each of shape (steps,)."""

    time_s: Values
    volume_ml: Mapping[str, Values]
    pressure_mmhg: Mapping[str, Values]
    flow_ml_per_s: Mapping[str, Values]

    def loop(self, chamber: str) -> tuple[Values, Values]:
        """The pressure–volume loop of a chamber: volumes in mL, pressures in mmHg."""
        return self.volume_ml[chamber], self.pressure_mmhg[chamber]


def scaled(circuit: Circuit, weight: Quantity | None, age: Quantity | None) -> Circulation:
    """The circuit for this weight and age; refuses an age for which its formulas were not made."""
    over: dict[str, float] = {}
    if age is not None:
        over["age"] = float(age.to("d").value)
        first, last = circuit.ages_days
        if not first <= over["age"] <= last:
            raise CannotBe(
                f"“{circuit.id}” is made for {first:g} to {last:g} days, and {age} is {over['age']:g} days"
            )
    if weight is not None:
        over["weight"] = float(weight.to("kg").value)
        if not 0.3 < over["weight"] < 300:
            raise CannotBe(f"a weight of {weight} is not one; a newborn has about 3 kg")
    return Circulation(circuit, over)
