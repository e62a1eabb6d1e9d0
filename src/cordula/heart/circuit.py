"""What is a circuit? Nodes that hold blood, edges on which it flows, activations, and formulas for their numbers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from cordula.heart.expression import FUNCTIONS, Formula, Functions, Values
from cordula.heart.kernel.layout import Edge, Layout, Node
from cordula.heart.kinds import keys
from cordula.vocabulary.quantity import Quantity

if TYPE_CHECKING:
    from cordula.heart.circulation import Circulation


@dataclass(frozen=True, slots=True)
class Given:
    """One number of a circuit: its formula, its unit, the factor to the unit of the computation, and its source."""

    formula: Formula
    unit: str
    factor: float
    source: str
    because: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A node, an edge or an activation, with what it is told."""

    name: str
    kind: str
    title: str
    given: Mapping[str, Given]
    activation: str = ""
    start: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True)
class Measures:
    """Which parts the outcomes are read from."""

    ventricle: str
    aorta: str
    pulmonary_artery: str
    atrium: str
    output: tuple[str, ...]
    body: tuple[str, ...]
    lungs: tuple[str, ...]
    superior_cava: str = ""
    inferior_cava: str = ""
    inlet: str = ""
    other_ventricle: str = ""


@dataclass(frozen=True, eq=False)
class Circuit:
    """A circulation as data. `scaled` gives it the numbers of one weight and age."""

    id: str
    title: str
    about: str
    nodes: tuple[Part, ...]
    edges: tuple[Part, ...]
    activations: tuple[Part, ...]
    quantities: Mapping[str, Given]
    tables: Mapping[str, tuple[Values, Values]]
    measures: Measures
    shares: Mapping[str, float]
    levers: Mapping[str, tuple[str, ...]]
    sources: Mapping[str, str]
    weight_kg: Formula
    age_days: float
    ages_days: tuple[float, float]
    steps: int

    @cached_property
    def layout(self) -> Layout:
        acts = {part.name: i for i, part in enumerate(self.activations)}
        places = {part.name: i for i, part in enumerate(self.nodes)}
        return Layout(
            tuple(Node(p.kind, acts.get(p.activation, -1)) for p in self.nodes),
            tuple(Edge(p.kind, places[p.start], places[p.end]) for p in self.edges),
            tuple(p.kind for p in self.activations),
        )

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The quantities, each after those it is made of."""
        placed: list[str] = []

        def place(name: str) -> None:
            if name not in placed and name in self.quantities:
                for other in sorted(self.quantities[name].formula.names):
                    place(other)
                placed.append(name)

        for name in self.quantities:
            place(name)
        return tuple(placed)

    @property
    def parameters(self) -> tuple[str, ...]:
        """Every name that may be given other values: ``SVR``, ``RV.Ees``, ``weight``, ``age``."""
        parts = (*self.nodes, *self.edges, *self.activations)
        own = (f"{part.name}.{key}" for part in parts for key in keys(part.kind))
        return ("weight", "age", *self.quantities, *own)

    def default_weight(self, age_days: Values) -> Values:
        return np.asarray(self.weight_kg.value({"age": age_days}, self.all_functions))

    @cached_property
    def all_functions(self) -> Functions:
        """The functions of the language, and the tables of this file, read along straight lines."""
        tables = {name: _interpolation(*table) for name, table in self.tables.items()}
        return {**FUNCTIONS, **tables}

    def scaled(self, weight: Quantity | None = None, age: Quantity | None = None) -> "Circulation":
        """The circulation of an infant of this weight and age; the circuit's own where they are not given."""
        from cordula.heart.circulation import scaled

        return scaled(self, weight, age)


def _interpolation(at: Values, values: Values) -> Callable[..., Values]:
    return lambda x: np.asarray(np.interp(x, at, values))
