"""In what do children with the same circuit differ? Eight numbers that are free, each about the circuit's own."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from cordula.heart.circuit import Circuit
from cordula.heart.circulation import Circulation
from cordula.heart.expression import Values
from cordula.stats.refusals import CannotBe
from cordula.stats.streams import stream


@dataclass(frozen=True, slots=True)
class Freedom:
    """One thing that is free: the numbers of the circuit that it multiplies, and the spread of its logarithm."""

    id: str
    title: str
    names: tuple[str, ...]
    sd: float
    because: str


def freedoms(circuit: Circuit) -> tuple[Freedom, ...]:
    """The eight freedoms of a circuit; `CannotBe` where it has no lever for one of them."""
    named = _named(circuit)
    told = _spreads()
    return tuple(Freedom(id=key, names=names, **told[key]) for key, names in named.items())


def _named(circuit: Circuit) -> dict[str, tuple[str, ...]]:
    m = circuit.measures
    orifices = [part.name for part in circuit.edges if part.kind == "Q"]
    openings = tuple(f"{name}.{key}" for name in orifices for key in ("k1", "k2"))
    eighth = (
        {"orifice": openings}
        if openings
        else {"pulmonary_compliance": (f"{m.pulmonary_artery}.C",)}
    )
    return {
        "contractility": _lever(circuit, "contractility"),
        "stiffness": _lever(circuit, "stiffness"),
        "unstressed_volume": (f"{m.ventricle}.V0",),
        "systemic_resistance": _lever(circuit, "systemic_resistance"),
        "pulmonary_resistance": _lever(circuit, "pulmonary_resistance"),
        "blood_volume": _lever(circuit, "blood_volume"),
        "arterial_compliance": (f"{m.aorta}.C",),
        **eighth,
    }


def _lever(circuit: Circuit, name: str) -> tuple[str, ...]:
    if name not in circuit.levers:
        has = ", ".join(circuit.levers) or "none"
        raise CannotBe(
            f"“{circuit.id}” has no lever “{name}”, so children cannot differ in it; it has {has}"
        )
    return circuit.levers[name]


@cache
def _spreads() -> Mapping[str, dict[str, Any]]:
    text = (files("cordula.heart.ask") / "spread.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


class Family:
    """All children like this one: numbers from standard scores, 0 being the child herself."""

    def __init__(self, baby: Circulation) -> None:
        self.baby, self.free = baby, freedoms(baby.circuit)
        numbers = baby.numbers()
        self.base = {name: numbers[name] for one in self.free for name in one.names}
        self.sds = np.array([one.sd for one in self.free])

    def parameters(self, scores: Values) -> dict[str, Values]:
        """Numbers by name for scores of shape (count, freedoms), as `steady_many` takes them."""
        factors = np.exp(scores * self.sds)
        return {
            name: self.base[name] * factors[:, i]
            for i, one in enumerate(self.free)
            for name in one.names
        }

    def drawn(self, count: int, seed: int) -> Values:
        """Standard scores of so many children, of shape (count, freedoms)."""
        return stream(seed, "children like this one").standard_normal((count, len(self.free)))

    def child(self, scores: Values) -> Circulation:
        """The one child of these scores, of shape (freedoms,)."""
        return self.baby.given({n: float(v[0]) for n, v in self.parameters(scores[None]).items()})
