"""How saturated is the blood at each place, when mixing has become steady?

Barnea, Austin, Richman & Santamore 1994 (J Am Coll Cardiol 24:1420) for one ventricle, written here for any circuit:
what flows into a node less what flows out of it is nought, for oxygen as for blood. Forward and backward flow carry
oxygen each on their own through valves, vessels and defects, where their difference would be wrong; in a capillary bed
the little that goes to and fro within a beat is the same blood, and the difference is right."""

from collections.abc import Mapping

import numpy as np

from cordula.heart.circuit import Circuit
from cordula.heart.expression import Values

# mL of oxygen that a gram of haemoglobin binds (Hüfner's number as used in the catheter laboratory).
BOUND_ML_PER_G = 1.34
NEEDED = ("oxygen_consumption", "haemoglobin", "pulmonary_venous_saturation")


def contents(
    circuit: Circuit, numbers: Mapping[str, Values], forward: Values, backward: Values
) -> Values:
    """Oxygen in mL per mL of blood at each node, shape (nodes, count).

    `forward` and `backward`: mean flows over the beat in mL/s, shape (edges, count)."""
    full, used = capacity(numbers), numbers["oxygen_consumption"] / 60.0
    nodes, count = len(circuit.nodes), forward.shape[1]
    system = np.zeros((count, nodes, nodes))
    supply = np.zeros((count, nodes))
    beds = (*circuit.measures.lungs, *circuit.measures.body)
    for number, (part, edge) in enumerate(zip(circuit.edges, circuit.layout.edges, strict=True)):
        ahead, back = forward[number], backward[number]
        if part.name in beds:
            ahead, back = np.maximum(ahead - back, 0.0), np.maximum(back - ahead, 0.0)
        system[:, edge.start, edge.start] += ahead
        system[:, edge.end, edge.end] += back
        system[:, edge.start, edge.end] -= back
        if part.name in circuit.measures.lungs:
            supply[:, edge.end] += ahead * full * numbers["pulmonary_venous_saturation"]
        else:
            system[:, edge.end, edge.start] -= ahead
            supply[:, edge.end] -= circuit.shares.get(part.name, 0.0) * used
    return _solved(system, supply)


def capacity(numbers: Mapping[str, Values]) -> Values:
    """mL of oxygen in a mL of fully saturated blood; haemoglobin is in g/dL."""
    return np.asarray(BOUND_ML_PER_G * numbers["haemoglobin"] / 100.0)


def _solved(system: Values, supply: Values) -> Values:
    """The contents; NaN where the flows are unknown or no oxygen comes in."""
    sound = np.asarray(np.isfinite(supply).all(axis=1))
    sound &= np.isfinite(system).all(axis=(1, 2))
    sound &= np.abs(np.linalg.det(np.where(sound[:, None, None], system, 0.0))) > 0
    found = np.full(supply.shape, np.nan)
    if sound.any():
        found[sound] = np.linalg.solve(system[sound], supply[sound][..., None])[..., 0]
    return found.T
